"""How nbgrader finds its way here: ``nbgrader <command>`` from this folder, as in its manual."""

import os
import sysconfig

from nbgrader.preprocessors import CheckCellMetadata

from course_lib.grading.examination.preprocessor import AUTOGRADE
from course_lib.grading.feedback.page import FeedbackExporter
from course_lib.grading.feedback.redaction import Grades, HideHiddenTests
from course_lib.grading.submissions.reading import SubmissionExporter
from course_lib.grading.submissions.restoring import RestoreCells

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "deep-learning-foundations"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("write your answer here")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Students' code runs in a sandbox, the tests outside of it; see docs/grading.md for the limits.
c.Autograde.autograde_preprocessors = AUTOGRADE

# `nbgrader validate`, for students, runs a notebook in a kernel as JupyterLab does.
c.ExecutePreprocessor.timeout = 60
c.ExecutePreprocessor.interrupt_on_timeout = True
c.KernelManager.transport_encryption = "auto"  # no other user of the machine can listen in

# What was handed in is read with care and put back in order: no damage stops the class.
c.Autograde.exporter_class = SubmissionExporter
c.Autograde.sanitize_preprocessors = [RestoreCells, CheckCellMetadata]

# nbgrader's own feedback shows the hidden tests to the student.
c.GenerateFeedback.preprocessors = [Grades, HideHiddenTests]
c.GenerateFeedback.exporter_class = FeedbackExporter

# nbgrader starts alembic by its name: let it be found where the environment is not activated.
scripts = sysconfig.get_path("scripts")
if scripts not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([scripts, os.environ["PATH"]])
