import numpy as np
import pytest

from course_lib import optim


def test_constant():
    assert optim.constant(0.1)(12345) == 0.1


def test_step_decay():
    rate = optim.step_decay(0.1, 0.5, every=10)
    assert [rate(0), rate(9), rate(10), rate(25)] == [0.1, 0.1, 0.05, 0.025]


def test_exponential_decay_of_the_lecture():
    """0.003 -> 0.0001: after ``rate`` steps 1 / e of the way is left."""
    rate = optim.exponential_decay(0.003, 0.0001, 2000)
    assert rate(0) == 0.003
    assert rate(2000) == pytest.approx(0.0001 + 0.0029 / np.e)
    assert rate(10_000) == pytest.approx(0.0001, rel=0.2)


def test_warmup_cosine():
    rate = optim.warmup_cosine(1.0, warmup=10, total=110, end=0.1)
    assert rate(0) == 0.1
    assert rate(9) == rate(10) == 1.0
    assert rate(60) == pytest.approx(0.55)
    assert rate(110) == rate(200) == pytest.approx(0.1)
    assert all(rate(t) >= rate(t + 1) for t in range(10, 110))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: optim.constant(0), "lr is 0"),
        (lambda: optim.step_decay(0.1, 0.5, every=0), "every is 0"),
        (lambda: optim.step_decay(0.1, 0, every=1), "factor is 0"),
        (lambda: optim.exponential_decay(0.1, 0.01, rate=0), "rate is 0"),
        (lambda: optim.exponential_decay(-1, 0.01, rate=5), "start is -1"),
        (lambda: optim.warmup_cosine(1.0, warmup=10, total=10), "total is 10, wanted more than 10"),
        (lambda: optim.warmup_cosine(1.0, warmup=-1, total=10), "warmup is -1"),
    ],
)
def test_parameters_out_of_range_are_named(make, words):
    with pytest.raises(ValueError, match=words):
        make()
