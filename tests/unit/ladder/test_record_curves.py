"""How rungs learn, as it was recorded, and the command that recorded it, on little data."""

import json
from dataclasses import replace

import pytest

from course_lib.ladder import record_curves


@pytest.fixture
def little(little_mnist, monkeypatch, tmp_path):
    """The recorder with little data, a short recipe, and a file of its own."""
    watched = replace(little_mnist, X_val=little_mnist.X_test, y_val=little_mnist.y_test)
    monkeypatch.setattr(record_curves, "watched_mnist", lambda: watched)

    def short(rng):
        model, settings = record_curves.recipes.softmax(rng)
        return model, settings | {"epochs": 2}

    monkeypatch.setattr(record_curves, "RUNS", {"one": (short, "numpy"), "two": (short, "cpu")})
    monkeypatch.setattr(record_curves, "FILE", tmp_path / "curves.json")


def test_it_saves_each_run_and_goes_on_where_it_was(little, monkeypatch):
    record_curves.main()
    first = record_curves.recorded()
    assert {name: len(runs) for name, runs in first.items()} == {"one": 1, "two": 1}
    run = first["one"][0]
    assert {part: len(values) for part, values in run.items()} == dict.fromkeys(
        ("train_loss", "train_accuracy", "test_loss", "test_accuracy"), 2
    )
    record_curves.main(seeds=2)
    both = record_curves.recorded()
    assert {name: len(runs) for name, runs in both.items()} == {"one": 2, "two": 2}
    assert both["one"][0] == run
    assert both["one"][1] != run


def test_what_the_lectures_draw_is_there_and_agrees_with_the_published_figures():
    runs = json.loads(record_curves.FILE.read_text())
    assert set(runs) == set(record_curves.RUNS)
    ends = {name: each[0]["test_accuracy"][-1] for name, each in runs.items()}
    assert ends["softmax"] > 0.92
    assert ends["relu5, decay"] > 0.98
    assert ends["cnn"] > 0.989
