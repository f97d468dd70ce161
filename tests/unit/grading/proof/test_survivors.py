"""Which mutants of small solutions get past their tests; and of all solutions, last."""

import subprocess
import sys

import nbformat
import psutil
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import corpus_folder
from course_lib.grading.proof.survivors import try_mutants
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, source_notebook


def question_cells(name, solution, *calls):
    """A solution cell and its test cell; ``calls`` are pairs of an argument and what comes back."""
    checks = "".join(
        f"with question.check('{i}'):\n    question.call({name}, {value}).returns({wanted})\n"
        for i, (value, wanted) in enumerate(calls)
    )
    tests = (
        "from course_lib.grading import Question\n"
        f"question = Question('{name}', points=2)\n{checks}question.result()"
    )
    return {name: ("solution", 0, solution), f"test_{name}": ("test", 2, tests)}


SIZE = "def size(x):\n    return max(x, -x)"
SETUP = {"setup": ("locked", 0, "import math\nLIMIT = 100")}
SURVIVOR = "return max(x, -x)  ->  return max(-x, x)"


def write(root, cells, explained=None):
    """A course with nbgrader's own folders, and what its corpus explains."""
    (root / CONFIG).touch()
    course = Course(root)
    folder, corpus = course.source(NAME), corpus_folder(course, NAME)
    folder.mkdir(parents=True, exist_ok=True)
    corpus.mkdir(parents=True, exist_ok=True)
    nbformat.write(source_notebook(SETUP | cells), folder / f"{NAME}.ipynb")
    if explained is not None:
        (corpus / "survivors.toml").write_text(explained)
    return course


def tried(course):
    return {one.question: one for one in try_mutants(course, [NAME], workers=1)}


def explanation(question, change):
    return f"[[{question}]]\nwhy = 'either way'\nchanges = ['{change}']\n"


def test_survivors_are_found_and_the_rest_is_killed(tmp_path):
    cells = question_cells("size", SIZE, (3, 3), (-3, 3)) | question_cells(
        "countdown",
        "def countdown(x):\n    while x > LIMIT:\n        x -= 1\n    return size(x)",
        (103, 100),
        (-2, 2),
    )
    found = tried(write(tmp_path, cells, explanation("size", SURVIVOR)))
    size, countdown = found["size"], found["countdown"]
    assert [mutant.change for mutant in size.survivors] == [SURVIVOR]
    assert size.tried == 4
    assert size.holds
    assert not size.faults
    # x += 1, x -= 0 and a loop of nothing never end, and are cut off
    assert countdown.survivors == []
    assert countdown.tried == 9


POOL = """
import os, time
from course_lib.grading.proof import survivors
print(survivors._pool(1).submit(os.getpid).result(), flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they wait")
def test_the_workers_end_with_a_run_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", POOL], stdout=subprocess.PIPE) as run:
        worker = psutil.Process(int(run.stdout.readline()))
        run.kill()
    assert psutil.wait_procs([worker], timeout=10)[1] == []


def test_what_is_not_explained_is_a_fault_and_so_is_a_stale_explanation(tmp_path):
    cells = (
        question_cells("size", SIZE, (3, 3), (-3, 3))
        | question_cells("weak", SIZE.replace("size", "weak"), (3, 3))
        | question_cells("free", SIZE.replace("size", "free"), (3, 3))
    )
    explained = (
        explanation("size", "return x  ->  return y") + "[[free]]\nwhy = ''\nchanges = 'all'"
    )
    found = tried(write(tmp_path, cells, explained))
    assert not found["size"].holds
    assert found["size"].faults == [
        f'line 2, not explained: "{SURVIVOR}"',
        'stale: "return x  ->  return y"',
    ]
    assert {mutant.change for mutant in found["weak"].unexplained} == {
        SURVIVOR,
        "return max(x, -x)  ->  return max(x, x)",
    }
    assert found["free"].tried == 0
    assert found["free"].holds


@pytest.mark.parametrize(
    ("solution", "explained", "message"),
    [
        ("def size(x):\n    return x", None, "size: the solution itself does not get full points"),
        (SIZE, explanation("seize", SURVIVOR), "no such question: .*seize"),
        (SIZE, "[[size]]\nwhy = 'because'", "wanted \\[\\[question\\]\\], why and changes"),
        (SIZE, "why?", r"survivors\.toml: .*Expected '='"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, solution, explained, message):
    cells = question_cells("size", solution, (3, 3), (-3, 3))
    with pytest.raises(CourseProblem, match=message):
        tried(write(tmp_path, cells, explained))


def test_the_command(course):
    write(course, question_cells("size", SIZE, (3, 3), (-3, 3)))
    done = CliRunner().invoke(app, ["mutants", "--workers", "1"], env={"COLUMNS": "120"})
    assert done.exit_code == 1, done.output
    assert f'{NAME}, size, line 2, not explained: "{SURVIVOR}"' in done.output
    write(course, question_cells("size", SIZE, (3, 3), (-3, 3)), explanation("size", SURVIVOR))
    done = CliRunner().invoke(app, ["mutants", NAME, "--workers", "1"], env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("how", ["from course_lib.grading import Question as Ask", ""])
def test_it_does_not_matter_where_a_question_is_imported(tmp_path, how):
    cells = question_cells("size", SIZE, (3, 3), (-3, 3))
    kind, points, tests = cells["test_size"]
    given = tests.splitlines()[0]
    if how:
        tests = tests.replace(given, "").replace("Question(", "Ask(")
    else:  # plain asserts
        tests = "assert size(3) == 3\nassert size(-3) == 3"
    cells["test_size"] = kind, points, tests
    cells = {"tools": ("locked", 0, how)} | cells
    found = tried(write(tmp_path, cells))
    assert [mutant.change for mutant in found["size"].survivors] == [SURVIVOR]


def test_a_test_cell_must_be_named_after_what_it_tests(tmp_path):
    cells = question_cells("size", SIZE, (3, 3))
    cells["check_size"] = cells.pop("test_size")
    with pytest.raises(CourseProblem, match="'check_size' is named after no solution cell: wanted"):
        tried(write(tmp_path, cells))


@pytest.mark.slow
def test_every_mutant_of_every_solution_loses_points_or_is_explained():
    """A minute of one core: one worker, because another of the suite's has the other core."""
    course = Course(ROOT)
    found = list(try_mutants(course, course.assignments, workers=1))
    faults = [f"{one.assignment}, {one.question}, {line}" for one in found for line in one.faults]
    assert not faults, "\n".join(faults)
