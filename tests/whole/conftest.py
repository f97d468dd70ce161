"""One Chromium for all tests that look at pages: two at a time can't be driven from a process."""

import shutil

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program():
    """Chromium's path; the test is skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or pytest.skip("chromium is not installed")


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium; the tests that need it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = program()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page that fails the test if a script in it fails."""
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors, errors
