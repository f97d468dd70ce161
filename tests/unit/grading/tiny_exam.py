"""An assignment to be examined: honest answers, an attack among them, and tests of both kinds."""

from dataclasses import dataclass

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade, is_grade

from course_lib.grading.examination.exams import Exam
from course_lib.grading.examination.requirements import Requirements
from course_lib.grading.examination.sandbox.limits import Limits

SETUP = "import numpy as np\nfrom course_lib.grading import Question"
HONEST = """\
def double(x):
    return 2 * x

def square(x):
    return x * x

def apply(f, x):
    return f(x)
"""
DOUBLE = """\
question = Question("double", points=2)
with question.check("one"):
    question.call(double, 1).returns(2)
with question.check("a secret kept"):
    question.call(double, 123454321).returns(246908642)
question.result()"""
SQUARE = """\
assert square(3) == 9
assert abs(square(4) - 16) < 1e-9
assert np.allclose(square(np.array([1.0, 2.0])), [1, 4])
assert 16 in [square(x) for x in range(5)]"""
APPLY = """\
wanted = 4
question = Question("apply", points=3)
with question.check("a function of the test's"):
    question.call(apply, lambda x: x + 1, 3).returns(wanted)
question.result()"""
LAST = """\
question = Question("last", points=1)
with question.check("an honest one"):
    question.call(last, 3).returns(9)
question.result()"""
POINTS = {"double": 2, "square": 3, "apply": 3, "last": 1}
LIMITS = Limits(cell=4, call=2, notebook=60, memory=2**29, disk=2**25, processes=48)


def cell(name, source, grade=False, solution=False, points=0):
    """A code cell with nbgrader's marks; locked unless it is an answer."""
    marks = {"grade_id": name, "grade": grade, "solution": solution, "locked": not solution}
    marks |= {"points": points} if grade else {}
    return new_code_cell(source, metadata={"nbgrader": marks})


def notebook(answers, setup=SETUP):
    """A submission: ``answers`` come after honest ones and before the tests."""
    cells = [cell("setup", setup), cell("work", HONEST, solution=True)]
    cells.append(cell("answers", answers, solution=True))
    for name, source in ("double", DOUBLE), ("square", SQUARE), ("apply", APPLY):
        cells.append(cell(f"test_{name}", source, grade=True, points=POINTS[name]))
    cells.append(cell("last", "def last(x):\n    return 3 * x", solution=True))
    cells.append(cell("test_last", LAST, grade=True, points=1))
    return new_notebook(cells=cells)


def points(examined):
    """{question: points} as nbgrader reads them."""
    return {
        one.metadata.nbgrader.grade_id.removeprefix("test_"): determine_grade(one)[0]
        for one in examined.cells
        if is_grade(one)
    }


def why(examined):
    """What went wrong, for a failure to tell."""
    return [
        output.get("evalue") or output.get("text") or output.get("data")
        for one in examined.cells
        for output in one.outputs
    ]


@dataclass
class Examiner:
    """Examines notebooks that require the same, one after the other."""

    required: Requirements

    def __post_init__(self):
        self.exam = Exam(self.required)

    def run(self, submission, files=None, limits=LIMITS):
        """The notes; the outputs are in the submission then."""
        return self.exam.examine(self.required, submission, files or {}, limits)

    def examine(self, answers, limits=LIMITS, **given):
        examined = notebook(answers, **given)
        return examined, self.run(examined, {"data.txt": b"7"}, limits)

    def test(self, answers, test, limits=LIMITS):
        """The outputs of one test cell, and the notes."""
        cells = [cell("setup", SETUP), cell("answers", answers, solution=True)]
        cells.append(cell("test", test, grade=True, points=1))
        examined = new_notebook(cells=cells)
        notes = self.run(examined, limits=limits)
        return examined.cells[-1].outputs, notes


MODULES = ("course_lib.grading",)


def required(**more):
    return Requirements(MODULES, MODULES, libraries=("course_lib",), **more)


@pytest.fixture(scope="session")
def sandboxed():
    """Examines in the sandbox."""
    examiner = Examiner(required(withheld=("course_lib.metrics.accuracy", "torch")))
    yield examiner
    examiner.exam.close()


@pytest.fixture(scope="session")
def unsandboxed():
    """Examines in two processes without a sandbox: honest notebooks only."""
    examiner = Examiner(required(sandbox="none"))
    yield examiner
    examiner.exam.close()
