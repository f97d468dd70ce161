"""Every lecture in a real JupyterLab: its outputs are the stored ones, its sliders move pictures.

A lecture is run once here. So nbval, which would run it again, compares what the page shows.
"""

import pytest
from nbformat import from_dict, read
from nbval.plugin import IPyNbFile, coalesce_streams

from tests import ROOT

LECTURES = sorted((ROOT / "lectures").glob("*.ipynb"))

# The cells as the page holds them; those out of sight have no elements that could be looked at.
PANEL = "window.jupyterapp.shell.currentWidget"
CODE = f"[...{PANEL}.content.model.cells].filter(c => c.type === 'code')"
CELLS = f"() => {CODE}.map(c => c.toJSON())"
IDLE = f"{PANEL}.sessionContext.session?.kernel?.status === 'idle'"
READY = f"""path => {{
    const widget = window.jupyterapp?.shell?.currentWidget;
    return widget?.context?.path === path && widget.context.isReady
        && widget.content.model.cells.length > 0 && {IDLE};
}}"""
CLEARED = f"() => {CODE}.every(c => c.executionCount === null)"
DONE = f"""() => {{
    if (!({IDLE})) return false;
    const types = area => [...Array(area.length).keys()].map(i => area.get(i).type);
    const failed = {CODE}.some(c => types(c.outputs).includes('error'));
    const ran = {CODE}.every(c => c.executionCount !== null || !c.sharedModel.source);
    return failed || ran;  // an error stops the cells below
}}"""
KERNEL = f"() => {PANEL}.sessionContext.session.kernel.id"
SHOW = f"""async id => {{
    const notebook = {PANEL}.content;
    const place = [...notebook.model.cells].findIndex(c => c.id === id);
    await notebook.scrollToItem(place, 'start');
    notebook.activeCellIndex = place;
}}"""
POLL = 200  # ms; by default a page is asked at every frame, and draws one for it


def choose(page, menu, entry):
    """Click an entry of a menu in JupyterLab's menu bar."""
    page.locator(".lm-MenuBar-itemLabel", has_text=menu).first.click()
    page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()


def run_all(page):
    """Run all cells as a user would; the code cells with their new outputs."""
    choose(page, "Edit", "Clear Outputs of All Cells")
    page.wait_for_function(CLEARED, timeout=30_000)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(DONE, polling=POLL, timeout=180_000)
    return page.evaluate(CELLS)


def leave(page, lab):
    """End the kernel of the notebook, which may hold a gigabyte.

    The page goes first: a kernel that stops with words left to say may send a torn message.
    """
    kernel = page.evaluate(KERNEL)
    page.goto("about:blank")
    answer = page.request.delete(f"{lab.url}api/kernels/{kernel}?token={lab.token}")
    assert answer.status == 204, answer.text()


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
    picture.wait_for(state="visible", timeout=30_000)
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
    page.wait_for_function(DONE, polling=POLL, timeout=60_000)
    assert picture.get_attribute("alt") != before[1]


def differences(session, lecture, cells):
    """Where nbval finds that the outputs of the code cells differ from the stored ones."""
    file = IPyNbFile.from_parent(session, path=lecture)
    file.setup_sanitize_files()
    found = {}
    for stored, cell in zip(file.collect(), cells, strict=True):
        outputs = coalesce_streams([from_dict(output) for output in cell["outputs"]])
        compared = stored.options["check"] and stored.cell.execution_count is not None
        if compared and not stored.compare_outputs(outputs, coalesce_streams(stored.cell.outputs)):
            found[cell["id"]] = "\n".join(stored.comparison_traceback)
    return found


def test_what_differs_from_the_stored_outputs_is_named(request):
    if not request.config.pluginmanager.hasplugin("nbval"):
        pytest.skip("nbval compares, and is left out")
    lecture = ROOT / "lectures/02_the_perceptron.ipynb"
    cells = [cell for cell in read(lecture, as_version=4).cells if cell.cell_type == "code"]
    assert differences(request.session, lecture, cells) == {}
    words = next(cell for cell in cells for out in cell.outputs if out.get("name") == "stdout")
    words.outputs[0].text += "and more"
    picture = next(cell for cell in cells if "text/html" in str(cell.outputs))
    picture.outputs = []
    assert differences(request.session, lecture, cells).keys() == {words.id, picture.id}


PLAN_TO_EDIT = ("13_architectures",)  # what is played with there is a cell of code


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("lecture", LECTURES, ids=lambda file: file.stem)
def test_lecture_runs_as_stored_and_its_slider_moves_the_picture(request, page, lab, lecture):
    path = f"lectures/{lecture.name}"
    page.goto(lab.address(path))
    page.wait_for_function(READY, arg=path, timeout=30_000)
    cells = run_all(page)
    assert complaints(cells) == []
    if request.config.pluginmanager.hasplugin("nbval"):
        differ = differences(request.session, lecture, cells)
        assert not differ, "\n\n".join(f"{id}:\n{how}" for id, how in differ.items())
    explorers = [cell for cell in cells if is_explorer(cell)]
    live = [cell for cell in cells if is_live_figure(cell)]
    assert explorers or live or lecture.stem in PLAN_TO_EDIT, "there is nothing to play with"
    if explorers:
        move_slider(page, explorers[0])
    leave(page, lab)
