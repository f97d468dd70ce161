"""The page reads digits as the library does, and as well as it says."""

import numpy as np
import pytest

from course_lib.data import mnist
from course_lib.experiments.live import digits
from course_lib.experiments.live.train_digit_reader import unpack
from course_lib.nn import softmax
from course_lib.training import predict
from tests.unit.viz.live.node import needs_node, run

READERS = digits.readers()


@needs_node
@pytest.mark.parametrize("name", READERS)
def test_probabilities_agree_to_a_millionth(name):
    layers = READERS[name]["layers"]
    x = mnist().X_test[:100].astype(float)
    page = run(
        "digit_core",
        "const layers = unpack(given.layers);"
        "return given.x.map((pixels) => probabilities(read(layers, pixels)));",
        layers=layers, x=x.reshape(-1, 784).tolist(),
    )  # fmt: skip
    np.testing.assert_allclose(page, softmax(predict(unpack(name, layers), x)), rtol=0, atol=1e-6)


@needs_node
@pytest.mark.slow
@pytest.mark.parametrize(("name", "accuracy"), [("softmax", 0.9268), ("network", 0.9935)])
def test_accuracy_shown_is_the_page_s_own_on_all_test_digits(tmp_path, name, accuracy):
    data = mnist()
    pixels = np.rint(data.X_test * 255).astype(np.uint8)
    (tmp_path / "digits").write_bytes(pixels.tobytes())
    right = run(
        "digit_core",
        """
        const bytes = readFileSync(given.file);
        const layers = unpack(given.layers);
        return given.labels.filter((label, n) => {
            const ink = Array.from(bytes.subarray(784 * n, 784 * n + 784), (v) => v / 255);
            const scores = read(layers, ink);
            return scores.indexOf(Math.max(...scores)) === label;
        }).length;
        """,
        file=str(tmp_path / "digits"), labels=data.y_test.tolist(), layers=READERS[name]["layers"],
    )  # fmt: skip
    assert right / len(data.y_test) == READERS[name]["accuracy"] == accuracy


@needs_node
def test_a_drawing_is_scaled_and_centered_as_mnist_is():
    """Test digits drawn twice as large in a corner are seen, and read, nearly as they were."""
    data = mnist()
    x, y = data.X_test[:50, 0].astype(float), data.y_test[:50]
    drawings = np.zeros((50, 112, 112))
    drawings[:, 50:106, 3:59] = np.kron(x, np.ones((2, 2)))
    page = run(
        "digit_core",
        "const layers = unpack(given.layers);"
        "const seen = given.drawings.map((drawing) => normalize(drawing, 112));"
        "return { seen, scores: seen.map((pixels) => read(layers, pixels)) };",
        layers=READERS["network"]["layers"],
        drawings=drawings.reshape(50, -1).round(4).tolist(),
    )
    seen = np.reshape(page["seen"], (50, 28, 28))
    likeness = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(seen, x, strict=True)]
    assert np.mean(likeness) > 0.9
    rows, columns = np.mgrid[:28, :28]
    for axis in (rows, columns):
        middles = (seen * axis).sum(axis=(1, 2)) / seen.sum(axis=(1, 2))
        np.testing.assert_allclose(middles, 14, atol=0.3)
    assert np.mean(np.argmax(page["scores"], axis=1) == y) >= 0.98


@needs_node
def test_blank_paper_and_strokes():
    drawn = run(
        "digit_core",
        "const paper = new Array(400).fill(0);"
        "const blank = normalize(paper, 20);"
        "stroke(paper, 20, [4, 10], [15, 10], 2);"
        "return { blank, paper };",
    )
    assert not any(drawn["blank"])
    paper = np.reshape(drawn["paper"], (20, 20))
    assert np.all(paper[9:12, 4:16] == 1)
    assert not paper[:7].any()
    assert not paper[14:].any()
