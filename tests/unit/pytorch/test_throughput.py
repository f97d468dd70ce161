import pytest
import torch

from course_lib.pytorch.throughput import pictures_per_second, relative_error

CPU = torch.device("cpu")


def network():
    return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 10))


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("way", ["plain", "graph"])
def test_a_rate_is_measured(precision, way):
    assert pictures_per_second(network(), 10, precision, way, CPU, seconds=0.01) > 10


def test_bfloat16_is_less_exact():
    x = torch.rand(20, 1, 28, 28)
    assert relative_error(network(), x, "float32") < 1e-6
    assert 1e-4 < relative_error(network(), x, "bfloat16") < 0.1
