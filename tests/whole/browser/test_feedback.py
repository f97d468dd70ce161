"""The feedback page on a phone, in light and dark: nothing is wider than the screen."""

import os

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.grading.feedback.page import FeedbackExporter
from course_lib.grading.feedback.redaction import HideHiddenTests
from course_lib.grading.testing.report import CheckResult, Report

PHONE = {"width": 390, "height": 844}
TABLE = "\n".join(
    ["|" + "|".join(f"w after b after {i}" for i in range(8)) + "|", "|" + "---|" * 8]
    + ["|" + "|".join(f"{i}.123456789" for i in range(8)) + "|"] * 2
)
MATRIX = r"\begin{pmatrix}" + " & ".join(f"a_{{{i}}}" for i in range(40)) + r"\end{pmatrix}"
SUM = " + ".join(f"x_{{{i}}}^2" for i in range(60))


@pytest.fixture
def feedback(tmp_path):
    """A page with all that is wide."""
    marks = {"grade": True, "grade_id": "test_a_question_with_a_long_name_" + "x" * 60, "points": 2}
    essay = marks | {"solution": True, "grade_id": "why_not_xor", "score": 1.5, "points": 2}
    essay["comment"] = "Good, but " + "long" * 60
    report = Report("double", 1, 2, [CheckResult("one " + "y" * 90, False, 2, "got " + "z" * 200)])
    html = "<table>" + "<tr>" + "<td>cell of a frame</td>" * 12 + "</tr></table>"
    cells = [
        new_markdown_cell(f"# {'Title' * 20}\n\n{TABLE}\n\nText $`{'w' * 90}`$ and ${SUM}$ in it."),
        new_markdown_cell(f"$$ {MATRIX} $$\n\nhttps://a.example/{'path' * 40}\n\n`{'code' * 40}`"),
        new_markdown_cell("- a\n  - b\n    - " + "deep" * 40, metadata={"nbgrader": essay}),
        new_code_cell("def f(x):\n    return " + "x + " * 80 + "0  # " + "c" * 200),
        new_code_cell("frame", outputs=[new_output("display_data", {"text/html": html})]),
        new_code_cell("1", outputs=[new_output("stream", text="print" * 100)]),
        new_code_cell(
            "question.result()",
            outputs=[new_output("display_data", report.to_mime())],
            metadata={"nbgrader": marks | {"solution": False, "score": 1.0}},
        ),
    ]
    notebook, _ = HideHiddenTests().preprocess(new_notebook(cells=cells), {})
    about = {"notebook": "02_perceptron", "score": 2.5, "max_score": 4, "late_penalty": 0.5}
    about |= {"student": "b" * 60, "student_name": "Jürgen Łukasz"}
    page, _ = FeedbackExporter().from_notebook_node(notebook, {"nbgrader": about})
    path = tmp_path / "feedback.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_phone(feedback, page, scheme):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    page.goto(feedback.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    if shots := os.environ.get("COURSE_SCREENSHOTS"):
        page.screenshot(path=f"{shots}/feedback-{scheme}.png", full_page=True)
    assert wide <= PHONE["width"]
    table = page.locator("table").nth(1)
    assert table.evaluate("one => one.scrollWidth > one.clientWidth"), "or it could not fail"
