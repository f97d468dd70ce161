"""All that a CPU can show of what is measured on a GPU: the same code on little data."""

import json

import pytest
import torch
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.ladder import gpu, gpu_parts
from course_lib.ladder.gpu_parts import Part


@pytest.fixture(autouse=True)
def own_seed():
    """A part sets PyTorch's global seed: what was there is put back."""
    with torch.random.fork_rng():
        yield


def part(name, tmp_path):
    gpu.main(["--part", name, "--device", "cpu", "--little", "--folder", str(tmp_path)])
    return json.loads((tmp_path / f"{name}.json").read_text())


def test_time_to_accuracy_chooses_on_validation_and_tests_once(tmp_path):
    found = part("time-to-accuracy", tmp_path)
    assert [one["accuracy"] for one in found["tried"]] == ["validation"] * 2
    chosen = found["chosen"]
    assert chosen["plan"] in [one["plan"] for one in found["tried"]]
    assert len(chosen["seconds_of_training"]) == len(chosen["accuracies"]) == 10
    assert len(chosen["train_loss"][0]) == 2


def test_the_fastest_plan_that_is_good_enough_is_chosen(monkeypatch, tmp_path):
    rates = iter([(3.0, 0.99), (2.0, 0.995), (1.0, 0.994), (0.5, 0.9932), (9.0, 0.5)])

    def trainings(plan, *_):
        seconds, accuracy = next(rates)
        return {"seconds_of_training": [seconds], "accuracies": [accuracy]}

    plans = gpu_parts._plans(True) * 2
    monkeypatch.setattr(gpu_parts, "_plans", lambda little: plans)
    monkeypatch.setattr(gpu_parts, "_trainings", trainings)
    found = part("time-to-accuracy", tmp_path)
    assert found["tried"][2]["accuracies"] == [0.994]
    assert found["chosen"]["plan"] == found["tried"][2]["plan"]
    assert found["chosen"]["accuracies"] == [0.5]


@pytest.mark.parametrize("name", ["throughput", "compiled"])
def test_throughput_is_a_table(name, tmp_path):
    rows = part(name, tmp_path)["rows"]
    assert {row["precision"] for row in rows} == {"float32", "bfloat16"}
    assert all(row["pictures_per_second"] > 0 for row in rows)


def test_a_rung_is_saved_after_each_seed(tmp_path, monkeypatch):
    saved = []
    gpu.PARTS["cnn"].measure("cpu", saved.append, True)
    assert [len(record["accuracies"]) for record in saved] == [1, 2, 3]


@pytest.mark.slow
def test_a_part_that_takes_too_long_or_fails_costs_only_itself(tmp_path, monkeypatch):
    limits = {"gpu-tests": 0.0, "cnn": 300}
    monkeypatch.setattr(gpu, "GROUPS", [["gpu-tests", "cnn"], ["unknown"], ["throughput"]])
    monkeypatch.setattr(
        gpu, "PARTS", {name: Part(None, limits.get(name, 60)) for name in (*gpu.PARTS, "unknown")}
    )
    said = []
    path = gpu.run("cpu", tmp_path, little=True, seconds=300, say=said.append)
    found = json.loads(path.read_text())
    states = {name: part["state"] for name, part in found["parts"].items()}
    assert states["gpu-tests"] == "stopped at its time limit"
    assert states["cnn"] == "done"
    assert len(found["parts"]["cnn"]["accuracies"]) == 3
    assert states["unknown"] == "failed with exit code 2, see gpu.log"
    assert states["throughput"] == "done"
    assert "invalid choice: 'unknown'" in (tmp_path / "gpu.log").read_text()
    assert found["card"] == "CPU, PyTorch"
    assert set(found["versions"]) == {"numpy", "torch", "python"}
    assert len(said) == 3 + 4


def test_parts_can_be_chosen(tmp_path, monkeypatch):
    measured = []

    def measure(group, *_):
        measured.append(list(group))
        return {name: {"state": "done"} for name in group}

    monkeypatch.setattr(gpu, "_measure", measure)
    gpu.main(["--device=cpu", f"--folder={tmp_path}", "--only", "cnn", "best-1", "best-0"])
    assert measured == [["cnn"], ["best-0", "best-1"]]
    measured.clear()
    gpu.run("cpu", tmp_path)
    assert [name for group in measured for name in group] == list(gpu.PARTS)


def test_the_command_says_where_the_results_are(monkeypatch, tmp_path):
    asked = []

    def run(device, folder, say):
        asked.append((device, folder))
        return folder / "gpu.json"

    monkeypatch.setattr(gpu, "run", run)
    done = CliRunner().invoke(app, ["bench", "--device=cpu", f"--folder={tmp_path}"])
    assert done.exit_code == 0, done.output
    assert asked == [("cpu", tmp_path)]
    assert f"saved {tmp_path / 'gpu.json'}" in done.output
    done = CliRunner().invoke(app, ["bench", "--device=gpu"])
    assert done.exit_code == 2
    assert "device is 'gpu', wanted 'numpy' or 'cpu' or 'cuda' or 'auto'" in done.stderr
    assert len(asked) == 1


def test_what_was_kept_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(gpu, "RESULTS", tmp_path / "none.json")
    assert gpu.results() == {}
    (tmp_path / "none.json").write_text('{"card": "a card"}')
    assert gpu.results() == {"card": "a card"}
