"""The same rule in every function of nn: arrays, numbers where any shape will do, nothing else."""

import inspect

import numpy as np
import pytest

from course_lib import nn

# What each function is called with. Numbers stand where any shape will do.
ROWS, LABELS, PICTURES = np.ones((2, 3)), np.array([0, 1]), np.ones((2, 3, 4, 4))
FILTERS, BIAS, POOLED, CONVOLVED = (
    np.ones((5, 3, 2, 2)), np.ones(5), np.ones((2, 3, 2, 2)), np.ones((2, 5, 3, 3)),
)  # fmt: skip
ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "gelu")
LOSSES = ("mse", "l1", "binary_cross_entropy", "binary_cross_entropy_with_logits")
SEQUENCES, GATES = np.ones((2, 4, 3)), (ROWS, ROWS, *np.ones((2, 3, 9)), *np.ones((2, 9)))
PENALTIES = ("l1_penalty", "l2_penalty")
CALLS = {
    **dict.fromkeys(ACTIVATIONS, (0.7,)),
    **dict.fromkeys([f"{name}_backward" for name in ACTIVATIONS], (0.5, 0.7)),
    **dict.fromkeys(LOSSES, (0.3, 1.0)),
    **dict.fromkeys([f"{name}_backward" for name in LOSSES], (0.3, 1.0)),
    **dict.fromkeys(PENALTIES, (0.3,)),
    **dict.fromkeys([f"{name}_backward" for name in PENALTIES], (0.3,)),
    "dropout": (0.7,),
    "dropout_backward": (0.7, np.True_),
    "softmax": (ROWS,),
    "log_softmax": (ROWS,),
    "softmax_backward": (ROWS, ROWS),
    "log_softmax_backward": (ROWS, ROWS),
    "linear": (ROWS, np.ones((3, 5)), BIAS),
    "linear_backward": (np.ones((2, 5)), ROWS, np.ones((3, 5))),
    "conv2d": (PICTURES, FILTERS, BIAS),
    "conv2d_loops": (PICTURES, FILTERS, BIAS),
    "conv2d_backward": (CONVOLVED, PICTURES, FILTERS),
    "max_pool2d": (PICTURES, 2),
    "avg_pool2d": (PICTURES, 2),
    "max_pool2d_backward": (POOLED, PICTURES, 2),
    "avg_pool2d_backward": (POOLED, PICTURES, 2),
    "global_avg_pool2d": (PICTURES,),
    "global_avg_pool2d_backward": (ROWS, PICTURES),
    "batch_norm": (ROWS, np.ones(3), np.ones(3)),
    "batch_norm_backward": (ROWS, ROWS, np.ones(3)),
    "cross_entropy": (ROWS, LABELS),
    "cross_entropy_backward": (ROWS, LABELS),
    "hinge": (ROWS, LABELS),
    "hinge_backward": (ROWS, LABELS),
    "layer_norm": (ROWS, np.ones(3), np.ones(3)),
    "layer_norm_backward": (ROWS, ROWS, np.ones(3)),
    "upsample2d": (PICTURES, 2),
    "upsample2d_backward": (np.ones((2, 3, 8, 8)), PICTURES, 2),
    "conv_transpose2d": (CONVOLVED, FILTERS, np.ones(3)),
    "conv_transpose2d_backward": (PICTURES, CONVOLVED, FILTERS),
    "embedding": (LABELS, ROWS),
    "embedding_backward": (ROWS, LABELS, ROWS),
    "gru_cell": GATES,
    "gru_cell_backward": (ROWS, *GATES),
    "scaled_dot_product_attention": (SEQUENCES,) * 3,
    "scaled_dot_product_attention_backward": (SEQUENCES,) * 4,
    "attention_weights": (SEQUENCES,) * 2,
    "dice_loss": (ROWS, ROWS),
    "dice_loss_backward": (ROWS, ROWS),
    "perceptron": (ROWS, np.ones(3), 0.0),
    "perceptron_update": (np.ones(3), 1, np.ones(3), 0.0),
}
SETTINGS = {"dropout": dict(p=0.5, rng=0), "dropout_backward": dict(p=0.5)}
# No arrays go in, or whatever NumPy makes one of.
OTHERS = {
    *("he_normal", "he_uniform", "xavier_normal", "xavier_uniform"),
    *("numerical_gradient", "output_size", "relative_error", "causal_mask"),
    *("concatenate", "concatenate_backward"),  # a list goes in: see test_branches.py
}
CHECKED = [
    (name, index)
    for name, arguments in CALLS.items()
    for index, argument in enumerate(arguments)
    if np.ndim(argument) or (index == 0 and isinstance(argument, float))
]


def test_every_function_is_here():
    functions = {name for name in nn.__all__ if inspect.isfunction(getattr(nn, name))}
    assert functions == CALLS.keys() | OTHERS


def call(name, *arguments):
    return getattr(nn, name)(*arguments, **SETTINGS.get(name, {}))


def replaced(name, index, value):
    return [value if i == index else argument for i, argument in enumerate(CALLS[name])]


@pytest.mark.parametrize(("name", "index"), CHECKED)
@pytest.mark.parametrize("kind", ["list", "str", "NoneType", "array of <U1"])
def test_what_is_no_array_is_refused_by_its_name(name, index, kind):
    argument = list(inspect.signature(getattr(nn, name)).parameters)[index]
    value = {"list": [1.0], "str": "a", "NoneType": None, "array of <U1": np.array(["a"])}[kind]
    with pytest.raises(TypeError, match=rf"^{name}: {argument} is {kind}, wanted a NumPy array"):
        call(name, *replaced(name, index, value))


@pytest.mark.parametrize(("name", "index"), [case for case in CHECKED if case[1] == 0])
def test_an_empty_array_is_refused(name, index):
    shape = (0, *np.shape(CALLS[name][0])[1:])
    with pytest.raises(ValueError, match=rf"^{name}: \w+ has shape .*, wanted"):
        call(name, *replaced(name, index, np.ones(shape)))


@pytest.mark.parametrize("name", [name for name in CALLS if np.ndim(CALLS[name][0]) == 0])
def test_numbers_of_python_and_numpy_count_as_arrays_of_one(name):
    def results(convert):
        found = call(name, *map(convert, CALLS[name]))
        return np.array(found if isinstance(found, tuple) else (found,), float).ravel()

    wanted = results(lambda number: np.array([number]))
    for convert in (lambda number: number, np.float64, np.array):
        np.testing.assert_allclose(results(convert), wanted)


@pytest.mark.parametrize("name", ["he_normal", "he_uniform", "xavier_normal", "xavier_uniform"])
def test_a_seed_is_as_good_as_a_generator(name):
    init = getattr(nn, name)
    np.testing.assert_array_equal(init((3, 2), 7), init((3, 2), np.random.default_rng(7)))
    one, same = (nn.Linear(3, 2, rng=rng, init=init) for rng in (7, np.random.default_rng(7)))
    np.testing.assert_array_equal(one.params["W"], same.params["W"])


def test_settings_from_numpy_leave_float32_as_it_is():
    half, x = np.float64(0.5), np.ones((2, 3), np.float32)
    layers = nn.Dropout(half, rng=0), nn.LeakyReLU(half), nn.BatchNorm1d(3, eps=half)
    for layer in layers:
        assert layer.forward(x).dtype == np.float32
        assert layer.backward(x).dtype == np.float32


@pytest.mark.parametrize(
    "call",
    [
        *(nn.sigmoid, nn.tanh, nn.relu, nn.leaky_relu, nn.softmax, nn.log_softmax),
        *(lambda x: nn.mse(x, x + 1), lambda x: nn.hinge(x, np.array([0]))),
    ],
)
def test_unsigned_numbers_would_wrap_around_and_are_refused(call):
    with pytest.raises(TypeError, match="is array of uint8, wanted a NumPy array of numbers"):
        call(np.array([[5, 1, 3]], np.uint8))


def test_labels_may_be_unsigned():
    logits = np.array([[5.0, 1.0, 3.0]])
    assert nn.cross_entropy(logits, np.array([1], np.uint8)) == nn.cross_entropy(
        logits, np.array([1])
    )
