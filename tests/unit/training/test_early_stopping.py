import numpy as np
import pytest

from course_lib import data, nn, optim
from course_lib.training import EarlyStopping, evaluate, fit
from tests.unit.training.networks import network, train


def test_early_stopping_goes_back_to_the_best_epoch():
    model, moons = network(), data.moons()
    rates = [0.1] * 45 + [-0.1] * 900  # after five epochs of nine steps everything gets worse
    stop = EarlyStopping(patience=3)
    history = train(model, moons, epochs=50, schedule=rates.__getitem__, early_stopping=stop)
    assert len(history.val_loss) == 5 + 3
    assert evaluate(model, moons.X_val, moons.y_val)[0] == min(history.val_loss)


def test_early_stopping_counts_only_improvements_by_min_delta():
    stop = EarlyStopping(patience=2, min_delta=0.5)
    losses = [4.0, 3.0, 2.75, 2.4, 2.3, 2.2]  # 2.75 improves too little on 3.0; 2.4 does enough
    stops = [stop.should_stop(loss, [np.array([loss])]) for loss in losses]
    assert stops == [False, False, False, False, False, True]
    state = np.zeros(1)
    stop.restore([state])
    assert state == 2.4


def test_patience_below_one_is_refused():
    with pytest.raises(ValueError, match="patience is 0"):
        EarlyStopping(patience=0)


@pytest.mark.parametrize("device", ["numpy", "cpu"])
def test_early_stopping_begins_afresh_in_each_training(device):
    toy, watch, models = data.moons(60), EarlyStopping(patience=2), []
    for width in (4, 8):  # another shape: nothing of the first one can be put back
        model = nn.Sequential(nn.Linear(2, width, rng=0), nn.ReLU(), nn.Linear(width, 2, rng=1))
        options = dict(epochs=3, early_stopping=watch, device=device, progress=False)
        history = fit(model, toy, optim.SGD(0.1), **options)
        assert watch.best_loss == min(history.val_loss)
        models.append(model)
