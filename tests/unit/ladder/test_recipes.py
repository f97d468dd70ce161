import numpy as np
import pytest

from course_lib.ladder import RUNGS

PAIRS = ((1, 16), (16, 16), (16, 64), (64, 64), (64, 128))


PARAMETERS = {  # counted by hand
    "softmax": 784 * 10 + 10,
    "sigmoid5": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "relu5": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "relu5-dropout": 157_000 + 20_100 + 6_060 + 1_830 + 310,
    "cnn": (25 * 4 + 4) + (25 * 4 * 8 + 8) + (16 * 8 * 12 + 12) + (588 * 200 + 200) + 2_010,
    "cnn-dropout": (36 * 6 + 6) + (25 * 72 + 12) + (16 * 288 + 24) + (1176 * 200 + 200) + 2_010,
    "best": sum(9 * n_in * n_out + 3 * n_out for n_in, n_out in PAIRS)  # with two of normalisation
    + (512 * 128 + 128 + 2 * 128)
    + 1_290,
}


@pytest.mark.parametrize("name", RUNGS)
def test_every_rung_is_built_from_its_seed(name):
    one, same, other = (RUNGS[name].recipe(np.random.default_rng(seed))[0] for seed in (0, 0, 1))
    first = next(iter(one.params))
    np.testing.assert_array_equal(one.params[first], same.params[first])
    assert not np.array_equal(one.params[first], other.params[first])
    assert one(np.zeros((2, 1, 28, 28), np.float32)).shape == (2, 10)
    assert sum(array.size for array in one.params.values()) == PARAMETERS[name]
