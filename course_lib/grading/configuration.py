"""What any course's ``nbgrader_config.py`` needs: ``configure(c)``."""

import os
import sysconfig
from typing import Any


def configure(c: Any) -> None:
    """Have nbgrader grade as this package does, in every way that it is started.

    c: the configuration, ``get_config()``. Students' code runs in a sandbox, the tests outside of
    it; what was handed in is read with care and put back in order; feedback shows no hidden tests.
    What comes after in the configuration file wins: a course names its folders, its stub texts, and
    in ``c.Examine.libraries`` the packages of its own from which it withholds answers.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import CheckCellMetadata

    from course_lib.grading.examination.preprocessor import AUTOGRADE
    from course_lib.grading.feedback.page import FeedbackExporter
    from course_lib.grading.feedback.redaction import Grades, HideHiddenTests
    from course_lib.grading.submissions.attachments import ClearAttachments
    from course_lib.grading.submissions.reading import SubmissionExporter
    from course_lib.grading.submissions.restoring import RestoreCells

    # What must not go to students: nbgrader copies what it does not ignore.
    c.CourseDirectory.ignore = [*CourseDirectory.ignore.default(), "graders_*"]
    c.GenerateAssignment.preprocessors = [
        *GenerateAssignment.preprocessors.default(),
        ClearAttachments,
    ]

    c.Autograde.exporter_class = SubmissionExporter
    c.Autograde.sanitize_preprocessors = [RestoreCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = list(AUTOGRADE)

    # nbgrader's own feedback shows the hidden tests to the student.
    c.GenerateFeedback.preprocessors = [Grades, HideHiddenTests]
    c.GenerateFeedback.exporter_class = FeedbackExporter

    # nbgrader's own table does not quote what it writes, and gives 0 to what it could not grade.
    c.ExportApp.plugin_class = "course_lib.grading.classroom.exports.GradesExport"

    # `nbgrader validate`, for students, runs a notebook in a kernel as JupyterLab does.
    c.ExecutePreprocessor.timeout = 60
    c.ExecutePreprocessor.interrupt_on_timeout = True
    c.KernelManager.transport_encryption = "auto"  # no other user of the machine can listen in

    # nbgrader starts alembic by its name: let it be found where no environment is activated.
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", "")
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])
