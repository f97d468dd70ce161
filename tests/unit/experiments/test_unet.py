import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.experiments.blocks import parameters
from course_lib.experiments.unet import unet
from course_lib.pytorch import to_torch


@pytest.mark.parametrize("skip", [True, False])
def test_it_answers_for_every_pixel_as_pytorch_does(skip):
    model = unet(4, 2, skip=skip, rng=1).eval()
    x = np.random.default_rng(0).random((2, 1, 16, 24), np.float32)
    y = model(x)
    assert y.shape == x.shape
    theirs = to_torch(model).eval()(torch.from_numpy(x)).detach().numpy()
    assert nn.relative_error(y, theirs) < 1e-4


def test_a_skip_hands_the_upper_maps_across():
    """Without what comes from below, only a network with skips still sees the picture."""
    rng = np.random.default_rng(0)
    a, b = rng.random((2, 1, 1, 16, 16), np.float32)
    for skip in (True, False):
        model = unet(4, 1, skip=skip, rng=1).eval()
        for layer in model.all_layers():
            if isinstance(layer, nn.ConvTranspose2d):
                layer.params["W"][...] = 0
        assert np.allclose(model(a), model(b)) == (not skip)


def test_levels_double_their_filters():
    wide = unet(4, 3, rng=0)
    shapes = [
        layer.params["W"].shape for layer in wide.all_layers()
        if isinstance(layer, nn.ConvTranspose2d)
    ]  # fmt: skip
    assert sorted(shapes) == [(8, 4, 2, 2), (16, 8, 2, 2), (32, 16, 2, 2)]
    assert parameters(unet(4, 2, rng=0)) == 7_477  # as lecture 16 says


def test_gradient_is_that_of_finite_differences():
    model = unet(2, 1, rng=0)
    for layer in model.all_layers():
        if not isinstance(layer, nn.Sequential | nn.Concatenate):
            layer.params = {name: array.astype(float) for name, array in layer.params.items()}
    x = np.random.default_rng(0).random((2, 1, 4, 4))
    grad = np.random.default_rng(1).normal(size=x.shape)
    model(x)
    slope = nn.numerical_gradient(lambda x: float(np.sum(grad * model(x))), x)
    model(x)
    assert nn.relative_error(model.backward(grad), slope) < 1e-4
