"""The page that a student gets: what it shows, and that it does nothing."""

from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from course_lib.grading.feedback.page import FeedbackExporter
from course_lib.grading.testing.report import CheckResult, Report


def page_of(cells):
    summary = {"notebook": "n", "score": 1.0, "max_score": 2.0, "late_penalty": 0.5}
    page, _ = FeedbackExporter().from_notebook_node(
        new_notebook(cells=cells), {"nbgrader": summary}
    )
    return page


def test_a_page_needs_little_of_a_notebook():
    cells = [
        new_markdown_cell("![a](attachment:a.png) $x$", attachments={"a.png": {"image/png": "AA"}}),
        new_code_cell("f()", outputs=[new_output("display_data", {"image/png": "AA\n"})]),
        new_code_cell("", outputs=[new_output("display_data", {"text/html": "<b>t</b>"})]),
        new_code_cell("g()", outputs=[new_output("display_data", {"application/x": "a"})]),
    ]
    page = page_of(cells)
    assert page.count("data:image/png;base64,AA") == 2
    assert "<b>t</b>" in page
    assert "0.5 points were taken off" in page
    assert "<b>1 of 2 points</b>" in page


def test_formulas_are_shown_without_a_script_and_broken_ones_as_written():
    text = (
        "$\\ln a < \\tfrac12$ and $<b>\\frac{$\n\n$$\\sqrt{x}$$\n\n\\begin{matrix}1&2\\end{matrix}"
    )
    notebook = new_notebook(cells=[new_markdown_cell(f"{text}\n\n${'x' * 3000}$")])
    page = page_of(notebook.cells)
    assert page.count("<math") == 3
    assert page.count('display="block"') == 2
    assert '<mi>ln</mi><mspace width="0.17em"></mspace><mi>a</mi><mo>&lt;</mo>' in page
    assert "<code>&lt;b&gt;\\frac{</code>" in page
    assert f"<code>{'x' * 3000}</code>" in page
    assert "$" not in page


def test_a_page_holds_nothing_that_acts_on_the_page_around_it():
    text = (
        '<meta http-equiv="refresh" content="0;url=https://a.example"><form action="/x"></form>\n'
        "</div></div><style>.total { display: none }</style>\n\n<b onclick='x()'>bold</b>\n\n"
        "$\\text{<img src=x onerror=x()>}$\n\n|a|\n|--:|\n|1|"
    )
    shown = new_output("display_data", {"text/html": "<script>x()</script><i>told</i>"})
    cells = [new_markdown_cell(text), new_code_cell("", outputs=[shown])]
    page = page_of(cells)
    body = page.partition("<body>")[2]
    for bad in ("<meta", "<form", "<style", "onclick", "onerror", "<img", "<script", "x()"):
        assert bad not in body
    assert "<b>bold</b>" in body
    assert "<i>told</i>" in body
    assert '<th style="text-align:right">a</th>' in body


def test_a_picture_in_many_places_is_embedded_once():
    attachments = {"a b.png": {"image/png": "A" * 10**5}}
    cells = [new_markdown_cell("![x](attachment:a%20b.png)\n\n" * 500, attachments=attachments)]
    page = page_of(cells)
    assert page.count("A" * 10**5) == 1
    assert len(page) < 2 * 10**5


def test_the_page_colours_the_lines_of_a_report():
    checks = [
        CheckResult("one <b>", True),
        CheckResult("two", False, 1, "--  no sign"),
    ]
    marks = {"grade": True, "solution": False, "grade_id": "test_double", "points": 2, "score": 1.0}
    output = new_output("display_data", Report("double", 1, 2, checks).to_mime())
    cells = [new_code_cell("", outputs=[output], metadata={"nbgrader": marks})]
    page = page_of(cells)
    assert '<span class="passed">  ok  one &lt;b&gt;</span>' in page
    assert '<span class="failed">  --  two</span>\n        --  no sign' in page


def test_nbgraders_own_page_shows_the_text_of_a_report():
    report = Report("double", 0, 2, [CheckResult("one", False, 2, "got     3")])
    output = new_output("display_data", report.to_mime())
    cell = new_code_cell("", outputs=[output], metadata={"nbgrader": {"comment": None}})
    exporter = HTMLExporter(config=GenerateFeedback(CourseDirectory()).config)
    summary = {"notebook": "n", "score": 1.0, "max_score": 2.0, "late_penalty": 0.0}
    page, _ = exporter.from_notebook_node(
        new_notebook(cells=[cell]), {"nbgrader": summary | {"tmp_dir": "."}}
    )
    assert "double: 0 of 2 points\n  --  one\n        got     3" in page
    assert "vnd.course" not in page
