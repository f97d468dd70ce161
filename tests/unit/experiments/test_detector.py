import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.experiments import detector as d
from course_lib.experiments.boxes import box_iou
from course_lib.experiments.scenes import digit_scenes

F = torch.nn.functional


def sure(targets):
    """What a perfect network answers: large logits in place of zeros and ones."""
    outputs = targets.copy()
    outputs[:, : d.CLASSES] = np.where(targets[:, : d.CLASSES] > 0, 5.0, -20.0)
    return outputs


def test_what_it_is_taught_leads_back_to_the_boxes():
    scenes = digit_scenes("test", 60)
    outputs = sure(d.targets(scenes.boxes, scenes.labels))
    for one, boxes, labels in zip(outputs, scenes.boxes, scenes.labels, strict=True):
        found = d.detect(one)
        nearest = box_iou(found.boxes, boxes.astype(float))
        np.testing.assert_allclose(nearest.max(axis=1), 1, atol=1e-5)
        assert found.labels.tolist() == labels[nearest.argmax(axis=1)].tolist()
    assert d.class_precisions(outputs, scenes).min() > 0.9  # two digits may share all their cells


def test_a_target_worked_by_hand():
    target = d.targets([np.array([[14, 8, 26, 30]])], [np.array([3])])[0]
    assert target[3, 4, 5] == 1  # the cell around (22, 18)
    np.testing.assert_array_equal(target[10:, 4, 5] * d.UNIT, [8, 10, 4, 12])
    assert target[:10].sum() == target[3].sum()
    rows, columns = np.nonzero(target[3])
    assert set(columns) == {4, 5}  # middles 18 and 22, the box's is 20
    assert set(rows) == {3, 4, 5}  # middles 14 to 22, the box's is 19, a quarter of its height 5.5


def test_even_a_thin_box_has_a_cell():
    for left in np.arange(0, 44, 0.5):
        thin = np.array([[left, 3, left + 1, 9]])
        assert d.targets([thin], [np.array([1])])[0, 1].sum() >= 1


def test_loss_is_pytorch_s_and_its_gradient_that_of_finite_differences():
    rng = np.random.default_rng(0)
    scenes = digit_scenes("test", 3)
    y = d.targets(scenes.boxes, scenes.labels).astype(float)
    outputs = rng.normal(size=y.shape)
    logits, distances = (torch.tensor(part) for part in (outputs[:, :10], outputs[:, 10:]))
    held = torch.tensor(y[:, :10].max(axis=1, keepdims=True))
    entropy = F.binary_cross_entropy_with_logits(logits, torch.tensor(y[:, :10]), reduction="sum")
    away = ((distances - torch.tensor(y[:, 10:])).abs() * held).sum()
    wanted = (entropy + d.BOX_WEIGHT * away) / held.sum()
    assert d.detection_loss(outputs, y) == pytest.approx(wanted.item())
    some = outputs[:1, :, :2, :3]
    few = np.zeros_like(some)
    few[0, 4, 1, 1], few[0, 10:, 1, 1] = 1, 0.3
    slope = nn.numerical_gradient(lambda o: d.detection_loss(o, few), some)
    assert nn.relative_error(d.detection_loss_backward(some, few), slope) < 1e-6


def test_a_scene_without_digits_has_a_loss():
    nothing = np.zeros((1, 14, 12, 12))
    assert d.detection_loss(nothing, nothing) == pytest.approx(10 * 144 * np.log(2))


def test_no_cell_claims_a_digit_at_first():
    model = d.detector(8, rng=0).eval()
    outputs = model(digit_scenes("test", 4).x)
    assert outputs.shape == (4, 14, 12, 12)
    assert nn.sigmoid(outputs[:, :10]).mean() < 0.1


def test_nothing_found_is_no_error():
    empty = np.full((14, 12, 12), -20.0)
    assert len(d.detect(empty).scores) == 0
    scenes = digit_scenes("test", 2)
    found = d.class_precisions(np.stack([empty, empty]), scenes)
    there = np.unique(np.concatenate(scenes.labels))
    assert found[there].tolist() == [0] * len(there)
    assert np.isnan(found).sum() == 10 - len(there)
