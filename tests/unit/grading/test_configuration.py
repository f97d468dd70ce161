"""Any nbgrader course: two lines, its own folders, no library, and it grades as ours does."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import BY_HAND
from course_lib.grading.examination.exams import missing_sandbox
from tests.unit.grading.tiny_course import ESSAY, NAME, Class, cell, source_notebook

TWO_LINES = """from course_lib.grading import configure
configure(c := get_config())
"""
UNSAFE = 'c.Examine.sandbox = "none"\n'


@pytest.fixture
def other(tmp_path, gradebook, monkeypatch):
    """A course with nbgrader's own folders and nothing of ours but the two lines."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / CONFIG).write_text(TWO_LINES + UNSAFE * bool(missing_sandbox()))
    shutil.copy(gradebook, tmp_path)
    (tmp_path / "source" / NAME).mkdir(parents=True)
    nbformat.write(source_notebook(ESSAY), tmp_path / "source" / NAME / f"{NAME}.ipynb")
    release(Course(tmp_path), NAME)
    return tmp_path


def test_another_course_grades(other):
    students = Class(other)
    answer = {"change": lambda nb: cell(nb, "essay").update(source="My reasons.")}
    students.hand_in("eve", double="return 2", **answer)
    (result,) = grade(Course(other), NAME, ["eve"])
    assert (result.problem, result.notes) == ("", [])
    assert result.points == {"test_double": 1, "test_triple": 3, "essay": None}
    assert result.state == BY_HAND
    assert (
        "BEGIN HIDDEN TESTS" not in (other / "feedback" / "eve" / NAME / f"{NAME}.html").read_text()
    )
    assert export(Course(other), "grades.csv").exists()


@pytest.mark.filterwarnings("ignore")  # of nbgrader's own queries
def test_nbgraders_own_ways_work(other):
    students = Class(other)
    students.hand_in("eve", double="return 2")
    students.hand_in("bob")
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "eve"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    course = Course(other)
    api = NbGraderAPI(course.settings(), config=course.settings().config)
    done = api.autograde(NAME, "bob")
    assert done["success"], done["log"]
    with course.gradebook() as gradebook:
        points = {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}
    assert points == {"eve": 4, "bob": 5}


def test_both_ways_leave_the_same_in_the_gradebook(other):
    """Nothing is lost by recording in one go what was prepared and examined before."""
    students = Class(other)
    for student, double in ("eve", "return 2"), ("bob", "1 / 0"):
        students.hand_in(student, double=double)
    left = []
    for autograde in (
        lambda: list(grade(Course(other), NAME, ["eve", "bob"])),
        lambda: subprocess.run(
            [sys.executable, "-m", "nbgrader", "autograde", NAME, "--force"],
            check=True,
            capture_output=True,
            timeout=120,
        ),
    ):
        autograde()
        left.append({student: in_the_gradebook(other, student) for student in ("eve", "bob")})
    assert left[0] == left[1]


def in_the_gradebook(root, student):
    with Course(root).gradebook() as gradebook:
        (notebook,) = gradebook.find_submission(NAME, student).notebooks
        grades = {
            one.name: (one.auto_score, one.manual_score, one.needs_manual_grade)
            for one in notebook.grades
        }
        comments = {one.name: (one.auto_comment, one.manual_comment) for one in notebook.comments}
    return grades, comments
