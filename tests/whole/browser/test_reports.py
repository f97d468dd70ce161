"""A question's report in a real JupyterLab: its text is shown, its data are not."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.grading.testing.report import CheckResult, Report
from tests.whole.browser.test_lectures import READY


def test_the_text_of_a_report_is_what_people_see(course, lab, page):
    report = Report("double", 0, 2, [CheckResult("one", False, 2, "got     3\nwanted  2")])
    cell = new_code_cell(
        "question.result()", outputs=[new_output("display_data", report.to_mime())]
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(notebook, course / "report.ipynb")
    page.goto(lab.address("report.ipynb"))
    page.wait_for_function(READY, arg="report.ipynb", timeout=60_000)
    shown = page.locator(".jp-OutputArea-output").inner_text()
    assert shown.rstrip() == str(report)
