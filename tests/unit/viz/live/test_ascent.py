"""The page takes the steps that the library's ``ascend`` takes."""

import numpy as np
import pytest

from course_lib.experiments import inside
from course_lib.experiments.live import ascent, digits
from course_lib.nn import softmax
from tests.unit.viz.live.node import needs_node, run

LAYERS = digits.readers()["network"]["layers"]


@needs_node
def test_scores_and_gradients_agree_to_a_millionth():
    x, reader = np.array(list(ascent.starts().values()))[:, np.newaxis], digits.trained_reader()
    targets = [(3 * n) % 10 for n in range(len(x))]
    _, gradient = inside.score_and_gradient(reader, x, targets)
    page = run(
        "ascent_core",
        "const reader = createReader(given.layers);"
        "return given.x.map((pixels, n) => {"
        "  const { scores, gradient } = scoreAndGradient(reader, pixels, given.targets[n]);"
        "  return { scores, gradient: Array.from(gradient) };"
        "});",
        layers=LAYERS, x=x.reshape(len(x), -1).tolist(), targets=targets,
    )  # fmt: skip
    np.testing.assert_allclose([one["scores"] for one in page], reader(x), atol=1e-6)
    of_page = np.reshape([one["gradient"] for one in page], x.shape)
    np.testing.assert_allclose(of_page, gradient, rtol=0, atol=1e-6)


@needs_node
@pytest.mark.parametrize(
    ("start", "target", "recipe"),
    [
        ("noise", 3, {}),
        ("a 4", 9, {"limit": 0.15}),
        ("a 7", 2, {"decay": 0.0, "spread": 0.0, "rate": 0.02}),
        ("a 8", 1, {"spread": 1, "decay": 0.2}),
    ],
)
def test_forty_steps_agree_to_a_millionth(start, target, recipe):
    recipe = ascent.RECIPE | recipe
    page = run(
        "ascent_core",
        "const ascent = createAscent(createReader(given.layers), given.start);"
        "for (let n = 0; n < 40; n++) stepAscent(ascent, given);"
        "return { x: Array.from(ascent.x), p: readAscent(ascent).p };",
        layers=LAYERS, start=ascent.starts()[start].ravel().tolist(), target=target, **recipe,
    )  # fmt: skip
    x = ascent.climb(start, target, 40, **recipe)
    np.testing.assert_allclose(np.reshape(page["x"], (28, 28)), x, rtol=0, atol=1e-6)
    p = softmax(digits.trained_reader()(x[np.newaxis, np.newaxis]))[0]
    np.testing.assert_allclose(page["p"], p, atol=1e-6)
    assert np.abs(x - ascent.starts()[start]).max() <= recipe["limit"] + 1e-12


@needs_node
@pytest.mark.parametrize("spread", [0.5, 0.7, 1])
def test_blur_is_the_library_s(spread):
    x = np.random.default_rng(0).random((28, 28))
    page = run(
        "ascent_core", "return blur(given.x, given.spread);", x=x.ravel().tolist(), spread=spread
    )
    np.testing.assert_allclose(np.reshape(page, (28, 28)), inside.blur(x, spread), atol=1e-12)
