"""Courses that are not ours: nbgrader's example, and one of statistics with folders of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
import pytest

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.examination.exams import missing_sandbox
from course_lib.grading.proof.answer_files import fill
from course_lib.grading.testing.contract import graded_cells, solutions
from tests.whole.jupyter import serving

pytestmark = pytest.mark.slow

UNSAFE = '\nc.Examine.sandbox = "none"\n'
TWO_LINES = "\nfrom course_lib.grading import configure\nconfigure(c)\n"
STATISTICS = Path(__file__).parent / "statistics_course"
COURSE = (str(Path(sys.executable).with_name("course")),)


def run(*command, cwd):
    done = subprocess.run(
        command, cwd=cwd, env=environment(cwd), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment(folder):
    """No settings of this user's; a course's own packages are where Python finds them."""
    mine = {"JUPYTER_CONFIG_DIR": str(folder / "no-config"), "PYTHONPATH": str(folder)}
    return os.environ | mine


def points(root, assignment):
    """{student: {cell: points}} as the gradebook has them; None for what is marked by hand."""
    found = {}
    with Course(root).gradebook() as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            found[submission.student.id] = {grade.name: grade.auto_score for grade in grades}
    return found


# nbgrader's example: two notebooks, plain asserts, tests that delete a name
QUICK = "ps1"
SQUARES = "def squares(n):\n    if n < 1:\n        raise ValueError(n)\n"
ANSWERS = {
    "right": {
        "squares": f"{SQUARES}    return [i**2 for i in range(1, n + 1)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    },
    "hostile": {
        "squares": "class Yes(list):\n    def __eq__(self, other): return True\n"
        "def squares(n):\n    return Yes()",
        "sum_of_squares": "def sum_of_squares(n):\n    import os\n    os._exit(0)",
    },
    "untouched": {},
}
QUICK_POINTS = {
    "right": {"correct_squares": 1, "squares_invalid_input": 1, "correct_sum_of_squares": 0.5},
    "hostile": {"correct_squares": 0, "squares_invalid_input": 0, "correct_sum_of_squares": 0},
    "untouched": {"correct_squares": 0, "squares_invalid_input": 0, "correct_sum_of_squares": 0},
}
QUICK_POINTS["right"]["sum_of_squares_uses_squares"] = 0.5
QUICK_POINTS["hostile"]["sum_of_squares_uses_squares"] = 0
QUICK_POINTS["untouched"]["sum_of_squares_uses_squares"] = 0


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """What ``nbgrader quickstart`` makes, with our two lines, released and handed in."""
    folder = tmp_path_factory.mktemp("example")
    run(sys.executable, "-m", "nbgrader", "quickstart", "course101", cwd=folder)
    root = folder / "course101"
    with open(root / CONFIG, "a") as config:
        config.write(TWO_LINES + UNSAFE * bool(missing_sandbox()))
    run(sys.executable, "-m", "nbgrader", "generate_assignment", QUICK, cwd=root)
    for student, answers in ANSWERS.items():
        shutil.copytree(root / "release" / QUICK, root / "submitted" / student / QUICK)
        path = root / "submitted" / student / QUICK / "problem1.ipynb"
        nbformat.write(fill(nbformat.read(path, 4), answers), path)
    return root


def with_nbgrader(root):
    run(sys.executable, "-m", "nbgrader", "autograde", QUICK, cwd=root)


def with_the_course_command(root):
    run(*COURSE, "grade", QUICK, cwd=root)


def with_the_formgrader(root):
    """The requests that its page sends when its buttons are pressed."""
    options = ["--ServerApp.jpserver_extensions", "nbgrader.server_extensions.formgrader=True"]
    home, mine = root.parent / "home", environment(root)
    with serving("jupyter_server", home, *options, cwd=root, environment=mine) as server:
        for student in ANSWERS:
            address = f"{server.url}formgrader/api/submission/{QUICK}/{student}/autograde"
            request = Request(address, b"", {"Authorization": f"token {server.token}"})
            with urlopen(request, timeout=120) as answer:
                done = json.load(answer)
            assert done["success"], done


@pytest.mark.parametrize(
    "way",
    [with_nbgrader, with_the_course_command, with_the_formgrader],
    ids=lambda way: way.__name__,
)
def test_nbgraders_example_has_the_same_points_in_every_way(example, tmp_path, way):
    root = shutil.copytree(example, tmp_path / "course101")
    way(root)
    found = points(root, QUICK)
    for student, wanted in QUICK_POINTS.items():
        assert {name: found[student][name] for name in wanted} == wanted, student


# A course of statistics: plain asserts and a Question, own helpers, a part of them withheld
NAME = "descriptive"
HONEST = {
    "right": {
        "quartiles": "def quartiles(values):\n    values = sorted(values)\n"
        "    return [float(np.quantile(values, q)) for q in (0.25, 0.5, 0.75)]",
    },
    "wrong": {
        "quartiles": "def quartiles(values):\n    return np.quantile(values, [0.25, 0.5, 0.9])",
        "standard_error": "def standard_error(values):\n"
        "    return np.std(values) / math.sqrt(len(values))",
    },
}
HOSTILE = {
    "withheld": {
        "quartiles": "import survey_tools\ndef quartiles(values):\n"
        "    return survey_tools.quartiles(values)",
        "standard_error": "def standard_error(values):\n"
        "    return float(open('problems/descriptive/descriptive.ipynb').read()[0])",
    },
    "pretends": {
        "quartiles": "class Yes:\n    shape = (3,)\n    def __eq__(self, other): return True\n"
        "    def __len__(self): return 3\n    def __getitem__(self, i): return Yes()\n"
        "def quartiles(values):\n    return Yes()",
        "standard_error": "class Number(float):\n    def __rsub__(self, other): return 0.0\n"
        "    def __eq__(self, other): return True\n"
        "def standard_error(values):\n    return Number(0)",
        "Running": "class Running:\n    mean = property(lambda self: type('M', (), "
        "{'__eq__': lambda *a: True})())\n    def add(self, value): pass\n"
        "    def interval(self): import os; os._exit(0)",
    },
}
STATISTICS_POINTS = {
    "right": {"test_quartiles": 3, "test_standard_error": 2, "test_Running": 4},
    "wrong": {"test_quartiles": 0, "test_standard_error": 0, "test_Running": 0},
    "withheld": {"test_quartiles": 0, "test_standard_error": 0, "test_Running": 0},
    "pretends": {"test_quartiles": 0, "test_standard_error": 0, "test_Running": 0},
    "untouched": {"test_quartiles": 0, "test_standard_error": 0, "test_Running": 0},
}


@pytest.fixture(scope="module")
def statistics(tmp_path_factory):
    """The course of statistics, released, handed in and graded."""
    root = shutil.copytree(STATISTICS, tmp_path_factory.mktemp("statistics") / "course")
    with open(root / CONFIG, "a") as config:
        config.write(UNSAFE * bool(missing_sandbox()))
    source = nbformat.read(root / "problems" / NAME / f"{NAME}.ipynb", 4)
    right = {name: cell.source for name, cell in solutions(source).items()}
    run(*COURSE, "release", NAME, cwd=root)
    released = nbformat.read(root / "handout" / NAME / f"{NAME}.ipynb", 4)
    submissions = {student: right | answers for student, answers in (HONEST | HOSTILE).items()}
    for student, answers in (submissions | {"untouched": {}}).items():
        path = root / "inbox" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(fill(released, answers), path)
    run(*COURSE, "grade", NAME, cwd=root)
    return root


@pytest.mark.sandbox
def test_a_course_of_another_subject(statistics):
    assert points(statistics, NAME) == STATISTICS_POINTS


def test_its_folders_and_stubs_are_its_own(statistics):
    released = (statistics / "handout" / NAME / f"{NAME}.ipynb").read_text()
    assert "...  # your turn" in released
    assert "HIDDEN" not in released
    page = (statistics / "replies" / "wrong" / NAME / f"{NAME}.html").read_text()
    assert "the heights of the table" in page
    assert "in any order" in page
    assert "BEGIN HIDDEN" not in page
    assert not (statistics / "submitted").exists()


@pytest.mark.sandbox
def test_what_it_withholds_says_so(statistics):
    path = statistics / "marked" / "withheld" / NAME / f"{NAME}.ipynb"
    cell = graded_cells(nbformat.read(path, 4))["test_quartiles"]
    assert "quartiles is out of reach here" in str(cell.outputs)
