"""nbgrader's formgrader, where somebody marks by hand: the guide stands below the answer."""

import os

import pytest

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.grading import grade_submission
from course_lib.grading.classroom.release import release
from tests.unit.grading.tiny_course import NAME, SOURCE, Class, cell, make_course
from tests.whole.jupyter import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GUIDE = (
    "**Model answer.** The boundary $w_1 x_1 + b = 0$ is a line.\n\n"
    "**Marking guide.** 0.5: names the line.\n\n- 0 for `XOR is hard`"
)
ESSAY = "My reasons: $w_2 < 1$.\n\n```\na\n\n\nb\n```\n\n<script>window.hacked = true</script>"
EXTENSION = "nbgrader.server_extensions.formgrader"


@pytest.fixture
def students(tmp_path, gradebook):
    make_course(tmp_path, gradebook, SOURCE | {"essay": ("essay", 4, GUIDE)}, timeout=60)
    release(Course(tmp_path), NAME)
    students = Class(tmp_path)
    students.hand_in("ada", change=lambda nb: cell(nb, "essay").update(source=ESSAY))
    assert not grade_submission(Course(tmp_path), NAME, "ada").problem
    return students


@pytest.fixture
def formgrader(students):
    """A server in the course's folder."""
    options = ["--ServerApp.jpserver_extensions", f"{EXTENSION}=True"]
    home = students.root / "home"
    with serving("jupyter_server", home, *options, cwd=students.root) as server:
        yield server


def test_the_guide_stands_below_the_answer(formgrader, students, page):
    url = formgrader.url
    page.route(lambda address: not address.startswith(url), lambda route: route.abort())
    with Course(students.root).gradebook() as gradebook:
        identifier = gradebook.find_submission_notebook(NAME, NAME, "ada").id
    # the cookie is for this address and those below it
    page.goto(f"{url}?token={formgrader.token}")
    page.goto(f"{url}formgrader/submissions/{identifier}/", wait_until="networkidle")
    if shots := os.environ.get("COURSE_SCREENSHOTS"):
        page.screenshot(path=f"{shots}/formgrader.png", full_page=True)
    guide = page.locator(".marking-guide")
    assert guide.count() == 1
    assert "0.5: names the line." in guide.inner_text()
    assert guide.locator("math").count() == 1
    answer = page.locator(".nbgrader_cell", has_text="My reasons")
    assert answer.locator("math").count() == 1
    assert answer.locator("pre").inner_text() == "a\n\n\nb\n"
    assert page.evaluate("window.hacked") is None
    below = guide.bounding_box()["y"] - answer.bounding_box()["y"] - answer.bounding_box()["height"]
    assert 0 <= below < 60
    # marking works, though MathJax can't be fetched
    with page.expect_response(lambda got: "/api/grade/" in got.url and got.request.method == "PUT"):
        page.locator("input#essay").fill("3")
        page.locator("input#essay").blur()
    with Course(students.root).gradebook() as gradebook:
        assert gradebook.find_grade("essay", NAME, NAME, "ada").manual_score == 3


def test_the_student_gets_no_guide(students):
    course = Course(students.root)
    for folder, ending in ((course.feedback, "html"), (course.autograded, "ipynb")):
        text = (folder("ada", NAME) / f"{NAME}.{ending}").read_text()
        assert "My reasons" in text
        assert "Model answer" not in text
