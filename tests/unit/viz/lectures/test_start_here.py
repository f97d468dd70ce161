"""One step of learning is drawn as it is; the first slider of the course moves the neuron."""

import numpy as np

from course_lib import nn
from course_lib.viz.lectures import start_here as figures


def test_a_neuron_moved_by_hand():
    explorer = figures.neuron_by_hand(nn.sigmoid, w=1.0, b=0.0)
    explorer.controls["w"].value = 2.0
    explorer.controls["b"].value = -1.0
    x, y = explorer.picture.axes[0].lines[0].get_data()
    np.testing.assert_allclose(y, 1 / (1 + np.exp(1 - 2 * x)))
    assert "weight 2 and bias -1" in explorer.picture.alt


def test_one_step_shows_what_it_was_given():
    before, after = np.full(10, 0.1), np.full(10, 0.05)
    after[7] = 0.55
    picture = figures.one_step(np.zeros((1, 28, 28)), 7, before, after)
    bars = picture.axes[2].containers
    assert [[bar.get_width() for bar in one] for one in bars] == [[*before], [*after]]
    assert "a 7: the network gives it the probability 0.10 before the step and 0.55" in picture.alt
    boxes = {text.get_text() for text in picture.axes[0].texts}
    assert {"loss", "04", "gradient", "05", "02, 03"} <= boxes
