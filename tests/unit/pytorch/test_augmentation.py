import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn, optim
from course_lib.data.augment import RandomTransform
from course_lib.pytorch import TorchEngine
from course_lib.pytorch.augmentation import random_transform
from course_lib.training import fit
from tests.unit.pytorch.networks import cnn, pictures

ALL = RandomTransform(rotation=30, shift=3, zoom=0.3, brightness=0.4, elastic=1.5)
PARTS = [RandomTransform(), RandomTransform(rotation=90), RandomTransform(shift=20), ALL]


@pytest.mark.parametrize("augment", PARTS)
@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@given(
    seed=st.integers(0, 99),
    shape=st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 9), st.integers(1, 9)),
)
def test_tensors_are_changed_as_arrays_are(augment, dtype, bound, seed, shape):
    x = np.random.default_rng(seed).random(shape).astype(dtype)
    ours = augment(x, np.random.default_rng(seed))
    theirs = random_transform(augment, torch.from_numpy(x), np.random.default_rng(seed))
    assert theirs.dtype == torch.from_numpy(x).dtype
    np.testing.assert_allclose(theirs.numpy(), ours, atol=bound)


def engine(augment, there=False):
    made = TorchEngine(
        cnn(), pictures(), optim.SGD(0.1), nn.CrossEntropyLoss(), augment, device="cpu",
        batch_size=10,
    )  # fmt: skip
    if there:  # as on a GPU
        made.augments_there, made.X = True, made.put(pictures().X_train)
    return made


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("augment", [ALL, lambda x, rng: ALL(x, rng)])
def test_no_mini_batch_comes_back_from_the_device(augment, there, monkeypatch):
    if there and type(augment) is not RandomTransform:
        pytest.skip("only a RandomTransform can be done on the device")
    trained = engine(augment, there)
    order = trained.epoch_order(np.random.default_rng(0))

    def forbidden(*_):
        raise AssertionError("a tensor is fetched from the device")

    for name in ("cpu", "numpy", "item", "tolist", "__array__"):
        monkeypatch.setattr(torch.Tensor, name, forbidden)
    steps = [trained.step(order[start : start + 10], 0.1) for start in (0, 10, 20)]
    monkeypatch.undo()
    losses, right = trained.totals(steps)
    assert np.isfinite(losses).all()
    assert 0 <= right <= 30


def test_on_the_device_training_takes_the_path_of_numpy():
    model = cnn()
    history = fit(model, pictures(), optim.SGD(0.1), epochs=1, batch_size=10, augment=ALL)
    trained, rng = engine(ALL, there=True), np.random.default_rng(0)
    order = trained.epoch_order(rng)
    losses, _ = trained.totals([trained.step(order[i : i + 10], 0.1) for i in range(0, 50, 10)])
    np.testing.assert_allclose(losses, history.loss, rtol=1e-9)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
def test_gpu_augments_as_numpy_does():
    paths = [
        fit(cnn(), pictures(), optim.SGD(0.1), epochs=2, batch_size=10, augment=ALL, device=device)
        for device in ("numpy", "cuda")
    ]
    np.testing.assert_allclose(paths[1].loss, paths[0].loss, rtol=1e-6)
