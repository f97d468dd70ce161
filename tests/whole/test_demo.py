"""``course demo`` on the tiny course; once, slowly, on the real one."""

import subprocess
from dataclasses import replace

import numpy as np
import pytest

from course_lib.course.demo import run_demo
from course_lib.course.sample_class import STUDENTS
from course_lib.data import mnist
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from tests import ROOT
from tests.unit.grading.tiny_course import NAME

NAMED = {student.name: student for student in STUDENTS}


@pytest.fixture(scope="module")
def small():
    """Few pictures of two digits that are easy to tell apart."""
    data = mnist()
    parts = {}
    for part, size in (("train", 2000), ("test", 200)):
        x, y = getattr(data, f"X_{part}"), getattr(data, f"y_{part}")
        chosen = np.flatnonzero(y <= 1)[:size]
        parts |= {f"X_{part}": x[chosen], f"y_{part}": y[chosen]}
    return replace(data, **parts, X_val=data.X_val[:0], y_val=data.y_val[:0])


def test_the_demo_does_the_whole_job_and_starts_clean(course, small, capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    folder = course / "demo"
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    sample = [NAMED[name] for name in ("ada", "hedy", "ivan", "lise", "paul")]
    assert run_demo(Course(course), folder, data=small, students=sample)
    shown = capfd.readouterr().out
    for words in ("of the test pictures right", "5 / 5", "0 / 5", "is no notebook", "make lab"):
        assert words in shown
    for name in ("weights.png", "learning_curve.png", "grades.csv"):
        assert (folder / name).stat().st_size > 100
    assert (folder / "class" / "feedback" / "ada" / NAME / f"{NAME}.html").exists()
    assert before == {path: path.read_bytes() for path in before}
    assert sorted(path.name for path in course.iterdir()) == [
        "demo",
        "gradebook.db",
        "nbgrader_config.py",
        "solutions",
    ]
    assert run_demo(Course(course), folder, data=small, students=[NAMED["olga"]])
    assert [path.name for path in (folder / "class" / "submitted").iterdir()] == ["olga"]


@pytest.mark.parametrize("accuracy", [0.9199, 0.92])
def test_too_low_an_accuracy_fails(course, small, monkeypatch, accuracy):
    monkeypatch.setattr("course_lib.ladder.climbing.evaluate", lambda *_: (0.3, accuracy))
    monkeypatch.setattr("course_lib.course.demo._grade", lambda *_: True)
    assert run_demo(Course(course), course / "demo", data=small) == (accuracy >= 0.92)


def test_points_that_are_not_as_they_must_be_fail(course, monkeypatch, capfd):
    monkeypatch.setattr("course_lib.course.demo._train", lambda *_: True)
    odd = replace(NAMED["olga"], expected="full")
    assert not run_demo(Course(course), course / "demo", students=[odd])
    assert "Not as it must be: olga" in capfd.readouterr().out


def test_a_folder_of_somebody_else_is_left_alone(course):
    (course / "papers").mkdir()
    (course / "papers" / "thesis.txt").write_text("important")
    with pytest.raises(CourseProblem, match="is in use"):
        run_demo(Course(course), course / "papers")
    assert (course / "papers" / "thesis.txt").exists()


@pytest.mark.slow
def test_the_real_assignments_in_small(tmp_path, small, capfd):
    """The real thing takes a minute; here are a few students of it."""
    watched = ["git", "status", "--porcelain", "--ignored", "--", "exercises", "solutions"]
    watched += ["submitted", "autograded", "feedback", "gradebook.db", "grades.csv"]
    before = subprocess.check_output(watched, cwd=ROOT)
    sample = [NAMED[name] for name in ("blaise", "ivan", "niels")]
    assert run_demo(Course(ROOT), tmp_path / "demo", data=small, students=sample), (
        capfd.readouterr().out
    )
    assert subprocess.check_output(watched, cwd=ROOT) == before


def test_git_does_not_see_the_demo():
    subprocess.run(["git", "check-ignore", "-q", "demo/"], cwd=ROOT, check=True)
