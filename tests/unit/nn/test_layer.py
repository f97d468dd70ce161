"""Layers, losses and optimizers of one's own: what the docstrings promise is enough."""

import doctest

import numpy as np
import pytest

from course_lib import data, nn, optim
from course_lib.training import evaluate, fit


def example(kind):
    """The class that the docstring of ``kind`` defines."""
    names = {"np": np, kind.__name__: kind}
    test = doctest.DocTestParser().get_doctest(kind.__doc__, names, kind.__name__, None, 0)
    assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
    (made,) = [value for value in test.globs.values() if value not in (np, kind)
               and isinstance(value, type) and issubclass(value, kind)]  # fmt: skip
    return made


def test_the_layer_of_the_docstring_has_right_gradients_and_learns(rng):
    Scale = example(nn.Layer)
    layer, x, grad = Scale(3), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    layer.params["a"][:] = rng.normal(size=3)
    layer(x)
    dx = layer.backward(grad)
    a = layer.params["a"]
    assert nn.relative_error(dx, nn.numerical_gradient(lambda x: np.sum(grad * x * a), x)) < 1e-8
    da = nn.numerical_gradient(lambda a: np.sum(grad * x * a), a)
    assert nn.relative_error(layer.grads["a"], da) < 1e-8

    moons = data.moons()
    model = nn.Sequential(nn.Linear(2, 8, rng=0), Scale(8), nn.Tanh(), nn.Linear(8, 2, rng=1))
    fit(model, moons, optim.Adam(0.05), epochs=30, progress=False)
    assert evaluate(model, moons.X_test, moons.y_test)[1] > 0.95
    assert (model.params["1.a"] != 1).all()


def test_the_loss_of_the_docstring_has_the_right_gradient(rng):
    loss, x, y = example(nn.Loss)(), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert loss(x, y) == pytest.approx(np.mean((x - y) ** 4))
    measured = nn.numerical_gradient(lambda x: loss.function(x, y), x)
    assert nn.relative_error(loss.backward(), measured) < 1e-8
    assert not loss.labels


def test_the_optimizer_of_the_docstring_goes_down():
    rule, w = example(optim.Optimizer)(0.01, weight_decay=0.1), [np.array([1.0, -2.0])]
    for _ in range(500):
        rule.step(w, [2 * w[0]])
    assert np.abs(w[0]).max() < 0.1
    assert rule.t == 500


def test_what_a_subclass_lacks_is_named():
    class Empty(nn.Layer):
        pass

    with pytest.raises(NotImplementedError, match=r"Empty has no forward\(x\), which a layer"):
        Empty()(np.ones(1))
    with pytest.raises(NotImplementedError, match=r"Empty has no backward\(grad\)"):
        Empty().backward_params(np.ones(1))

    class Half(nn.Loss):
        function = staticmethod(nn.mse)

    with pytest.raises(NotImplementedError, match=r"Half has no function_backward\(outputs, targ"):
        Half()

    class Lazy(optim.Optimizer):
        pass

    with pytest.raises(NotImplementedError, match=r"Lazy has no update\(w, g, \*memory\)"):
        Lazy(0.1).step([np.ones(1)], [np.ones(1)])


def test_a_container_of_ones_own_is_reached_by_modes_and_searched_for_layers_used_twice():
    class Both(nn.Layer):
        def __init__(self, *layers):
            super().__init__()
            self.layers = layers

    drop = nn.Dropout()
    both = Both(nn.Tanh(), nn.Sequential(drop))
    assert [type(layer).__name__ for layer in both.all_layers()] == [
        "Both", "Tanh", "Sequential", "Dropout",
    ]  # fmt: skip
    assert not both.eval().layers[1].layers[0].training
    assert both.train().layers[1].layers[0].training
    with pytest.raises(ValueError, match="layer 1 is or has a Dropout that was used before"):
        nn.Sequential(drop, both)
