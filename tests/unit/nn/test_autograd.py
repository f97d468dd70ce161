"""Values against PyTorch: drawn expressions, branches, deep graphs, and a network that learns."""

import doctest

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib import data
from course_lib.nn import autograd
from course_lib.nn.autograd import Value

# Each operation on numbers that both sides understand, kept where it has a value and a slope.
OPERATIONS = {
    "add": lambda a, b: a + b,
    "add number": lambda a, b: 2 + a + 3.5,
    "subtract": lambda a, b: a - b,
    "subtract from number": lambda a, b: 1.5 - a,
    "subtract number": lambda a, b: a - 1.5,
    "multiply": lambda a, b: a * b,
    "multiply number": lambda a, b: -0.5 * a * 3,
    "divide": lambda a, b: a / (b * b + 1),
    "divide number": lambda a, b: 2 / (a * a + 1) / 4,
    "negate": lambda a, b: -a,
    "square": lambda a, b: a**2,
    "cube": lambda a, b: a**3,
    "inverse": lambda a, b: (a**2 + 0.5) ** -1,
    "root": lambda a, b: (b**2 + 0.1) ** 0.5,
    "exp": lambda a, b: (-(a**2)).exp(),
    "log": lambda a, b: (a**2 + 0.5).log(),
    "tanh": lambda a, b: a.tanh(),
    "relu": lambda a, b: a.relu(),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(OPERATIONS)), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=12,
)
STARTS = st.lists(st.floats(-2, 2, allow_subnormal=False), min_size=2, max_size=4)


def computed(numbers, steps):
    """Each step takes two of all the numbers so far, so that many are used more than once."""
    numbers = list(numbers)
    for name, i, j in steps:
        result = OPERATIONS[name](numbers[i % len(numbers)], numbers[j % len(numbers)])
        numbers.append(result.tanh() if "cube" in name or "multiply" in name else result)
    return sum(numbers[1:], numbers[0])


@given(starts=STARTS, steps=STEPS)
def test_drawn_expressions_equal_torch(starts, steps):
    tensors = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in starts]
    values = [Value(start) for start in starts]
    wanted, got = computed(tensors, steps), computed(values, steps)
    wanted.backward()
    got.backward()
    assert got.data == pytest.approx(wanted.item(), rel=1e-9, abs=1e-12)
    for value, tensor in zip(values, tensors, strict=True):
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-7, abs=1e-10)


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_equals_torch(name):
    starts = (1.3, -0.7)
    tensors = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in starts]
    values = [Value(start) for start in starts]
    # both inputs take part in the result, whatever the operation uses
    wanted = OPERATIONS[name](*tensors) + sum(0 * tensor for tensor in tensors)
    got = OPERATIONS[name](*values) + sum(0 * value for value in values)
    wanted.backward()
    got.backward()
    assert got.data == pytest.approx(wanted.item(), rel=1e-12)
    for value, tensor in zip(values, tensors, strict=True):
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-12)


def test_gradients_add_up_at_branches():
    a = Value(3.0)
    y = a * a + a  # 2 a + 1
    y.backward()
    assert a.grad == 7
    y.backward()
    assert a.grad == 7  # not twice as much: each backward starts from zero
    b = a + a
    (b * b).backward()  # 8 a, through a value in between
    assert (a.grad, b.grad) == (24, 12)


def test_backward_belongs_to_the_numbers_that_the_result_was_computed_from():
    a, b = Value(2.0), Value(5.0)
    y = a * b + a**3
    a.data = b.data = 100.0
    y.backward()
    assert (a.grad, b.grad) == (5 + 3 * 2**2, 2)


def test_a_power_of_zero_is_flat_also_at_zero():
    x = Value(0.0)
    y = sum((c * x**n for n, c in enumerate([7.0, 5.0, 3.0])), Value(0.0))
    y.backward()
    assert (y.data, x.grad) == (7, 5)


def test_where_relu_bends_the_slope_is_zero_as_in_torch():
    a = Value(0.0)
    a.relu().backward()
    assert a.grad == 0


def test_a_chain_of_ten_thousand_steps():
    a = total = Value(1.0)
    for _ in range(10_000):
        total = total + a
    total.backward()
    assert (total.data, a.grad) == (10_001, 10_001)
    x = y = Value(0.5)
    for _ in range(10_000):
        y = y * 1.0
    y.backward()
    assert x.grad == 1


def test_numbers_of_numpy_mix():
    w = Value(2.0)
    y = np.float64(3.0) * w + np.array([4.0, 5.0])[1] - np.float32(1)
    assert isinstance(y, Value)
    y.backward()
    assert (y.data, w.grad) == (10, 3)


def test_what_has_no_result_is_pythons_error():
    with pytest.raises(ValueError, match=r"math domain error|expected a positive input"):
        Value(0.0).log()
    with pytest.raises(ZeroDivisionError):
        Value(1.0) / 0
    with pytest.raises(TypeError):
        Value(2.0) ** Value(2.0)


def test_the_examples_of_the_docstring_are_true():
    assert doctest.testmod(autograd).failed == 0
    assert repr(Value(2.0)) == "Value(data=2, grad=0)"


def test_it_trains_a_classifier_of_the_moons():
    """2-8-1 with tanh and a logistic loss. A straight line gets 0.89, at a loss of 0.25."""
    rng, moons = np.random.default_rng(0), data.moons(90, noise=0.05)
    hidden = [[Value(w) for w in rng.normal(0, 1, 3)] for _ in range(8)]
    output = [Value(w) for w in rng.normal(0, 0.3, 9)]
    parameters = [*output, *(w for neuron in hidden for w in neuron)]

    def score(x1, x2):
        h = [(w1 * x1 + w2 * x2 + b).tanh() for w1, w2, b in hidden]
        return sum((w * v for w, v in zip(output, h, strict=False)), output[-1])

    losses = []
    for _ in range(50):
        loss = Value(0.0)
        for (x1, x2), y in zip(moons.X_train, moons.y_train, strict=True):
            sign = 2 * int(y) - 1
            loss += (1 + (-sign * score(float(x1), float(x2))).exp()).log()
        loss = loss / len(moons.y_train)
        loss.backward()
        losses.append(loss.data)
        for w in parameters:
            w.data -= 3.0 * w.grad
    assert losses[0] > 0.5
    assert losses[-1] < 0.2
    right = [
        (score(*map(float, x)).data > 0) == y
        for x, y in zip(moons.X_test, moons.y_test, strict=True)
    ]
    assert np.mean(right) >= 0.9
