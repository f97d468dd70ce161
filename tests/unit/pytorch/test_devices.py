import numpy as np
import pytest
import torch

from course_lib import data, nn, optim, pytorch
from course_lib.pytorch import devices
from course_lib.training import fit
from tests.unit.pytorch.networks import double, mlp


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_no_gpu_is_said_and_nothing_changes():
    model = mlp()
    before = model.params["0.W"].copy()
    with pytest.raises(RuntimeError, match="device is 'cuda', but PyTorch finds no GPU"):
        fit(model, double(data.moons()), optim.SGD(0.1), epochs=1, device="cuda")
    np.testing.assert_array_equal(model.params["0.W"], before)


def test_full_memory_is_explained():
    words = "memory is full with batch_size 100: choose a smaller"
    with pytest.raises(MemoryError, match=words), devices.full_memory_explained(100):
        raise torch.cuda.OutOfMemoryError("CUDA out of memory")


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
def test_gpu_trains_in_tf32_and_puts_the_precision_back():
    paths, before = [], torch.get_float32_matmul_precision()
    for device in ("cpu", "cuda"):
        model = nn.Sequential(nn.Linear(2, 64, rng=0), nn.Tanh(), nn.Linear(64, 2, rng=1))
        paths.append(fit(model, data.moons(), optim.SGD(0.1), epochs=5, device=device).loss)
    np.testing.assert_allclose(*paths, rtol=1e-2)
    assert torch.get_float32_matmul_precision() == before


def test_an_unknown_device_is_named():
    with pytest.raises(ValueError, match="device is 'gpu', wanted 'cpu', 'cuda' or 'auto'"):
        pytorch.choose_device("gpu")


def test_the_precision_is_put_back():
    before = torch.get_float32_matmul_precision()
    for precision in ("tf32", "float32", "bfloat16"):
        with devices.computing_in(precision, torch.device("cpu")):
            assert torch.is_autocast_enabled("cpu") == (precision == "bfloat16")
        assert torch.get_float32_matmul_precision() == before
    words = "precision is 'float16', wanted 'float32' or 'tf32' or 'bfloat16'"
    with (
        pytest.raises(ValueError, match=words),
        devices.computing_in("float16", torch.device("cpu")),
    ):
        pass
