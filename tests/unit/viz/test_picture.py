"""A picture carries its text alternative and can't be shown without; the style has one place."""

import ast
import io

import numpy as np
import pytest
from PIL import Image

from course_lib.viz import picture as kit
from tests import ROOT

VIZ = ROOT / "course_lib" / "viz"
FILES = sorted(VIZ.rglob("*.py"))


def test_a_picture_carries_its_text_alternative_into_the_page():
    figure, _ = kit.picture()
    figure.alt = 'Two curves, "up" & down'
    assert 'alt="Two curves, &quot;up&quot; &amp; down"' in figure.html()
    assert figure.png().startswith(b"\x89PNG")


@pytest.mark.parametrize("alt", ["", "  "])
def test_without_a_text_alternative_it_is_not_shown(alt):
    figure, _ = kit.picture()
    figure.alt = alt
    with pytest.raises(ValueError, match="wanted what the picture shows"):
        figure.html()
    with pytest.raises(ValueError, match="wanted what the picture shows"):
        figure._ipython_display_()


def test_a_picture_is_saved_in_256_colors_close_to_its_own():
    figure, axes = kit.picture(size=(2, 2))
    axes.imshow(np.random.default_rng(0).random((30, 30)), cmap=kit.BLUE_ORANGE)
    all_colors = io.BytesIO()
    figure.savefig(all_colors, format="png", dpi=kit.DPI)
    saved, true = (Image.open(f) for f in (io.BytesIO(figure.png()), all_colors))
    assert (saved.mode, saved.size) == ("P", true.size)
    difference = np.subtract(saved.convert("RGB"), true.convert("RGB"), dtype=int)
    assert np.abs(difference).mean() < 3


def test_a_headline_stands_at_the_upper_left():
    figure, _ = kit.picture()
    assert kit.headline(figure, "Two") is figure
    assert figure.get_suptitle() == "Two"


def test_a_frame_is_all_that_is_left():
    _, (bare, framed) = kit.picture(1, 2)
    kit.bare(bare)
    kit.frame(framed)
    for axes, visible in ((bare, False), (framed, True)):
        assert [*axes.get_xticks(), *axes.get_yticks()] == []
        assert {spine.get_visible() for spine in axes.spines.values()} == {visible}


def functions(file):
    return [n for n in ast.parse(file.read_text()).body if isinstance(n, ast.FunctionDef)]


@pytest.mark.parametrize("file", [f for f in FILES if f.name != "picture.py"], ids=lambda f: f.name)
def test_every_function_that_makes_a_picture_is_styled(file):
    for function in functions(file):
        makes = {
            node.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        } & {"picture", "Picture"}
        decorators = [d.id for d in function.decorator_list if isinstance(d, ast.Name)]
        assert ("styled" in decorators) == bool(makes), f"{file.name}: {function.name}"


def test_the_style_comes_with_the_decorator_and_goes_again():
    @kit.styled
    def drawn():
        return kit.picture()[1]

    assert not drawn().spines["top"].get_visible()
    assert kit.picture()[1].spines["top"].get_visible()


def test_each_lecture_has_at_most_one_file_and_its_name():
    lectures = {file.stem.partition("_")[2] for file in (ROOT / "lectures").glob("*.ipynb")}
    american = {name.replace("regularisation", "regularization") for name in lectures}
    files = {file.stem for file in (VIZ / "lectures").glob("*.py")} - {"__init__"}
    assert files - american == set()


def test_a_quick_picture_has_every_color():
    figure, axes = kit.picture()
    axes.imshow(np.linspace(0, 1, 1000).reshape(20, 50), cmap="viridis")
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=kit.DPI)
    quick = Image.open(io.BytesIO(figure.png(quick=True)))
    np.testing.assert_array_equal(np.asarray(quick), np.asarray(Image.open(drawn).convert("RGB")))
