"""The epochs are those at which the library itself would keep and stop."""

import pytest

from course_lib.experiments.early_stopping import epochs_of


@pytest.mark.parametrize(("patience", "expected"), [(3, (3, 6)), (4, (8, None))])
def test_the_best_epoch_and_the_last(patience, expected):
    losses = [1.0, 0.8, 0.7, 0.75, 0.72, 0.71, 0.65, 0.6]
    assert epochs_of(losses, patience) == expected
