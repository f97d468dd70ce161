"""What students' code finds while it is graded: training pictures only, rightly labelled."""

import numpy as np

from course_lib.data import mnist, mnist_digits
from course_lib.data.packing.hold_out_mnist import hold_out_and_mark_mnist, hold_out_mnist


def test_no_picture_of_validation_or_test_is_left(tmp_path):
    hold_out_mnist(mnist_digits.PACKED, tmp_path / "mnist.npz")
    pixels, labels = mnist_digits.unpack(tmp_path / "mnist.npz")
    pictures, whole = pixels.reshape(70_000, 784), mnist()
    known = {
        (picture.tobytes(), label)
        for picture, label in zip(
            np.rint(whole.X_train * 255).astype(np.uint8).reshape(-1, 784),
            whole.y_train,
            strict=True,
        )
    }
    assert all(
        (picture.tobytes(), label) in known for picture, label in zip(pictures, labels, strict=True)
    )
    np.testing.assert_array_equal(labels[:55_000], whole.y_train)


def test_what_is_held_out_can_be_marked_where_no_training_picture_has_ink(tmp_path):
    hold_out_and_mark_mnist(mnist_digits.PACKED, tmp_path / "mnist.npz")
    pixels, labels = mnist_digits.unpack(tmp_path / "mnist.npz")
    marks = pixels.reshape(70_000, 784)[:, :10]
    assert not marks[:55_000].any()
    np.testing.assert_array_equal(marks[55_000:], 255 * np.eye(10)[labels[55_000:]])
