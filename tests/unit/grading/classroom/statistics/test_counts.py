"""A class whose results are known is counted: by question, and by check."""

import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.statistics.counts import Check, Counts, Question, count
from course_lib.grading.classroom.statistics.page import page
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import ESSAY, NAME, Class, make_course

STUB = "raise NotImplementedError"


@pytest.fixture
def graded(tmp_path, gradebook):
    """Two right, two with a slip in double, one without triple, one unreadable."""
    course = Course(make_course(tmp_path, gradebook, ESSAY))
    release(course, NAME)
    handing_in = Class(tmp_path)
    handing_in.hand_in("ada", change=lambda notebook: notebook.cells[-1].update(source="So!"))
    handing_in.hand_in("bob")
    handing_in.hand_in("cleo", double="return x + 1")
    handing_in.hand_in("dan", double="return x * x", triple=STUB)
    handing_in.hand_in_file("eve", b"no notebook")
    list(grade(course, NAME, course.students(NAME)))
    return course


@pytest.mark.slow
def test_points_and_checks_are_counted(graded, monkeypatch):
    counts = count(graded, NAME)
    assert (counts.graded, counts.failed) == (4, 1)
    double, triple, essay = counts.questions.values()
    assert (double.name, double.max_points, sorted(double.points)) == ("double", 2, [0, 1, 2, 2])
    assert (triple.mean, triple.not_begun) == (9 / 4, 1)
    assert (essay.points, essay.waiting) == ([0, 0, 0], 1)
    (hard,) = counts.hard()
    assert (hard.question, hard.name, hard.failed, hard.asked) == ("double", "a secret", 2, 4)
    monkeypatch.chdir(graded.root)
    done = CliRunner().invoke(app, ["statistics", NAME])
    assert done.exit_code == 0
    assert "double, a secret: failed by 2 of 4" in done.stdout
    shown = (graded.root / f"statistics-{NAME}.html").read_text()
    assert "a secret" in shown
    assert "ada" not in shown


def test_a_class_without_grades_is_told_what_to_do(course):
    with pytest.raises(CourseProblem, match=f"run `course grade {NAME}` first"):
        count(Course(course), NAME)


def test_only_what_many_failed_is_hard_and_the_worst_comes_first():
    failed = {"two of four": (2, 4), "one of two": (1, 2), "two of nine": (2, 9), "all": (3, 3)}
    counts = Counts()
    for name, (how_many, asked) in failed.items():
        check = Check("q", name, asked)
        check.messages["wrong"] = how_many
        counts.checks["q", name] = check
    assert [one.name for one in counts.hard()] == ["all", "two of four"]


def test_what_students_write_is_shown_as_text():
    counts = Counts(1, 0, {"<b>": Question("<b>", 0)})
    check = Check("<b>", "one", 2)
    check.messages["<script>alert(1)</script>"] = 2
    counts.checks["<b>", "one"] = check
    shown = page(NAME, counts)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
