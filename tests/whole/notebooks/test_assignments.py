"""Every assignment, graded by nbgrader: its solution, its untouched release, its corpus."""

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from nbgrader.utils import is_solution

from course_lib.grading.proof import corpus
from course_lib.grading.proof.corpus import graded_cells, prove, read
from tests import ROOT

NAMES = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())

pytestmark = pytest.mark.slow


def grade_all(name, root):
    return corpus.grade_all(ROOT, name, root)


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
    off = [f"{proof.question}, {line}" for proof in prove(graded) for line in proof.points_off]
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
    assert all(all(graded.checks(question)) for question in graded.questions)
    needless = {proof.question: proof.unexercised for proof in prove(graded) if proof.unexercised}
    assert not needless


def test_the_points_of_the_checks_add_up(graded):
    for question, points in graded.questions.items():
        source = graded_cells(graded.source)[f"test_{question}"].source
        parts = [float(part) for part in re.findall(r"points=([\d.]+)[,)]", source)]
        assert parts.pop(0) == points, question  # Question(..., points=...)
        assert sum(parts) == points, question
