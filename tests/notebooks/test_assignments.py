"""Every assignment, graded by nbgrader: its solution, its untouched release, its corpus.

The k-th answers to all questions go into one submission, so that one run grades many answers.
"""

import itertools
import multiprocessing
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.answers import Answer, fill, read_answers
from course_lib.grading.cycle import release
from course_lib.grading.nbgrader_run import run

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
CHECK = re.compile(r"question\.check\(\s*\"(.+?)\"")
HIDDEN = "### BEGIN HIDDEN TESTS"

pytestmark = pytest.mark.slow


def read(path):
    return nbformat.read(path, as_version=4)


def graded_cells(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if is_grade(cell)}


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

    def judged(self):
        """Each answer of the corpus with its submission and the points it got."""
        for question, answers in self.answers.items():
            for place, answer in enumerate(answers):
                student = f"answers{place:02}"
                yield answer, student, self.points[student][f"test_{question}"]


def grade_all(name, root):
    """Release the assignment in the new folder ``root`` and grade all submissions to it."""
    (root / "solutions").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "solutions" / name, root / "solutions" / name)
    source = read(ROOT / "solutions" / name / f"{name}.ipynb")
    released = read(release(root, name) / f"{name}.ipynb")
    corpus = sorted((ROOT / "tests" / "corpus" / name).glob("*.py"))
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
    done = run(Autograde, root, name)
    assert done.error is None, "\n".join(done.log)
    with closing(Gradebook(f"sqlite:///{root / 'gradebook.db'}")) as gradebook:
        points = {
            submission.student.id: {
                grade.name: None if grade.needs_manual_grade else grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(name)
        }
    return Graded(name, root, source, answers, points)


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """All assignments, two at a time."""
    roots = [tmp_path_factory.mktemp("course") / name for name in NAMES]
    spawn = multiprocessing.get_context("spawn")  # a kernel must not inherit pytest's threads
    with ProcessPoolExecutor(max_workers=2, mp_context=spawn) as pool:
        return dict(zip(NAMES, pool.map(grade_all, NAMES, roots), strict=True))


@pytest.fixture(params=NAMES)
def graded(request, everything):
    return everything[request.param]


def test_the_release_in_the_repository_is_what_the_source_gives_now(graded):
    folder = Path("exercises", graded.name)
    ours, now = (
        {path.name: path.read_text() for path in (root / folder).iterdir() if path.is_file()}
        for root in (ROOT, graded.root)
    )
    assert ours == now, f"{folder} is not what its source gives: run `course release`"


def test_the_solution_gets_full_marks(graded):
    short = {}
    for name, cell in graded_cells(graded.source).items():
        wanted = None if is_solution(cell) else cell.metadata.nbgrader.points
        if graded.points["solution"][name] != wanted:
            short[name] = f"{graded.points['solution'][name]}, wanted {wanted}"
    assert not short


def test_the_untouched_exercise_gets_nothing_and_is_told_so_kindly(graded):
    assert graded.points["untouched"] == dict.fromkeys(graded_cells(graded.source), 0)
    for question in graded.questions:
        assert graded.output("untouched", question) == f"{question}: not done yet\n"
    folder = graded.root / "autograded" / "untouched" / graded.name
    for cell in read(folder / f"{graded.name}.ipynb").cells:
        for out in cell.get("outputs", []):
            assert out.output_type != "error", f"{cell.id}: {out}"


def test_every_answer_gets_exactly_its_points(graded):
    off = []
    for answer, student, points in graded.judged():
        full = graded.questions[answer.question]
        wanted = full if answer.points is None else answer.points
        if points != wanted:
            report = graded.output(student, answer.question)
            off.append(
                f"{answer.question}, {answer.kind} ({answer.why}): "
                f"got {points} of {full}, wanted {wanted}\n{report}"
            )
    assert not off, "\n" + "\n".join(off)


def test_the_corpus_is_complete(graded):
    assert graded.answers.keys() == graded.questions.keys()
    for question, answers in graded.answers.items():
        wrong = [answer for answer in answers if answer.kind == "wrong"]
        assert len(answers) - len(wrong) >= 3, f"{question}: fewer than 3 right answers"
        assert len(wrong) >= 8, f"{question}: fewer than 8 wrong answers"
        for answer in wrong:
            assert answer.points < graded.questions[question], f"{question}: {answer.why}"


def test_every_hidden_check_stops_an_answer_that_passes_the_visible_ones(graded):
    needless = {}
    for question, answers in graded.answers.items():
        shown, hidden = graded_cells(graded.source)[f"test_{question}"].source.split(HIDDEN)
        visible, hidden = set(CHECK.findall(shown)), set(CHECK.findall(hidden))
        assert visible
        assert hidden
        stopped = set()
        for place in range(len(answers)):
            report = graded.output(f"answers{place:02}", question)
            failed = set(re.findall(r"^  --  (.+)$", report, re.MULTILINE))
            assert failed <= visible | hidden
            if not failed & visible:
                stopped |= failed
        if hidden - stopped:
            needless[question] = hidden - stopped
    assert not needless


def test_the_points_of_the_checks_add_up(graded):
    for question, points in graded.questions.items():
        source = graded_cells(graded.source)[f"test_{question}"].source
        parts = [float(part) for part in re.findall(r"points=([\d.]+)[,)]", source)]
        assert parts.pop(0) == points, question  # Question(..., points=...)
        assert sum(parts) == points, question
