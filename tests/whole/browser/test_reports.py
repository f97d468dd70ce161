"""A question's report in a real JupyterLab: its text is shown, its data are not."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.grading.testing.report import CheckResult, Report
from tests.whole.browser.test_lectures import READY, SHOW, run_all


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


def test_the_verdict_of_an_assignment_is_below_a_line_that_names_the_checks(lab, page):
    path = "exercises/02_perceptron/02_perceptron.ipynb"
    page.goto(lab.address(path))
    page.wait_for_function(READY, arg=path, timeout=60_000)
    run_all(page)
    page.evaluate(SHOW, "test-decide")
    line = page.get_by_text("# Run this cell to check: the worked example; a sum of exactly zero")
    line.first.wait_for(timeout=20_000)
    verdict = page.get_by_text("decide: not done yet").first
    value = page.get_by_text("0 of 2 points by the checks shown here").first
    places = [one.bounding_box()["y"] for one in (line.first, verdict, value)]
    assert places == sorted(places)
    assert places[-1] - places[0] < 150
    assert not page.get_by_text("on_the_line = np.array").is_visible()
    line.first.click()
    page.get_by_text("on_the_line = np.array").first.wait_for(timeout=20_000)
