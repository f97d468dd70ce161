"""What late days cost, counted again when a due date, an extension or a mark has changed."""

from __future__ import annotations

import logging

from nbformat.v4 import new_notebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.utils.importstring import import_item

from course_lib.grading.classroom.course import Course


def count_again(course: Course, assignment: str, student: str) -> None:
    """Have nbgrader count the penalty of a submission that was graded before.

    As ``Autograde`` would, with the preprocessor and the plug-in that the configuration names.
    """
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student)
        names = [notebook.name for notebook in submission.notebooks]
    for kind in _preprocessors(course):
        log = logging.Logger("nbgrader")
        log.addHandler(logging.NullHandler())
        preprocessor = kind(config=course.config, log=log)
        for name in names:
            about = {"notebook": name, "assignment": assignment, "student": student}
            about["db_url"] = course.directory.db_url
            preprocessor.preprocess(new_notebook(), {"nbgrader": about})


def _preprocessors(course: Course) -> list[type[AssignLatePenalties]]:
    """Those of the configuration that assign penalties."""
    named = Autograde(coursedir=course.directory, config=course.config).autograde_preprocessors
    classes = [import_item(one) if isinstance(one, str) else one for one in named]
    return [
        one for one in classes if isinstance(one, type) and issubclass(one, AssignLatePenalties)
    ]
