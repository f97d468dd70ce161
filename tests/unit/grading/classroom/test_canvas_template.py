"""The rows and columns of a gradebook that Canvas exported are filled in, nothing else."""

import csv

import pytest

from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.incomplete import not_in_template
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME, Class

TEMPLATE = f"""\
Student,ID,SIS User ID,SIS Login ID,Section,Homework (11),{NAME} (12345),Current Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,10.0,5.0,(read only)
"King, Ada",17,00123,ada@example.org,Tutorial 1 and Tutorial 2,3,,
"Bee, Bob",18,00124,bob,Tutorial 1,,,
"Łukasz, Jürgen",19,00125,jl,Tutorial 2,,2.0,
"Student, Test",99,,abcdef,Tutorial 1,,,
"""


@pytest.fixture
def graded(course):
    """Two students whom Canvas knows by its own number and by their login; and one it doesn't."""
    release(Course(course), NAME)
    with Course(course).gradebook() as book:
        book.add_student("ada", lms_user_id="17")
    for student in ("ada", "bob", "zoe"):
        Class(course).hand_in(student, double="return 2")
    list(grading.grade(Course(course), NAME, ["ada", "bob", "zoe"]))
    (course / "canvas.csv").write_text(TEMPLATE, encoding="utf-8-sig")
    return course


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_students_and_columns_are_those_of_canvas(graded):
    found = Course(graded)
    to = export(found, "out.csv", [NAME], "canvas", template="canvas.csv")
    assert rows(to) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{NAME} (12345)"],
        ["", "", "", "", "", ""],
        ["    Points Possible", "", "", "", "", "5.0"],
        ["King, Ada", "17", "00123", "ada@example.org", "Tutorial 1 and Tutorial 2", "4.0"],
        ["Bee, Bob", "18", "00124", "bob", "Tutorial 1", "4.0"],
        ["Łukasz, Jürgen", "19", "00125", "jl", "Tutorial 2", ""],
    ]
    assert not_in_template(found, "canvas.csv") == [(NAME, "zoe")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TEMPLATE.replace(f"{NAME} (12345)", "x"), f"has 0 columns for {NAME}, wanted one"),
        (TEMPLATE.replace("Homework", NAME), f"has 2 columns for {NAME}, wanted one"),
        ("a,b\n1,2\n", "is no gradebook exported from Canvas"),
        ("", "is no gradebook exported from Canvas"),
    ],
)
def test_another_file_is_refused(graded, content, words):
    (graded / "canvas.csv").write_text(content)
    with pytest.raises(CourseProblem, match=words):
        export(Course(graded), "out.csv", [NAME], "canvas", template="canvas.csv")
    assert not (graded / "out.csv").exists()
    assert not list(graded.glob(".out.csv*"))


def test_a_template_is_canvas_s(graded):
    with pytest.raises(CourseProblem, match="A template goes with the layout canvas"):
        export(Course(graded), "out.csv", layout="moodle", template="canvas.csv")
    with pytest.raises(CourseProblem, match=r"no\.csv can't be read"):
        export(Course(graded), "out.csv", layout="canvas", template="no.csv")
