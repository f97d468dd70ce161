"""One neuron goes down the measured gradient of its cost."""

from itertools import pairwise

import numpy as np

from course_lib import nn
from course_lib.experiments.one_neuron import OneNeuron

NEURON = OneNeuron(x=np.array([0.0, 1, 2, 3]), y=np.array([0.0, 0, 1, 1]))


def test_it_descends_along_the_measured_gradient():
    path = NEURON.descend((-2, 2), 0.7, 3)
    for before, after in pairwise(path):
        slope = nn.numerical_gradient(lambda wb: NEURON.cost(*wb), before)
        np.testing.assert_allclose(after, before - 0.7 * slope, rtol=1e-6)


def test_output_and_cost_of_many_weights_at_once():
    w, b = np.array([[0.0, 1.0]]), np.array([[0.5, -2.0]])
    assert NEURON.output(w, b, NEURON.x).shape == (1, 2, 4)
    each = [[NEURON.cost(w[0, k], b[0, k]) for k in range(2)]]
    np.testing.assert_allclose(NEURON.cost(w, b), each)
    p = 1 / (1 + np.exp(-(1.0 * NEURON.x - 2.0)))
    np.testing.assert_allclose(each[0][1], np.mean((p - NEURON.y) ** 2))
