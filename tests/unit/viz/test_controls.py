"""A control that moves changes the picture, and the page that shows it."""

import ipywidgets
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.layout_engine import ConstrainedLayoutEngine

from course_lib.viz import controls
from course_lib.viz.picture import bare, headline, picture


def draw(size, name):
    figure, _ = picture(size=(size, 1))
    figure.alt = f"{name} of size {size}"
    return figure


@pytest.fixture
def explorer():
    return controls.Explorer(
        draw,
        size=controls.slider("size", 2, 1, 3, 0.5),
        name=controls.choice("animal", ["cat", "cow"]),
    )


def test_controls_stand_above_the_picture_in_their_order(explorer):
    assert explorer.children[:2] == tuple(explorer.controls.values())
    assert explorer.picture.alt == "cat of size 2.0"
    explorer.controls["name"].value = "cow"
    assert explorer.picture.alt == "cow of size 2.0"


def test_what_the_page_shows_follows_the_control(explorer):
    image = explorer.children[-1]
    before = image.value
    explorer.controls["size"].value = 3.0
    assert image.value != before
    assert image.value == explorer.picture.html(quick=True)


@pytest.mark.parametrize("static", [False, True])
def test_a_page_without_kernel_keeps_an_image_with_words(explorer, monkeypatch, static):
    monkeypatch.delenv("COURSE_STATIC", raising=False)
    if static:
        monkeypatch.setenv("COURSE_STATIC", "1")
    bundle, _ = DisplayFormatter().format(explorer)
    assert bundle["text/html"] == explorer.picture.html()
    assert bundle["text/plain"] == f"Interactive figure: {explorer.picture.alt}"
    assert ("application/vnd.jupyter.widget-view+json" not in bundle) == static


def test_a_picture_without_words_is_refused_at_once():
    with pytest.raises(ValueError, match="alt is ''"):
        controls.Explorer(lambda: picture()[0])


def two_panels(*, title, limit, label, beside, rows, wide):
    figure, (left, right) = picture(1, 2, size=(wide, 3))
    left.set(title=title, ylim=(0, limit))
    left.xaxis.set_major_formatter(label)
    left.text(beside, 0.5, "a remark")
    bare(right)
    figure.colorbar(right.imshow([[0, 1]] * rows), ax=right)
    headline(figure, title).alt = title
    return figure


@pytest.mark.parametrize(
    ("moved", "values", "computed"),
    [
        ("title", ["short", "longer, which takes no room"], 0),
        ("title", ["short", "two\nlines"], 1),
        ("limit", [1, 10_000], 1),
        ("label", ["{x}", "{x}\nlow"], 1),
        ("beside", [0.1, -0.9], 1),
        ("rows", [1, 5], 1),
        ("wide", [6, 7], 1),
    ],
)
def test_a_layout_is_computed_again_only_where_it_may_differ(moved, values, computed, monkeypatch):
    still = {"title": "cat", "limit": 1, "label": "{x}", "beside": 0.1, "rows": 2, "wide": 6}

    def draw(value):
        return two_panels(**still | {moved: value})

    explorer = controls.Explorer(draw, value=controls.choice_slider("", values[0], values))
    compute, layouts = ConstrainedLayoutEngine.execute, []
    monkeypatch.setattr(
        ConstrainedLayoutEngine, "execute", lambda *a: layouts.append(a) or compute(*a)
    )
    explorer.controls["value"].value = values[1]
    assert len(layouts) == computed
    assert all(axes.get_in_layout() for axes in explorer.picture.axes)  # for who draws it again
    assert explorer.children[-1].value == draw(values[1]).html(quick=True)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (["cat", "cow"], ipywidgets.ToggleButtons),
        (["half of x, three times, by a loop", "cow"], ipywidgets.Dropdown),
        (list("abcdefg"), ipywidgets.Dropdown),
    ],
)
def test_a_choice_shows_its_options_while_they_fit(options, kind):
    control = controls.choice("word", options)
    assert isinstance(control, kind)
    assert (control.value, control.options) == (options[0], tuple(options))
    assert controls.choice("word", options, options[1]).value == options[1]


def test_sliders_hold_what_they_are_given():
    assert controls.integer_slider("n", 2, 0, 5).value == 2
    assert controls.choice_slider("n", 4, [1, 4, 9]).options == (1, 4, 9)
    power = controls.power_slider("rate", 0.01, -3, 0, 0.5, live=False)
    assert (power.value, power.min, power.max, power.continuous_update) == (0.01, -3, 0, False)
    assert controls.switch("on").value is False
