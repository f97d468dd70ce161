"""Every assignment, graded by nbgrader: its solution, its untouched release, its corpus."""

import ast
import re

import pytest
from nbgrader.utils import is_solution

from course_lib.grading.classroom.course import Course
from course_lib.grading.examination.withholding import OUT_OF_REACH
from course_lib.grading.proof.graded_corpus import (
    FIRST,
    SOLUTION,
    UNTOUCHED,
    grade_corpus,
    prove,
    read,
)
from course_lib.grading.proof.worthless import try_worthless
from course_lib.grading.testing.contract import (
    checks,
    declared_points,
    ends_in_result,
    graded_cells,
    questions,
    withheld,
)
from tests import ROOT

COURSE = Course(ROOT)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=COURSE.assignments)
def graded(request, tmp_path_factory):
    """One assignment, its corpus graded, a submission on each core."""
    return grade_corpus(COURSE, request.param, tmp_path_factory.mktemp("course"))


def test_the_release_in_the_repository_is_what_the_source_gives_now(graded):
    folders = (course.release_folder(graded.assignment) for course in (COURSE, graded.course))
    ours, now = (
        {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
        for folder in folders
    )
    assert ours == now, f"{graded.assignment}: run `course release`"


def test_the_solution_gets_full_marks(graded):
    short = {}
    for name, cell in graded_cells(graded.source).items():
        wanted = None if is_solution(cell) else cell.metadata.nbgrader.points
        if graded.points[SOLUTION][name] != wanted:
            short[name] = f"{graded.points[SOLUTION][name]}, wanted {wanted}"
    assert not short


def test_what_right_answers_make_is_shown(graded):
    """The cells that play with the answers, which wait in silence for those that are not there."""
    assert all(answers[0].kind == "right" for answers in graded.answers.values())
    waiting = [
        f"{student}, {cell.id}: {out.get('text', out.get('evalue'))}"
        for student in (SOLUTION, FIRST)
        for cell in graded.graded(student).cells
        for out in cell.get("outputs", [])
        if out.output_type == "error"
        or (out.output_type == "stream" and re.match("This (waits for|comes once)", out.text))
        if OUT_OF_REACH not in out.get("text", "")  # it shows what is withheld while it is graded
    ]
    assert not waiting, "\n".join(waiting)


def test_the_untouched_exercise_gets_nothing_and_is_told_so_kindly(graded):
    assert graded.points[UNTOUCHED] == dict.fromkeys(graded_cells(graded.source), 0)
    for question in graded.max_points:
        assert str(graded.report(UNTOUCHED, question)) == f"{question}: not done yet"
    for cell in graded.graded(UNTOUCHED).cells:
        for out in cell.get("outputs", []):
            assert out.output_type != "error", f"{cell.id}: {out}"


def test_every_answer_gets_exactly_its_points(graded):
    off = [f"{proof.question}, {line}" for proof in prove(graded) for line in proof.points_off]
    assert not off, "\n" + "\n".join(off)


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_a_worthless_answer_earns_no_more_than_the_untouched_stub(assignment):
    earned = [str(one) for one in try_worthless(COURSE, assignment) if one.points]
    assert not earned, "\n" + "\n".join(earned)


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_what_students_run_calls_nothing_that_is_withheld(assignment):
    """``course check`` runs the visible checks beside the answers, where that is out of reach."""
    release = read(COURSE.release_folder(assignment) / f"{assignment}.ipynb")
    withheld_names = {name.rpartition(".")[2] for name in withheld(release)}
    code = [ast.parse(cell.source) for cell in release.cells if cell.cell_type == "code"]
    nodes = [node for tree in code for node in ast.walk(tree)]
    imports = [node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
    imported = {alias.asname or alias.name for node in imports for alias in node.names}
    used = {
        f"{node.value.id}.{node.attr}"
        for cell in questions(release).values()
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in imported and node.attr in withheld_names
    }
    assert not used


def test_the_corpus_is_complete(graded):
    assert graded.answers.keys() == graded.max_points.keys()
    for question, answers in graded.answers.items():
        wrong = [answer for answer in answers if answer.kind == "wrong"]
        assert len(answers) - len(wrong) >= 3, f"{question}: fewer than 3 right answers"
        assert len(wrong) >= 8, f"{question}: fewer than 8 wrong answers"
        for answer in wrong:
            assert answer.points < graded.max_points[question], f"{question}: {answer.why}"


def test_every_hidden_check_stops_an_answer_that_passes_the_visible_ones(graded):
    assert all(all(graded.checks(question)) for question in graded.max_points)
    needless = {proof.question: proof.unexercised for proof in prove(graded) if proof.unexercised}
    assert not needless


def test_the_test_cells_keep_to_the_contract(graded):
    for question, cell in questions(graded.source).items():
        declared = checks(cell.source)
        assert declared_points(cell.source) == graded.max_points[question], question
        total = sum(check.points for check in declared)
        assert total == pytest.approx(graded.max_points[question]), question
        assert len({check.name for check in declared}) == len(declared), question
        assert ends_in_result(cell.source), question
