import numpy as np
import pytest

from course_lib import nn
from course_lib.nn.container import Container


def test_arrays_of_the_layers_are_gathered_under_their_index():
    inside = Container(nn.BatchNorm1d(3))
    outside = Container(nn.Linear(2, 3, rng=0), nn.ReLU(), inside)
    assert list(outside.params) == ["0.W", "0.b", "2.0.gamma", "2.0.beta"]
    assert outside.params["0.W"] is outside.layers[0].params["W"]  # not a copy: optimizers write
    assert all(name.startswith("2.0.") for name in outside.buffers)
    assert len(outside.buffers) == 2
    assert outside.grads == {}


def test_what_is_no_layer_is_named_with_its_index():
    with pytest.raises(TypeError, match=r"Container: layer 1 is the class ReLU, wanted an object"):
        Container(nn.Flatten(), nn.ReLU)
    with pytest.raises(TypeError, match="Container: layer 0 is "):
        Container(np.tanh)


def test_a_layer_is_used_once_also_across_containers():
    relu = nn.ReLU()
    with pytest.raises(ValueError, match=r"layer 2 is or has a ReLU that was used before"):
        Container(relu, nn.Flatten(), Container(relu))


def test_modes_reach_every_layer():
    dropout = nn.Dropout()
    outside = Container(Container(dropout))
    assert outside.eval() is outside
    assert not dropout.training
    outside.train()
    assert dropout.training


def test_what_is_inside_is_shown_further_in():
    shown = repr(Container(nn.ReLU(), Container(nn.Tanh())))
    assert shown == "Container(\n  ReLU(),\n  Container(\n    Tanh(),\n  ),\n)"
    assert repr(Container()) == "Container()"
