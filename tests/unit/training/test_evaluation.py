import numpy as np
import pytest

from course_lib import data, nn
from course_lib.training import evaluate, predict
from tests.unit.training.networks import network


def test_predict_goes_through_in_batches():
    model, x = network(), data.moons().X_test
    np.testing.assert_allclose(predict(model, x, batch_size=7), model(x), rtol=1e-5)


def test_nan_is_no_silent_answer():
    x = np.full((2, 2), np.nan, np.float32)
    for call in (lambda: predict(network(), x), lambda: evaluate(network(), x, np.array([0, 1]))):
        with pytest.raises(ValueError, match="predict: x has NaN"):
            call()


def test_the_answer_for_no_samples_is_no_answer():
    x = np.zeros((0, 2), np.float32)
    assert predict(network(classes=3), x).shape == (0, 3)
    with pytest.raises(ValueError, match="evaluate: x is empty, wanted at least one sample"):
        evaluate(network(), x, np.zeros(0, int))


@pytest.mark.parametrize("training", [True, False])
def test_the_mode_is_left_as_it_was(training):
    model, moons = nn.Sequential(network(), nn.Dropout(0.5)), data.moons()
    model.train() if training else model.eval()
    predict(model, moons.X_test), evaluate(model, moons.X_test, moons.y_test)
    with pytest.raises(ValueError, match=r"x has shape \(2, 3\)"):
        predict(model, np.ones((2, 3)))
    assert model.training == model.layers[1].training == training
