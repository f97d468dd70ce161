import numpy as np
import pytest
import torch

from course_lib import nn
from course_lib.experiments import inside, inside_checks
from course_lib.zoo.imagenet import untrained_squeezenet

RNG = np.random.default_rng(0)


def test_a_guided_relu_lets_through_what_is_positive_both_ways():
    relu = inside_checks.GuidedReLU()
    np.testing.assert_array_equal(relu(np.array([[1.0, 2.0, -1.0, -1.0]])), [[1, 2, 0, 0]])
    passed = relu.backward(np.array([[3.0, -3.0, 3.0, -3.0]]))
    np.testing.assert_array_equal(passed, [[3, 0, 0, 0]])


def test_guided_networks_answer_alike_and_pytorch_with_hooks_agrees():
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, rng=0, dtype=np.float64), nn.ReLU(),
        nn.Concatenate(
            nn.Conv2d(4, 2, 1, rng=1, dtype=np.float64),
            nn.Sequential(nn.Conv2d(4, 2, 1, rng=2, dtype=np.float64), nn.ReLU()),
        ),
        nn.ReLU(), nn.GlobalAvgPool2d(),
    ).eval()  # fmt: skip
    x, same = RNG.random((1, 1, 8, 8)), inside_checks.guided(model)
    np.testing.assert_array_equal(model(x), same(x))
    _, gradient = inside.score_and_gradient(same, x, [1])

    def forward(pixels, clamp):
        values = [torch.tensor(array) for array in model.params.values()]
        a = clamp(torch.conv2d(pixels, *values[:2]))
        parts = [torch.conv2d(a, *values[2:4]), clamp(torch.conv2d(a, *values[4:6]))]
        return clamp(torch.cat(parts, 1)).mean(dim=(2, 3))

    class Guided(torch.autograd.Function):
        @staticmethod
        def forward(ctx, z):
            ctx.save_for_backward(z)
            return z.clamp(min=0)

        @staticmethod
        def backward(ctx, grad):
            (z,) = ctx.saved_tensors
            return grad.clamp(min=0) * (z > 0)

    pixels = torch.tensor(x, requires_grad=True)
    forward(pixels, Guided.apply)[0, 1].backward()
    assert nn.relative_error(gradient, pixels.grad.numpy()) < 1e-12


def test_guided_reaches_every_relu_of_squeezenet():
    network = inside_checks.guided(untrained_squeezenet())
    kinds = [type(layer) for layer in network.all_layers() if isinstance(layer, nn.ReLU)]
    assert len(kinds) == 26
    assert set(kinds) == {inside_checks.GuidedReLU}


def test_rank_correlation_sees_order_alone():
    a = RNG.random((5, 5))
    assert inside_checks.rank_correlation(a, a**3) == pytest.approx(1)
    assert inside_checks.rank_correlation(a, -a) == pytest.approx(-1)
    assert abs(inside_checks.rank_correlation(*RNG.random((2, 100, 100)))) < 0.05


def test_edges_are_where_brightness_changes():
    x = np.zeros((1, 3, 4, 6))
    x[..., 3:] = 1
    found = inside_checks.edges(x)[0]
    np.testing.assert_allclose(found, [[0, 0, 0.5, 0.5, 0, 0]] * 4)
