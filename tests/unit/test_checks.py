"""Each check: what passes, what does not, and the words in which it is said."""

import numpy as np
import pytest

from course_lib import checks
from course_lib.checks import checked

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (checks.check_count, [1, np.int64(7)], [0, -1]),
        (checks.check_positive, [1, 0.5, np.float32(2)], [0, -1, NAN, INF]),
        (checks.check_not_negative, [0, 0.5, np.float64(2)], [-1e-9, NAN, INF]),
        (checks.check_fraction, [0, 0.5, 1], [-0.1, 1.5, NAN]),
        (checks.check_number, [-1, 0.5], [NAN, INF]),
        (checks.check_share, [0, 0.5, np.float64(0.99)], [-0.1, 1, 1.5, NAN]),
    ],
)
def test_numbers(check, good, bad):
    for value in good:
        assert check("setting", value) is value
    for value in bad:
        with pytest.raises(ValueError, match=rf"^setting is {value}, wanted"):
            check("setting", value)
    for value in ("1", None, True, [1], 1j, np.ones(2)):
        with pytest.raises(TypeError, match=r"^setting is .*, wanted"):
            check("setting", value)


def test_a_whole_number_has_no_point():
    with pytest.raises(TypeError, match=r"^size is 2.0, wanted a whole number$"):
        checks.check_count("size", 2.0)
    with pytest.raises(ValueError, match=r"^padding is 1, wanted at least 2$"):
        checks.check_count("padding", 1, 2)


def test_windows():
    for padding in (0, 3, np.int64(1), "same"):
        assert checks.check_padding("padding", padding) is padding
    for bad in ("valid", 1.0, None, True):
        with pytest.raises(TypeError, match=r'^padding is .*, wanted a whole number or "same"$'):
            checks.check_padding("padding", bad)
    with pytest.raises(ValueError, match=r'^padding is -1, wanted at least 0 or "same"$'):
        checks.check_padding("padding", -1)
    assert checks.as_pair("size", 3) == checks.as_pair("size", [3, 3]) == (3, 3)
    for bad, error in (((1, 2, 3), ValueError), ((1, 0), ValueError), ("2", TypeError)):
        with pytest.raises(error, match=r"^size is .*, wanted"):
            checks.as_pair("size", bad)


def test_choices():
    assert checks.check_choice("device", "cpu", ("numpy", "cpu")) == "cpu"
    with pytest.raises(ValueError, match=r"^device is 'tpu', wanted 'numpy' or 'cpu'$"):
        checks.check_choice("device", "tpu", ("numpy", "cpu"))


class Base:
    def __init__(self, lr, *more, momentum=0):
        self.lr = lr


class Child(Base):
    pass


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Child, r"rule is the class Child, wanted an object: Child\(lr\)"),
        (int, "rule is the class int, wanted an object of a class derived from Base"),
        ("SGD", "rule is str, wanted an object of a class derived from Base"),
        (len, "rule is builtin_function_or_method, wanted an object"),
    ],
)
def test_objects_not_classes(value, words):
    child = Child(1)
    assert checks.check_instance("rule", child, Base) is child
    with pytest.raises(TypeError, match=words):
        checks.check_instance("rule", value, Base)


def test_a_generator_comes_from_a_generator_or_a_seed():
    rng = np.random.default_rng(3)
    assert checks.as_generator(rng) is rng
    assert checks.as_generator(3).random() == np.random.default_rng(3).random()
    assert checks.as_generator(None).random() != checks.as_generator(None).random()
    for bad, error in (("a", TypeError), (1.5, TypeError), (-1, ValueError)):
        with pytest.raises(error, match=r"^rng is .*, wanted a numpy.random.Generator or a seed"):
            checks.as_generator(bad)


def test_arrays():
    x = np.ones((2, 3))
    assert checks.check_shape("x", x, ("N", 3)) is x
    for wanted, shown in ((("N", 4), "N, 4"), (("N",), "N"), ((2, 3, 1), "2, 3, 1")):
        with pytest.raises(ValueError, match=rf"^x has shape \(2, 3\), wanted \({shown}\)$"):
            checks.check_shape("x", x, wanted)
    assert checks.check_finite("x", x) is x
    for bad in (NAN, INF, -INF):
        with pytest.raises(ValueError, match=r"^x has NaN or infinite values"):
            checks.check_finite("x", np.array([1, bad]))
    for value, kind in (([1.0], "list"), ("a", "str"), (np.array(["a"]), "array of <U1")):
        with pytest.raises(TypeError, match=rf"^x is {kind}, wanted a NumPy array of numbers$"):
            checks.check_finite("x", value)


def test_values():
    assert checks.check_probabilities("p", 0.5) == 0.5
    for bad in (1.5, np.array([0, 1.5]), np.array(1.5)):
        with pytest.raises(ValueError, match=r"^p has the value 1.5, wanted 0 to 1$"):
            checks.check_probabilities("p", bad)
    with pytest.raises(ValueError, match=r"^p has the value nan"):
        checks.check_probabilities("p", NAN)
    assert checks.as_samples("x", [1, 2]).tolist() == [1, 2]
    with pytest.raises(ValueError, match=r"^x has shape \(\), wanted \(N, ...\)$"):
        checks.as_samples("x", 1)
    with pytest.raises(ValueError, match=r"^y has the value 2, wanted 0 or 1$"):
        checks.check_values("y", np.array([0, 2, 1]), (0, 1))
    with pytest.raises(TypeError, match=r"^x has dtype int64, wanted float64$"):
        checks.check_dtype("x", np.array([1]), np.float64, "float64")
    with pytest.raises(ValueError, match=r"^x has shape \(0, 3\), wanted no axis of size zero$"):
        checks.check_shape("x", np.ones((0, 3)), ("N", 3))
    labels = np.array([0, 2], np.uint8)
    assert checks.check_labels("y", labels, 3) is labels
    with pytest.raises(ValueError, match=r"^y has the value 2, wanted 0 to 1$"):
        checks.check_labels("y", labels, 2)
    with pytest.raises(ValueError, match=r"^y has the value -1"):
        checks.check_labels("y", np.array([0, -1]), 2)
    with pytest.raises(TypeError, match=r"^y has dtype float64, wanted integers$"):
        checks.check_labels("y", np.array([0.0]), 2)
    with pytest.raises(TypeError, match=r"^y is list"):
        checks.check_labels("y", [0], 2)
    with pytest.raises(ValueError, match=r"^y has 2 entries, wanted 3: one for each of x$"):
        checks.check_same_length("y", labels, "x", np.ones(3))


@checked(x="N D", w="D")
def weighted_sum(x, w, scale=1.0):
    return scale * (x @ w)


@checked(x="N ...")
def first(x):
    return x[0]


@checked(a="N ...", b="...")
def pair(a, b):
    return a + b


@checked(scores="N K", labels="N of K", weights="K")
def picked(scores, labels, weights=None):
    return scores[np.arange(len(labels)), labels]


class Counter:
    @checked(features=checks.check_count)
    def __init__(self, features):
        self.features = features

    @checked(x="N features 2", times=checks.check_count)
    def forward(self, x, times=None):
        return len(x)


def test_further_axes_must_agree():
    assert pair(np.ones((2, 3, 4)), np.ones((3, 4))).shape == (2, 3, 4)
    assert pair(np.ones(2), 1.0).tolist() == [2, 2]
    with pytest.raises(ValueError, match=r"b has shape \(4,\), wanted \(...\) with ... = \(3, 4\)"):
        pair(np.ones((2, 3, 4)), np.ones(4))


def test_right_shapes_pass_by_place_and_by_name():
    assert weighted_sum(np.ones((2, 3)), w=np.ones(3), scale=2.0).tolist() == [6, 6]


@pytest.mark.parametrize("x", [np.ones(4), np.ones((4, 1)), np.ones((4, 2, 3))])
def test_further_axes_are_free(x):
    assert np.array_equal(first(x), x[0])


@pytest.mark.parametrize(
    ("x", "w", "words"),
    [
        (np.ones((2, 3)), np.ones(4), r"weighted_sum: w has shape \(4,\), wanted \(D\) with D = 3"),
        (np.ones(3), np.ones(3), r"x has shape \(3,\), wanted \(N, D\)"),
        (np.ones((0, 3)), np.ones(3), r"x has shape \(0, 3\), wanted no axis of size zero"),
    ],
)
def test_wrong_shape_names_argument_got_and_wanted(x, w, words):
    with pytest.raises(ValueError, match=words):
        weighted_sum(x, w)


def test_labels_lie_below_the_number_of_classes():
    scores = np.array([[0.1, 0.2], [0.3, 0.4]])
    assert picked(scores, np.array([1, 0], np.uint8)).tolist() == [0.2, 0.3]
    assert picked(labels=np.array([1, 0]), scores=scores, weights=None).tolist() == [0.2, 0.3]
    with pytest.raises(ValueError, match=r"^picked: labels has the value 2, wanted 0 to 1$"):
        picked(scores, np.array([2, 0]))
    with pytest.raises(ValueError, match=r"labels has shape \(1,\), wanted \(N\) with N = 2"):
        picked(scores, np.array([0]))


def test_a_method_knows_the_sizes_of_its_object():
    assert Counter(3).forward(np.ones((5, 3, 2))) == 5
    words = (
        r"^Counter.forward: x has shape \(5, 4, 2\), wanted \(N, features, 2\) with features = 3"
    )
    with pytest.raises(ValueError, match=words):
        Counter(3).forward(np.ones((5, 4, 2)))

    with pytest.raises(ValueError, match=r"^Counter.forward: times is 0, wanted at least 1$"):
        Counter(3).forward(np.ones((5, 3, 2)), times=0)
    with pytest.raises(TypeError, match=r"^Counter: features is 2.0, wanted a whole number$"):
        Counter(2.0)


@pytest.mark.parametrize(
    ("x", "words"),
    [
        ([1.0], "x is list"),
        ("a", "x is str"),
        (1j, "x is complex"),
        (np.array(["a"]), "x is array of <U1"),
        (None, "x is NoneType"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(x, words):
    with pytest.raises(TypeError, match=words):
        first(x)


def test_a_missing_argument_is_pythons_own_error():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'labels'"):
        picked(np.ones((1, 2)))
