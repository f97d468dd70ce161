import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from course_lib import data, ladder
from course_lib.commands.app import app
from course_lib.ladder import RUNGS, Measured, climb
from course_lib.ladder import benchmark as bench


@pytest.fixture(scope="module")
def little_mnist():
    mnist = data.mnist()
    return replace(
        mnist.join_validation(),
        **{"X_train": mnist.X_train[:1500], "y_train": mnist.y_train[:1500]},
        **{"X_test": mnist.X_test[:500], "y_test": mnist.y_test[:500]},
    )


PAIRS = ((1, 16), (16, 16), (16, 64), (64, 64), (64, 128))
PARAMETERS = {  # counted by hand
    "softmax": 784 * 10 + 10,
    "sigmoid5": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "relu5": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "relu5-dropout": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "cnn": (25 * 4 + 4) + (25 * 4 * 8 + 8) + (16 * 8 * 12 + 12) + (588 * 200 + 200) + 2_010,
    "cnn-dropout": (36 * 6 + 6) + (25 * 72 + 12) + (16 * 288 + 24) + (1176 * 200 + 200) + 2_010,
    "best": sum(9 * n_in * n_out + 3 * n_out for n_in, n_out in PAIRS)  # with two of normalisation
    + (512 * 128 + 128 + 2 * 128)
    + 1_290,
}


@pytest.mark.parametrize("name", RUNGS)
def test_every_rung_is_built_from_its_seed(name):
    one, same, other = (RUNGS[name].recipe(np.random.default_rng(seed))[0] for seed in (0, 0, 1))
    first = next(iter(one.params))
    np.testing.assert_array_equal(one.params[first], same.params[first])
    assert not np.array_equal(one.params[first], other.params[first])
    assert one(np.zeros((2, 1, 28, 28), np.float32)).shape == (2, 10)
    assert sum(array.size for array in one.params.values()) == PARAMETERS[name]


@pytest.mark.parametrize("device", ["numpy", "cpu"])
@pytest.mark.parametrize("name", ["softmax", "cnn-dropout"])
def test_a_short_climb_learns_and_is_tested_once_at_the_end(name, device, little_mnist):
    top = climb(name, data=little_mnist, device=device, epochs=5, progress=False)
    assert top.accuracy > 0.7
    assert len(top.history.train_loss) == 5
    assert top.history.val_loss == []
    again = climb(name, data=little_mnist, device=device, epochs=5, progress=False)
    assert again.accuracy == top.accuracy


def test_measured_gathers_seeds(little_mnist):
    climbs = [
        climb("softmax", seed=seed, data=little_mnist, epochs=1, progress=False) for seed in (0, 1)
    ]
    one = Measured("softmax", climbs)
    low, high = sorted(top.accuracy for top in climbs)
    assert one.accuracy == pytest.approx((low + high) / 2)
    assert one.spread == pytest.approx((high - low) / np.sqrt(2))
    assert Measured("softmax", climbs[:1]).spread is None
    saved = json.loads(json.dumps(ladder.report([one], "numpy")))
    assert saved["rungs"][0]["accuracies"] == [top.accuracy for top in climbs]
    assert saved["versions"]["numpy"] == np.__version__
    assert "softmax" in ladder.curves([one]).alt
    assert ladder.table([one]).row_count == 1


def test_of_a_team_the_first_process_reports(little_mnist, monkeypatch, tmp_path):
    top = climb("softmax", data=little_mnist, epochs=1, progress=False)
    monkeypatch.setattr(ladder, "climb", lambda *args, **options: top)
    monkeypatch.setenv("WORLD_SIZE", "2")
    for rank, reports in (("0", True), ("1", False)):
        monkeypatch.setenv("RANK", rank)
        folder = tmp_path / rank
        done = CliRunner().invoke(
            app, ["ladder", "softmax", "--device=cpu", "--seeds=1", f"--folder={folder}"]
        )
        assert done.exit_code == 0, done.output
        assert bool(done.output) == folder.exists() == reports
    assert json.loads((tmp_path / "0" / "ladder.json").read_text())["processes"] == 2


def test_unknown_rung_is_named():
    with pytest.raises(ValueError, match="rung is 'top', wanted one of softmax, sigmoid5, relu5"):
        climb("top")


def test_bench_runs_the_two_in_turns():
    calls = []
    ours, other = bench.in_turns(lambda: calls.append(1), lambda: calls.append(2), rounds=5)
    assert calls == [1, 2] * 8
    assert min(ours, other) > 0
    pair = bench.Pair("a / b", 2.0, 4.0, "at most 1")
    assert pair.ratio == 0.5


@pytest.mark.slow
def test_bench_measures_a_step_of_both():
    ours, theirs = bench.steps_against_torch("relu5", rounds=5)
    assert 0 < ours < 1
    assert 0 < theirs < 1


def test_each_rung_is_saved_before_the_next_begins(little_mnist, monkeypatch, tmp_path):
    top = climb("softmax", data=little_mnist, epochs=1, progress=False)

    def stop_at_the_second(name, **options):
        if name != "softmax":
            raise KeyboardInterrupt
        return top

    monkeypatch.setattr(ladder, "climb", stop_at_the_second)
    done = CliRunner().invoke(app, ["ladder", "--seeds=1", f"--folder={tmp_path}"])
    assert done.exit_code == 130
    saved = json.loads((tmp_path / "ladder.json").read_text())
    assert [rung["rung"] for rung in saved["rungs"]] == ["softmax"]
    file = tmp_path / "ladder.json"
    done = CliRunner().invoke(app, ["ladder", "softmax", f"--folder={file}"])
    assert done.exit_code == 2
    assert f"--folder {file} can't be made" in done.stderr


def test_numpy_is_not_shared_by_a_team(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    done = CliRunner().invoke(app, ["ladder", "softmax"])
    assert done.exit_code == 2
    assert "device is 'numpy', which is not shared" in done.stderr
