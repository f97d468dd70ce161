"""A report is data and text, and is read back from a cell's outputs alone if it is whole."""

import json

import nbformat
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.grading import Question
from course_lib.grading.testing.report import FAILED, MIME, OTHER, PASSED, CheckResult, Report

REPORT = Report(
    "double",
    1.5,
    2,
    [
        CheckResult("one", True, 1.5),
        CheckResult("large", False, 0.5, "got     3\nwanted  4", "Is it an int?"),
    ],
)
TEXT = """double: 1.5 of 2 points
  ok  one
  --  large
        got     3
        wanted  4
        hint: Is it an int?"""


def as_output(data, kind="display_data"):
    return nbformat.from_dict({"output_type": kind, "data": data, "metadata": {}})


def test_the_text_says_what_the_data_hold():
    assert str(REPORT) == TEXT
    assert [kind for kind, _ in REPORT.lines()] == [OTHER, PASSED, FAILED, OTHER, OTHER, OTHER]
    assert REPORT.to_mime()["text/plain"] == TEXT
    assert REPORT.failed == ["large"]
    assert not REPORT.not_done
    assert not REPORT.has_hidden_checks


def test_points_that_add_up_to_nearly_all_are_all():
    report = Report("ten", 1, 1, [CheckResult(str(i), passed=True, points=0.1) for i in range(10)])
    assert not report.has_hidden_checks
    assert str(report).startswith("ten: 1 of 1 points")


def test_a_report_survives_being_written_into_a_notebook(tmp_path):
    output = new_output("display_data", REPORT.to_mime())
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output])])
    nbformat.validate(notebook)
    nbformat.write(notebook, tmp_path / "x.ipynb")
    read = nbformat.read(tmp_path / "x.ipynb", as_version=4)
    assert Report.from_outputs(read.cells[0].outputs) == REPORT


def test_the_last_report_counts_and_none_is_none():
    other = Report("triple", 0, 1, [CheckResult("x")])
    printed = new_output("stream", text=TEXT)
    outputs = [printed, as_output(other.to_mime()), as_output(REPORT.to_mime()), printed]
    assert Report.from_outputs(outputs) == REPORT
    assert Report.from_outputs([printed]) is None
    assert Report.from_outputs([]) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("points"),
        lambda data: data.update(points="many"),
        lambda data: data.update(points=float("nan")),
        lambda data: data.update(max_points=10**400),
        lambda data: data.update(checks=7),
        lambda data: data["checks"][0].pop("name"),
        lambda data: data.update(checks=["x"]),
        lambda data: data.update(checks=[["x"]]),
    ],
)
def test_what_is_no_whole_report_is_none(change):
    data = json.loads(json.dumps(REPORT.to_mime()))
    change(data[MIME])
    assert Report.from_outputs([as_output(data)]) is None


def test_a_value_is_no_report():
    """The value of a cell can be the student's; only ``Question`` displays."""
    assert Report.from_outputs([as_output(REPORT.to_mime(), "execute_result")]) is None
    assert Report.from_outputs([as_output({MIME: "double: 2 of 2 points"})]) is None


def test_a_question_shows_text_and_data_in_one_output(capsys, monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr(InteractiveShell, "_instance", shell)
    shell.display_pub = CapturingDisplayPublisher()
    question = Question("double", points=2)
    with question.check("one", points=2):
        pass
    assert question.result() == 2
    (output,) = shell.display_pub.outputs
    assert output["data"]["text/plain"] == "double: 2 of 2 points\n  ok  one"
    assert Report.from_outputs([as_output(output["data"])]) == question.report()
    assert capsys.readouterr().out == ""
