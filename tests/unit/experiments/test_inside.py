"""Gradients of the input against finite differences and PyTorch; what the methods promise."""

import numpy as np
import pytest
import torch

from course_lib import nn, zoo
from course_lib.data import mnist, photos
from course_lib.data.photographs import center_square
from course_lib.experiments import inside
from course_lib.experiments.live.digits import trained_reader
from course_lib.pytorch import to_torch

RNG = np.random.default_rng(0)


def small_network():
    """Pixels (N, 2, 6, 6) to three scores, in float64."""
    return nn.Sequential(
        nn.Conv2d(2, 3, 3, rng=0, dtype=np.float64), nn.ReLU(), nn.Flatten(),
        nn.Linear(48, 3, rng=1, dtype=np.float64),
    ).eval()  # fmt: skip


def test_the_gradient_is_the_measured_one_and_pytorch_s():
    model, x = small_network(), RNG.random((2, 2, 6, 6))
    labels = [2, 0]
    scores, gradient = inside.score_and_gradient(model, x, labels)
    np.testing.assert_array_equal(scores, model(x)[[0, 1], labels])
    measured = nn.numerical_gradient(lambda v: float(model(v)[[0, 1], labels].sum()), x)
    assert nn.relative_error(gradient, measured) < 1e-8
    theirs = torch.tensor(x, requires_grad=True)
    to_torch(model)(theirs)[[0, 1], labels].sum().backward()
    assert nn.relative_error(gradient, theirs.grad.numpy()) < 1e-12


def test_saliency_is_the_largest_size_over_the_channels():
    model, x = small_network(), RNG.random((1, 2, 6, 6))
    _, gradient = inside.score_and_gradient(model, x, [1])
    expected = np.maximum(abs(gradient[:, 0]), abs(gradient[:, 1]))
    np.testing.assert_array_equal(inside.saliency(model, x, [1]), expected)


def test_squeezenet_s_gradient_reaches_the_pixels():
    """Through the preparation, on the cat, against PyTorch."""
    network = inside.on_pixels(zoo.squeezenet())
    x = center_square(photos()["cat"], 31)[np.newaxis]
    _, gradient = inside.score_and_gradient(network, x, [285])
    pixels = torch.tensor(x, requires_grad=True)
    mean = torch.tensor(zoo.imagenet.MEAN_BGR).reshape(3, 1, 1)
    to_torch(zoo.squeezenet())(pixels.flip(1) * 255 - mean)[0, 285].backward()
    assert nn.relative_error(gradient, pixels.grad.numpy()) < 1e-4


def test_energy_s_gradient_is_the_measured_one():
    front, x = nn.Sequential(*small_network().layers[:2]), RNG.random((2, 2, 6, 6))
    energy, gradient = inside.energy_and_gradient(front, x)
    assert energy.shape == (2,)
    measured = nn.numerical_gradient(lambda v: inside.energy_and_gradient(front, v)[0].sum(), x)
    assert nn.relative_error(gradient, measured) < 1e-8


def test_occlusion_hides_one_square_at_a_time():
    class Brightness(nn.Layer):
        """Scores (sum of the pixels, 0)."""

        def forward(self, x):
            return np.stack([x.sum(axis=(1, 2, 3)), np.zeros(len(x))], axis=1)

    x = RNG.random((1, 2, 7, 6))
    found = inside.occlusion(Brightness(), x, 0, size=3, stride=2, fill=0.25)
    assert found.shape == (3, 2)
    hidden = x.copy()
    hidden[:, :, 4:7, 2:5] = 0.25
    assert found[2, 1] == pytest.approx(1 / (1 + np.exp(-hidden.sum())))
    with pytest.raises(ValueError, match="size is 8, wanted 1 to 6"):
        inside.occlusion(Brightness(), x, 0, size=8, stride=2)


def test_blur_keeps_the_mean_and_what_is_even():
    x = RNG.random((2, 1, 20, 20))
    blurred = inside.blur(x, 1.5)
    assert blurred.mean() == pytest.approx(x.mean(), rel=0.02)
    assert blurred.std() < 0.4 * x.std()
    np.testing.assert_allclose(inside.blur(np.full((9, 8), 0.3), 0.7), 0.3)
    spot = np.zeros((15, 15))
    spot[7, 7] = 1
    far = np.arange(-7, 8)[:, np.newaxis] ** 2
    spread = (inside.blur(spot, 1) * far).sum()  # the variance down the rows
    assert spread == pytest.approx(1, rel=0.03)


class TestAscend:
    def test_a_linear_unit_ends_where_gradient_and_decay_cancel(self):
        w = np.array([3.0, 4.0]).reshape(1, 1, 1, 2)
        x, answers = inside.ascend(
            lambda x: ((w * x).sum(axis=(1, 2, 3)), w), np.full((1, 1, 1, 2), 0.5),
            steps=300, rate=0.02, decay=0.1,
        )  # fmt: skip
        size = np.sqrt((w**2).mean())
        np.testing.assert_allclose(x, 0.5 + 0.02 * w / size / 0.1, atol=1e-6)
        assert np.all(np.diff(answers[:, 0]) >= -1e-12)

    def test_every_pixel_stays_within_its_limits(self):
        reader, x = trained_reader(), mnist().X_test[:2].astype(float)
        changed, answers = inside.ascend(
            lambda x: inside.score_and_gradient(reader, x, [3, 5]), x,
            steps=12, rate=0.1, spread=0.7, jitter=2, limit=0.2,
        )  # fmt: skip
        assert answers.shape == (12, 2)
        assert np.abs(changed - x).max() <= 0.2 + 1e-12
        assert changed.min() >= -1e-12
        assert changed.max() <= 1 + 1e-12
        assert np.all(answers[-1] > answers[0])

    def test_the_same_seed_gives_the_same_picture(self):
        reader, x = trained_reader(), np.full((1, 1, 28, 28), 0.1)
        runs = [
            inside.ascend(
                lambda x: inside.score_and_gradient(reader, x, [7]), x, steps=5, rate=0.1,
                jitter=2, rng=seed,
            )[0]
            for seed in (0, 0, 1)
        ]  # fmt: skip
        np.testing.assert_array_equal(runs[0], runs[1])
        assert np.abs(runs[0] - runs[2]).max() > 0.01


def test_total_variation_by_hand_and_its_gradient():
    value, gradient = inside.total_variation(np.array([[[[1.0, 3.0], [2.0, 3.0]]]]))
    assert value == pytest.approx((2**2 + 1**2 + 1**2 + 0) / 2)
    np.testing.assert_allclose(gradient[0, 0], [[-3, 2], [0, 1]])
    x = RNG.random((2, 3, 4, 5))
    measured = nn.numerical_gradient(lambda v: inside.total_variation(v)[0], x)
    assert nn.relative_error(inside.total_variation(x)[1], measured) < 1e-8


def test_inversion_finds_what_the_layer_keeps():
    """An invertible layer gives the picture back; a sum gives its sum."""
    x = RNG.random((1, 1, 2, 2))
    everything = nn.Sequential(nn.Flatten(), nn.Linear(4, 4, rng=0, dtype=np.float64))
    found, errors = inside.invert(everything, x, steps=2000, rate=0.01)
    np.testing.assert_allclose(found, x, atol=0.01)
    assert errors[-1] < 1e-4 < errors[0]
    total = nn.Linear(4, 1, rng=0, dtype=np.float64)
    total.params["W"][...] = 1
    found, _ = inside.invert(nn.Sequential(nn.Flatten(), total), x, steps=500, rate=0.01)
    assert found.sum() == pytest.approx(x.sum(), rel=1e-3)
    assert np.abs(found - x).max() > 0.05


class TestAdversarialSteps:
    def test_a_step_raises_the_loss_and_stays_in_its_limits(self):
        reader, data = trained_reader(), mnist()
        x, y = data.X_test[:50].astype(float), data.y_test[:50]
        kept = x.copy()
        changed = inside.fast_gradient_sign(reader, x, y, 0.1)
        np.testing.assert_array_equal(x, kept)
        assert np.abs(changed - x).max() <= 0.1 + 1e-12
        assert changed.min() >= 0
        assert changed.max() <= 1
        assert nn.cross_entropy(reader(changed), y) > nn.cross_entropy(reader(x), y) + 0.5

    def test_steering_reaches_its_target_within_the_limit(self):
        reader, x = trained_reader(), mnist().X_test[:1].astype(float)  # a 7
        changed, p = inside.steer(reader, x, 3, steps=20, step=0.02, limit=0.2)
        assert reader(changed).argmax() == 3
        assert len(p) == 20
        assert p[-1] > 0.9 > p[0]
        assert np.abs(changed - x).max() <= 0.2 + 1e-12
