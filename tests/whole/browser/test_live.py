"""The live figures in exported pages, JupyterLab and Notebook 7, with and without scripts."""

import functools

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_lib.experiments import live as runs
from course_lib.viz import live
from tests.whole.browser.test_lectures import CELLS, READY, complaints, leave, run_all
from tests.whole.jupyter import serving

pytestmark = pytest.mark.browser

FIGURES = {
    "network": "live.learning_network(runs.learning_network())",
    "optimizers": "live.optimizer_race(runs.optimizer_race())",
    "convolution": "live.convolution_by_hand(runs.convolution_by_hand())",
    "digit": "live.digit_reader(runs.digit_reader())",
    "spectrogram": "live.moving_spectrogram(runs.moving_spectrogram())",
    "ascent": "live.picture_ascent(runs.picture_ascent())",
    "grid_world": "live.learning_in_a_grid(runs.learning_in_a_grid())",
    "t_sne": "live.moving_map(runs.moving_map())",
    "suppression": "live.box_suppression(runs.box_suppression())",
    "plan": "live.plan_builder(runs.plan_builder())",
}


def made(source):
    """The figure that a lecture's cell makes."""
    return eval(source, {"live": live, "runs": runs})


ALIVE = """n => {
    const hosts = [...document.querySelectorAll('[data-live]')];
    return hosts.length === n && hosts.every(host => host.shadowRoot);
}"""
DARK = """() => window.jupyterapp.commands.execute(
    'apputils:change-theme', { theme: 'JupyterLab Dark' })"""
IS_DARK = "() => document.querySelector('[data-live]').style.colorScheme === 'dark'"
# counts the pictures that a page draws by itself
COUNT_FRAMES = """() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.frames_asked = 0;
    window.requestAnimationFrame = f => { window.frames_asked += 1; return ask(f); };
}"""


def notebook(run=True, names=tuple(FIGURES)):
    """A notebook of the figures called ``names``, with outputs or without."""
    imports = "from course_lib.experiments import live as runs\nfrom course_lib.viz import live"
    cells = [new_code_cell(imports, execution_count=1 if run else None)]
    for name in names:
        cell = new_code_cell(FIGURES[name])
        if run:
            data = made(FIGURES[name])._repr_mimebundle_()
            cell.outputs = [new_output("execute_result", data, execution_count=2)]
            cell.execution_count = 2
        cells.append(cell)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """The address of a page of some figures that nbconvert made; no server, no kernel."""
    folder = tmp_path_factory.mktemp("exported")

    @functools.cache
    def address(*names):
        file = folder / f"{'-'.join(names)}.html"
        html, _ = HTMLExporter().from_notebook_node(notebook(names=names))
        file.write_text(html)
        return file.as_uri()

    return address


@pytest.fixture
def notebook_7(course, tmp_path):
    """The address of a notebook of the figures in Notebook 7."""
    nbformat.write(notebook(run=False), course / "seven.ipynb")
    options = [f"--ServerApp.root_dir={course}", "--JupyterNotebookApp.expose_app_in_browser=True"]
    with serving("notebook", tmp_path, *options) as server:
        yield f"{server.url}notebooks/seven.ipynb?token={server.token}"


def open_figure(page, exported, name, *others, **emulated):
    """The figure called ``name`` in an exported page, and what the page has asked for.

    others: figures below it.
    """
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    if emulated:
        page.emulate_media(**emulated)
    page.goto(exported(name, *others), wait_until="domcontentloaded")
    page.wait_for_function(ALIVE, arg=1 + len(others))
    figure = page.locator(f"[data-live^={name}]")
    figure.scroll_into_view_if_needed()
    return figure, asked


def status(figure):
    return figure.locator("[role=status]").inner_text()


@pytest.mark.parametrize(
    "name",
    [
        "network",
        "optimizers",
        "convolution",
        "spectrogram",
        "ascent",
        "grid_world",
        "t_sne",
        "suppression",
    ],
)
def test_plays_pauses_steps_and_resets(page, exported, name):
    figure, _ = open_figure(page, exported, name)
    figure.get_by_role("button", name="Reset").click()
    start = status(figure)
    figure.get_by_role("button", name="Step").click()
    assert status(figure) != start
    figure.get_by_role("button", name="Play").click()
    stepped = status(figure)
    page.wait_for_timeout(2500)
    figure.get_by_role("button", name="Pause").click()
    paused = status(figure)
    assert paused not in (start, stepped)
    page.wait_for_timeout(300)
    assert status(figure) == paused
    figure.get_by_role("button", name="Reset").click()
    assert status(figure) == start


def test_network_learns_and_takes_new_samples(page, exported):
    figure, _ = open_figure(page, exported, "network")
    assert "of 100 wrong" in status(figure)
    plane = figure.get_by_role("application")
    plane.click(position={"x": 40, "y": 40})
    assert "of 101 wrong" in status(figure)
    plane.focus()
    for key in ("ArrowLeft", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    assert "of 102 wrong" in status(figure)
    figure.get_by_role("button", name="remove them").click()
    assert "of 100 wrong" in status(figure)
    figure.get_by_label("activation").select_option("relu")
    figure.get_by_label("rate").fill("5")  # 0.3
    figure.get_by_label("steps a picture").fill("5")
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(3000)
    figure.get_by_role("button", name="Pause").click()
    assert int(status(figure).split("loss")[1].split(",")[1].split()[0]) < 20  # of 100 wrong


def test_race_starts_where_it_is_clicked(page, exported):
    figure, _ = open_figure(page, exported, "optimizers")
    first = status(figure)
    figure.get_by_role("application").click(position={"x": 30, "y": 30})
    clicked = status(figure)
    assert clicked != first
    figure.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    assert status(figure) != clicked
    before = figure.get_by_role("row", name="Adam").last.inner_text()
    figure.get_by_label("rate of Adam").press("ArrowLeft")
    assert figure.get_by_role("row", name="Adam").last.inner_text() != before


def test_map_is_made_anew_for_another_perplexity(page, exported):
    figure, _ = open_figure(page, exported, "t_sne")
    first = status(figure)
    assert first.startswith("Step 400 of 400, perplexity 12: divergence")
    figure.get_by_label("perplexity").press("ArrowRight")
    assert "perplexity 20" in status(figure)
    figure.get_by_label("perplexity").press("ArrowLeft")
    assert status(figure) == first
    figure.get_by_label("data").select_option("noise")
    assert status(figure) != first


def test_convolution_is_read_with_arrow_keys(page, exported):
    figure, _ = open_figure(page, exported, "convolution")
    assert status(figure).startswith("Filter 1, row 1, column 1: 1 (red) + 4 (green)")
    figure.locator("button.now").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert status(figure).startswith("Filter 2, row 1, column 2: ")
    figure.get_by_label("stride").fill("0")
    assert figure.locator(".maps button").count() == 2 * 25


def test_grid_world_is_built_and_learned_in(page, exported):
    figure, _ = open_figure(page, exported, "grid_world")
    assert status(figure).startswith("Before the first sweep")
    figure.get_by_role("button", name="Step").click()
    assert status(figure) == "Sweep 1: the largest change of a value is 1.0000."
    square = figure.get_by_role("button", name="row 1, column 1: free")
    square.focus()
    page.keyboard.press("Enter")
    assert figure.get_by_role("button", name="row 1, column 1: wall").count() == 1
    figure.get_by_label("method").select_option("moves")
    figure.get_by_role("button", name="Step").click()
    assert status(figure).startswith("Episode 1, move 1. Went ")


def test_digit_is_drawn_with_mouse_and_keys(page, exported):
    figure, _ = open_figure(page, exported, "digit")
    figure.get_by_role("button", name="Wipe").click()
    assert status(figure) == "Draw a digit."
    paper = figure.get_by_role("application")
    box = paper.bounding_box()

    def go(x, y):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)

    go(0.25, 0.2)
    page.mouse.down()
    go(0.7, 0.2)
    go(0.4, 0.85)
    page.mouse.up()
    assert "The network reads a 7" in status(figure)
    page.keyboard.press("Delete")
    assert status(figure) == "Draw a digit."
    for key in (*["ArrowUp"] * 8, " ", *["ArrowDown"] * 16, " "):
        page.keyboard.press(key)
    assert "The network reads a 1" in status(figure)


def test_noise_becomes_what_the_network_reads_as_the_chosen_digit(page, exported):
    figure, _ = open_figure(page, exported, "ascent")
    assert status(figure).startswith("Step 0: read as a ")
    figure.get_by_label("begin with").select_option("a 4")
    assert "Step 0: read as a 4" in status(figure)
    figure.get_by_label("make it a").select_option("9")
    figure.get_by_label("pull to paper").fill("0")
    figure.get_by_label("blur").fill("0")
    figure.get_by_label("most a pixel may change").fill("2")  # 0.15
    figure.get_by_label("steps a second").fill("4")  # 60
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(3000)
    figure.get_by_role("button", name="Pause").click()
    assert "read as a 9" in status(figure)
    assert "Largest change of a pixel: 0.15" in status(figure)


def test_suppression_keeps_one_box_after_the_other(page, exported):
    figure, _ = open_figure(page, exported, "suppression")
    assert "found" in status(figure)
    figure.get_by_role("button", name="Reset").click()
    assert status(figure).endswith("boxes, and nothing decided.")
    figure.get_by_role("button", name="Step").click()
    assert status(figure).startswith("Step 1 of ")
    assert figure.get_by_role("row").count() > 3
    figure.get_by_label("IoU limit").fill("10")  # 1: nothing goes
    assert ", 0 with an IoU above 1 go" in status(figure)
    figure.get_by_label("least score").fill("9")  # 0.9
    figure.get_by_role("combobox").select_option("1")
    assert "Of " in status(figure) or "No box" in status(figure)


def test_plan_is_changed_layer_by_layer(page, exported):
    figure, _ = open_figure(page, exported, "plan")
    assert status(figure).startswith("61,706 parameters, 416,520 multiply-adds")
    figure.get_by_role("radio", name="conv 6, 5 x 5").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert figure.get_by_role("radio", checked=True).count() == 1
    assert "Layer 3 has 4 % of the parameters and 58 %" in status(figure)
    figure.get_by_role("button", name="Add a copy below").click()
    assert "the window of size 5 is larger than the picture of size 3" in status(figure)
    assert figure.get_by_text("not reached").count() == 2
    figure.get_by_role("button", name="Remove").click()
    figure.get_by_role("radio", name="conv 16, 5 x 5").check()
    figure.get_by_label("stride").fill("2")
    assert "(14 - 5 + 2 * 0) / 2 + 1 = 5.5 is no whole number" in status(figure)
    figure.get_by_label("stride").fill("")
    assert figure.get_by_label("stride").get_attribute("aria-invalid") == "true"
    figure.get_by_role("button", name="Reset").click()
    assert status(figure).startswith("61,706 parameters")
    figure.get_by_label("begin with").select_option("VGG-16 (D)")
    assert status(figure).startswith("138,357,544 parameters, 15,470,264,320 multiply-adds")
    figure.get_by_label("kind").select_option("dense")
    assert "it gets the shape (10,), wanted (C, H, W)" in status(figure)
    figure.get_by_role("button", name="Reset").click()
    figure.get_by_label("picture's side").fill("225")
    assert "Layer 3, max 2 x 2 / 2: the window does not fit" in status(figure)


@pytest.mark.parametrize("name", FIGURES)
def test_loads_nothing_from_anywhere(page, exported, name):
    _, asked = open_figure(page, exported, name)
    # nbconvert's own page asks for MathJax and require.js; the figures ask for nothing
    ours = [url for url in asked if not url.startswith(("data:", "file:"))]
    assert all("cdnjs" in url or "mathjax" in url.lower() for url in ours), ours


@pytest.mark.parametrize("name", FIGURES)
def test_phone_shows_it_without_sideways_scrolling(page, exported, name):
    page.set_viewport_size({"width": 360, "height": 700})
    figure, _ = open_figure(page, exported, name)
    box = figure.bounding_box()
    inner = figure.locator(".figure").evaluate("e => e.scrollWidth - e.clientWidth")
    assert inner <= 0
    assert box["x"] + box["width"] <= 360


def test_rests_when_paused_or_out_of_sight(page, exported):
    figure, _ = open_figure(page, exported, "network", "digit")
    page.evaluate(COUNT_FRAMES)
    page.wait_for_timeout(400)
    assert page.evaluate("window.frames_asked") == 0  # not playing
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(400)
    assert page.evaluate("window.frames_asked") > 3
    page.evaluate("document.querySelector('[data-live^=network]').style.marginBottom = '3000px'")
    page.locator("[data-live^=digit]").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before = page.evaluate("window.frames_asked")
    page.wait_for_timeout(500)
    assert page.evaluate("window.frames_asked") - before <= 1
    figure.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert page.evaluate("window.frames_asked") - before > 3  # it goes on


def test_less_motion_means_two_pictures_a_second(page, exported):
    figure, _ = open_figure(page, exported, "network", reduced_motion="reduce")
    figure.evaluate("""host => {
        const line = host.shadowRoot.querySelector('[role=status]');
        window.pictures = 0;
        new MutationObserver(() => window.pictures++).observe(line, { childList: true });
    }""")
    figure.get_by_role("button", name="Play").click()
    page.wait_for_timeout(2000)
    assert 2 <= page.evaluate("window.pictures") <= 6


def test_follows_the_page_into_the_dark(page, exported):
    figure, _ = open_figure(page, exported, "optimizers")
    assert figure.evaluate("h => h.style.colorScheme") == "light"
    page.evaluate("""() => {
        document.body.style.setProperty('--jp-layout-color0', '#111111');
        document.body.style.backgroundColor = '#111111';
        document.querySelectorAll('*').forEach(e => { e.style.backgroundColor = '#111111'; });
        document.body.dataset.jpThemeLight = 'false';
    }""")
    page.wait_for_function(IS_DARK)


def test_picture_stands_where_scripts_are_stripped(chromium, exported):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(exported(*FIGURES), wait_until="domcontentloaded")
    for name in FIGURES:
        picture = page.locator(f"[data-live^={name}] img")
        assert picture.is_visible()
        assert len(picture.get_attribute("alt")) > 80
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_accessible(page, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    color = "background: #111; color: #eee" if scheme == "dark" else "background: #fff"
    figure = made(FIGURES[name]).html()
    page.set_content(
        f'<!doctype html><html lang="en"><title>{name}</title><body style="{color}">'
        f"<main><h1>A lecture</h1><h2>A section</h2>{figure}</main></body></html>"
    )
    page.wait_for_function(ALIVE, arg=1)
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []


@pytest.mark.slow
def test_run_cells_come_alive_in_jupyterlab(page, lab, course):
    path = "live.ipynb"
    nbformat.write(notebook(run=False), course / path)
    page.goto(lab.address(path))
    page.wait_for_function(READY, arg=path, timeout=60_000)
    assert complaints(run_all(page)) == []
    use_network(page)
    page.evaluate(DARK)
    page.wait_for_function(IS_DARK, timeout=20_000)
    leave(page, lab)


@pytest.mark.slow
def test_run_cells_come_alive_in_notebook_7(chromium, notebook_7):
    page = chromium.new_page()  # not the fixture: Notebook 7 has a script error of its own
    page.goto(notebook_7)
    page.wait_for_function(READY, arg="seven.ipynb", timeout=60_000)
    assert complaints(run_all(page)) == []
    use_network(page)
    page.close()


def use_network(page):
    """The network's figure answers to mouse and keys, and keeps its keys for itself."""
    figure = page.locator("[data-live^=network]")
    figure.wait_for(timeout=60_000)
    figure.get_by_role("button", name="Step").click()
    figure.get_by_role("button", name="Step").press("Enter")
    assert status(figure).startswith("Step 2:")
    layers = figure.get_by_label("hidden layers")
    for key in ("ArrowRight", "d", "d"):  # d d would delete the cell
        layers.press(key)
    assert figure.count() == 1
    assert status(figure).startswith("Step 0:")


@pytest.mark.slow
def test_untrusted_notebook_shows_the_picture(page, lab, course):
    path = "live_untrusted.ipynb"
    nbformat.write(notebook(), course / path)
    page.goto(lab.address(path))
    page.wait_for_function(READY, arg=path, timeout=60_000)
    picture = page.locator(".jp-OutputArea img").first
    picture.wait_for(state="visible", timeout=30_000)
    assert len(picture.get_attribute("alt")) > 80
    assert page.evaluate(CELLS)[0]["execution_count"] is not None
    leave(page, lab)
