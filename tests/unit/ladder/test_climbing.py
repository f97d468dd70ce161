import json

import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.ladder import climb, climbing


@pytest.mark.parametrize("device", ["numpy", "cpu"])
@pytest.mark.parametrize("name", ["softmax", "cnn-dropout"])
def test_a_short_climb_learns_and_is_tested_once_at_the_end(name, device, little_mnist):
    top = climb(name, data=little_mnist, device=device, epochs=5, progress=False)
    assert top.accuracy > 0.7
    assert len(top.history.train_loss) == 5
    assert top.history.val_loss == []
    again = climb(name, data=little_mnist, device=device, epochs=5, progress=False)
    assert again.accuracy == top.accuracy


def test_of_a_team_the_first_process_reports(little_mnist, monkeypatch, tmp_path):
    top = climb("softmax", data=little_mnist, epochs=1, progress=False)
    monkeypatch.setattr(climbing, "climb", lambda *args, **options: top)
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
    with pytest.raises(
        ValueError, match="rung is 'top', wanted 'softmax' or 'sigmoid5' or 'relu5'"
    ):
        climb("top")


def test_each_rung_is_saved_before_the_next_begins(little_mnist, monkeypatch, tmp_path):
    top = climb("softmax", data=little_mnist, epochs=1, progress=False)

    def stop_at_the_second(name, **options):
        if name != "softmax":
            raise KeyboardInterrupt
        return top

    monkeypatch.setattr(climbing, "climb", stop_at_the_second)
    done = CliRunner().invoke(app, ["ladder", "--seeds=1", f"--folder={tmp_path}"])
    assert done.exit_code == 130
    saved = json.loads((tmp_path / "ladder.json").read_text())
    assert [rung["rung"] for rung in saved["rungs"]] == ["softmax"]
    file = tmp_path / "ladder.json"
    done = CliRunner().invoke(app, ["ladder", "softmax", f"--folder={file}"])
    assert done.exit_code == 2
    assert f"--folder {file} can't be used" in done.stderr


def test_numpy_is_not_shared_by_a_team(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    done = CliRunner().invoke(app, ["ladder", "softmax"])
    assert done.exit_code == 2
    assert "device is 'numpy', which is not shared" in done.stderr
