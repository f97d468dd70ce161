import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from course_lib import data, nn, optim
from course_lib.training import EarlyStopping, evaluate, fit
from tests.unit.pytorch.networks import CASES, double, mlp


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
from tests.unit.pytorch.networks import double
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
