import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from course_lib import data, nn, optim, pytorch
from course_lib.pytorch import engine as train
from course_lib.training import EarlyStopping, evaluate, fit

F64 = dict(dtype=np.float64)


def mlp():
    """Normalised after the activation: before it, a bias has no gradient but rounding errors."""
    norm = nn.BatchNorm1d(8, eps=0.02, momentum=0.3, **F64)
    return nn.Sequential(
        nn.Linear(2, 8, rng=0, **F64),
        nn.Tanh(),
        nn.Sequential(nn.Linear(8, 8, rng=1, **F64), nn.LeakyReLU(0.1), norm),
        nn.Linear(8, 2, rng=2, **F64),
    )


def cnn():
    """Every layer that has a counterpart, and padding "same" at stride 2 with uneven sizes."""
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, rng=0, **F64),
        nn.ReLU(),
        nn.BatchNorm2d(4, eps=0.05, momentum=0.2, **F64),
        nn.MaxPool2d(2, 1),
        nn.Conv2d(4, 5, (4, 3), stride=2, padding="same", rng=1, **F64),
        nn.Sigmoid(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.0),
        nn.Linear(20, 3, rng=2, **F64),
    )


def double(dataset):
    return replace(
        dataset,
        **{part: getattr(dataset, part).astype(float) for part in ("X_train", "X_val", "X_test")},
    )


def pictures():
    """Small labelled pictures, 50 + 10 + 10."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(70, 1, 8, 9)), rng.integers(0, 3, 70)
    cut = (50, 60)
    (X_train, X_val, X_test), (y_train, y_val, y_test) = np.split(x, cut), np.split(y, cut)
    return data.Dataset(X_train, y_train, X_val, y_val, X_test, y_test)


CASES = [(mlp, lambda: double(data.moons())), (cnn, pictures)]


@pytest.mark.parametrize(("make", "load"), CASES)
@pytest.mark.parametrize("training", [True, False])
def test_same_outputs_and_gradients(make, load, training):
    model, toy = make(), load()
    x, y = toy.X_train[:7], toy.y_train[:7]
    model.train() if training else model.eval()
    module = pytorch.to_torch(model)
    tensor = torch.tensor(x, requires_grad=True)
    outputs = module(tensor)
    torch.nn.functional.cross_entropy(outputs, torch.tensor(y)).backward()
    ours = model(x)
    assert nn.relative_error(ours, outputs.detach().numpy()) < 1e-12
    dx = model.backward(nn.cross_entropy_backward(ours, y))
    assert nn.relative_error(dx, tensor.grad.numpy()) < 1e-10
    gradients = [p.grad.numpy() for p in module.parameters()]
    for grad, theirs in zip(model.grads.values(), gradients, strict=True):
        theirs = theirs.T if grad.ndim == 2 else theirs
        np.testing.assert_allclose(grad, theirs, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize(("make", "load"), CASES)
def test_there_and_back_again(make, load):
    model, other = make(), make()
    module = pytorch.to_torch(model)
    with torch.no_grad():
        for tensor in module.state_dict().values():
            if tensor.is_floating_point():
                tensor += torch.rand_like(tensor)
    assert pytorch.from_torch(module, other) is other
    x = load().X_test
    module.eval(), other.eval()
    assert nn.relative_error(other(x), module(torch.tensor(x)).detach().numpy()) < 1e-12
    assert not np.array_equal(model.params["0.W"], other.params["0.W"])  # a copy, no view


# No option but lr, which the schedule sets, has its default: one that is not passed on shows.
OPTIMIZERS = [
    lambda: optim.SGD(0.1, momentum=0.9, nesterov=True, weight_decay=1e-3),
    lambda: optim.Adagrad(0.05, eps=1e-3, weight_decay=1e-3),
    lambda: optim.RMSprop(0.01, alpha=0.9, eps=1e-3, weight_decay=1e-3),
    lambda: optim.Adadelta(rho=0.8, eps=1e-3, weight_decay=1e-3),
    lambda: optim.Adam(0.01, betas=(0.8, 0.95), eps=1e-3, weight_decay=1e-3),
    lambda: optim.AdamW(0.01, betas=(0.7, 0.9), eps=1e-3, weight_decay=0.1),
]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(("make", "load"), CASES)
def test_training_takes_the_same_path(make, load, optimizer):
    """More than 20 steps, the last mini-batch of each epoch a small one."""
    ours, theirs, toy = make(), make(), load()
    options = dict(epochs=6, batch_size=14, schedule=optim.exponential_decay(0.02, 0.001, 10))
    options |= dict(seed=3, progress=False)
    one, other = optimizer(), optimizer()
    history = fit(ours, toy, one, **options)
    again = fit(theirs, toy, other, device="cpu", **options)
    assert len(history.loss) >= 24
    for name in ("loss", "lr", "train_loss", "train_accuracy", "val_loss", "val_accuracy"):
        np.testing.assert_allclose(getattr(again, name), getattr(history, name), rtol=1e-8)
    for name, array in (*ours.params.items(), *ours.buffers.items()):
        same = {**theirs.params, **theirs.buffers}[name]
        np.testing.assert_allclose(same, array, rtol=1e-8, atol=1e-10)
    assert one.lr == other.lr
    assert not theirs.training


LOSSES = [
    (nn.CrossEntropyLoss(), True),
    (nn.HingeLoss(0.5), True),
    (nn.MSELoss(), False),
    (nn.L1Loss(), False),
    (nn.BCELoss(), False),
]


@pytest.mark.parametrize(("loss", "labelled"), LOSSES)
def test_every_loss_has_its_counterpart(loss, labelled):
    toy = double(data.moons())
    if not labelled:
        column = {f"y_{p}": getattr(toy, f"y_{p}")[:, None] * 1.0 for p in ("train", "val", "test")}
        toy = replace(toy, **column)
    paths = []
    for device in ("numpy", "cpu"):
        layers = [nn.Linear(2, 4 if labelled else 1, rng=0, **F64), nn.Sigmoid()]
        model = nn.Sequential(*layers)
        history = fit(
            model, toy, optim.SGD(0.2), epochs=2, loss=loss, device=device, progress=False
        )
        paths.append((history.loss, history.val_loss, history.train_accuracy))
    for ours, theirs in zip(*paths, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_augmentation_and_early_stopping_on_the_way():
    toy = double(data.moons())

    def shake(x, rng):
        return x + rng.normal(0, 0.1, x.shape)

    histories = []
    for device in ("numpy", "cpu"):
        model = mlp()
        history = fit(
            model, toy, optim.SGD(0.3), epochs=40, augment=shake, progress=False, device=device,
            early_stopping=EarlyStopping(patience=2),
        )  # fmt: skip
        assert evaluate(model, toy.X_val, toy.y_val)[0] == pytest.approx(min(history.val_loss))
        histories.append(history)
    np.testing.assert_allclose(histories[0].val_loss, histories[1].val_loss, rtol=1e-8)
    assert len(histories[0].val_loss) < 40


def test_dropout_repeats_with_its_seed_and_leaves_torch_alone():
    def losses(seed):
        model = nn.Sequential(nn.Linear(2, 8, rng=0), nn.Dropout(0.5), nn.Linear(8, 2, rng=1))
        history = fit(
            model, data.moons(), optim.SGD(0.1), epochs=3, seed=seed, device="cpu", progress=False
        )
        return history.loss

    before = torch.random.get_rng_state()
    assert losses(0) == losses(0) != losses(1)
    assert torch.equal(before, torch.random.get_rng_state())


def test_auto_takes_what_is_there():
    model = nn.Linear(2, 2, rng=0)
    history = fit(model, data.moons(), optim.SGD(0.1), epochs=2, device="auto", progress=False)
    assert history.loss[-1] < history.loss[0]


class Odd(nn.Flatten):
    """A layer that PyTorch does not know."""


def test_what_has_no_counterpart_is_named():
    with pytest.raises(TypeError, match="model has a Odd, which has no counterpart in PyTorch"):
        pytorch.to_torch(nn.Sequential(Odd(), nn.Linear(2, 2)))
    with pytest.raises(TypeError, match="model has a Perceptron"):
        pytorch.to_torch(nn.Perceptron(2))
    with pytest.raises(ValueError, match="module has 1 layers, wanted 4"):
        pytorch.from_torch(torch.nn.Sequential(torch.nn.ReLU()), mlp())
    with pytest.raises(ValueError, match=r"shape \(3, 2\), wanted \(4, 2\)"):
        pytorch.from_torch(torch.nn.Linear(2, 3), nn.Linear(2, 4))
    with pytest.raises(ValueError, match="module has a ReLU, wanted the counterpart of Linear"):
        pytorch.from_torch(torch.nn.ReLU(), nn.Linear(2, 4))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_no_gpu_is_said_and_nothing_changes():
    model = mlp()
    before = model.params["0.W"].copy()
    with pytest.raises(RuntimeError, match="device is 'cuda', but PyTorch finds no GPU"):
        fit(model, double(data.moons()), optim.SGD(0.1), epochs=1, device="cuda")
    np.testing.assert_array_equal(model.params["0.W"], before)


def test_full_memory_is_explained():
    words = "memory is full with batch_size 100: choose a smaller"
    with pytest.raises(MemoryError, match=words), train._out_of_memory_explained(100):
        raise torch.cuda.OutOfMemoryError("CUDA out of memory")


TEAM = """
import atexit, os, pathlib
import numpy as np
out = f"{os.environ['TEAM_OUT']}-{os.environ.get('RANK', 'alone')}"


@atexit.register  # the first to be registered is the last to be called
def threads():
    names = [file.read_text().strip() for file in pathlib.Path("/proc/self/task").glob("*/comm")]
    pathlib.Path(out + ".threads").write_text(" ".join(names))


from course_lib import data, nn, optim
from course_lib.training import EarlyStopping, fit
from tests.unit.pytorch.test_engine import double
model = nn.Sequential(nn.Linear(2, 8, rng=0, dtype=np.float64), nn.Tanh(),
                      nn.Linear(8, 2, rng=1, dtype=np.float64))
history = fit(model, double(data.moons(noise=0.2)), optim.SGD(0.1, momentum=0.9), epochs=4,
              batch_size=179, seed=1, device="cpu", progress=False)
normed = nn.Sequential(nn.Linear(2, 8, rng=0), nn.BatchNorm1d(8), nn.Tanh(), nn.Linear(8, 2, rng=1))
stopped = fit(normed, data.moons(noise=0.2), optim.SGD(0.5), epochs=30, batch_size=60, seed=1,
              early_stopping=EarlyStopping(patience=1), device="cpu", progress=False)
team = {"team_" + name: array for name, array in {**normed.params, **normed.buffers}.items()}
np.savez(f"{out}.npz", loss=history.loss, team_val_loss=stopped.val_loss, **team,
         train_accuracy=history.train_accuracy, val_loss=history.val_loss, **model.params)
"""


@pytest.mark.slow
def test_two_processes_equal_one(tmp_path):
    """180 samples in mini-batches of 179 and 1: shares are uneven, and once there is none."""
    script = tmp_path / "team.py"
    script.write_text(TEAM)
    env = os.environ | {"TEAM_OUT": str(tmp_path / "out"), "OMP_NUM_THREADS": "1"}
    env["PYTHONPATH"] = os.getcwd()
    torchrun = [sys.executable, "-m", "torch.distributed.run"]
    for command in ([sys.executable], [*torchrun, "--standalone", "--nproc-per-node", "2"]):
        done = subprocess.run([*command, script], env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    alone, first, second = (np.load(tmp_path / f"out-{rank}.npz") for rank in ("alone", 0, 1))
    for name in alone.files:
        np.testing.assert_array_equal(first[name], second[name])
        if not name.startswith("team"):  # normalised by shares, these are alike among themselves
            np.testing.assert_allclose(first[name], alone[name], rtol=1e-8, atol=1e-12)
    for rank in (0, 1):  # a thread that is still there when Python ends can abort the process
        assert "gloo" not in (tmp_path / f"out-{rank}.threads").read_text()


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
@pytest.mark.parametrize(("make", "load"), CASES)
def test_gpu_takes_the_same_path(make, load):
    ours, theirs, toy = make(), make(), load()
    options = dict(epochs=4, batch_size=14, seed=3, progress=False)
    history = fit(ours, toy, optim.Adam(0.01), **options)
    again = fit(theirs, toy, optim.Adam(0.01), device="cuda", **options)
    np.testing.assert_allclose(again.loss, history.loss, rtol=1e-6)
    for name, array in ours.params.items():
        np.testing.assert_allclose(theirs.params[name], array, rtol=1e-4, atol=1e-6)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
def test_gpu_trains_in_tf32_and_puts_the_precision_back():
    paths, before = [], torch.get_float32_matmul_precision()
    for device in ("cpu", "cuda"):
        model = nn.Sequential(nn.Linear(2, 64, rng=0), nn.Tanh(), nn.Linear(64, 2, rng=1))
        paths.append(fit(model, data.moons(), optim.SGD(0.1), epochs=5, device=device).loss)
    np.testing.assert_allclose(*paths, rtol=1e-2)
    assert torch.get_float32_matmul_precision() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda x, y: (x.astype(np.float64), y),
        lambda x, y: (np.round(4 * x).astype(int), y),
        lambda x, y: (x, y.astype(np.int32)),
        lambda x, y: (x, y.astype(np.uint8)),
    ],
)
def test_arrays_of_any_precision_are_taken_as_numpy_takes_them(change):
    toy = data.moons(60)
    for part in ("train", "val"):
        x, y = change(getattr(toy, f"X_{part}"), getattr(toy, f"y_{part}"))
        toy = replace(toy, **{f"X_{part}": x, f"y_{part}": y})
    losses = []
    for device in ("numpy", "cpu"):
        model = nn.Sequential(nn.Linear(2, 8, rng=0), nn.Tanh(), nn.Linear(8, 2, rng=1))
        options = dict(epochs=2, augment=lambda x, rng: x + rng.normal(0, 0.01, x.shape))
        history = fit(model, toy, optim.SGD(0.1), device=device, progress=False, **options)
        losses.append(history.loss + history.val_loss)
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)


def test_an_unknown_device_is_named():
    with pytest.raises(ValueError, match="device is 'gpu', wanted 'cpu', 'cuda' or 'auto'"):
        pytorch.choose_device("gpu")
