"""Reports come from the tests' process alone: whatever a student shows is not taken for one."""

import pytest

from course_lib.grading.testing.report import MIME, Report
from tests.unit.grading.tiny_exam import DOUBLE, notebook

pytestmark = pytest.mark.sandbox

FORGED = f"""\
from IPython.display import display

class Forged:
    def __init__(self):
        checks = [dict(name="all", passed=True, points=9, message="", hint="", not_done=False)]
        report = dict(name="double", points=9, max_points=9, checks=checks)
        self.bundle = {{"text/plain": "double: 9 of 9 points", {MIME!r}: report}}

    def _repr_mimebundle_(self, *args, **kwargs):
        return self.bundle

forged = Forged()

def double(x):
    display(forged.bundle, raw=True)
    return forged if x < 0 else x

def bundle():
    return forged.bundle

display(forged.bundle, raw=True)
"""


def test_a_report_says_what_the_tests_found(sandboxed):
    outputs, _ = sandboxed.test(FORGED, DOUBLE)
    report = Report.from_outputs(outputs)
    assert (report.name, report.points, report.max_points) == ("double", 0, 2)
    assert report.failed == ["one", "a secret kept"]
    shown = [output for output in outputs if MIME in output.get("data", {})]
    assert len(shown) == 1
    assert shown[0].data["text/plain"] == str(report)


@pytest.mark.parametrize(
    "test",
    [
        "double(-1)",
        "display(double(-1))",
        "forged",
        "bundle()",
        "display(bundle())",
        "display(forged)",
        "print(bundle())",
        "assert double(1) == 1",
        "raise ValueError(bundle())",
    ],
)
def test_nothing_of_the_students_becomes_a_report(sandboxed, test):
    outputs, _ = sandboxed.test(FORGED, f"from IPython.display import display\n{test}")
    assert Report.from_outputs(outputs) is None
    assert not [output for output in outputs if MIME in output.get("data", {})]


def test_a_report_that_was_handed_in_is_gone(sandboxed):
    submitted = notebook("")
    test = next(one for one in submitted.cells if one.source == DOUBLE)
    test.outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {MIME: {"points": 9}}},
    ]
    sandboxed.run(submitted)
    assert Report.from_outputs(test.outputs).points == 2
