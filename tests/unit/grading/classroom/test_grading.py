"""One class, graded once, with everything in it that students hand in; then what became of it."""

import csv
import re
import shutil

import nbformat
import pytest

from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import (
    ESSAY,
    NAME,
    SOURCE,
    Class,
    cell,
    make_course,
    source_notebook,
)

SECRET = "question.call(double, 123454321)"  # stands in the hidden test


def without(*names):
    def change(notebook):
        for name in names:
            notebook.cells.remove(cell(notebook, name))

    return change


def twice(*names):
    def change(notebook):
        for name in names:
            copy = nbformat.from_dict(
                dict(cell(notebook, name)) | {"id": f"{name}-copy".replace("_", "-")}
            )
            notebook.cells.insert(notebook.cells.index(cell(notebook, name)) + 1, copy)

    return change


def hundred_points(notebook):
    cell(notebook, "test_double").source = "100.0"
    cell(notebook, "test_double").metadata.nbgrader.points = 100


def damaged(notebook):
    cell(notebook, "test_double").metadata.nbgrader = {"grade": True}


# student: how the notebook is filled in; what must come of it: state, points, words in the row
NOTEBOOKS = {
    "right": (dict(), GRADED, [2, 3], ""),
    "half": (dict(double="return 2"), GRADED, [1, 3], ""),
    "wrong": (dict(double="return 0", triple="return 0"), GRADED, [0, 0], ""),
    "untouched": (None, GRADED, [0, 0], ""),
    "typo": (dict(double="return 2 *"), GRADED, [0, 3], ""),
    "loops": (dict(double="while x > 9: pass\n    return 2 * x"), GRADED, [1, 3], "than 3 s"),
    "dies": (dict(double="import os; os._exit(0)"), GRADED, [0, 3], "ended itself (exit code 0)"),
    "cheats": (dict(double="return 0", change=hundred_points), GRADED, [0, 3], "changed; the"),
    "no_test": (
        dict(change=without("test_double")),
        GRADED,
        [2, 3],
        "cell test_double: deleted; put back",
    ),
    "no_cells": (
        dict(change=without("setup", "double", "test_double")),
        GRADED,
        [0, 3],
        "cells setup, test_double: deleted; put back; cell double: deleted; an answer in another",
    ),
    "copies": (dict(change=twice("test_double", "double")), GRADED, [2, 3], "there more than once"),
    "damaged": (dict(change=damaged), GRADED, [2, 3], "cell test_double: its name was lost"),
    "marks": (dict(double="return 2 * x  # BEGIN HIDDEN TESTS"), GRADED, [2, 3], ""),
    "st[a]r*": (dict(), GRADED, [2, 3], ""),
}
FILES = {
    "letter": (b"Dear teacher, ...", f"{NAME}.ipynb is no notebook"),
    "bytes": (bytes(range(256)), f"{NAME}.ipynb is no notebook"),
    "object": (b"{}", f"{NAME}.ipynb is no notebook"),
    "empty": (b"", f"{NAME}.ipynb is empty"),
    "nothing": (None, f"{NAME}.ipynb is missing: the folder is empty"),
    "misnamed": (b"x", f"{NAME}.ipynb is missing: there is only essay.txt"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, gradebook):
    """The class and {student: Result}, in the order of grading."""
    root = make_course(tmp_path_factory.mktemp("course"), gradebook)
    release(Course(root), NAME)
    students = Class(root)
    for student, (answers, *_) in NOTEBOOKS.items():
        if answers is None:
            nbformat.write(students.released(), students.folder(student) / f"{NAME}.ipynb")
        else:
            students.hand_in(student, **answers)
    for student, (content, _) in FILES.items():
        folder = students.folder(student)
        if content is not None:
            name = "essay.txt" if student == "misnamed" else f"{NAME}.ipynb"
            (folder / name).write_bytes(content)
    names = sorted([*NOTEBOOKS, *FILES])
    return students, {result.student: result for result in grading.grade(Course(root), NAME, names)}


def page(students, student):
    return students.root / "feedback" / student / NAME / f"{NAME}.html"


def test_everybody_is_looked_at(graded):
    assert sorted(graded[1]) == sorted([*NOTEBOOKS, *FILES])


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_a_notebook_gets_its_points(graded, student):
    _, state, points, words = NOTEBOOKS[student]
    result = graded[1][student]
    assert (result.state, list(result.points.values())) == (state, points)
    assert (result.score, result.max_score) == (sum(points), 5)
    said = "; ".join([result.problem] * bool(result.problem) + result.notes)
    assert words in said if words else said == ""


@pytest.mark.parametrize("student", FILES)
def test_what_is_no_notebook_is_named_as_such(graded, student):
    result = graded[1][student]
    assert result.state == FAILED
    assert result.problem.startswith(FILES[student][1])


def test_only_the_graded_have_a_feedback_page(graded):
    students, results = graded
    for student, result in results.items():
        assert page(students, student).exists() == (result.state == GRADED), student


def test_feedback_shows_no_hidden_test(graded):
    students, results = graded
    for student, result in results.items():
        if result.state == GRADED:
            text = re.sub("<[^>]+>", "", page(students, student).read_text())
            assert "question.call(double, 1)" in text
            assert SECRET not in text, student


def test_the_graded_notebook_has_it(graded):
    """Or the test above could not fail."""
    students, _ = graded
    path = students.root / "autograded" / "loops" / NAME / f"{NAME}.ipynb"
    assert SECRET in cell(nbformat.read(path, as_version=4), "test_double").source


def test_the_log_has_the_reasons(graded):
    students, _ = graded
    log = (students.root / grading.LOG).read_text()
    entry = rf"^[-\d]{{10}} [:,\d]{{12}} WARNING {NAME} \w+: "
    assert re.search(
        entry + r"test_double: .* stopped: it ended itself \(exit code 0\)", log, re.MULTILINE
    )
    ends = re.findall(rf"^.{{23}} (?:INFO|ERROR) +{NAME} \S+: (?:graded|failed)[,:] ", log, re.M)
    assert len(ends) == len(NOTEBOOKS) + len(FILES)


def test_export_writes_what_the_table_shows(graded, tmp_path):
    students, results = graded
    path = export(Course(students.root), tmp_path / "grades.csv")
    with open(path) as lines:
        rows = {row["student_id"]: row["score"] for row in csv.DictReader(lines)}
    assert rows == {
        student: "" if result.state == FAILED else str(float(result.score))
        for student, result in results.items()
        if student not in ("nothing", "misnamed")  # nbgrader never hears of them
    }
    assert [one.name for one in tmp_path.iterdir()] == ["grades.csv"]


def test_a_regrade_replaces_what_was_there(course):
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in("eve", double="return 2")
    assert grading.grade_submission(Course(course), NAME, "eve").score == 4
    students.hand_in("eve")
    assert grading.grade_submission(Course(course), NAME, "eve").score == 5
    students.hand_in_file("eve", b"broken")
    again = grading.grade_submission(Course(course), NAME, "eve")
    assert (again.state, again.score) == (FAILED, 0)
    assert not page(students, "eve").exists()
    assert not (course / "autograded" / "eve" / NAME).exists()
    assert ",eve,,,,,,,5.0" in export(Course(course), course / "grades.csv").read_text()


def test_marks_given_by_hand_survive(tmp_path, gradebook):
    make_course(tmp_path, gradebook, ESSAY)
    release(Course(tmp_path), NAME)
    students = Class(tmp_path)
    students.hand_in("eve", change=lambda nb: cell(nb, "essay").update(source="My reasons."))
    result = grading.grade_submission(Course(tmp_path), NAME, "eve")
    assert (result.state, result.score, result.points["essay"]) == (BY_HAND, 5, None)
    with Course(tmp_path).gradebook() as gradebook:
        gradebook.find_grade("essay", NAME, NAME, "eve").manual_score = 3
        gradebook.db.commit()
    students.hand_in_file("eve", b"broken")
    grading.grade_submission(Course(tmp_path), NAME, "eve")
    assert ",eve,,,,,,,9.0" in export(Course(tmp_path), tmp_path / "grades.csv").read_text()
    with Course(tmp_path).gradebook() as gradebook:
        assert gradebook.find_grade("essay", NAME, NAME, "eve").manual_score == 3


def test_grading_needs_no_release_before(course):
    students = Class(course)
    folder = students.folder("eve")
    shutil.copy(course / "solutions" / NAME / f"{NAME}.ipynb", folder)
    (result,) = grading.grade(Course(course), NAME, ["eve"])
    assert result.score == 5
    assert not (course / "exercises").exists()
    assert not list(course.glob(".release-*"))


def test_release_takes_solutions_and_hidden_tests_out(course):
    folder = release(Course(course), NAME)
    text = (folder / f"{NAME}.ipynb").read_text()
    assert folder == course / "exercises" / NAME
    assert "raise NotImplementedError" in text
    assert "return 2 * x" not in text
    assert SECRET not in text


def test_a_second_release_replaces_the_first(course):
    folder = release(Course(course), NAME)
    (folder / "old.txt").touch()
    assert [path.name for path in release(Course(course), NAME).iterdir()] == [f"{NAME}.ipynb"]


def test_a_release_that_fails_leaves_the_old_one(course):
    released = release(Course(course), NAME) / f"{NAME}.ipynb"
    before = released.read_text()
    cells = SOURCE | {"double": ("solution", 0, "def double(x):\n    ### BEGIN SOLUTION\n    pass")}
    nbformat.write(source_notebook(cells), course / "solutions" / NAME / f"{NAME}.ipynb")
    with pytest.raises(CourseProblem, match=f"{NAME} was not released: no end solution"):
        release(Course(course), NAME)
    assert released.read_text() == before
    assert not list(course.glob(".release-*"))


@pytest.mark.parametrize(
    ("to", "words"), [("no/where.csv", "there is no folder"), ("solutions", "is a folder")]
)
def test_export_says_why_it_cannot_write(course, to, words):
    with pytest.raises(CourseProblem, match=words):
        export(Course(course), to)


def test_an_empty_gradebook_is_not_exported(course):
    with pytest.raises(CourseProblem, match="gradebook is empty"):
        export(Course(course), "grades.csv")
    assert not (course / "grades.csv").exists()
