"""The last step of grading: points into the gradebook, the graded notebook and the feedback page.

nbgrader's own ``Autograde`` and ``GenerateFeedback`` do it. One thread records at a time.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import time
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import (
    ClearOutput,
    DeduplicateIds,
    Execute,
    OverwriteCells,
    OverwriteKernelspec,
)
from traitlets.utils.importstring import import_item

from course_lib.grading.classroom import fingerprints, marks
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.log import LOGGER, pass_on
from course_lib.grading.classroom.prepare import Submission
from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED, Result
from course_lib.grading.classroom.run_converter import (
    Run,
    explain,
    first_line,
    is_foreseen,
    is_unavailable,
    run,
)
from course_lib.grading.examination.preprocessor import Examine
from course_lib.grading.submissions.files import shown
from course_lib.grading.submissions.reading import SubmissionExporter
from course_lib.grading.submissions.restoring import RestoreCells
from course_lib.grading.testing.contract import title

PREPARED = (RestoreCells, ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells)
EXAMINED = (Examine, Execute)
PAUSES = (1.0, 3.0, 0.0)  # each try has waited some seconds before
REPORT = "this is a fault of the grader, please report it: grade again with --verbose, see the log"
MAX_NOTES = 30  # on one submission
MAX_NOTE = 1000  # characters
UNFINISHED = ""  # the fingerprint of what failed, which no submission has
LOOK_AGAIN = "marked before the test changed or the work was handed in again: look again"


@dataclass
class Recorder:
    """Writes the submissions of one assignment into a gradebook, one after the other.

    working_folder: the step where they are now. marked: the students with points given by hand.
    pauses: seconds after each try to write into a gradebook that is locked or out of reach.
    """

    course: Course
    assignment: str
    working_folder: str
    marked: frozenset[str]
    pauses: tuple[float, ...]

    def record(self, submission: Submission, digest: str | None) -> Result:
        """Write down an examined submission; what became of it.

        digest: its fingerprint, None if it has none. One that failed keeps no points of an earlier
        run.
        """
        student = submission.student
        result = Result(student, self.assignment, notes=_tidy(submission.notes))
        held = self._given(student)
        done = self._run(
            Autograde,
            student,
            submitted_directory=self.working_folder,
            adapt=lambda converter: _use(converter, submission),
        )
        log = done.records
        error = submission.error or done.error
        if error is not None and not is_foreseen(error):
            self.report(result, error)
        data: dict[str, Any] = {"notes": list(result.notes)}
        try:
            with self.course.gradebook() as gradebook:
                if error is None and held:
                    marks.confirm(gradebook, self.assignment, student, held, submission.notebooks)
                fill_in(result, gradebook, error)
                if result.state != FAILED:
                    graded = gradebook.find_submission(self.assignment, student)
                    data["auto_scores"] = marks.auto_scores(graded)
                    data["marks"] = marks.digest(graded)
        except Exception as failure:  # it is locked, or has no way to hold this student's id
            result.state, result.problem = FAILED, result.problem or explain(failure)
            error = error or failure
        result.problem = shown(result.problem, MAX_NOTE)
        if is_unavailable(error):
            digest = None  # what an earlier run found still holds, and the next tries again
        elif result.state == FAILED:
            shutil.rmtree(self.course.feedback(student, self.assignment), ignore_errors=True)
            data["problem"], digest = result.problem, UNFINISHED  # the next run tries again
        else:
            page = self._write_page(result, data["notes"])
            log = log + page.records
            digest = None if is_unavailable(page.error) else digest
        if digest is not None:
            fingerprints.write(self.course, self.assignment, student, digest, data)
        _log(result, log)
        return result

    def _write_page(self, result: Result, remembered: list[str]) -> Run:
        """Write the feedback page. If there is none, that is a note, and one of ``remembered``."""
        done = self._run(GenerateFeedback, result.student)
        if done.error:
            note = shown(f"no feedback page: {first_line(done.error)}", MAX_NOTE)
            result.notes.append(note)
            remembered.append(note)
            if not is_foreseen(done.error):
                self.report(result, done.error)
        return done

    def failed(self, submission: Submission, error: Exception) -> Result:
        """The ``Result`` of a submission that could not even be recorded."""
        result = Result(submission.student, self.assignment, notes=_tidy(submission.notes))
        result.problem = shown(explain(error), MAX_NOTE)
        if not is_foreseen(error):
            self.report(result, error)
        _log(result, [])
        return result

    def report(self, result: Result, error: BaseException) -> None:
        """Note a fault of the grader; its traceback is for whoever looks for it."""
        result.notes.insert(0, REPORT)
        LOGGER.debug("%s %s: fault", self.assignment, result.student, exc_info=error)

    def _given(self, student: str) -> list[marks.Mark]:
        """The marks by hand that hold before a submission is graded again."""
        if student not in self.marked:
            return []
        try:
            with self.course.gradebook() as gradebook:
                return marks.given(self.course, gradebook, self.assignment, student)
        except Exception:  # it is locked, or can't hold this id: Autograde will say so
            return []

    def _run(self, converter: type[BaseConverter], student: str, **how: Any) -> Run:
        """Run a converter; again after a while if the gradebook can't be had."""
        for pause in self.pauses:
            done = run(converter, self.course, self.assignment, student, **how)
            if not is_unavailable(done.error):
                self.pauses = PAUSES
                return done
            time.sleep(pause)
        self.pauses = PAUSES[-1:]  # it may take long: once for each of the others
        return done


def recorder(course: Course, assignment: str, working_folder: str) -> Recorder:
    """A ``Recorder``, for one thread, that knows whose points were given by hand."""
    with course.gradebook() as gradebook:
        marked = frozenset(
            submission.student.id
            for submission in marks.submissions(gradebook, [assignment])
            if any(grade.manual_score is not None for grade in marks.grades(submission))
        )
    return Recorder(course, assignment, working_folder, marked, PAUSES)


def _use(converter: BaseConverter, submission: Submission) -> None:
    """Have nbgrader's ``Autograde`` take the prepared and examined notebooks as they are."""

    def put_in(nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, Any]:
        return submission.notebooks[resources["nbgrader"]["notebook"]], resources

    def refuse(nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, Any]:
        assert submission.error is not None
        raise submission.error

    converter.exporter_class = SubmissionExporter
    sanitize = [one for one in converter.sanitize_preprocessors if _class(one) not in PREPARED]
    converter.sanitize_preprocessors = [refuse, *sanitize] if submission.error else sanitize
    converter.autograde_preprocessors = [
        put_in if _class(one) in EXAMINED else one for one in converter.autograde_preprocessors
    ]


def _class(preprocessor: Any) -> Any:
    """A preprocessor of a list in the configuration: a class, or its name."""
    return import_item(preprocessor) if isinstance(preprocessor, str) else preprocessor


def fill_in(result: Result, gradebook: Gradebook, error: BaseException | None = None) -> None:
    """Complete a result from the gradebook, or with why there is none."""
    result.max_score = gradebook.find_assignment(result.assignment).max_score
    if error is None:
        with contextlib.suppress(MissingEntry):
            _read_points(result, gradebook.find_submission(result.assignment, result.student))
        return
    result.problem = explain(error)
    if not is_unavailable(error):
        _forget_points(gradebook, result.assignment, result.student)


def _read_points(result: Result, submission: SubmittedAssignment) -> None:
    if not marks.was_graded(submission):
        result.problem = "the gradebook has no points for some of its tests."
        return
    for grade in marks.grades(submission):
        result.points[grade.name] = None if marks.waits(grade) else grade.score
        result.max_points[grade.name] = grade.max_score
        if marks.is_old(grade):
            result.notes.append(f"{title(grade.name)}: {LOOK_AGAIN}")
    result.score = submission.score
    result.state = BY_HAND if None in result.points.values() else GRADED


def _forget_points(gradebook: Gradebook, assignment: str, student: str) -> None:
    """Take back what the autograder gave in an earlier run; marks given by hand stay."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
    gradebook.db.commit()


def _tidy(notes: list[str]) -> list[str]:
    """Notes in which a student's names and messages stand: cut, and nothing in them steers."""
    kept = [shown(note, MAX_NOTE) for note in notes[:MAX_NOTES]]
    more = len(notes) - MAX_NOTES
    return [*kept, f"{more} more notes are not shown"] if more > 0 else kept


def _log(result: Result, log: list[logging.LogRecord]) -> None:
    about = f"{result.assignment} {shown(result.student)}"
    pass_on(log, about)
    for note in result.notes:
        LOGGER.warning("%s: %s", about, note)
    if result.problem:
        LOGGER.error("%s: %s: %s", about, result.state, result.problem)
    else:
        points = f"{result.score:g} of {result.max_score:g} points"
        LOGGER.info("%s: %s, %s", about, result.state, points)
