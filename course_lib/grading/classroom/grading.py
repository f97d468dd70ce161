"""Grade what a class handed in: prepare -> examine -> record, several submissions at a time.

``prepare`` reads what was handed in and puts it back in order; ``examine`` runs it, in any pool;
``record`` writes it down with nbgrader's own converters, one after the other, in the thread that
asks for the results. The files and the gradebook are as nbgrader leaves them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading.classroom import fingerprints, unchanged
from course_lib.grading.classroom.cluster import cluster
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.log import LOGGER, log_to
from course_lib.grading.classroom.pool import in_threads
from course_lib.grading.classroom.prepare import (
    ReleasedAssignment,
    Submission,
    locked,
    prepare,
    released_assignment,
    remove,
    working_folder,
)
from course_lib.grading.classroom.record import Recorder, recorder
from course_lib.grading.classroom.release import register
from course_lib.grading.classroom.result import Result
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import exams
from course_lib.grading.examination.endings import GivenUp
from course_lib.grading.examination.exams import Examined
from course_lib.grading.examination.preprocessor import DANGER, Examine
from course_lib.grading.examination.requirements import NONE, Requirements
from course_lib.grading.examination.sandbox.limits import Limits

LOG = "grading.log"


def grade(
    course: Course,
    assignment: str,
    students: Iterable[str],
    *,
    again: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    sandbox: str | None = None,
    verbose: bool = False,
) -> Iterator[Result]:
    """Grade the submissions, several at a time; yields a ``Result`` for each as it is ready.

    What was graded before and has not changed is not graded again unless ``again`` is true. A run
    that ends early, in any way, leaves the rest to the next.
    workers: how many at a time; as many as it may use processors if None. scheduler: the
    address of a Dask cluster that examines them. sandbox: see ``Examine``. verbose: see ``log_to``.
    Raises ``CourseProblem`` for what is wrong with the course; never for what was handed in.
    """
    settings = Examine(config=course.config)
    if sandbox is not None:
        settings.sandbox = sandbox
    paths = sorted(course.source(assignment).glob("*.ipynb"))
    required = {path.stem: settings.requirements(path) for path in paths}
    digests = _fingerprints(course, assignment, students, settings)
    notes = {} if again else _notes(course, assignment, digests)
    if scheduler is None and notes.keys() != digests.keys():
        for one in required.values():
            exams.warm_up(one)
    with locked(course.root):  # two runs that make a new gradebook would stop each other
        register(course, assignment)
    kept, outdated = unchanged.kept(course, assignment, notes)
    for student, result in kept.items():
        if student in outdated:
            with log_to(course.root / LOG, verbose), locked(course.root):
                unchanged.bring_up_to_date(course, result)
        yield result
    waiting = {student: digests[student] for student in digests if student not in kept}
    if not waiting:
        return
    released = released_assignment(course, assignment)
    task = _Task(course, released, required, settings.limits(), settings.sandbox)
    with ExitStack() as stack:
        stack.enter_context(log_to(course.root / LOG, verbose))
        if task.sandbox == NONE:
            LOGGER.warning(DANGER)
        examine: Examining = exams.examine
        workers = workers or exams.processors()
        if scheduler is not None:
            dask = stack.enter_context(cluster(scheduler))
            examine, workers = dask.examine, dask.workers
        yield from _graded(course, task, waiting, examine, workers)


def grade_submission(
    course: Course, assignment: str, student: str, sandbox: str | None = None
) -> Result:
    """Autograde one submission, whether it has changed or not; the ``Result``."""
    (result,) = grade(course, assignment, [student], again=True, workers=1, sandbox=sandbox)
    return result


Examining = Callable[
    [Requirements, NotebookNode, dict[str, bytes], Limits, threading.Event], Examined
]


@dataclass(frozen=True)
class _Task:
    """What is the same for all submissions of a run."""

    course: Course
    released: ReleasedAssignment
    required: dict[str, Requirements]
    limits: Limits
    sandbox: str


def _fingerprints(
    course: Course, assignment: str, students: Iterable[str], settings: Examine
) -> dict[str, str | None]:
    """What each submission will be graded from, by student; None if it can't be read."""
    also = fingerprints.code_and_settings(settings.libraries, settings.sandbox)
    also.append(fingerprints.fingerprint(course, course.source(assignment)))
    also.append(repr(settings.limits()))  # also those of the user's own configuration
    found: dict[str, str | None] = {}
    for student in students:
        try:
            folder = course.submitted(student, assignment)
            found[student] = fingerprints.fingerprint(course, folder, also)
        except OSError:
            found[student] = None
    return found


def _notes(course: Course, assignment: str, digests: dict[str, str | None]) -> dict[str, list[str]]:
    """The notes of earlier runs on the submissions that have not changed since, by student."""
    found = {}
    for student, digest in digests.items():
        data = digest and fingerprints.read(course, assignment, student, digest)
        notes = data.get("notes") if isinstance(data, dict) else None
        if isinstance(notes, list) and all(isinstance(note, str) for note in notes):
            found[student] = notes
    return found


def _graded(
    course: Course,
    task: _Task,
    waiting: dict[str, str | None],
    examine: Examining,
    workers: int,
) -> Iterator[Result]:
    """The results of the submissions that wait: {student: fingerprint}."""
    name = task.released.name
    with working_folder(course) as step:

        def prepared_and_examined(student: str, stop: threading.Event) -> Submission:
            if stop.is_set():
                raise GivenUp
            folder = Path(course.directory.format_path(step, student, name))
            submitted = course.submitted(student, name)
            submission = prepare(student, submitted, folder, task.released, task.limits.files)
            _examine(submission, task, examine, stop)
            return submission

        book = recorder(course, name, step)
        with in_threads(prepared_and_examined, waiting, workers) as ready:
            for submission in ready:
                yield _recorded(book, submission, waiting[submission.student])


def _recorded(book: Recorder, submission: Submission, digest: str | None) -> Result:
    """Write a submission down. Whatever goes wrong costs this submission and no other."""
    try:
        with locked(book.course.root):  # another run may be at the same submission
            fingerprints.forget(book.course, book.assignment, submission.student)
            return book.record(submission, digest)
    except Exception as error:
        return book.failed(submission, error)
    finally:
        remove(submission.folder)


def _examine(
    submission: Submission, task: _Task, examine: Examining, stop: threading.Event
) -> None:
    """Run the notebooks of a prepared submission: their outputs, and more notes."""
    if submission.error:
        return
    try:
        for name, notebook in submission.notebooks.items():
            required = task.required[name]
            examined = examine(required, notebook, submission.files, task.limits, stop)
            submission.notebooks[name] = examined.notebook
            submission.notes += examined.notes
    except (GivenUp, CourseProblem):
        raise  # this is not about the submission
    except Exception as error:
        submission.error = error
    finally:
        submission.files = {}  # they may be large, and are on the disk
