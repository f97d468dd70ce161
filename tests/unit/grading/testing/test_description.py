import numpy as np
import pytest

from course_lib.grading.testing.description import describe, side_by_side


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([1.0, 2.0]), "[1., 2.], array of shape (2,), float64"),
        (np.diag([1, -2]), "[[1, 0], [0, -2]], array of shape (2, 2), int64"),
        (np.zeros((30, 2)), "array of shape (30, 2), float64"),
        (np.zeros((0, 2)), "array of shape (0, 2), float64"),
        (np.float64(0.5), "0.5"),
        ((np.ones(1), 2), "([1.], array of shape (1,), float64; 2)"),
        ([(np.ones(1), 2)], "[([1.], array of shape (1,), float64; 2)]"),
        ([np.ones(1)] * 50, ("[" + "[1.], array of shape (1,), float64; " * 12)[:397] + "..."),
        (np.random.default_rng(0), "a random generator"),
        ("x" * 100, "'" + "x" * 76 + "..."),
        (abs, "abs"),
        (object(), "an object of type object"),
        ([np.float64(1.5), np.int64(2)], "[1.5, 2]"),
        ({"a": np.float32(0.5)}, "{'a': 0.5}"),
        ((np.True_,), "(True,)"),
        ({"W": np.ones(1), "b": 2}, "{'W': [1.], array of shape (1,), float64; 'b': 2}"),
        ({"b", "a", 1}, "{'a', 'b', 1}"),
        (set(), "set()"),
        (frozenset({1}), "frozenset({1})"),
        (1 - 2j, "(1-2j)"),
        (np.str_("a"), "'a'"),
        ([object(), None], "[an object of type object, None]"),
        (list(range(1000)), repr(list(range(1000)))[:77] + "..."),
        ([10**5000], "[a very large number]"),
        (b"x", "b'x'"),
    ],
)
def test_describe_is_one_short_line(value, text):
    assert describe(value) == text


def test_of_long_lists_the_part_is_shown_where_they_differ():
    wanted = list(range(100))
    got = [*wanted[:60], -1, *wanted[61:]]
    came, right = side_by_side(got, [np.int64(one) for one in wanted])
    assert came.startswith("[..., 58, 59, -1, 61")
    assert came.endswith("(from item 59 of 100)")
    assert right.startswith("[..., 58, 59, 60, 61")
    assert side_by_side([1, 2], [1, 3]) == ("[1, 2]", "[1, 3]")
    assert side_by_side(None, wanted) == ("None", describe(wanted))
