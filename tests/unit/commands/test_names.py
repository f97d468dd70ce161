"""Assignments are checked by their names; paths are as short as can be."""

from pathlib import Path

import pytest

from course_lib.commands.names import chosen, shown
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME


def test_all_assignments_if_none_is_named(course):
    assert chosen(Course(course), None) == chosen(Course(course), []) == [NAME]


def test_those_that_are_named(course):
    assert chosen(Course(course), [NAME]) == [NAME]


def test_an_unknown_one_is_refused_with_the_nearest(course):
    with pytest.raises(CourseProblem, match=f"'01_nubmers'. Did you mean {NAME}"):
        chosen(Course(course), [NAME, "01_nubmers"])


def test_a_course_without_assignments(course):
    (course / "solutions" / NAME / f"{NAME}.ipynb").unlink()
    with pytest.raises(CourseProblem, match="There are no assignments in solutions/"):
        chosen(Course(course), None)


def test_a_path_inside_is_relative():
    assert shown(Path("/course/exercises/a"), Path("/course")) == Path("exercises/a")
    assert shown(Path("/else/where"), Path("/course")) == Path("/else/where")
