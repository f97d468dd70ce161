import numpy as np
import pytest

from course_lib import data


def test_three_parts_with_as_many_pictures_of_each_class():
    clothes = data.fashion_mnist()
    assert clothes.X_train.shape == (18_000, 1, 28, 28)
    assert clothes.X_val.shape == (2_000, 1, 28, 28)
    assert clothes.X_test.shape == (4_000, 1, 28, 28)
    assert clothes.X_train.dtype == np.float32
    assert clothes.y_train.dtype == np.int64
    for y in (clothes.y_train, clothes.y_val, clothes.y_test):
        assert np.bincount(y).tolist() == [len(y) // 10] * 10
    assert len(clothes.classes) == 10
    # Facts of the original files: their first labels, and the mean of all their pixels.
    assert clothes.y_train[:10].tolist() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]
    assert clothes.y_test[:10].tolist() == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]
    assert clothes.classes[9] == "ankle boot"
    assert clothes.X_train.mean() == pytest.approx(0.2860, abs=5e-4)


def test_pixels_have_sixteen_levels_from_0_to_1():
    levels = np.unique(data.fashion_mnist().X_test)
    np.testing.assert_allclose(levels, np.arange(16) / 15, rtol=1e-6)
    assert (levels[0], levels[-1]) == (0, 1)


def test_a_row_of_the_first_picture_is_the_originals_to_the_nearest_level():
    original = [
        *(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 99, 244),
        *(222, 220, 218, 203, 198, 221, 215, 213, 222, 220, 245, 119, 167, 56),
    ]
    row = data.fashion_mnist().X_train[0, 0, 12]
    np.testing.assert_allclose(row, np.round(np.array(original) / 17) / 15, rtol=1e-6)


def test_no_picture_of_one_part_is_in_another():
    """The original repeats a picture here and there; the three parts here share none."""
    clothes = data.fashion_mnist()
    parts = [{x.tobytes() for x in X} for X in (clothes.X_train, clothes.X_val, clothes.X_test)]
    assert not parts[0] & parts[1]
    assert not parts[2] & (parts[0] | parts[1])


def test_a_nearest_mean_reads_them_as_well_as_the_original():
    """66.6 of 100, as many as with 256 levels (66.7); pictures or labels out of order give 10."""
    clothes = data.fashion_mnist()
    x, y = clothes.X_train.reshape(-1, 784), clothes.y_train
    means = np.array([x[y == k].mean(axis=0) for k in range(10)])
    scores = clothes.X_test.reshape(-1, 784) @ means.T - (means**2).sum(axis=1) / 2
    assert 0.65 < np.mean(scores.argmax(axis=1) == clothes.y_test) < 0.68


def test_loaded_once_and_safe_from_its_users():
    assert data.fashion_mnist() is data.fashion_mnist()
    with pytest.raises(ValueError, match="read-only"):
        data.fashion_mnist().X_train[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        data.fashion_mnist().y_test[0] = 0
