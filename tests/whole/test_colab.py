"""The cell that students run first on Colab may stay in what they hand in."""

import re

from nbformat.v4 import new_code_cell

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.grading import grade_submission
from course_lib.grading.classroom.release import release
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, Class


def test_it_costs_nothing(course):
    text = (ROOT / "docs/students.md").read_text()
    (first,) = re.findall(r"```\n(!git clone.*?)\n```", text, re.DOTALL)
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in("ada", change=lambda nb: nb.cells.insert(0, new_code_cell(first)))
    result = grade_submission(Course(course), NAME, "ada")
    assert (result.score, result.problem) == (5, "")
