import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import nn
from course_lib.nn.windows import add_windows, padding_amounts, windows

SMALL = st.integers(1, 4)
PADDINGS = st.sampled_from([0, 1, 2, "same"])


@given(size=st.integers(1, 12), window=SMALL, stride=SMALL, padding=PADDINGS)
def test_places_are_counted_as_they_are_walked(size, window, stride, padding):
    before, after = padding_amounts(size, window, stride, padding)
    places = len(range(0, size + before + after - window + 1, stride))
    if places:
        assert nn.output_size(size, window, stride, padding) == places
        if padding == "same":
            assert places == -(-size // stride)
            assert after - before in (0, 1)
    else:
        with pytest.raises(ValueError, match="larger than the picture"):
            nn.output_size(size, window, stride, padding)


@given(height=SMALL, width=SMALL, stride=SMALL, padding=PADDINGS, seed=st.integers(0, 99))
def test_adding_windows_is_the_transpose_of_taking_them(height, width, stride, padding, seed):
    """<windows(x), p> = <x, add_windows(p)> for all x and p: what a backward pass has to be."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 3, height + 3, width + 2))
    seen = windows(x, (height, width), stride, padding)
    parts = rng.normal(size=seen.shape)
    back = add_windows(parts, x.shape, stride, padding)
    assert np.sum(seen * parts) == pytest.approx(np.sum(x * back), abs=1e-9)


@pytest.mark.parametrize(
    ("sizes", "error", "words"),
    [
        ((0, 3), ValueError, "output_size: size is 0, wanted at least 1"),
        ((9, 2.5), TypeError, "output_size: window is 2.5, wanted a whole number"),
        ((9, 3, 0), ValueError, "output_size: stride is 0, wanted at least 1"),
        ((9, 3, 1, -1), ValueError, 'output_size: padding is -1, wanted at least 0 or "same"'),
    ],
)
def test_bad_sizes_are_named(sizes, error, words):
    with pytest.raises(error, match=words):
        nn.output_size(*sizes)
