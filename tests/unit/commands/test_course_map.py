"""The map shows what is there and says what is not."""

import json

import pytest

from course_lib.commands.course_map import LECTURES, course_map
from tests import ROOT


@pytest.fixture
def course(tmp_path):
    """A course with one lecture and one assignment of 3 + 2 points."""
    (tmp_path / "lectures").mkdir()
    (tmp_path / "lectures/02_lines.ipynb").write_text("{}")
    folder = tmp_path / "exercises/02_perceptron"
    folder.mkdir(parents=True)
    marks = [
        {"grade": True, "points": 3},
        {"grade": True, "points": 2},
        {"grade": False, "points": 9},
    ]
    cells = [{"metadata": {"nbgrader": mark}} for mark in marks] + [{"metadata": {}}]
    (folder / "02_perceptron.ipynb").write_text(json.dumps({"cells": cells}))
    return tmp_path


def row(root, number):
    return next(
        line for line in course_map(root).split("\n") if f" {number} " in line.replace("[", " ")
    )


def test_what_is_there_is_linked_with_its_points(course):
    assert row(course, "02").startswith("| [02 The perceptron](../lectures/02_lines.ipynb) |")
    assert row(course, "02").endswith(
        "| [02_perceptron](../exercises/02_perceptron/02_perceptron.ipynb) | 5 |"
    )


def test_what_is_missing_says_so(course):
    assert row(course, "03").startswith("| 03 Neurons and networks *(not written yet)* |")
    assert row(course, "03").endswith("| 03_networks *(not written yet)* |  |")


def test_every_lecture_has_a_row_in_order(course):
    rows = course_map(course).split("\n")[2:]
    assert len(rows) == len(LECTURES) == 13
    assert [number for number, *_ in LECTURES] == [f"{n:02}" for n in range(13)]


def test_lectures_on_disk_are_on_the_map():
    text = course_map(ROOT)
    for file in (ROOT / "lectures").glob("*.ipynb"):
        assert f"(../lectures/{file.name})" in text


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    with pytest.raises(ValueError, match="wanted the course's folder"):
        course_map(tmp_path)
