"""The first slider of the course moves the neuron."""

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
