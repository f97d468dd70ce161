import copy
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.grading.testing.comparison import difference, same
from course_lib.grading.testing.description import describe


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
        ({"W": np.ones(2), "b": 0}, {"b": np.float32(0), "W": [1, 1]}),
        (["a", "b"], ["a", "b"]),
        (("a", "b"), ["a", "b"]),
        (np.array(["a", "b"]), ["a", "b"]),
        (["a", "b"], np.array(["a", "b"])),
        (np.str_("a"), "a"),
        ({np.str_("a"): 1}, {"a": 1}),
        ({1, 2}, {2, 1}),
        ({0.1 + 0.2, "x"}, {0.3, "x"}),
        (frozenset("ab"), set("ab")),
        (1 + 2j, 1 + 2j),
        (np.array([1j]), [1j]),
        (1, 1 + 0j),
        ([1, None, "a"], [1.0, None, "a"]),
        ([[1], [1, 2]], [[1], [1, 2]]),
        ([np.ones(2), np.ones(3)], (np.ones(2), np.ones(3))),
        ([np.ones(2), np.ones(3)], [[1, 1], [1, 1, 1]]),
        ([{"a": [1, (2, None)]}], [{"a": [1, (2, None)]}]),
        (range(3), [0, 1, 2]),
        (2**100, 2**100),
        (10**400, 10**400),
        ([], []),
        (b"a", b"a"),
        (np.array(["2020-01-01"], "datetime64[D]"), np.array(["2020-01-01"], "datetime64[D]")),
    ],
)
def test_equal_values_have_no_difference(got, wanted):
    assert difference(got, wanted, rtol=1e-5) is None


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        (None, 1, "nothing came back"),
        (np.array(None), np.array(None), "nothing came back"),
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
        ((1, 2.5, 3), (1, 2.5), "2 results were wanted, 3 came back"),
        ((1.0, 3.0), (1.0, 2.0), "result 2 of 2: off by 1"),
        ((1, 3), (1, 2), r"it is \(1, 3\), wanted \(1, 2\)"),
        ((3,), (3, 4), r"it is \(3,\), wanted \(3, 4\)"),
        ((1.5, 2.5), (1.5,), "1 result was wanted, 2 came back"),
        ((1.5, (0.5, 1.5)), (1.5, (0.5, 2.5)), "result 2 of 2: item 2 of 2: off by 1"),
        (1, "a", "it is not the value wanted"),
        (0, None, "it is not the value wanted"),
        ({"W": 1}, {"W": 1, "b": 2}, "it has no key 'b'"),
        ({"W": 1, "c": 2}, {"W": 1}, "it has a key 'c', which is not wanted"),
        ({"W": [1, 2]}, {"W": np.ones(2)}, r"at key 'W': 1 of 2 elements differ, the first at .1"),
        (1, {"W": 1}, "it is no dict"),
        ([["a", "b"], ["a", "c"]], [["a", "b"], ["a", "b"]], "item 2 of 2: item 2 of 2: it is not"),
        ((1, {"a": "x"}), (1, {"a": "y"}), "result 2 of 2: at key 'a': it is not the value wanted"),
        (["a"], ["a", "b"], "it has 1 items, wanted 2"),
        ("ab", ["a", "b"], "it is no list"),
        ({1, 2}, {1, 2, 3}, "it lacks 3"),
        ({1, 2, "x"}, {1, 2}, "it holds 'x', which is not wanted"),
        ([1], {1}, "it is no set"),
        (1 + 1j, 1 + 2j, "off by 1"),
        ([1, 2], [1, None], "item 2 of 2: it is not the value wanted"),
        ([1, None], [1, 2], "it is no number"),
        ([[1], [1, 2]], [[1, 0], [1, 2]], "its rows have different lengths"),
        ("1", 1, "it is no number"),
        ("a", b"a", "it is not the value wanted"),
        (10**400, 10**400 + 1, "it is not the value wanted"),
        (10**400, 1, "it is no number"),
        (True, "a", "it is not the value wanted"),
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


class Yes:
    """Claims to be whatever is wanted."""

    shape, dtype, size, ndim = (2,), np.dtype(float), 2, 1

    def __eq__(self, other):
        return True

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return 1.0

    __hash__ = None


@pytest.mark.parametrize(
    "wanted", [1.0, [1, 1], np.ones(2), "a", {"a": 1}, {1}, None, (1, 1), ["a", "a"], [None]]
)
def test_an_object_that_claims_to_be_right_is_just_an_object(wanted):
    assert difference(Yes(), wanted)
    assert difference([Yes()], [wanted])


def test_an_array_of_another_library_is_one_and_what_it_raises_is_no_matter():
    class Tensor:
        def __init__(self, values):
            self.values = values

        def __array__(self, *args, **kwargs):
            return np.array(self.values)

    assert difference(Tensor([1, 2]), [1, 2]) is None
    assert difference(Tensor(["a"]), [1, 2]).startswith("it is no number")
    assert difference(Tensor(lambda: 1 / 0), [1, 2]).startswith("it is no number")


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.text(max_size=3)
    | st.floats(-1000, 1000)
    | st.complex_numbers(max_magnitude=1000)
    | st.binary(max_size=3)
)
ARRAYS = arrays(float, st.integers(1, 3), elements=st.floats(-1000, 1000))
PLAIN = st.recursive(
    LEAVES | ARRAYS | st.sets(st.integers(-1000, 1000) | st.text(max_size=2), max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_plain_data_equals_itself(value):
    assert difference(value, copy.deepcopy(value)) is None
    assert same(value, copy.deepcopy(value))
    assert isinstance(describe(value), str)


@given(PLAIN, st.data())
def test_plain_data_with_one_leaf_changed_differs(value, data):
    changed = with_one_leaf_changed(value, data.draw)
    assert difference(changed, value)
    assert difference(value, changed)
    assert not same(value, changed)


def with_one_leaf_changed(value, draw):
    if isinstance(value, (list, tuple, dict)) and value:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = draw(st.sampled_from(keys))
        parts = dict(value) if isinstance(value, dict) else list(value)
        parts[key] = with_one_leaf_changed(value[key], draw)
        return tuple(parts) if isinstance(value, tuple) else parts
    if isinstance(value, np.ndarray):
        changed = value.copy()
        changed[draw(st.integers(0, len(value) - 1))] += 1
        return changed
    if isinstance(value, set):
        return value | {"something else"}
    if isinstance(value, (int, float, complex)):
        return value + 1 if not isinstance(value, bool) else not value
    if isinstance(value, (str, bytes)):
        return value + (b"x" if isinstance(value, bytes) else "x")
    if isinstance(value, (list, tuple)):
        return value + type(value)([1])
    return {"another": "kind"}


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        (np.array([1, np.nan]), np.array([1, np.nan]), True),
        (np.array([1, np.nan]), np.array([1, 2.0]), False),
        (np.zeros(1), np.zeros(1, np.float32), False),
        (np.array([None, "a"]), np.array([None, "b"]), False),
        ({"a": [1, (np.ones(1),)]}, {"a": [1, (np.zeros(1),)]}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, 2], [1, 3], False),
        ([1, 2], [1], False),
        (float("nan"), float("nan"), True),
        ({1, 2}, {1}, False),
        ("a", "b", False),
        (abs, max, True),
    ],
)
def test_same_sees_every_change_of_plain_data(before, after, alike):
    assert same(before, after) == alike
