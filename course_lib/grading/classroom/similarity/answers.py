"""What the students of a class wrote, by question, and what everybody was given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.similarity.tokens import Answer, Run
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import corpus_answers
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.testing.contract import cell_name

OTHER_CELLS = "other cells"
Work = dict[str, Answer]  # {question: answer}


def of_class(course: Course, assignment: str) -> dict[str, Work]:
    """{student: {question: answer}} of the submissions that were graded.

    Grading has put answers that stood elsewhere into their cells. ``CourseProblem`` if no
    submission of the assignment was graded.
    """
    course.check_assignment(assignment)
    found = {}
    for student in course.students(assignment):
        if work := _work(course.autograded(student, assignment)):
            found[student] = work
    if len(found) < 2:
        raise CourseProblem(
            f"{len(found)} graded submissions of {assignment} are there, wanted two at least: "
            f"run `course grade {assignment}` first."
        )
    return found


def known(course: Course, assignment: str) -> set[Run]:
    """Runs of the release, the solution and the corpus: no student need have them from another."""
    folders = (course.release_folder(assignment), course.source(assignment))
    notebooks = [notebook for folder in folders for notebook in _notebooks(folder)]
    given = [Answer(cell.source, cell.cell_type) for one in notebooks for cell in one.cells]
    corpus = corpus_answers(course, assignment)
    given += [Answer(answer.source) for answers in corpus.values() for answer in answers]
    return {run for answer in given for run in answer.runs}


def _work(folder: Path) -> Work:
    work: Work = {}
    others: list[str] = []
    for notebook in _notebooks(folder):
        for cell in notebook.cells:
            if is_solution(cell) and cell_name(cell):
                work[cell_name(cell)] = Answer(cell.source, cell.cell_type)
            elif cell.cell_type == "code" and not cell_name(cell):
                others.append(cell.source)
    if any(one.strip() for one in others):
        work[OTHER_CELLS] = Answer("\n\n".join(others))
    return work


def _notebooks(folder: Path) -> Iterable[NotebookNode]:
    for path in sorted(folder.glob("*.ipynb")):
        try:
            yield read(path)
        except Unreadable:  # it was named when it was graded
            continue
