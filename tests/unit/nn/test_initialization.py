import numpy as np
import pytest
import torch

from course_lib import nn

INITS = {
    "xavier_uniform": torch.nn.init.xavier_uniform_,
    "xavier_normal": torch.nn.init.xavier_normal_,
    "he_uniform": torch.nn.init.kaiming_uniform_,
    "he_normal": torch.nn.init.kaiming_normal_,
}


@pytest.mark.parametrize("name", INITS)
@pytest.mark.parametrize("shape", [(300, 200), (40, 30, 5, 4)])
def test_spread_equals_that_of_torch(name, shape):
    """(in, out) here is (out, in) there; both have 60,000 or 24,000 weights to estimate from."""
    ours = getattr(nn, name)(shape, np.random.default_rng(0))
    torch.manual_seed(0)
    tensor = torch.empty(*(shape if len(shape) == 4 else shape[::-1]))
    theirs = INITS[name](tensor, **({"nonlinearity": "relu"} if "he" in name else {})).numpy()
    assert ours.shape == shape
    assert ours.mean() == pytest.approx(0, abs=4 * ours.std() / np.sqrt(ours.size))
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)
    if "uniform" in name:
        assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.01)


@pytest.mark.parametrize("shape", [(3,), (3, 0), (3, 4, 5), (2.5, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="shape is"):
        nn.he_normal(shape, np.random.default_rng(0))
