"""What students and an instructor do on the hub, in a browser, as they would."""

import os
import re

from tests.unit.grading.tiny_course import NAME
from tests.whole.hub.machine import PASSWORD

WAIT = 180_000  # milliseconds, on a busy machine
SERVICE = "services/course"


class Person:
    """Somebody with a browser that knows nobody else."""

    def __init__(self, chromium, hub, name):
        self.hub, self.name = hub, name
        self.context = chromium.new_context(viewport={"width": 1300, "height": 800})
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()

    def log_in(self, where=""):
        """Log in on the way to ``where``; a student's server then starts."""
        self.page.goto(f"{self.hub.url}/{where}")
        self.page.fill("#username_input", self.name)
        self.page.fill("#password_input", PASSWORD.format(self.name))
        self.page.click("#login_submit", no_wait_after=True)

    def status(self, path):
        """What the hub answers to a request with the cookies of this browser."""
        return self.context.request.get(f"{self.hub.url}/{path}", max_redirects=20).status

    def picture(self, what):
        if shots := os.environ.get("COURSE_SCREENSHOTS"):
            self.page.wait_for_timeout(500)  # a dialog comes in slowly
            self.page.screenshot(path=f"{shots}/hub-{self.name}-{what}.png")


class Student(Person):
    def open_assignments(self):
        self.page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").first.click()
        self.picture("menu")
        self.page.locator(".lm-Menu-itemLabel", has_text="Assignment List").click()

    def listed(self, part):
        """A part of the list: released, fetched or submitted."""
        return self.page.locator(f"#{part}_assignments_list")

    def fetch(self):
        self.listed("released").get_by_role("button", name="Fetch").click()
        self.picture("fetch")
        self.listed("fetched").get_by_role("button", name="Submit").wait_for()

    def answer(self, **answers):
        """Write each answer into its cell, run the notebook and save it."""
        self.listed("fetched").locator("a.assignment-notebooks-link").click()
        self.listed("fetched").locator(".nested_list_item a", has_text=NAME).click()
        for function, text in answers.items():
            cell = self.page.locator(".jp-CodeCell", has_text=f"def {function}(x)").first
            cell.locator(".cm-content").click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        self.page.get_by_text("(ipykernel) | Idle").wait_for()  # earlier, nothing would run
        self.page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()
        self.page.locator(".jp-OutputArea-output", has_text="triple: ").wait_for()
        self.picture("answered")
        self.page.keyboard.press("Control+S")
        self.page.locator("li.lm-mod-current:not(.jp-mod-dirty)", has_text=NAME).wait_for()

    def submit(self):
        self.page.locator(".lm-TabBar-tabLabel", has_text="Assignments").click()
        self.listed("fetched").get_by_role("button", name="Submit").click()
        self.listed("submitted").get_by_role("button", name="Fetch Feedback").wait_for()
        self.picture("submitted")

    def fetch_feedback(self):
        self.listed("submitted").get_by_role("button", name="Fetch Feedback").click()
        self.listed("submitted").get_by_text("view feedback").first.wait_for()
        self.picture("feedback-list")

    def feedback(self):
        """The text of the feedback page, opened from the student's own server."""
        found = self.hub.run(self.name, f"cd {NAME}/feedback; ls -d */*.html").strip()
        page = self.context.new_page()
        page.goto(f"{self.hub.url}/user/{self.name}/files/{NAME}/feedback/{found}")
        text = page.locator("body").inner_text()
        if shots := os.environ.get("COURSE_SCREENSHOTS"):
            page.screenshot(path=f"{shots}/hub-{self.name}-feedback.png")
        page.close()
        return text


class Instructor(Person):
    def in_formgrader(self, action):
        """Click what is in the column ``action`` of the assignment; what the page then says."""
        self.page.goto(f"{self.hub.url}/{SERVICE}/formgrader")
        self.page.locator(f"td.{action} a").click()
        said = self.page.locator(".modal-body:visible")
        said.get_by_text(re.compile("Success|error", re.IGNORECASE)).first.wait_for()
        self.picture(action)
        return said.first.inner_text()

    def in_terminal(self, command, until):
        """Type a command into a terminal of the course's server, and wait for ``until()``."""
        self.page.goto(f"{self.hub.url}/{SERVICE}/lab")
        self.page.locator(".jp-LauncherCard", has_text="Terminal").click()
        self.page.locator(".jp-Terminal .xterm").click()
        self.page.wait_for_timeout(1000)
        self.page.keyboard.type(f"{command}\n")
        until()
        self.picture("graded")
