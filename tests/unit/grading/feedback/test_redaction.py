"""What the student's page shows, and what it must never show."""

import html
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.grading.examination.outputs import PRINTED
from course_lib.grading.feedback.hidden_code import NOT_SHOWN, HiddenCode
from course_lib.grading.feedback.redaction import MAX_NOTEBOOK, MAX_TEXT, HideHiddenTests
from course_lib.grading.testing.report import MIME, CheckResult, Report
from tests.unit.grading.tiny_course import NAME, Class, cell, make_course

TEST = """\
assert double(1) == 2
### BEGIN HIDDEN TESTS
secret_input = 123454321
assert double(secret_input) == expected_result(secret_input), "a large number"
np.testing.assert_allclose(double(np.arange(7.0)), 2 * np.arange(7.0))
### END HIDDEN TESTS
assert double(2) == 4"""
HIDDEN = TEST.split("\n")[2:5]
MARKS = {"grade": True, "solution": False, "locked": True, "points": 2, "grade_id": "test_double"}


def error(kind="AssertionError", message="", *traceback):
    return new_output("error", ename=kind, evalue=message, traceback=list(traceback))


def printed(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def after(outputs, source=TEST, others=()):
    """The outputs of a test cell as the student gets them, joined."""
    test = new_code_cell(source, outputs=outputs, metadata={"nbgrader": dict(MARKS)})
    notebook = new_notebook(cells=[*others, test])
    notebook, _ = HideHiddenTests().preprocess(notebook, {})
    return notebook


def text_of(notebook):
    return nbformat.writes(notebook)


TRACEBACK = f"""\
---------------------------------------------------------------------------
AssertionError                            Traceback (most recent call last)
<ipython-input-3-abc> in <module>
      2 ### BEGIN HIDDEN TESTS
      3 {HIDDEN[0]}
----> 4 {HIDDEN[1]}
      5 {HIDDEN[2]}

During handling of the above exception, another exception occurred:
----> 5 {HIDDEN[2]}
"""
QUOTES = {
    "traceback": error("AssertionError", "a large number", TRACEBACK),
    "coloured": error("AssertionError", "x", *(f"\x1b[31m{c}\x1b[0m" for c in TRACEBACK)),
    "message": error("ValueError", f"in {HIDDEN[1]}"),
    "part of a line": error("ValueError", "double(secret_input) == expected_result(secret_input)"),
    "name": error(f"{HIDDEN[1]}", ""),
    "repr": printed(repr("\n".join(HIDDEN))),
    "list": printed(repr(HIDDEN)),
    "html": printed(html.escape(HIDDEN[1])),
    "wrapped": printed(HIDDEN[2].replace("(", "(\n    ")),
    "spaced": printed(HIDDEN[2].replace("(", "( ").replace(")", " )")),
    "value": new_output("execute_result", {"text/plain": HIDDEN[1], "text/html": HIDDEN[2]}),
    "picture": new_output("display_data", {"image/svg+xml": f"<svg>{HIDDEN[1]}</svg>"}),
    "debugger": printed(f"> <ipython-input-3-abc>(4)<module>()\n----> 4 {HIDDEN[1]}\nipdb> "),
}


@pytest.mark.parametrize("how", QUOTES)
def test_nothing_that_quotes_a_hidden_test_gets_through(how):
    output = nbformat.from_dict(QUOTES[how])
    mine = new_code_cell("run_it()", outputs=[nbformat.from_dict(output)])
    shown = re.sub(r"\s|\\n|\\", "", html.unescape(text_of(after([output], others=[mine]))))
    for secret in ("expected_result", "arange(7.0)),2*", "=123454321"):
        assert secret not in shown
    assert "assertdouble(2)==4" in shown


def test_without_a_hidden_test_all_that_would_be_there():
    """Or the test above could not fail."""
    shown = text_of(after([QUOTES["list"]], TEST.replace("HIDDEN", "VISIBLE")))
    assert "expected_result" in shown


@pytest.mark.parametrize(
    ("region", "gone"),
    [
        ("a = 1\n### BEGIN HIDDEN TESTS\nb = 2", "b = 2"),
        ("### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\nb = 2\n### END HIDDEN TESTS", "b = 2"),
    ],
)
def test_a_region_that_is_marked_badly_is_hidden_all_the_same(region, gone):
    assert gone not in text_of(after([], region))


def test_a_message_says_what_was_wrong_and_where():
    line = "----> 1 assert double(1) == 2\n      2 ### BEGIN HIDDEN TESTS"
    (output,) = after([error("AssertionError", "not two", line)]).cells[0].outputs
    assert output.traceback == ["in the line: assert double(1) == 2", "AssertionError: not two"]


def test_a_hidden_check_says_its_message_and_that_it_is_hidden():
    (output,) = after([error("AssertionError", "a large number", TRACEBACK)]).cells[0].outputs
    assert output.traceback == ["in a hidden test", "AssertionError: a large number"]


def test_syntax_errors_name_no_files():
    found = after(
        [error("SyntaxError", "invalid syntax (<ipython-input-3-b2f4>, line 4)", "File x")]
    )
    assert found.cells[0].outputs[0].traceback == ["SyntaxError: invalid syntax"]


def test_places_on_this_machine_are_not_shown():
    trace = (
        'File "/srv/course/.venv/lib/python3.11/site-packages/numpy/core.py", line 1\n'
        'File "/tmp/library-x1y2/course_lib/nn/layers.py", line 2'
    )
    notebook = after([], others=[new_code_cell("f()", outputs=[error("E", "m", trace)])])
    assert notebook.cells[0].outputs[0].traceback == [
        'File "site-packages/numpy/core.py", line 1',
        'File "course_lib/nn/layers.py", line 2',
    ]


def test_what_calls_printed_during_the_tests_is_not_shown():
    output = new_output("display_data", {"text/plain": "my input was 7"}, metadata={PRINTED: True})
    assert after([output, printed("1 of 2")]).cells[0].outputs == [printed("1 of 2")]


def reported(report):
    return new_output("display_data", report.to_mime())


def test_a_report_of_checks_is_shown_whole_but_for_paths():
    """Names of checks, hints and the values that were tried are no secret."""
    source = (
        "### BEGIN HIDDEN TESTS\n"
        "with question.check('the learning rate scales both', hint='w and b both move by eta'):\n"
        "    question.call(update, np.array([2, -1, 4, 7, 8, 9]), 1).returns([1, 0, 1, 0, 1, 0])\n"
        "### END HIDDEN TESTS"
    )
    message = (
        "called  update with\n          [2, -1, 4, 7, 8, 9], array of shape (6,)\n"
        "got     [0, 0, 0, 0, 0, 0]\nwanted  [1, 0, 1, 0, 1, 0]"
    )
    check = CheckResult("the learning rate scales both", False, 2, message, "w and b both move")
    (output,) = after([reported(Report("update", 0, 2, [check]))], source).cells[0].outputs
    assert output.data == Report("update", 0, 2, [check]).to_mime()
    check.message = "in /srv/course/.venv/lib/python3.11/site-packages/numpy/core.py"
    (output,) = after([reported(Report("update", 0, 2, [check]))], source).cells[0].outputs
    assert "srv" not in str(output.data)
    assert NOT_SHOWN in HiddenCode(source, "").taken_out_of("x\nquestion.call(update, np.array([2")


def test_metadata_stay_behind():
    notebook = new_notebook(
        cells=[new_code_cell("1", metadata={"tags": ["secret"], "x": "secret"})],
        metadata={"widgets": {"secret": 1}, "examiner": {"withheld": ["secret"]}},
    )
    notebook, _ = HideHiddenTests().preprocess(notebook, {})
    assert "secret" not in text_of(notebook)


def test_long_outputs_are_cut():
    cells = [new_code_cell("1", outputs=[printed("x" * 10**6)]), new_code_cell("y" * 10**6)]
    notebook, _ = HideHiddenTests().preprocess(new_notebook(cells=cells), {})
    assert len(text_of(notebook)) < 3 * MAX_TEXT


def test_a_huge_notebook_makes_no_huge_page():
    """And leaves room for the tests, which come last."""
    many = [new_code_cell("x" * MAX_TEXT, outputs=[printed("y" * MAX_TEXT)]) for _ in range(100)]
    notebook = after([printed("1 of 2 checks")], others=many)
    assert len(text_of(notebook)) < 1.2 * MAX_NOTEBOOK
    assert notebook.cells[-1].outputs == [printed("1 of 2 checks")]


def test_a_picture_inside_a_page_is_kept():
    picture = '<img alt="curves" src="data:image/png;base64,' + "A" * 10 * MAX_TEXT + '">'
    whole = new_output("display_data", {"text/html": picture, "text/plain": "Figure"})
    other = new_output("display_data", {"text/html": "x" * 2 * MAX_TEXT, "text/plain": "Table"})
    mine = new_code_cell("plot()", outputs=[whole, other])
    first, second = after([], others=[mine]).cells[0].outputs
    assert first.data["text/html"] == picture
    assert second.data == {"text/plain": "Table"}


PLAIN = {
    "double": ("solution", 0, "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n"
               "    ### END SOLUTION"),
    "test_double": ("test", 2, TEST.replace("expected_result(secret_input)", "246908642")
                    .replace("np.testing.assert_allclose", "assert all")
                    .replace(", 2 * np.arange(7.0)", " == 2 * np.arange(7.0)")),
    "triple": ("solution", 0, "def triple(x):\n    ### BEGIN SOLUTION\n    return 3 * x\n"
               "    ### END SOLUTION"),
    "test_triple": ("test", 3, "assert triple(1) == 3"),
    "essay": ("essay", 4, "Because."),
}  # fmt: skip


def test_a_course_of_plain_asserts(tmp_path, monkeypatch, gradebook):
    monkeypatch.chdir(tmp_path)
    make_course(tmp_path, gradebook, PLAIN)
    students = Class(tmp_path)
    students.scratch.release(NAME)

    def change(notebook):
        cell(notebook, "essay").source = "My <script>alert(1)</script> reasons."
        notebook.cells.reverse()

    students.hand_in(
        "eve",
        double="print(In, x)\n    if x > 9: raise KeyError(x)\n    return 2 * x",
        triple="return 4 * x",
        change=change,
    )
    (result,) = students.scratch.grade(NAME, workers=1)
    assert list(result.points.values()) == [0, 0, None]
    raw = (tmp_path / "feedback" / "eve" / NAME / f"{NAME}.html").read_text()
    page = html.unescape(re.sub("<[^>]+>", "", raw))
    for words in (
        "0 of 9 points so far; 1 question is yet to be marked by a person",
        "cells in another order",
        "KeyError: 123454321",
        "in a hidden test",
        "in the line: assert triple(1) == 3",
        "to be marked by a person, of 4",
    ):
        assert words in page
    for secret in "secret_input", "246908642", "np.arange(7.0)", str(tmp_path):
        assert secret not in page
    assert "default-src 'none'" in raw
    assert "script-src" not in raw
    graded = tmp_path / "autograded" / "eve" / NAME / f"{NAME}.ipynb"
    assert "secret_input" in graded.read_text()


def test_lines_that_come_twice_stay_and_what_was_taken_out_is_named_once():
    text = f"same\nsame\n{HIDDEN[1]}\n{HIDDEN[1]}\nsame"
    (output,) = after([printed(text)]).cells[-1].outputs
    assert output.text.split("\n")[:2] == ["same", "same"]
    assert output.text.count("same") == 3
    assert output.text.count("not shown") == 1


def test_a_report_counts_only_in_a_test_cell():
    report = Report("double", 1, 2, [CheckResult("large", False, 2, f"wanted  {HIDDEN[1]}")])
    (output,) = after([reported(report)]).cells[-1].outputs
    assert output.data == report.to_mime()
    mine = new_code_cell("x", outputs=[reported(report), printed(str(report))])
    for output in after([], others=[mine]).cells[0].outputs:
        assert MIME not in output.get("data", {}), "a student can show what looks like one"
        assert HIDDEN[1] not in str(output)
