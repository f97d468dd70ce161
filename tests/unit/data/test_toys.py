import numpy as np
import pytest

from course_lib import data, nn

TOYS = [data.blobs, data.circles, data.moons, data.spiral, data.xor]


def test_waist_is_the_syllabus_data():
    waist = data.waist()
    x = np.concatenate([waist.X_train, waist.X_val, waist.X_test])
    y = np.concatenate([waist.y_train, waist.y_val, waist.y_test])
    assert x.shape == (108, 2)
    assert x.sum(axis=0).tolist() == [19508, 10195]
    assert x.prod(axis=1).sum() == 1_840_700
    assert np.array_equal(y, x[:, 1] >= 0.5 * x[:, 0])
    assert [185, 85] in x.tolist()
    assert [169, 96] in x.tolist()
    assert waist.classes == ("healthy", "overweight")


def test_digits5x5_are_the_syllabus_pictures():
    digits = data.digits5x5()
    assert digits.X_train.shape == (5, 1, 5, 5)
    rows = ["".join(str(int(v)) for v in row) for row in digits.X_train[0, 0]]
    assert rows == ["01100", "00100", "00100", "00100", "01110"]
    rows = ["".join(str(int(v)) for v in row) for row in digits.X_train[1, 0]]
    assert rows == ["11110", "00001", "01110", "10000", "11111"]
    assert len(np.unique(digits.X_train.reshape(5, -1), axis=0)) == 5
    assert digits.y_train.tolist() == [0, 1, 2, 3, 4]
    assert len(digits.X_test) == 0


@pytest.mark.parametrize("toy", TOYS)
def test_toys_are_balanced_small_and_repeatable(toy):
    one, same, other = toy(rng=0), toy(rng=0), toy(rng=1)
    assert one.X_train.shape == (180, 2)
    assert one.X_train.dtype == np.float32
    assert np.array_equal(one.X_train, same.X_train)
    assert not np.array_equal(one.X_train, other.X_train)
    assert len(set(np.bincount(one.y_train))) == 1
    assert len(one.classes) == one.y_train.max() + 1


def test_a_line_separates_blobs_but_not_xor():
    blobs, xor = data.blobs(noise=0.5), data.xor(noise=0.05)
    assert nn.Perceptron(2).fit(blobs.X_train, blobs.y_train)[-1] == 0
    assert nn.Perceptron(2).fit(xor.X_train, xor.y_train)[-1] > 0


@pytest.mark.parametrize("toy", TOYS)
@pytest.mark.parametrize(
    ("options", "words"),
    [(dict(n=3), "n is 3, wanted at least 5 per class"), (dict(noise=-1), "noise is -1, wanted 0")],
)
def test_bad_sizes_are_named(toy, options, words):
    with pytest.raises(ValueError, match=words):
        toy(**options)


def test_one_class_is_none():
    with pytest.raises(ValueError, match="classes is 1, wanted at least 2"):
        data.spiral(classes=1)


def test_tank_pictures_show_weather_and_tank():
    tank, sunny = np.repeat([0, 1], 100), np.tile([0, 1], 100)
    x = data.tank_pictures(tank, sunny, rng=0)
    assert x.shape == (200, 1, 32, 32)
    assert x.dtype == np.float32
    assert 0 <= x.min() < x.max() <= 1
    ground, sky = x[:, 0, 10:], x[:, 0, :10]
    assert ground[sunny == 1].mean() - ground[sunny == 0].mean() == pytest.approx(0.3, abs=0.02)
    assert sky.mean() > ground.mean() + 0.1
    darker = ground[tank == 0].mean() - ground[tank == 1].mean()
    assert darker == pytest.approx(0.2 * 138 / 704, rel=0.25)  # a tank covers 138 pixels
    assert np.array_equal(x, data.tank_pictures(tank, sunny, rng=0))
    assert not np.array_equal(x, data.tank_pictures(tank, sunny, rng=1))


def test_who_attends_and_works_passes_more_often():
    students = data.passing(3000)
    x, y = students.X_train, students.y_train
    assert x.shape == (1800, 2)
    assert (x.min(axis=0) >= 0).all()
    assert (x.max(axis=0) <= [10, 12]).all()
    z = 0.6 * (x[:, 0] - 5) + 0.5 * (x[:, 1] - 6)
    for low, high in ((-3, -1), (-1, 1), (1, 3)):
        there = (z > low) & (z < high)
        expected = (1 / (1 + np.exp(-z[there]))).mean()
        assert y[there].mean() == pytest.approx(expected, abs=0.06)
    assert students.classes == ("failed", "passed")


def test_a_tank_is_as_large_as_its_drawing_and_nothing_else_differs():
    with_tank, without = (data.tank_pictures([there], [1], rng=3)[0, 0] for there in (1, 0))
    rows, columns = np.nonzero(with_tank != without)
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (10, 20)
    assert np.all(with_tank[rows, columns] < without[rows, columns])


def test_bad_tank_pictures_are_named():
    with pytest.raises(ValueError, match=r"tank_pictures: sunny has shape \(3,\), wanted \(2,\)"):
        data.tank_pictures([1, 0], [1, 0, 1])
    with pytest.raises(ValueError, match="noise is -1, wanted 0"):
        data.tank_pictures([1], [1], noise=-1)
