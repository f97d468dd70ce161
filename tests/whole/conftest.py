"""One Chromium for all tests that look at pages: two at a time can't be driven from a process."""

import importlib.util
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


PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")


def missing_chromium():
    """Why no browser can be driven here; "" if one can."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    return "" if PROGRAM else "chromium is not installed"


def program():
    """Chromium's path; the test is skipped where there is none."""
    return PROGRAM or pytest.skip("chromium is not installed")


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium; the tests that need it are skipped where there is none."""
    if why := missing_chromium():
        pytest.skip(why)
    from playwright import sync_api as playwright

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=FLAGS)
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
