import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from tests.unit.nn.conftest import torch_gradients

F = torch.nn.functional


def torch_conv2d(x, W, b, stride, padding):
    """torch refuses padding "same" with a stride, so it is laid around x beforehand."""
    if padding == "same":
        amounts = []
        for size, window in ((x.shape[3], W.shape[3]), (x.shape[2], W.shape[2])):
            total = max(0, (int(np.ceil(size / stride)) - 1) * stride + window - size)
            amounts += [total // 2, total - total // 2]
        x, padding = F.pad(x, amounts), 0
    return F.conv2d(x, W, b, stride, padding)


@st.composite
def cases(draw):
    """Pictures, filters, stride and padding that fit each other, all of them uneven."""
    sizes = st.integers(1, 3)
    n, c, k, h_window, w_window = (draw(sizes) for _ in range(5))
    stride, padding = draw(sizes), draw(st.sampled_from([0, 1, 2, "same"]))
    height, width = draw(st.integers(h_window, 8)), draw(st.integers(w_window, 8))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    x = rng.normal(size=(width, n, height, c)).transpose(1, 3, 2, 0)  # not contiguous
    return x, rng.normal(size=(k, c, h_window, w_window)), rng.normal(size=k), stride, padding


@given(case=cases())
def test_forward_and_backward_equal_torch(case):
    x, W, b, stride, padding = case
    wanted, gradients, grad = torch_gradients(
        lambda x, W, b: torch_conv2d(x, W, b, stride, padding), x, W, b
    )
    before = x.copy(), W.copy()
    z = nn.conv2d(x, W, b, stride, padding)
    assert z.shape == wanted.shape
    assert nn.relative_error(z, wanted) < 1e-12
    for ours, theirs in zip(
        nn.conv2d_backward(grad, x, W, stride, padding), gradients, strict=True
    ):
        assert ours.shape == theirs.shape
        assert nn.relative_error(ours, theirs) < 1e-12
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(W, before[1])


@given(case=cases())
def test_one_matrix_product_equals_seven_loops(case):
    assert nn.relative_error(nn.conv2d(*case), nn.conv2d_loops(*case)) < 1e-12


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (2, "same")])
def test_backward_equals_finite_differences(stride, padding, rng):
    x, W, b = rng.normal(size=(2, 2, 5, 4)), rng.normal(size=(3, 2, 3, 2)), rng.normal(size=3)
    grad = rng.normal(size=nn.conv2d(x, W, b, stride, padding).shape)
    dx, dW, db = nn.conv2d_backward(grad, x, W, stride, padding)
    for ours, at, f in (
        (dx, x, lambda x: nn.conv2d(x, W, b, stride, padding)),
        (dW, W, lambda W: nn.conv2d(x, W, b, stride, padding)),
        (db, b, lambda b: nn.conv2d(x, W, b, stride, padding)),
    ):
        measured = nn.numerical_gradient(lambda v, f=f: np.sum(grad * f(v)), at)
        assert nn.relative_error(ours, measured) < 1e-8


@pytest.mark.parametrize(
    ("W", "wanted"),
    [
        ([[1, 0], [0, 1]], [[7, 5, 9], [4, 7, 9], [32, 2, 5]]),
        ([[0, 1], [1, 0]], [[5, 7, 7], [36, 4, 9], [0, 3, 7]]),
    ],
)
def test_worked_example(W, wanted):
    x = np.array([[[[1, 1, 1, 3], [4, 6, 4, 8], [30, 0, 1, 5], [0, 2, 2, 4]]]])
    assert nn.conv2d(x, np.array([[W]]), np.zeros(1))[0, 0].tolist() == wanted


def test_sizes_of_the_syllabus():
    assert nn.output_size(9, 3, 1) == 7
    layer = nn.Conv2d(3, 20, 5, padding=2, rng=0)
    assert layer(np.zeros((1, 3, 32, 32), np.float32)).shape == (1, 20, 32, 32)
    assert (layer.params["W"].size, layer.params["b"].size) == (1500, 20)
    same = nn.Conv2d(1, 1, 4, stride=2, padding="same", rng=0)
    assert same(np.zeros((1, 1, 7, 10), np.float32)).shape == (1, 1, 4, 5)


@pytest.mark.parametrize("kernel_size", [3, (3, 2)])
def test_layer_learns_what_backward_says(kernel_size, rng):
    layer = nn.Conv2d(2, 3, kernel_size, stride=2, padding=1, rng=0, dtype=np.float64)
    x = rng.normal(size=(2, 2, 6, 5))
    z = layer(x)
    np.testing.assert_allclose(
        z, nn.conv2d(x, layer.params["W"], layer.params["b"], stride=2, padding=1)
    )
    grad = rng.normal(size=z.shape)
    dx, dW, db = nn.conv2d_backward(grad, x, layer.params["W"], stride=2, padding=1)
    np.testing.assert_allclose(layer.backward(grad), dx)
    np.testing.assert_allclose(layer.grads["W"], dW)
    np.testing.assert_allclose(layer.grads["b"], db)


def test_float32_stays_float32():
    layer, x = nn.Conv2d(1, 2, 3, rng=0), np.ones((1, 1, 4, 4), np.float32)
    z = layer(x)
    dx = layer.backward(np.ones_like(z))
    assert {a.dtype for a in (z, dx, *layer.grads.values())} == {np.dtype(np.float32)}


IMAGE, FILTERS, BIAS = np.ones((2, 3, 5, 5)), np.ones((4, 3, 3, 3)), np.ones(4)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: nn.conv2d(IMAGE[:, :2], FILTERS, BIAS),
            ValueError,
            r"conv2d: W has shape \(4, 3, 3, 3\), wanted \(K, C, kH, kW\) with C = 2",
        ),
        (lambda: nn.conv2d(IMAGE, FILTERS, BIAS[:3]), ValueError, r"b has shape \(3,\)"),
        (lambda: nn.conv2d(IMAGE[0], FILTERS, BIAS), ValueError, r"x has shape \(3, 5, 5\)"),
        (lambda: nn.conv2d(IMAGE[:0], FILTERS, BIAS), ValueError, "no axis of size zero"),
        (lambda: nn.conv2d(IMAGE[:, :, :2], FILTERS, BIAS), ValueError, "larger than the picture"),
        (lambda: nn.conv2d(IMAGE, FILTERS, BIAS, stride=0), ValueError, "stride is 0, wanted"),
        (lambda: nn.conv2d(IMAGE, FILTERS, BIAS, stride=1.5), TypeError, "stride is 1.5, wanted"),
        (lambda: nn.conv2d(IMAGE, FILTERS, BIAS, padding=-1), ValueError, "padding is -1, wanted"),
        (
            lambda: nn.conv2d(IMAGE, FILTERS, BIAS, padding="full"),
            TypeError,
            "conv2d: padding is 'full', wanted a whole number or \"same\"",
        ),
        (
            lambda: nn.Conv2d(3, 4, 3, padding="valid"),
            TypeError,
            "Conv2d: padding is 'valid', wanted a whole number or \"same\"",
        ),
        (lambda: nn.Conv2d(3, 4, (3, 3, 3)), ValueError, r"kernel_size is \(3, 3, 3\), wanted a"),
        (
            lambda: nn.Conv2d(3, 4, (3, 1.5)),
            TypeError,
            "Conv2d: kernel_size is 1.5, wanted a whole",
        ),
        (lambda: nn.Conv2d(3, 4, 0), ValueError, "Conv2d: kernel_size is 0, wanted at least 1"),
        (
            lambda: nn.conv2d_backward(np.ones((2, 4, 2, 2)), IMAGE, FILTERS),
            ValueError,
            r"grad has shape \(2, 4, 2, 2\), wanted \(2, 4, 3, 3\)",
        ),
        (lambda: nn.Conv2d(3, 0, 3), ValueError, "Conv2d: out_channels is 0, wanted at least 1"),
        (lambda: nn.Conv2d(3, 4, 3, stride=-1), ValueError, "stride is -1"),
        (
            lambda: nn.Conv2d(3, 4, 3)(IMAGE[:, :2]),
            ValueError,
            r"x has shape \(2, 2, 5, 5\), wanted \(N, in_channels, H, W\) with in_channels = 3",
        ),
        (lambda: nn.Conv2d(3, 4, 3).backward(IMAGE), ValueError, "call forward first"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_whole_numbers_are_not_cut_off():
    x = np.arange(32).reshape(1, 2, 4, 4)
    W, b = np.full((1, 2, 3, 3), 0.3), np.array([0.25])
    np.testing.assert_allclose(nn.conv2d_loops(x, W, b), nn.conv2d(x, W, b))
    with pytest.raises(ValueError, match="conv2d_loops: W has shape"):
        nn.conv2d_loops(x, W[:, :1], b)


@st.composite
def grouped_cases(draw):
    sizes = st.integers(1, 3)
    groups, n, c, k, window = (draw(sizes) for _ in range(5))
    stride, padding = draw(sizes), draw(st.sampled_from([0, 1, "same"]))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    x = rng.normal(size=(6, n, 5, groups * c)).transpose(1, 3, 2, 0)  # not contiguous
    W, b = rng.normal(size=(groups * k, c, window, window)), rng.normal(size=groups * k)
    return x, W, b, stride, padding, groups


@given(case=grouped_cases())
def test_groups_are_convolutions_side_by_side(case):
    x, W, b, stride, padding, groups = case

    def side_by_side(x, W, b):
        parts = zip(x.chunk(groups, 1), W.chunk(groups), b.chunk(groups), strict=True)
        return torch.cat([torch_conv2d(*part, stride, padding) for part in parts], dim=1)

    wanted, gradients, grad = torch_gradients(side_by_side, x, W, b)
    assert nn.relative_error(nn.conv2d(*case), wanted) < 1e-12
    ours = nn.conv2d_backward(grad, x, W, stride, padding, groups)
    for mine, theirs in zip(ours, gradients, strict=True):
        assert mine.shape == theirs.shape
        assert nn.relative_error(mine, theirs) < 1e-12


def test_depthwise_equals_torch_and_finite_differences(rng):
    x, W, b = rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(6, 1, 3, 2)), rng.normal(size=6)
    wanted, gradients, grad = torch_gradients(lambda x, W, b: F.conv2d(x, W, b, groups=3), x, W, b)
    assert nn.relative_error(nn.conv2d(x, W, b, groups=3), wanted) < 1e-12
    ours = nn.conv2d_backward(grad, x, W, groups=3)
    for mine, theirs in zip(ours, gradients, strict=True):
        assert nn.relative_error(mine, theirs) < 1e-12
    measured = nn.numerical_gradient(lambda x: np.sum(grad * nn.conv2d(x, W, b, groups=3)), x)
    assert nn.relative_error(ours[0], measured) < 1e-8


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("groups", [1, 2, 4])
def test_grouped_layer_learns_what_backward_says(groups, bias, rng):
    layer = nn.Conv2d(4, 8, 3, 2, 1, groups, bias, rng=0, dtype=np.float64)
    assert layer.params["W"].shape == (8, 4 // groups, 3, 3)
    assert ("b" in layer.params) == bias
    x = rng.normal(size=(2, 4, 5, 5))
    z = layer(x)
    W, b = layer.params["W"], layer.params.get("b", np.zeros(8))
    np.testing.assert_array_equal(z, nn.conv2d(x, W, b, 2, 1, groups))
    dx, dW, db = nn.conv2d_backward(z, x, W, 2, 1, groups)
    np.testing.assert_array_equal(layer.backward(z), dx)
    np.testing.assert_array_equal(layer.grads["W"], dW)
    assert layer.grads.keys() == layer.params.keys()
    if bias:
        np.testing.assert_array_equal(layer.grads["b"], db)


def test_groups_that_do_not_divide_are_named():
    x, W, b = np.ones((1, 4, 3, 3)), np.ones((6, 2, 1, 1)), np.ones(6)
    assert nn.conv2d(x, W, b, groups=2).shape == (1, 6, 3, 3)
    with pytest.raises(ValueError, match="conv2d: groups is 3, wanted a divisor of the 4 channels"):
        nn.conv2d(x, W, b, groups=3)
    with pytest.raises(ValueError, match=r"W has shape \(6, 2, 1, 1\), wanted .* C = 4$"):
        nn.conv2d(x, W, b)
    with pytest.raises(ValueError, match="with C = 4, the channels of a group: 8 in 2 groups"):
        nn.conv2d_backward(np.ones((1, 6, 3, 3)), np.ones((1, 8, 3, 3)), W, groups=2)
    with pytest.raises(ValueError, match="conv2d: groups is 0, wanted at least 1"):
        nn.conv2d(x, W, b, groups=0)
    with pytest.raises(ValueError, match=r"Conv2d: groups is 2, wanted a divisor of in_channels"):
        nn.Conv2d(3, 4, 1, groups=2)
    with pytest.raises(ValueError, match=r"Conv2d: groups is 2, wanted .* of out_channels \(3\)"):
        nn.Conv2d(4, 3, 1, groups=2)
