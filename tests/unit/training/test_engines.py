"""What ``fit`` promises, on NumPy and on PyTorch: the same, to float64's precision."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import data, nn, optim
from course_lib.data.augment import RandomTransform
from course_lib.nn import Layer
from course_lib.training import EarlyStopping, fit

DEVICES = ("numpy", "cpu")
F64 = dict(dtype=np.float64)
on_both = pytest.mark.parametrize("device", DEVICES)


def moons(samples=60):
    toy = data.moons(samples)
    return replace(toy, X_train=toy.X_train.astype(float), X_val=toy.X_val.astype(float))


def network():
    return nn.Sequential(nn.Linear(2, 6, rng=0, **F64), nn.Tanh(), nn.Linear(6, 2, rng=1, **F64))


OPTIMIZERS = {
    "SGD": lambda: optim.SGD(0.1),
    "momentum": lambda: optim.SGD(0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    "Adagrad": lambda: optim.Adagrad(0.05),
    "RMSprop": lambda: optim.RMSprop(0.01),
    "Adadelta": lambda: optim.Adadelta(),
    "Adam": lambda: optim.Adam(0.01),
    "AdamW": lambda: optim.AdamW(0.01),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
@given(devices=st.lists(st.sampled_from(DEVICES), min_size=2, max_size=3))
def test_a_second_fit_goes_on_with_the_optimizers_memory_whatever_the_device(name, devices):
    ours, theirs = network(), network()
    one, other = OPTIMIZERS[name](), OPTIMIZERS[name]()
    options = dict(epochs=2, batch_size=10, progress=False)
    for device in devices:
        history = fit(ours, moons(), one, **options)
        again = fit(theirs, moons(), other, device=device, **options)
        np.testing.assert_allclose(again.loss, history.loss, rtol=1e-9)
    assert one.t == other.t == 8 * len(devices)
    for mine, remembered in zip(one.memories, other.memories, strict=True):
        for array, same in zip(mine, remembered, strict=True):
            np.testing.assert_allclose(same, array, rtol=1e-7, atol=1e-12)


@on_both
def test_two_fits_differ_from_two_fresh_ones(device):
    """The memory matters: the test above would not see two engines that both forget."""
    ends = []
    for keep in (True, False):
        model, optimizer = network(), optim.Adam(0.01)
        for _ in range(2):
            fit(model, moons(), optimizer, epochs=2, device=device, progress=False)
            optimizer = optimizer if keep else optim.Adam(0.01)
        ends.append(model.params["0.W"])
    assert not np.allclose(*ends, rtol=1e-4)


@on_both
def test_the_optimizers_rate_is_left_as_it_was(device):
    optimizer = optim.SGD(0.25)
    history = fit(
        network(), moons(), optimizer, epochs=1, schedule=lambda step: 0.1 / (1 + step),
        batch_size=10, device=device, progress=False,
    )  # fmt: skip
    assert history.lr == [0.1 / (1 + step) for step in range(4)]
    assert optimizer.lr == 0.25


@on_both
def test_an_interrupted_training_leaves_what_it_learnt(device):
    model, whole, optimizer = network(), network(), optim.Adam(0.01)

    def schedule(step):
        if step == 8:
            raise KeyboardInterrupt
        return 0.01

    options = dict(batch_size=10, device=device, progress=False)
    with pytest.raises(KeyboardInterrupt):
        fit(model, moons(), optimizer, epochs=5, schedule=schedule, **options)
    fit(whole, moons(), optim.Adam(0.01), epochs=2, **options)
    np.testing.assert_allclose(model.params["0.W"], whole.params["0.W"], rtol=1e-9)
    assert optimizer.t == 8
    assert not model.training


@on_both
@pytest.mark.parametrize("make", [nn.Sequential, nn.Tanh, lambda: nn.Sequential(nn.Dropout(0.0))])
def test_a_model_without_parameters_is_measured_and_stays(make, device):
    optimizer = optim.SGD(0.1, momentum=0.9)
    history = fit(make(), moons(), optimizer, epochs=2, device=device, progress=False)
    assert history.train_loss[0] == pytest.approx(history.train_loss[1], rel=1e-9)
    assert len(history.val_accuracy) == 2
    assert optimizer.t == 2


class Wide(Layer):
    """As many outputs as pictures of MNIST have pixels."""

    def forward(self, x):
        return np.zeros((len(x), 784))

    def backward(self, grad):
        return grad[:, :2]


def test_targets_are_checked_without_an_output_for_every_sample():
    """All outputs at once would take 125 MB, and the loss several times that."""
    x, y = np.zeros((20_000, 2)), np.arange(20_000) % 784
    y[-1] = 784
    toy = data.Dataset(x, y, x[:0], y[:0], x[:0], y[:0])
    tracemalloc.start()
    with pytest.raises(ValueError, match="labels has the value 784, wanted 0 to 783"):
        fit(Wide(), toy, optim.SGD(0.1), epochs=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60e6


CLASSES = [
    (dict(loss=nn.CrossEntropyLoss), r"loss is the class CrossEntropyLoss, .*CrossEntropyLoss\(\)"),
    (dict(optimizer=optim.SGD), r"optimizer is the class SGD, wanted an object: SGD\(lr\)"),
    (dict(optimizer="sgd"), "optimizer is .*str, wanted an object of .*Optimizer"),
    (dict(model=nn.ReLU), r"model is the class ReLU, wanted an object: ReLU\(\)"),
    (dict(data=data.moons), "data is of type function, wanted a Dataset"),
    (dict(early_stopping=EarlyStopping), "early_stopping is the class EarlyStopping"),
    (dict(augment=RandomTransform), "augment is the class RandomTransform"),
    (dict(schedule=0.1), "schedule is 0.1, wanted a function of the step"),
]


@on_both
@pytest.mark.parametrize(("wrong", "words"), CLASSES)
def test_a_class_instead_of_an_object_is_named(wrong, words, device):
    options = dict(model=network(), data=moons(), optimizer=optim.SGD(0.1), epochs=1, device=device)
    with pytest.raises(TypeError, match=words):
        fit(**options | wrong)


class Descent:
    """An optimizer that owes the library nothing, as in assignment 07."""

    lr = 0.1

    def step(self, params, grads):
        for w, g in zip(params, grads, strict=True):
            w -= self.lr * g


def test_an_optimizer_of_ones_own_trains_with_numpy():
    ours, theirs = network(), network()
    fit(ours, moons(), Descent(), epochs=2, progress=False)
    fit(theirs, moons(), optim.SGD(0.1), epochs=2, progress=False)
    for name, array in theirs.params.items():
        np.testing.assert_array_equal(ours.params[name], array)
    with pytest.raises(TypeError, match="derived from Optimizer"):
        fit(ours, moons(), Descent(), epochs=1, device="cpu", progress=False)


@on_both
def test_an_optimizer_that_remembers_another_model_is_refused_before_training(device):
    optimizer, other = optim.Adam(0.01), nn.Linear(2, 2, rng=0)
    fit(network(), moons(), optimizer, epochs=1, device=device, progress=False)
    before = other.params["W"].copy()
    with pytest.raises(ValueError, match="wanted a new optimizer for another model"):
        fit(other, moons(), optimizer, epochs=1, device=device, progress=False)
    np.testing.assert_array_equal(other.params["W"], before)


def normalized(norm):
    return nn.Sequential(nn.Linear(2, 4, rng=0), norm, nn.Linear(4, 2, rng=1))


@on_both
@pytest.mark.parametrize(
    ("batch_size", "refused"), [(35, True), (1, True), (34, False), (36, False)]
)
def test_a_last_mini_batch_of_one_sample_is_said_before_training(batch_size, refused, device):
    model, options = normalized(nn.BatchNorm1d(4)), dict(epochs=1, device=device, progress=False)
    options |= dict(batch_size=batch_size)
    before = {name: array.copy() for name, array in {**model.params, **model.buffers}.items()}
    if not refused:
        fit(model, moons(), optim.SGD(0.1), **options)
        return
    words = rf"batch_size is {batch_size}, wanted another one for 36 samples: .* one sample, and "
    with pytest.raises(ValueError, match=words + "BatchNorm1d"):
        fit(model, moons(), optim.SGD(0.1), **options)
    for name, array in {**model.params, **model.buffers}.items():
        np.testing.assert_array_equal(array, before[name])
    fit(network(), moons(), optim.SGD(0.1), **options)  # without batch norm one sample is enough


@on_both
def test_one_picture_is_enough_for_batch_norm_where_it_has_many_pixels(device):
    x, y = np.random.default_rng(0).normal(size=(5, 1, 4, 4)), np.arange(5) % 2
    toy = data.Dataset(x, y, x[:0], y[:0], x[:0], y[:0])
    layers = nn.Conv2d(1, 2, 3, rng=0, **F64), nn.BatchNorm2d(2, **F64), nn.Flatten()
    model = nn.Sequential(*layers, nn.Linear(8, 2, rng=1, **F64))
    history = fit(model, toy, optim.SGD(0.1), epochs=1, batch_size=2, device=device, progress=False)
    assert len(history.loss) == 3
