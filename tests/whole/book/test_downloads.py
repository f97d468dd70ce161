"""What can be taken away from a lecture's page: slides that need no network, and a PDF."""

import re
import shutil
import sys
from types import SimpleNamespace

import pytest

from tests import ROOT
from tests.whole.conftest import program

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "05_gradient_descent_and_backpropagation"


@pytest.fixture
def book(monkeypatch):
    """The modules that build the site."""
    monkeypatch.syspath_prepend(str(ROOT / "docs/book"))
    import downloads
    import printing

    yield SimpleNamespace(downloads=downloads, printing=printing)
    for name in ("downloads", "printing"):
        sys.modules.pop(name)


def test_every_lecture_has_slides_and_says_so(site):
    lectures = sorted(path.stem for path in ROOT.glob("lectures/*.ipynb"))
    for name in lectures:
        assert f'href="{name}.slides.html"' in (site.folder / f"lectures/{name}.html").read_text()
        deck = (site.folder / f"lectures/{name}.slides.html").read_text()
        # a slide is cut to the screen and scrolls
        assert re.search(r"max-height: 860px;\s*overflow: hidden auto;", deck)


def test_slides_move_and_ask_nothing_of_anybody(page, site, tmp_path):
    """Opened from a folder in which nothing else lies."""
    deck = shutil.copy(site.folder / f"lectures/{NAME}.slides.html", tmp_path)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{deck}")
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert page.evaluate("Reveal.getTotalSlides()") > 40
    assert page.locator("math").count() > 100
    text = page.locator(".slides").text_content()
    assert re.findall(r"\$[a-zA-Z\\][^$\n]{0,40}\$", text) == []
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => Reveal.getIndices().h === 1")
    figure = page.locator("[data-live]").first
    figure.evaluate(
        "one => Reveal.slide(...Object.values(Reveal.getIndices(one.closest('section'))))"
    )
    figure.locator("[role=status]").wait_for(state="attached")
    assert [url for url in asked if not url.startswith(("file:///tmp", "data:", "blob:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1


def test_a_lecture_is_printed_with_its_figures(book, site, tmp_path):
    page = site.folder / f"lectures/{NAME}.html"
    book.printing.write(program(), [page])
    made = page.with_suffix(".pdf").read_bytes()
    page.with_suffix(".pdf").unlink()  # the tests of links do not know it
    assert made.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", made)) > 15
    pictures = page.read_text().count('class="cell_output')
    assert made.count(b"/Subtype /Image") > 10, pictures
    assert not list(page.parent.glob("*.print.html"))


def test_the_menu_has_the_pdf_where_there_is_one(book):
    def menu(page, pdf):
        buttons = [{"label": "download-source-button"}, {"label": "download-pdf-button", "x": 1}]
        context = {"header_buttons": [{"label": "download-buttons", "buttons": buttons}]}
        app = SimpleNamespace(config=SimpleNamespace(lectures_as_pdf=pdf))
        book.downloads.add(app, page, "page.html", context, None)
        return [one.get("url") for one in context["header_buttons"][0]["buttons"]]

    assert menu("lectures/05_x", True) == [None, "05_x.slides.html", "05_x.pdf"]
    assert menu("lectures/05_x", False) == [None, None, "05_x.slides.html"]
    assert menu("docs/students", True) == [None, None]
