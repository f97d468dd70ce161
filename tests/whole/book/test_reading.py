"""The site in a browser: searching, playing, on a phone, in the dark, and without a network."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LECTURE = "lectures/03_neurons_and_networks.html"
# the standard, and the advice that each part lies in a landmark
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "rules": {"region": {"enabled": True}},
    "resultTypes": ["violations"],  # it need not describe the thousands of parts that pass
}
PAGES = [
    "index.html",
    "lectures/00_start_here.html",
    "lectures/05_gradient_descent_and_backpropagation.html",
    "lectures/10_convolution_and_pooling.html",
    "lectures/13_architectures.html",
    "exercises/04_losses/04_losses.html",
    "ladder.html",
    "docs/students.html",
    "docs/grading.html",
    "api/nn.html",
]


@pytest.fixture
def reader(page, site):
    """A page that may ask this site and nobody else."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    own = (site.url, "data:", "blob:", "about:")
    assert [url for url in asked if not url.startswith(own)] == []


def opened(reader, site, path):
    reader.goto(site.url + path, wait_until="load")
    return reader


def test_search_finds_dropout(reader, site):
    opened(reader, site, "search.html?q=dropout")
    reader.wait_for_selector("#search-results li a")
    titles = reader.locator("#search-results li > a").all_inner_texts()
    assert any("Regularisation" in title for title in titles), titles


def test_a_live_figure_trains_without_a_kernel(reader, site):
    opened(reader, site, LECTURE)
    figure = reader.locator("[data-live^=network]").first
    figure.scroll_into_view_if_needed()
    status = figure.locator("[role=status]")
    before = float(re.search(r"loss ([\d.]+)", status.inner_text())[1])
    figure.get_by_role("button", name="Play").click()
    reader.wait_for_timeout(2500)
    figure.get_by_role("button", name="Pause").click()
    after = float(re.search(r"loss ([\d.]+)", status.inner_text())[1])
    assert after < before


def test_a_live_figure_follows_the_theme(reader, site):
    reader.emulate_media(color_scheme="dark")
    opened(reader, site, LECTURE)
    assert reader.evaluate("document.documentElement.dataset.theme") == "dark"
    reader.wait_for_function(
        "() => document.querySelector('[data-live]').style.colorScheme === 'dark'"
    )


def test_formulas_are_there_without_a_script(reader, site):
    opened(reader, site, "lectures/05_gradient_descent_and_backpropagation.html")
    assert reader.locator(".formula math").count() > 50
    assert reader.locator("script[src*=mathjax i]").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_does_not_scroll_sideways(reader, site, path):
    reader.set_viewport_size({"width": 390, "height": 844})
    opened(reader, site, path)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(reader, site, path, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    reader.emulate_media(color_scheme=theme)
    opened(reader, site, path)
    reader.wait_for_function(  # live figures take the page's colors a moment later
        "theme => [...document.querySelectorAll('[data-live]')]"
        ".every(one => one.style.colorScheme === theme)",
        arg=theme,
    )
    found = axe.Axe().run(reader, options=WCAG).response["violations"]
    problems = [(v["id"], v["nodes"][0]["target"], v["nodes"][0]["html"][:200]) for v in found]
    assert problems == []


def test_the_next_lecture_is_one_click_away(reader, site):
    opened(reader, site, LECTURE)
    reader.locator("a.right-next").click()
    reader.wait_for_url("**/04_loss_functions.html")
