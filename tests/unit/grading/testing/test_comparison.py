import re

import numpy as np
import pytest

from course_lib.grading.testing.comparison import describe, difference


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (3, 3.0),
        (np.float32(0.1), 0.1),
        ([1, 0], np.array([1.0, 0.0])),
        (np.array([True, False]), [1, 0]),
        ((np.eye(2), 1), (np.eye(2).tolist(), 1)),
        ([np.ones(2), 1.0], (np.ones(2), 1)),
        (np.array([np.inf]), [np.inf]),
        ("a", "a"),
        (None, None),
    ],
)
def test_equal_values_have_no_difference(got, wanted):
    assert difference(got, wanted, rtol=1e-5) is None


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        (None, 1, "nothing came back"),
        (2.5, 2, "off by 0.5"),
        (np.ones((2, 1)), np.ones(2), r"its shape is \(2, 1\), wanted \(2,\)"),
        ([[1, 2], [3, 5]], [[1, 2], [3, 4]], r"1 of 4 elements differ, the first at \[1, 1\]: 5"),
        ([1, 7], [1, 4], r"the first at \[1\]: 7 instead of 4; largest difference 3"),
        ([np.nan, 1], [0, 1], "NaN in 1 of 2 places"),
        (np.nan, np.nan, "NaN in 1 of 1 places"),
        ("one", 1, "it is no number"),
        (1j, 1, "it is complex, real numbers were wanted"),
        (object(), 1, "it is no number"),
        ([[1], [1, 2]], [1, 1], "it is no number"),
        (1, (1, 2), "2 results were wanted, one came back"),
        ((1, 2, 3), (1, 2), "2 results were wanted, 3 came back"),
        ((1, 3), (1, 2), "result 2 of 2: off by 1"),
        (1, "a", "it is not the value wanted"),
        (0, None, "it is not the value wanted"),
    ],
)
def test_a_difference_is_put_into_words(got, wanted, words):
    with np.errstate(all="ignore"):
        found = difference(got, wanted)
    assert found is not None
    assert re.search(words, found), found


def test_the_dtype_counts_only_where_it_is_asked_for():
    got, wanted = np.ones(2, np.float32), np.ones(2)
    assert difference(got, wanted) is None
    assert difference(got, wanted, exact_type=True) == "its dtype is float32, wanted float64"


def test_an_object_that_equals_everything_is_no_number():
    class Yes:
        def __eq__(self, other):
            return True

        def __array__(self, *args, **kwargs):
            raise RuntimeError("no")

        __hash__ = None

    assert difference(Yes(), 1.0).startswith("it is no number")
    assert difference(Yes(), "a") == "it is not the value wanted"


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
    ],
)
def test_describe_is_one_short_line(value, text):
    assert describe(value) == text
