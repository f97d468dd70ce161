import json

import numpy as np
import pytest

from course_lib import ladder
from course_lib.ladder import Measured, climb


def test_measured_gathers_seeds(little_mnist):
    climbs = [
        climb("softmax", seed=seed, data=little_mnist, epochs=1, progress=False) for seed in (0, 1)
    ]
    one = Measured("softmax", climbs)
    low, high = sorted(top.accuracy for top in climbs)
    assert one.accuracy == pytest.approx((low + high) / 2)
    assert one.spread == pytest.approx((high - low) / np.sqrt(2))
    assert Measured("softmax", climbs[:1]).spread is None
    saved = json.loads(json.dumps(ladder.report([one], "numpy")))
    assert saved["rungs"][0]["accuracies"] == [top.accuracy for top in climbs]
    assert saved["versions"]["numpy"] == np.__version__
    assert "softmax" in ladder.curves([one]).alt
    assert ladder.table([one]).row_count == 1
