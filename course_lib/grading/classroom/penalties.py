"""What late days cost, counted again when a due date, an extension or a mark has changed."""

from __future__ import annotations

import logging

from nbformat.v4 import new_notebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.utils.importstring import import_item

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.run_converter import first_line
from course_lib.grading.errors import CourseProblem


def count_again(course: Course, assignment: str, student: str) -> None:
    """Have nbgrader count the penalty of a submission that was graded before.

    As ``Autograde`` would, with the preprocessor and the plug-in that the configuration names.
    ``CourseProblem`` if the plug-in fails.
    """
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student)
        names = [notebook.name for notebook in submission.notebooks]
        if submission.assignment.duedate is None:  # an extension of nothing would stop nbgrader
            for notebook in submission.notebooks:
                notebook.late_submission_penalty = None
            gradebook.db.commit()
            return
    log = logging.Logger("nbgrader")
    log.addHandler(logging.NullHandler())
    try:
        for kind in _preprocessors(course):
            preprocessor = kind(config=course.config, log=log)
            for name in names:
                about = {"notebook": name, "assignment": assignment, "student": student}
                about["db_url"] = course.directory.db_url
                preprocessor.preprocess(new_notebook(), {"nbgrader": about})
    except Exception as error:  # a plug-in is a program and can fail in any way
        raise CourseProblem(
            f"The penalty of {student} for {assignment} can't be counted: {first_line(error)}"
        ) from error


def _preprocessors(course: Course) -> list[type[AssignLatePenalties]]:
    """Those of the configuration that assign penalties."""
    named = Autograde(coursedir=course.directory, config=course.config).autograde_preprocessors
    classes = [import_item(one) if isinstance(one, str) else one for one in named]
    return [
        one for one in classes if isinstance(one, type) and issubclass(one, AssignLatePenalties)
    ]
