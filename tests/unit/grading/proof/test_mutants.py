"""The tool that changes solutions, on small ones; and all solutions, last."""

import subprocess
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.mutants import mutants
from course_lib.grading.proof.survivors import try_mutants
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, source_notebook


def after(line):
    """What may become of ``line`` of a function."""
    found = [mutant.change for mutant in mutants(f"def f(x, y):\n    {line}")]
    assert all(change.startswith(f"{line}  ->  ") for change in found)
    return {change.partition("  ->  ")[2] for change in found}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("return x + y", {"return x - y", "return x", "return y"}),
        ("return x - y", {"return x + y", "return y - x", "return x", "return y"}),
        ("return x @ y", {"return y @ x", "return x", "return y"}),
        ("return x ** y", {"return x * y", "return y ** x", "return x", "return y"}),
        ("return -x", {"return x"}),
        ("return not x", {"return x"}),
        ("return x < y", {"return x <= y", "return x > y"}),
        ("return x == y", {"return x != y"}),
        ("return x is y", {"return x is not y"}),
        ("return x and y", {"return x or y", "return x", "return y"}),
        ("return 3", {"return 4", "return 2"}),
        ("return 0.5", {"return 1.0", "return -0.5"}),
        ("return 0.0", {"return 1.0"}),
        ("return True", {"return False"}),
        ("return x.sum(axis=0)", {"return x.sum(axis=1)", "return x.sum()", "return x"}),
        ("return x.sum(axis=0)", {"return x.mean(axis=0)", "return x.sum(axis=-1)"}),
        ("return f(x, y)", {"return f(y, x)", "return f(x)"}),
        ("return f(x, y, 3)", {"return f(y, x, 3)", "return f(x, 3, y)", "return f(x, y)"}),
        ("return abs(x)", {"return x"}),
        ("return max(x, y)", {"return min(x, y)", "return max(y, x)", "return max(x)"}),
        ("return x.astype(int)", {"return x"}),
        ("return x.T", {"return x"}),
        ("return (x, y)", {"return (y, x)"}),
        ("return x[y:]", {"return x[:]", "return x"}),
        ("return x if y else 0", {"return x", "return 0", "return x if y else 1"}),
        ("x += y", {"x -= y", "x = y", "pass"}),
        ("x = y", {"pass"}),
        ("return f('ab,bc->ac', x)", {"return f('ba,bc->ac', x)", "return f('ab,bc->ca', x)"}),
        ("raise ValueError(x)", {"pass"}),
    ],
)
def test_what_is_changed(line, wanted):
    assert wanted <= after(line)


def test_an_if_is_always_or_never_and_its_block_is_dropped():
    changes = {mutant.change for mutant in mutants("def f(x, y):\n    if x:\n        y = 0")}
    assert {"if x:  ->  if True:", "if x:  ->  if False:", "y = 0  ->  pass"} <= changes


def test_a_mutant_runs_and_differs_in_one_place():
    source = "def f(x):\n    total = 0\n    for v in x:\n        total += 2 * v\n    return total"
    found = list(mutants(source))
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        lines = source.splitlines(), mutant.source.splitlines()
        if len(lines[0]) == len(lines[1]):  # else the loop was dropped
            assert sum(old != new for old, new in zip(*lines, strict=True)) == 1
        assert mutant.change.startswith(f"{source.splitlines()[mutant.line - 1].strip()}  ->  ")
    assert len({mutant.source for mutant in found} | {source}) == len(found) + 1


def test_words_and_what_students_are_given_are_left_alone():
    source = (
        'def f(x, y=2):\n    """Twice x."""\n    z = -x\n    ### BEGIN SOLUTION\n'
        '    words = f"{-x} of 3"\n    ### END SOLUTION\n    return z + 1'
    )
    assert [str(mutant) for mutant in mutants(source)] == ["line 5: words = f'{-x} of 3'  ->  pass"]


def test_a_change_made_twice_has_two_names():
    changes = [mutant.change for mutant in mutants("def f(x):\n    x += g\n    x += g\n")]
    assert "x += g  ->  x -= g" in changes
    assert "x += g  ->  x -= g  (#2)" in changes
    assert len(set(changes)) == len(changes)


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
    folder, corpus = root / "solutions" / NAME, root / "tests" / "corpus" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    corpus.mkdir(parents=True, exist_ok=True)
    nbformat.write(source_notebook(SETUP | cells), folder / f"{NAME}.ipynb")
    if explained is not None:
        (corpus / "survivors.toml").write_text(explained)
    return root


def tried(root):
    return {one.question: one for one in try_mutants(root, [NAME], workers=1)}


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


def test_a_mutant_has_its_own_process_some_memory_and_some_time():
    code = (
        "from course_lib.grading.proof.trying import run\n"
        "mine = {'total': 1}\n"
        "for line in 'total = 2', 'bytes(2**29)', 'bytes(2**31)', 'total / 0', 'while True: 0':\n"
        "    print(run([line], mine, 1)[0], end=' ')\n"
        "print(mine['total'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0", "1", "1", "-9", "1"]


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


@pytest.mark.slow
def test_every_mutant_of_every_solution_loses_points_or_is_explained():
    """A minute of one core: one worker, because another of the suite's has the other core."""
    names = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
    found = list(try_mutants(ROOT, names, workers=1))
    faults = [f"{one.assignment}, {one.question}, {line}" for one in found for line in one.faults]
    assert not faults, "\n".join(faults)
