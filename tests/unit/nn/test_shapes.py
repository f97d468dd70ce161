import numpy as np
import pytest

from course_lib import nn
from course_lib.nn.shapes import shapes


@shapes(x="N D", w="D")
def weighted_sum(x, w, scale=1.0):
    return scale * (x @ w)


@shapes(x="N ...")
def first(x):
    return x[0]


@shapes(a="N ...", b="...")
def pair(a, b):
    return a + b


def test_further_axes_must_agree():
    assert pair(np.ones((2, 3, 4)), np.ones((3, 4))).shape == (2, 3, 4)
    assert pair(np.ones(2), 1.0).tolist() == [2, 2]
    with pytest.raises(ValueError, match=r"b has shape \(4,\), wanted \(...\) with ... = \(3, 4\)"):
        pair(np.ones((2, 3, 4)), np.ones(4))


def test_right_shapes_pass_by_place_and_by_name():
    assert weighted_sum(np.ones((2, 3)), w=np.ones(3), scale=2.0).tolist() == [6, 6]


@pytest.mark.parametrize("x", [np.ones(4), np.ones((4, 1)), np.ones((4, 2, 3))])
def test_further_axes_are_free(x):
    assert np.array_equal(first(x), x[0])


@pytest.mark.parametrize(
    ("x", "w", "words"),
    [
        (np.ones((2, 3)), np.ones(4), r"weighted_sum: w has shape \(4,\), wanted \(D\) with D = 3"),
        (np.ones(3), np.ones(3), r"x has shape \(3,\), wanted \(N, D\)"),
        (np.ones((0, 3)), np.ones(3), r"x has shape \(0, 3\), wanted no axis of size zero"),
    ],
)
def test_wrong_shape_names_argument_got_and_wanted(x, w, words):
    with pytest.raises(ValueError, match=words):
        weighted_sum(x, w)


@pytest.mark.parametrize(
    ("x", "words"),
    [
        ([1.0], "x is list"),
        ("a", "x is str"),
        (1j, "x is complex"),
        (np.array(["a"]), "x is array of <U1"),
        (None, "x is NoneType"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(x, words):
    with pytest.raises(TypeError, match=words):
        first(x)


@pytest.mark.parametrize(
    "call",
    [
        lambda x: nn.sigmoid(x),
        lambda x: nn.softmax(x),
        lambda x: nn.log_softmax(x),
        lambda x: nn.mse(x, x + 1),
        lambda x: nn.hinge(x, np.array([0])),
    ],
)
def test_unsigned_numbers_would_wrap_around_and_are_refused(call):
    with pytest.raises(TypeError, match="is array of uint8, wanted a NumPy array of numbers"):
        call(np.array([[5, 1, 3]], np.uint8))


def test_labels_may_be_unsigned():
    logits = np.array([[5.0, 1.0, 3.0]])
    assert nn.cross_entropy(logits, np.array([1], np.uint8)) == nn.cross_entropy(
        logits, np.array([1])
    )


def test_settings_from_numpy_leave_float32_as_it_is():
    half, x = np.float64(0.5), np.ones((2, 3), np.float32)
    layers = nn.Dropout(half, rng=0), nn.LeakyReLU(half), nn.BatchNorm1d(3, eps=half)
    for layer in layers:
        assert layer.forward(x).dtype == np.float32
        assert layer.backward(x).dtype == np.float32
