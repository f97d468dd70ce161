"""The numbers in the page are those of nn.conv2d."""

import numpy as np
import pytest

from course_lib.experiments.live.convolution import numbers
from course_lib.nn import conv2d
from tests.unit.viz.live.node import needs_node, run


@needs_node
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
def test_outputs_agree(stride, padding):
    rng = np.random.default_rng(stride)
    for x, W, b in (
        numbers(),
        [rng.normal(size=s) for s in ((3, 6, 5), (2, 3, 3, 2), 2)],
    ):
        page = run(
            "convolution_core",
            "return convolve(given.x, given.W, given.b, given.stride, given.padding);",
            x=x.tolist(), W=W.tolist(), b=b.tolist(), stride=stride, padding=padding,
        )  # fmt: skip
        z = conv2d(x[np.newaxis].astype(float), W.astype(float), b, stride, padding)[0]
        np.testing.assert_allclose(page, z, rtol=0, atol=1e-12)


@needs_node
def test_products_and_sums_are_the_output_s_own():
    x, W, b = numbers()
    one = run(
        "convolution_core",
        "return oneOutput(pad(given.x, 1), given.W[1], given.b[1], 2, 1, 2);",
        x=x.tolist(), W=W.tolist(), b=b.tolist(),
    )  # fmt: skip
    window = np.pad(x, ((0, 0), (1, 1), (1, 1)))[:, 2:5, 4:7]
    np.testing.assert_array_equal(one["products"], window * W[1])
    np.testing.assert_array_equal(one["sums"], (window * W[1]).sum(axis=(1, 2)))
    assert one["total"] == (window * W[1]).sum() + b[1]
