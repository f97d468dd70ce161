"""The grading cycle: release an assignment, grade what comes back.

Everything is done by nbgrader's own converters; the files and the gradebook are as it leaves them.
"""

import contextlib
import re
import shutil
import tempfile
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateAssignment, GenerateFeedback
from sqlalchemy.exc import OperationalError

from course_lib.grading.classroom import records
from course_lib.grading.classroom.course import course_directory, open_gradebook
from course_lib.grading.classroom.nbgrader_runs import (
    autograde,
    explain,
    one_engine,
    quietly,
    run,
    unreadable,
)
from course_lib.grading.classroom.pool import Crew, GivenUp
from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED, Result
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.preprocessor import Examine, exam_for, requirements

LOG = "grading.log"

# What nbgrader writes into its log about a submission that it could grade all the same.
NOTES = {
    r"^WARNING +Repair: (.+)$": "{}",
    r"^WARNING +Left out: (.+)$": "{}: left out",
    r"^WARNING +Examiner: (.+)$": "{}",
    r"No submitted file: .*?([^/\\]+\.ipynb)$": "{} is missing: no points for it",
}


def release(root, assignment):
    """Write the students' version of ``assignment`` and record its questions in the gradebook.

    Returns the folder that was written. It replaces the old one only when all went well.
    ``CourseProblem`` says why it did not.
    """
    directory = course_directory(root)
    target = _folder(directory, "release_directory", ".", assignment)
    with tempfile.TemporaryDirectory(dir=root, prefix=".release-") as workplace:
        done = run(GenerateAssignment, root, assignment, release_directory=Path(workplace).name)
        if done.error:
            raise CourseProblem(f"{assignment} was not released: {_first_line(done.error)}")
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(workplace) / assignment, target)
    return target


def register(root, assignment):
    """Record the questions of ``assignment`` in the gradebook, unless it has them as they are."""
    directory = course_directory(root)
    digest = records.fingerprint(root, assignment)
    with open_gradebook(directory) as gradebook:
        known = any(one.name == assignment and one.notebooks for one in gradebook.assignments)
    if known and records.read(root, f"{assignment}.source", "source", digest):
        return
    with tempfile.TemporaryDirectory(dir=root, prefix=".release-") as workplace:
        done = run(GenerateAssignment, root, assignment, release_directory=Path(workplace).name)
    if done.error:
        raise CourseProblem(f"{assignment} can't be used: {_first_line(done.error)}")
    source = Result("source", f"{assignment}.source")
    records.write(root, source, digest)


def grade(root, assignment, students, *, again=False, workers=None, scheduler=None, sandbox=None):
    """Grade the submissions, several at a time; yields a ``Result`` for each as it is ready.

    What was graded before and has not changed is not graded again unless ``again`` is true. A run
    that ends early, in any way, leaves the rest to the next. The course is the current folder
    meanwhile. workers, scheduler: see ``Crew``. sandbox: see ``Examine``.
    """
    if scheduler is None:
        _warm_up(root, assignment, sandbox)
    register(root, assignment)
    waiting = []
    for student in students:
        kept = None if again else _kept(root, assignment, student)
        if kept is None:
            waiting.append(student)
        else:
            yield kept
    if not waiting:
        return
    with (
        quietly(),
        one_engine(),
        contextlib.chdir(root),  # where nbgrader goes, and whence it returns, in each thread
        open(Path(root) / LOG, "a", encoding="utf-8") as log,
        Crew(workers, scheduler) as crew,
    ):

        def one(student, runner):
            return grade_submission(root, assignment, student, runner, sandbox)

        for result in crew.grade(one, waiting):
            log.write(f"--- {assignment} {result.student}: {result.state}\n")
            log.writelines(f"{line}\n" for line in result.log)
            log.flush()
            yield result


def _warm_up(root, assignment, sandbox):
    """Let the processes import what they need while we do other things."""
    directory = course_directory(root)
    examine = Examine(config=directory.config)
    source = Path(directory.format_path(directory.source_directory, ".", assignment))
    for path in source.glob("*.ipynb"):
        exam_for(requirements(path, sandbox or examine.sandbox, examine.visible))


def grade_submission(root, assignment, student, runner=None, sandbox=None):
    """Autograde one submission and write its feedback page; returns the ``Result``.

    Needs nothing but the files and the gradebook of the course at ``root`` and never raises for
    what a student handed in. A submission that fails keeps no points of an earlier run.
    """
    digest = records.fingerprint(root, assignment, student)
    records.forget(root, assignment, student)
    settings = {"runner": runner} | ({"sandbox": sandbox} if sandbox else {})
    graded = autograde(root, assignment, student, {"Examine": settings})
    if isinstance(graded.error, (GivenUp, CourseProblem)):
        raise graded.error  # this is not about the submission
    result = Result(student, assignment, notes=_notes(graded.log), log=graded.log)
    try:
        _look_up(result, graded.error, root)
    except OperationalError as error:
        result.problem = explain(error)
    if result.state == FAILED:
        shutil.rmtree(feedback_folder(root, assignment, student), ignore_errors=True)
        return result
    page = run(GenerateFeedback, root, assignment, student)
    result.log += page.log
    if page.error:
        result.notes.append(f"no feedback page: {_first_line(page.error)}")
    records.write(root, result, digest)
    return result


def _kept(root, assignment, student):
    """The result of an earlier run if nothing has changed since, with today's marks; or None."""
    kept = records.read(root, assignment, student, records.fingerprint(root, assignment, student))
    if kept is None:
        return None
    result = Result(student, assignment, notes=kept["notes"], new=False)
    _look_up(result, None, root)
    return result if result.state != FAILED else None


def feedback_folder(root, assignment, student):
    """Where the feedback pages of one submission are."""
    return _folder(course_directory(root), "feedback_directory", student, assignment)


def _folder(directory, step, student, assignment):
    return Path(directory.format_path(getattr(directory, step), student, assignment))


def _look_up(result, error, root):
    """Fill in the result from the gradebook, or why there is none."""
    directory = course_directory(root)
    with open_gradebook(directory) as gradebook:
        questions = gradebook.find_assignment(result.assignment)
        result.max_score = questions.max_score
        if not error:
            with contextlib.suppress(MissingEntry):
                _read_points(result, gradebook.find_submission(result.assignment, result.student))
            return
        submitted = _folder(directory, "submitted_directory", result.student, result.assignment)
        names = [notebook.name for notebook in questions.notebooks]
        result.problem = unreadable(submitted, names) or explain(error)
        _forget_points(gradebook, result.assignment, result.student)


def _read_points(result, submission):
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            result.points[grade.name] = None if grade.needs_manual_grade else grade.score
            result.max_points[grade.name] = grade.max_score
    result.score = submission.score
    result.state = BY_HAND if submission.needs_manual_grade else GRADED


def _forget_points(gradebook, assignment, student):
    """Take back what the autograder gave in an earlier run; marks given by hand stay."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
    gradebook.db.commit()


def _notes(log):
    found = []
    for line in log:
        for pattern, words in NOTES.items():
            match = re.search(pattern, line)
            if match and words.format(*match.groups()) not in found:
                found.append(words.format(*match.groups()))
    return found


def _first_line(error):
    return (str(error).strip() or type(error).__name__).splitlines()[0]
