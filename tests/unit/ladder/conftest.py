from dataclasses import replace

import pytest

from course_lib import data


@pytest.fixture(scope="module")
def little_mnist():
    mnist = data.mnist()
    return replace(
        mnist.join_validation(),
        **{"X_train": mnist.X_train[:1500], "y_train": mnist.y_train[:1500]},
        **{"X_test": mnist.X_test[:500], "y_test": mnist.y_test[:500]},
    )
