"""Every lecture in a real JupyterLab: it runs from top to bottom, and its sliders move pictures."""

import pytest

from tests import ROOT

LECTURES = sorted((ROOT / "lectures").glob("*.ipynb"))

# The cells as the page holds them; those out of sight have no elements that could be looked at.
CELLS = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    return {
        kernel: panel.sessionContext.session?.kernel?.status,
        cells: [...panel.content.model.cells].filter(c => c.type === 'code').map(c => c.toJSON()),
    };
}"""
READY = f"""path => {{
    const widget = window.jupyterapp?.shell?.currentWidget;
    return widget?.context?.path === path && widget.context.isReady
        && widget.content.model.cells.length > 0 && ({CELLS})().kernel === 'idle';
}}"""
CLEARED = f"() => ({CELLS})().cells.every(c => c.execution_count === null)"
DONE = f"""() => {{
    const now = ({CELLS})();
    const failed = now.cells.some(c => c.outputs.some(o => o.output_type === 'error'));
    const ran = now.cells.every(c => c.execution_count !== null || !c.source);
    return now.kernel === 'idle' && (failed || ran);  // an error stops the cells below
}}"""
END = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
SHOW = """async id => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const place = [...notebook.model.cells].findIndex(c => c.id === id);
    await notebook.scrollToItem(place, 'start');
    notebook.activeCellIndex = place;
}"""


def choose(page, menu, entry):
    """Click an entry of a menu in JupyterLab's menu bar."""
    page.locator(".lm-MenuBar-itemLabel", has_text=menu).first.click()
    page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()


def run_all(page):
    """Run all cells as a user would; the code cells with their new outputs."""
    choose(page, "Edit", "Clear Outputs of All Cells")
    page.wait_for_function(CLEARED, timeout=10_000)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(DONE, timeout=180_000)
    return page.evaluate(CELLS)["cells"]


def complaints(cells):
    """The errors and the text on stderr among the outputs of the cells."""
    outputs = [output for cell in cells for output in cell["outputs"]]
    errors = ["\n".join(o["traceback"]) for o in outputs if o["output_type"] == "error"]
    return errors + [o["text"] for o in outputs if o.get("name") == "stderr"]


def is_explorer(cell):
    """Whether a cell shows a picture with live controls."""
    return any(
        "application/vnd.jupyter.widget-view+json" in o.get("data", {}) for o in cell["outputs"]
    )


def is_live_figure(cell):
    """Whether a cell shows a figure that moves in the page; test_live.py plays with those."""
    return any("live-figure" in str(o.get("data", {}).get("text/html")) for o in cell["outputs"])


def move_slider(page, cell):
    """Press arrow keys on the first slider of a cell; the picture must change."""
    page.evaluate(SHOW, cell["id"])
    picture = page.locator(".jp-mod-active .jp-OutputArea img").first
    picture.wait_for(state="visible", timeout=10_000)
    before = picture.get_attribute("src"), picture.get_attribute("alt")
    handle = page.locator(".jp-mod-active .noUi-handle").first
    at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft" if at_end else "ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.jp-mod-active .jp-OutputArea img').src !== before",
        arg=before[0],
        timeout=60_000,  # some train a small network for each picture
    )
    page.wait_for_function(DONE, timeout=60_000)
    assert picture.get_attribute("alt") != before[1]


PLAN_TO_EDIT = ("13_architectures",)  # what is played with there is a cell of code


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("lecture", LECTURES, ids=lambda file: file.stem)
def test_lecture_runs_and_its_slider_moves_the_picture(page, lab, lecture):
    path = f"lectures/{lecture.name}"
    page.goto(lab.address(path))
    page.wait_for_function(READY, arg=path, timeout=30_000)
    cells = run_all(page)
    assert complaints(cells) == []
    explorers = [cell for cell in cells if is_explorer(cell)]
    live = [cell for cell in cells if is_live_figure(cell)]
    assert explorers or live or lecture.stem in PLAN_TO_EDIT, "there is nothing to play with"
    if explorers:
        move_slider(page, explorers[0])
    page.evaluate(END)  # a kernel may hold a gigabyte
