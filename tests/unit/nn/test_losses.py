import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn

F = torch.nn.functional
SCORES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
TRUTH = np.array([0, 1, 2])


def torch_hinge(scores, labels):
    return F.multi_margin_loss(scores, labels) * scores.shape[1]  # torch divides by the classes


REGRESSIONS = {"mse": F.mse_loss, "l1": F.l1_loss}
CLASSIFICATIONS = {"cross_entropy": F.cross_entropy, "hinge": torch_hinge}


def against_torch(name, theirs, x, y, rel=1e-10):
    tensor = torch.tensor(x, requires_grad=True)
    loss = theirs(tensor, torch.tensor(y))
    loss.backward()
    before = x.copy()
    assert getattr(nn, name)(x, y) == pytest.approx(loss.item(), rel=1e-10)
    assert nn.relative_error(getattr(nn, f"{name}_backward")(x, y), tensor.grad.numpy()) < rel
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("name", REGRESSIONS)
@given(shape=st.sampled_from([(1,), (5,), (4, 3), (1, 1)]), seed=st.integers(0, 99))
def test_regression_losses_equal_torch(name, shape, seed):
    rng = np.random.default_rng(seed)
    against_torch(name, REGRESSIONS[name], rng.normal(size=shape), rng.normal(size=shape))


@pytest.mark.parametrize("name", CLASSIFICATIONS)
@given(n=st.integers(1, 6), k=st.integers(1, 6), seed=st.integers(0, 99))
def test_classification_losses_equal_torch(name, n, k, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 3, (k, n)).T
    against_torch(name, CLASSIFICATIONS[name], x, rng.integers(0, k, n))


@given(seed=st.integers(0, 99))
def test_binary_cross_entropy_equals_torch(seed):
    rng = np.random.default_rng(seed)
    p, y = rng.uniform(size=(4, 2)), rng.integers(0, 2, (4, 2)).astype(float)
    against_torch("binary_cross_entropy", F.binary_cross_entropy, p, y)
    certain, y = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.0, 0, 1, 1])
    theirs = F.binary_cross_entropy  # it keeps its 1e-12 in single precision
    against_torch("binary_cross_entropy", theirs, certain, y, rel=1e-8)


@pytest.mark.parametrize("name", ["mse", "l1", "cross_entropy", "hinge"])
def test_backward_equals_finite_differences(name, rng):
    x = rng.normal(size=(3, 4))
    y = rng.integers(0, 4, 3) if name in CLASSIFICATIONS else rng.normal(size=(3, 4))
    measured = nn.numerical_gradient(lambda x: getattr(nn, name)(x, y), x)
    assert nn.relative_error(getattr(nn, f"{name}_backward")(x, y), measured) < 1e-7


def test_worked_examples():
    assert nn.l1(np.array([14.0]), np.array([10.0])) == 4
    assert nn.mse(np.array([14.0]), np.array([10.0])) == 16
    each = [nn.hinge(SCORES[i : i + 1], TRUTH[i : i + 1]) for i in range(3)]
    assert each == pytest.approx([2.9, 0, 12.9])
    assert nn.hinge(SCORES, TRUTH) == pytest.approx(5.27, abs=5e-3)
    assert nn.hinge(2 * SCORES[1:2], TRUTH[1:2]) == 0
    assert nn.cross_entropy(SCORES[:1], TRUTH[:1]) == pytest.approx(2.04, abs=5e-3)
    assert nn.cross_entropy(np.zeros((5, 10)), np.arange(5)) == pytest.approx(2.303, abs=5e-4)


def test_large_logits_do_not_overflow():
    logits, labels = np.array([[1e4, -1e4]]), np.array([1])
    with np.errstate(all="raise", under="ignore"):
        assert nn.cross_entropy(logits, labels) == 2e4
        np.testing.assert_array_equal(nn.cross_entropy_backward(logits, labels), [[1, -1]])


@pytest.mark.parametrize("name", ["mse", "l1", "cross_entropy", "hinge"])
def test_gradient_keeps_float32(name):
    x = np.ones((2, 3), np.float32)
    y = np.array([0, 1]) if name in CLASSIFICATIONS else np.zeros_like(x)
    assert getattr(nn, f"{name}_backward")(x, y).dtype == np.float32


@pytest.mark.parametrize("name", CLASSIFICATIONS)
@pytest.mark.parametrize(
    ("labels", "error", "words"),
    [
        (np.array([0, 3]), ValueError, "labels has the value 3, wanted 0 to 2"),
        (np.array([-1, 0]), ValueError, "labels has the value -1, wanted 0 to 2"),
        (np.array([0.0, 1.0]), TypeError, "labels has dtype float64, wanted integers"),
        (np.array([0]), ValueError, "labels has shape (1,), wanted (N) with N = 2"),
    ],
)
def test_labels_that_do_not_fit_are_named(name, labels, error, words):
    for function in (getattr(nn, name), getattr(nn, f"{name}_backward")):
        with pytest.raises(error) as caught:
            function(np.zeros((2, 3)), labels)
        assert words in str(caught.value)


@pytest.mark.parametrize("name", REGRESSIONS)
def test_shapes_that_do_not_fit_are_named(name):
    with pytest.raises(ValueError, match=r"y has shape \(2, 1\), wanted \(...\) with ... = \(2,\)"):
        getattr(nn, name)(np.ones(2), np.ones((2, 1)))


def test_probabilities_outside_0_to_1_are_refused():
    with pytest.raises(ValueError, match=r"p has the value 1.5, wanted 0 to 1"):
        nn.binary_cross_entropy(np.array([0.5, 1.5]), np.array([0, 1]))
    with pytest.raises(ValueError, match=r"p has the value nan"):
        nn.binary_cross_entropy(np.array([np.nan]), np.array([1]))
    with pytest.raises(
        ValueError, match="binary_cross_entropy_backward: y has the value -1, wanted"
    ):
        nn.binary_cross_entropy_backward(0.5, -1)


@pytest.mark.parametrize(
    ("loss", "function", "target"),
    [
        (nn.MSELoss(), nn.mse, np.array([[0.5, 1]])),
        (nn.L1Loss(), nn.l1, np.array([[0.5, 1]])),
        (nn.BCELoss(), nn.binary_cross_entropy, np.array([[0.5, 1]])),
        (nn.CrossEntropyLoss(), nn.cross_entropy, np.array([1])),
        (nn.HingeLoss(2.0), lambda x, y: nn.hinge(x, y, 2.0), np.array([1])),
    ],
)
def test_loss_objects(loss, function, target):
    with pytest.raises(ValueError, match="call forward first"):
        loss.backward()
    x = np.array([[0.2, 0.7]])
    assert loss(x, target) == function(x, target)
    measured = nn.numerical_gradient(lambda x: function(x, target), x)
    assert nn.relative_error(loss.backward(), measured) < 1e-7


@given(
    shape=st.sampled_from([(1,), (5,), (4, 3), (2, 1, 3, 3)]), seed=st.integers(0, 99),
    size=st.sampled_from([1, 30]),
)  # fmt: skip
def test_binary_cross_entropy_with_logits_equals_torch(shape, seed, size):
    rng = np.random.default_rng(seed)
    logits, y = size * rng.normal(size=shape), rng.uniform(size=shape).round(seed % 3)
    name = "binary_cross_entropy_with_logits"
    against_torch(name, F.binary_cross_entropy_with_logits, logits, y)


def test_logits_of_any_size_give_the_loss_of_their_probability():
    logits, y = np.array([-2.0, 0, 3]), np.array([1.0, 0, 1])
    loss = nn.binary_cross_entropy_with_logits(logits, y)
    assert np.isclose(loss, nn.binary_cross_entropy(nn.sigmoid(logits), y))
    assert np.isclose(nn.binary_cross_entropy_with_logits(0.0, 1.0), np.log(2))
    with np.errstate(all="raise", under="ignore"):
        for sure in (1000.0, 1e308):
            assert nn.binary_cross_entropy_with_logits(sure, 0.0) == sure
            assert nn.binary_cross_entropy_with_logits(sure, 1.0) == 0
            assert nn.binary_cross_entropy_with_logits_backward(-sure, 1.0) == -1
    tiny = nn.binary_cross_entropy_with_logits(40.0, 1.0)
    assert np.isclose(tiny, np.exp(-40), rtol=1e-12)


def test_binary_cross_entropy_with_logits_names_bad_targets():
    with pytest.raises(ValueError, match=r"y has the value 2\.0, wanted 0 to 1"):
        nn.binary_cross_entropy_with_logits(np.zeros(2), np.array([0.0, 2.0]))
    loss, x = nn.BCEWithLogitsLoss(), np.ones((2, 1), np.float32)
    loss(x, x)
    assert loss.backward().dtype == np.float32
