"""The files that Moodle and Canvas import."""

import csv
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export, unmarked
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME, Class


@pytest.fixture
def graded(course):
    """Two students, one of them with a comma in her name, and one who handed in nothing."""
    release(Course(course), NAME)
    Class(course).hand_in("ada", double="return 2")
    with Course(course).gradebook() as book:
        book.add_student("ada", first_name="Ada", last_name="King, Countess", lms_user_id="17")
        book.add_student("bob", first_name="Bob", last_name="Bee", email="bob@example.org")
    grading.grade_submission(Course(course), NAME, "ada")
    return course


def rows(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def test_moodle_finds_students_by_their_number(graded):
    assert rows(export(Course(graded), "moodle.csv", layout="moodle")) == [
        ["First name", "Last name", "ID number", "Email address", NAME],
        ["Bob", "Bee", "bob", "bob@example.org", ""],
        ["Ada", "King, Countess", "ada", "", "4.0"],
    ]


def test_canvas_has_the_points_possible_and_the_login(graded):
    assert rows(export(Course(graded), "canvas.csv", [NAME], layout="canvas")) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME],
        ["    Points Possible", "", "", "", "", "5.0"],
        ["Bee, Bob", "", "bob", "bob", "", ""],
        ["King, Countess, Ada", "17", "ada", "ada", "", "4.0"],
    ]


def test_late_days_cost_what_the_gradebook_says_but_never_more_than_there_is(graded):
    with Course(graded).gradebook() as book:
        book.find_submission_notebook(NAME, NAME, "ada").late_submission_penalty = 9
        book.db.commit()
    assert rows(export(Course(graded), "moodle.csv", layout="moodle"))[2][-1] == "0.0"


def test_grades_that_lack_marks_by_hand_are_named(graded):
    assert unmarked(Course(graded)) == []
    with Course(graded).gradebook() as book:
        book.find_grade("test_double", NAME, NAME, "ada").needs_manual_grade = True
        book.db.commit()
    assert unmarked(Course(graded)) == unmarked(Course(graded), [NAME]) == [(NAME, "ada")]
    assert unmarked(Course(graded), ["02_x"]) == []
    done = CliRunner().invoke(app, ["export", NAME])
    assert done.exit_code == 0
    assert f"1 of these grades lack marks by hand, given in the formgrader: ada ({NAME})" in (
        " ".join(done.stderr.split())
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (dict(layout="excel"), "layout is 'excel', wanted one of nbgrader, moodle, canvas"),
        (dict(assignments=["02_x"]), f"The gradebook has no '02_x', only {NAME}"),
    ],
)
def test_what_can_not_be_exported_is_named(graded, how, words):
    with pytest.raises(CourseProblem, match=words):
        export(Course(graded), "grades.csv", **how)
    assert not (graded / "grades.csv").exists()


def test_nbgraders_own_command_writes_the_same_file(graded):
    where = "course_lib.grading.classroom.exports.MoodleExport"
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", f"--exporter={where}", "--to=theirs.csv"],
        cwd=graded,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert rows(graded / "theirs.csv") == rows(
        export(Course(graded), graded / "ours.csv", layout="moodle")
    )
