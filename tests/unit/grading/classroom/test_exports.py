"""The files that Moodle and Canvas import."""

import csv
import datetime
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export, harmless
from course_lib.grading.classroom.incomplete import unmarked
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


LAYOUTS = ("nbgrader", "moodle", "canvas")


def scores(path, layout):
    """{student: score as written}"""
    table = rows(path)
    who, score = {"nbgrader": (3, 9), "moodle": (2, 4), "canvas": (2, 5)}[layout]
    return {row[who]: row[score] for row in table[1 + (layout == "canvas") :]}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_failed_is_empty_and_says_why(graded, layout):
    """Broken from the first, or after a good one; nothing that has points is touched."""
    Class(graded).hand_in_file("bob", b"broken")
    grading.grade_submission(Course(graded), NAME, "bob")
    assert scores(export(Course(graded), "out.csv", layout=layout), layout) == {
        "ada": "4.0",
        "bob": "",
    }
    Class(graded).hand_in_file("ada", b"")
    grading.grade_submission(Course(graded), NAME, "ada")
    assert scores(export(Course(graded), "out.csv", layout=layout), layout) == {
        "ada": "",
        "bob": "",
    }
    done = CliRunner().invoke(app, ["export", "--layout", layout])
    assert f"No points for bob ({NAME}): {NAME}.ipynb is no notebook" in done.stderr
    assert f"No points for ada ({NAME}): {NAME}.ipynb is empty: a file of 0 bytes." in done.stderr
    assert "lack marks by hand" not in done.stderr


def test_what_nbgrader_never_heard_of_is_named_too(graded):
    Class(graded).folder("bob")
    grading.grade_submission(Course(graded), NAME, "bob")
    assert scores(export(Course(graded), "out.csv"), "nbgrader")["bob"] == ""
    done = CliRunner().invoke(app, ["export"])
    assert f"No points for bob ({NAME}): {NAME}.ipynb is missing: the folder is empty." in (
        done.stderr
    )


TEXTS = {
    "comma": "Doe, Jr.",
    "quote": 'the "great"',
    "lines": "two\nlines",
    "script": "Łukasz 王 محمد",
    "zeros": "00123",
    "bracket": "[a]",
    "mail": "a+b@example.org",
    "plus": "+49123",
    "minus": "-7",
}
FORMULAS = ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_texts_come_out_as_they_are_in_any_locale(graded, layout):
    with Course(graded).gradebook() as book:
        for student, text in TEXTS.items():
            book.add_student(f"{text}", last_name=text)
            assert student
    code = (
        "from course_lib.grading.classroom import exports, course;"
        f"exports.export(course.Course('.'), 'out.csv', layout={layout!r})"
    )
    subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code],
        env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]},
        cwd=graded,
        check=True,
        timeout=120,
    )
    table = rows(graded / "out.csv")
    assert {len(row) for row in table} == {len(table[0])}
    assert set(TEXTS.values()) < set(scores(graded / "out.csv", layout))
    assert not (graded / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_cell_is_a_formula(graded, layout):
    with Course(graded).gradebook() as book:
        for text in FORMULAS:
            book.add_student(text, last_name=text, first_name=text, email=text)
    table = rows(export(Course(graded), "out.csv", layout=layout))
    assert not [cell for row in table for cell in row if cell.startswith(tuple("=+-@\t"))]
    assert [harmless(text) for text in FORMULAS] == [f"'{text}" for text in FORMULAS]
    assert harmless(-1.5) == -1.5


def test_a_penalty_is_counted_with_marks_that_came_later(graded):
    with open(graded / "nbgrader_config.py", "a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with Course(graded).gradebook() as book:
        book.find_assignment(NAME).duedate = datetime.datetime(2026, 3, 1)
        book.db.commit()
    folder = Course(graded).submitted("ada", NAME)
    (folder / "timestamp.txt").write_text("2026-03-02 12:00 UTC")
    grading.grade_submission(Course(graded), NAME, "ada")
    with Course(graded).gradebook() as book:
        book.find_grade("test_double", NAME, NAME, "ada").manual_score = 2
        book.db.commit()
    assert scores(export(Course(graded), "out.csv"), "nbgrader")["ada"] == "0.0"


def test_a_renamed_student_is_named(graded):
    folder = Course(graded).submitted("ada", NAME)
    folder.parent.rename(graded / "submitted" / "augusta")
    done = CliRunner().invoke(app, ["export"])
    assert f"their folders are not there any more (renamed?): ada ({NAME})" in done.stderr
