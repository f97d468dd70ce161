"""Proof that an assignment's grades are right: answers whose points are known, graded as handed in.

The corpus holds right and wrong answers to every question (see ``answers``). The k-th answers to
all questions go into one submission, so that one run grades many.
"""

import itertools
import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.classroom.course import CONFIG, course_directory
from course_lib.grading.classroom.grading import release
from course_lib.grading.classroom.nbgrader_runs import run
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.preprocessor import BUBBLEWRAP, NONE, missing_sandbox
from course_lib.grading.proof.answers import Answer, fill, read_answers

CHECK = re.compile(r"question\.check\(\s*\"(.+?)\"")
FAILED_CHECK = re.compile(r"^  --  (.+)$", re.MULTILINE)
HIDDEN = "### BEGIN HIDDEN TESTS"
FOLDER = Path("tests", "corpus")


@dataclass
class Graded:
    """An assignment's source, its release, and what nbgrader made of each submission."""

    name: str
    root: Path
    source: nbformat.NotebookNode
    answers: dict[str, list[Answer]]  # by question
    points: dict[str, dict[str, float | None]]  # by student and test cell; None: to be marked

    @property
    def questions(self):
        """Points of each question that is graded by its test cell."""
        return {
            grade_id.removeprefix("test_"): cell.metadata.nbgrader.points
            for grade_id, cell in graded_cells(self.source).items()
            if not is_solution(cell)
        }

    def output(self, student, question):
        """What the test cell of ``question`` printed for ``student``."""
        folder = self.root / "autograded" / student / self.name
        cell = graded_cells(read(folder / f"{self.name}.ipynb"))[f"test_{question}"]
        return "".join(out.get("text", "") for out in cell.outputs)

    def checks(self, question):
        """Names of the visible and of the hidden checks of ``question``, two sets."""
        shown, _, hidden = graded_cells(self.source)[f"test_{question}"].source.partition(HIDDEN)
        return set(CHECK.findall(shown)), set(CHECK.findall(hidden))

    def judged(self, question):
        """Each answer to ``question`` with its points, those it must get, and its report."""
        most = self.questions[question]
        for place, answer in enumerate(self.answers.get(question, [])):
            student = f"answers{place:02}"
            points = self.points[student][f"test_{question}"]
            wanted = most if answer.points is None else answer.points
            yield answer, points, wanted, self.output(student, question)


@dataclass
class Proof:
    """How one question's grades came out; all but the counts of answers must be empty."""

    assignment: str
    question: str
    right: int
    wrong: int
    marked_down: list[str]
    full_marks: list[str]
    unexercised: list[str]
    points_off: list[str]

    @property
    def holds(self):
        return not (self.marked_down or self.full_marks or self.unexercised or self.points_off)


def read(path):
    return nbformat.read(path, as_version=4)


def graded_cells(notebook):
    """The cells of ``notebook`` that carry points, by their names."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if is_grade(cell)}


def grade_all(course, name, root):
    """Release assignment ``name`` of ``course`` in the new folder ``root`` and grade its corpus.

    The untouched release and the solution are graded too. ``CourseProblem`` if nbgrader fails.
    """
    course, root = Path(course), Path(root)
    (root / "solutions").mkdir(parents=True)
    shutil.copy(course / CONFIG, root)
    shutil.copytree(course / "solutions" / name, root / "solutions" / name)
    source = read(course / "solutions" / name / f"{name}.ipynb")
    released = read(release(root, name) / f"{name}.ipynb")
    corpus = sorted((course / FOLDER / name).glob("*.py"))
    answers = {path.stem: read_answers(path) for path in corpus}
    submissions = {
        "untouched": released,
        "solution": fill(
            released,
            {c.metadata.nbgrader.grade_id: c.source for c in source.cells if is_solution(c)},
        ),
    }
    for place, row in enumerate(itertools.zip_longest(*answers.values())):
        chosen = {answer.question: answer.source for answer in row if answer}
        submissions[f"answers{place:02}"] = fill(released, chosen)
    for student, notebook in submissions.items():
        folder = root / "submitted" / student / name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    sandbox = NONE if missing_sandbox() else BUBBLEWRAP  # these answers are our own
    done = run(Autograde, root, name, settings={"Examine": {"sandbox": sandbox}})
    if done.error:
        raise CourseProblem("\n".join(done.log))
    return Graded(name, root, source, answers, _points(root, name))


def prove(graded):
    """A ``Proof`` for each question of a ``Graded`` assignment."""
    for question, most in graded.questions.items():
        visible, hidden = graded.checks(question)
        judged, stopped = list(graded.judged(question)), set()
        for _, _, _, report in judged:
            failed = set(FAILED_CHECK.findall(report))
            if not failed & visible:
                stopped |= failed
        yield Proof(
            graded.name,
            question,
            right=sum(answer.kind == "right" for answer, *_ in judged),
            wrong=sum(answer.kind == "wrong" for answer, *_ in judged),
            marked_down=[a.why for a, got, _, _ in judged if a.kind == "right" and got != most],
            full_marks=[a.why for a, got, _, _ in judged if a.kind == "wrong" and got == most],
            unexercised=sorted(hidden - stopped),
            points_off=[
                f"{answer.kind} ({answer.why}): got {got} of {most}, wanted {wanted}\n{report}"
                for answer, got, wanted, report in judged
                if got != wanted
            ],
        )


def _points(root, name):
    directory = course_directory(root)
    with closing(Gradebook(directory.db_url, directory.course_id)) as gradebook:
        return {
            submission.student.id: {
                grade.name: None if grade.needs_manual_grade else grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(name)
        }
