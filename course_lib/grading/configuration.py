"""What any course's ``nbgrader_config.py`` needs: ``configure(c)``.

Students load it too, on whatever system they have, so what grades is named here and not imported:
the sandbox knows Linux alone.
"""

import os
import sysconfig
from typing import Any

HERE, NBGRADER = __name__.rpartition(".")[0], "nbgrader.preprocessors"


def configure(c: Any) -> None:
    """Have nbgrader grade as this package does, in every way that it is started.

    c: the configuration, ``get_config()``. Students' code runs in a sandbox, the tests outside of
    it; what was handed in is read with care and put back in order; feedback shows no hidden tests.
    What comes after in the configuration file wins: a course names its folders, its stub texts, and
    in ``c.Examine.libraries`` the packages of its own from which it withholds answers.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    from course_lib.grading.nbgrader_private import (
        look_after_gradebooks,
        validate_metadata_quickly,
    )

    look_after_gradebooks()
    validate_metadata_quickly()
    # What must not go to students: nbgrader copies what it does not ignore.
    c.CourseDirectory.ignore = [*CourseDirectory.ignore.default(), "graders_*"]
    c.GenerateAssignment.preprocessors = [
        f"{HERE}.testing.collapsing.CollapseTests",
        *GenerateAssignment.preprocessors.default(),
        f"{HERE}.submissions.attachments.ClearAttachments",
    ]

    c.Autograde.exporter_class = f"{HERE}.submissions.reading.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = [
        f"{HERE}.submissions.restoring.RestoreCells",
        f"{NBGRADER}.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{HERE}.examination.preprocessor.Examine",
        f"{NBGRADER}.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        f"{NBGRADER}.LimitOutput",
        f"{NBGRADER}.SaveAutoGrades",
        f"{NBGRADER}.AssignLatePenalties",
        f"{NBGRADER}.CheckCellMetadata",
    ]

    # nbgrader's own feedback shows the hidden tests to the student.
    c.GenerateFeedback.preprocessors = [
        f"{HERE}.feedback.redaction.Grades",
        f"{HERE}.feedback.redaction.HideHiddenTests",
    ]
    c.GenerateFeedback.exporter_class = f"{HERE}.feedback.page.FeedbackExporter"

    # The formgrader, alone among nbgrader's programs, makes its pages with this exporter.
    c.HTMLExporter.preprocessors = [f"{HERE}.classroom.marking_guides.MarkingGuides"]

    # nbgrader's own table does not quote what it writes, and gives 0 to what it could not grade.
    c.ExportApp.plugin_class = "course_lib.grading.classroom.exports.GradesExport"

    c.ZipCollectApp.collector_plugin = f"{HERE}.classroom.collecting.zip_collect.PlatformCollector"

    # nbgrader follows links that students put into the exchange, and believes any name on them.
    c.ExchangeFactory.collect = f"{HERE}.classroom.collecting.exchange.CollectFromOwners"

    # `nbgrader validate`, for students, runs a notebook in a kernel as JupyterLab does.
    c.ExecutePreprocessor.timeout = 60
    c.ExecutePreprocessor.interrupt_on_timeout = True
    c.KernelManager.transport_encryption = "auto"  # no other user of the machine can listen in

    # nbgrader starts alembic by its name: let it be found where no environment is activated.
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", "")
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])
