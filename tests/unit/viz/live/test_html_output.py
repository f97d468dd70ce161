"""What a live figure puts into a page."""

import io
import json
import re
from base64 import b64decode

import pytest
from PIL import Image

from course_lib.experiments import live as runs
from course_lib.viz import live
from course_lib.viz.live.html_output import FOLDER, bundle
from tests.unit.viz.live.node import needs_node, run

FIGURES = {
    "network": lambda: live.learning_network(runs.learning_network()),
    "optimizers": lambda: live.optimizer_race(runs.optimizer_race()),
    "convolution": lambda: live.convolution_by_hand(runs.convolution_by_hand()),
    "digit": lambda: live.digit_reader(runs.digit_reader()),
    "ascent": lambda: live.picture_ascent(runs.picture_ascent()),
    "t_sne": lambda: live.moving_map(runs.moving_map()),
    "suppression": lambda: live.box_suppression(runs.box_suppression()),
    "plan": lambda: live.plan_builder(runs.plan_builder()),
}


@pytest.fixture(scope="module", params=FIGURES)
def made(request):
    return request.param, FIGURES[request.param]()


def test_output_holds_a_picture_with_text_and_one_script(made):
    _, figure = made
    data = figure._repr_mimebundle_()
    assert data.keys() == {"text/html", "image/png", "text/plain"}
    html = data["text/html"]
    assert html.count("<script") == html.count("</script>") == 1
    assert re.search(r'<img src="data:image/png;base64,[^"]+" width="\d+" alt="[^"]{80,}"', html)
    assert Image.open(io.BytesIO(b64decode(data["image/png"]))).format == "PNG"
    assert figure.picture.alt in data["text/plain"]
    assert len(html) < 250_000


def test_output_loads_nothing(made):
    html = made[1].html()
    assert "import " not in re.sub(r"^ *//.*$", "", html, flags=re.MULTILINE)
    assert re.findall(r"""(?:src|href)=["'](?!data:)""", html) == []
    assert "fetch(" not in html


@pytest.mark.parametrize("name", FIGURES)
def test_output_is_the_same_every_time(name):
    assert FIGURES[name]().html() == FIGURES[name]().html()


@needs_node
@pytest.mark.parametrize("name", FIGURES)
def test_modules_join_into_one_script(name):
    """Node parses it: no name is given twice, nothing imported is missing."""
    assert run(name, f"return typeof {name} + typeof mount;") == "functionfunction"


def test_bundle_holds_each_module_once_after_what_it_needs():
    text = bundle("network")
    order = re.findall(r"^// ---- (\w+)\.js$", text, re.MULTILINE)
    assert sorted(order) == sorted(set(order))
    assert order[-1] == "network"
    assert order.index("random") < order.index("network_core") < order.index("network_view")
    assert "export" not in re.sub(r"//.*", "", text)


def test_modules_are_short():
    for file in [*FOLDER.glob("*.js"), *FOLDER.glob("*.py")]:
        assert len(file.read_text().splitlines()) <= 300, file.name


def test_config_can_not_end_the_script():
    figure = FIGURES["convolution"]()
    figure.config = {"channels": ["</script>"]}
    html = figure.html()
    assert html.count("</script>") == 1
    assert json.loads(re.search(r'mount\("[^"]+", \w+, (.*)\);', html)[1]) == figure.config
