from dataclasses import replace

import numpy as np
import pytest
import torch

from course_lib import data, nn, optim
from course_lib.nn.layer import Layer
from course_lib.training import EarlyStopping, evaluate, fit, predict, train_step


def network(classes=2, dtype=np.float32):
    return nn.Sequential(
        nn.Linear(2, 16, rng=0, dtype=dtype), nn.ReLU(), nn.Linear(16, classes, rng=1, dtype=dtype)
    )


def train(model=None, toy=None, **options):
    options = dict(epochs=5, batch_size=20, progress=False) | options
    optimizer = options.pop("optimizer", optim.SGD(0.3))
    return fit(model or network(), toy or data.moons(), optimizer, **options)


def test_learns_the_moons():
    model, moons = network(), data.moons()
    history = train(model, moons, epochs=100)
    assert evaluate(model, moons.X_test, moons.y_test)[1] > 0.95
    assert len(history.loss) == len(history.lr) == 100 * 9
    assert len(history.train_loss) == len(history.val_accuracy) == 100
    assert history.train_loss[-1] < history.train_loss[0] / 3
    assert history.seconds > 0
    assert not model.training


def test_same_path_as_torch():
    """Same start, same mini-batches: every loss of 20 epochs agrees."""
    model, moons = network(dtype=np.float64), data.moons()
    moons = replace(moons, X_train=moons.X_train.astype(float), X_val=moons.X_val[:0].astype(float))
    moons = replace(moons, y_val=moons.y_val[:0])
    tensors = [torch.tensor(p, requires_grad=True) for p in model.params.values()]
    history = train(model, moons, epochs=20, optimizer=optim.SGD(0.1, momentum=0.9), seed=5)

    oracle = torch.optim.SGD(tensors, 0.1, momentum=0.9)
    rng, losses = np.random.default_rng(5), []
    for _ in range(20):
        for x, y in data.batches(moons.X_train, moons.y_train, 20, rng):
            W1, b1, W2, b2 = tensors
            logits = torch.relu(torch.tensor(x) @ W1 + b1) @ W2 + b2
            loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
            oracle.zero_grad()
            loss.backward()
            oracle.step()
            losses.append(loss.item())
    np.testing.assert_allclose(history.loss, losses, rtol=1e-8)


def test_same_seed_same_path():
    one, same, other = (train(seed=seed).loss for seed in (0, 0, 1))
    assert one == same
    assert one != other


def test_schedule_sets_the_rate_of_every_step():
    history = train(epochs=2, schedule=lambda step: 0.1 / (1 + step))
    assert history.lr == [0.1 / (1 + step) for step in range(18)]


def test_augmentation_sees_each_mini_batch_of_training_only():
    seen = []

    def augment(x, rng):
        seen.append(len(x))
        return x + rng.normal(0, 0.01, x.shape).astype(x.dtype)

    plain, changed = train(epochs=1), train(epochs=1, augment=augment)
    assert seen == [20] * 9
    assert plain.loss[0] != changed.loss[0]


def test_regression_has_no_accuracy():
    x = np.linspace(-1, 1, 60, dtype=np.float32)[:, np.newaxis]
    toy = data.train_val_test_split(x, 3 * x + 1)
    model = nn.Linear(1, 1, rng=0)
    history = fit(
        model, toy, optim.SGD(0.3), epochs=60, loss=nn.MSELoss(), batch_size=10, progress=False
    )
    assert history.train_accuracy == history.val_accuracy == []
    assert history.val_loss[-1] < 1e-6
    np.testing.assert_allclose(model.params["W"], [[3]], atol=1e-3)
    assert evaluate(model, toy.X_test, toy.y_test, nn.MSELoss())[1] is None


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


def test_the_test_part_is_never_looked_at():
    moons = data.moons()
    spoilt = replace(moons, X_test=np.full_like(moons.X_test, np.nan))
    assert train(toy=moons).loss == train(toy=spoilt).loss


def test_predict_goes_through_in_batches():
    model, x = network(), data.moons().X_test
    np.testing.assert_allclose(predict(model, x, batch_size=7), model(x), rtol=1e-5)


def test_nan_is_no_silent_answer():
    x = np.full((2, 2), np.nan, np.float32)
    for call in (lambda: predict(network(), x), lambda: evaluate(network(), x, np.array([0, 1]))):
        with pytest.raises(ValueError, match="predict: x has NaN"):
            call()


def moons_with(**parts):
    return replace(data.moons(), **parts)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (dict(device="gpu"), ValueError, "device is 'gpu', wanted"),
        (dict(epochs=0), ValueError, "epochs is 0, wanted at least 1"),
        (dict(batch_size=0), ValueError, "size is 0, wanted at least 1"),
        (dict(toy=moons_with(y_train=np.arange(180))), ValueError, "labels has the value 2, want"),
        (dict(toy=moons_with(y_val=np.full(60, -1))), ValueError, "labels has the value -1, want"),
        (dict(toy=moons_with(y_train=np.zeros(9, int))), ValueError, "data.y_train has 9 labels"),
        (dict(toy=moons_with(y_train=np.zeros(180))), TypeError, "labels has dtype float64"),
        (
            dict(toy=moons_with(X_train=np.full((180, 2), np.nan, np.float32))),
            ValueError,
            "data.X_train has NaN or infinite values, wanted finite numbers",
        ),
        (
            dict(toy=moons_with(X_train=np.ones((180, 3), np.float32))),
            ValueError,
            r"x has shape \(1, 3\), wanted \(N, in_features\) with in_features = 2",
        ),
        (
            dict(
                toy=moons_with(X_val=data.moons().X_val[:0], y_val=data.moons().y_val[:0]),
                early_stopping=EarlyStopping(),
            ),
            ValueError,
            "data.X_val is empty, wanted samples for early_stopping",
        ),
    ],
)
def test_bad_input_is_named_before_anything_is_trained(options, error, words):
    model = network()
    before = {name: array.copy() for name, array in model.params.items()}
    with pytest.raises(error, match=words):
        train(model, **options)
    for name, array in model.params.items():
        np.testing.assert_array_equal(array, before[name])


def test_patience_below_one_is_refused():
    with pytest.raises(ValueError, match="patience is 0"):
        EarlyStopping(patience=0)


def test_progress_bar_goes_to_stderr(capfd):
    train(epochs=2, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "2/2" in err


@pytest.mark.parametrize("device", ["numpy", "cpu"])
def test_early_stopping_begins_afresh_in_each_training(device):
    toy, watch, models = data.moons(60), EarlyStopping(patience=2), []
    for width in (4, 8):  # another shape: nothing of the first one can be put back
        model = nn.Sequential(nn.Linear(2, width, rng=0), nn.ReLU(), nn.Linear(width, 2, rng=1))
        options = dict(epochs=3, early_stopping=watch, device=device, progress=False)
        history = fit(model, toy, optim.SGD(0.1), **options)
        assert watch.best_loss == min(history.val_loss)
        models.append(model)


@pytest.mark.parametrize("device", ["numpy", "cpu"])
@pytest.mark.parametrize("loss", [nn.BCELoss(), nn.MSELoss()])
def test_whole_numbers_as_targets_are_no_labels(device, loss):
    toy = data.moons(60)
    toy = replace(toy, y_train=toy.y_train[:, None], y_val=toy.y_val[:, None])
    model = nn.Sequential(nn.Linear(2, 1, rng=0), nn.Sigmoid())
    history = fit(model, toy, optim.SGD(0.1), epochs=2, loss=loss, device=device, progress=False)
    assert history.train_accuracy == history.val_accuracy == []
    assert len(history.val_loss) == 2
    assert evaluate(model, toy.X_val, toy.y_val, loss)[1] is None


def test_gradients_find_their_parameters_by_name():
    class Scale(Layer):
        def __init__(self):
            super().__init__()
            self.params = {"a": np.ones(2), "b": np.ones(2)}

        def forward(self, x):
            return x * self.params["a"] + self.params["b"]

        def backward(self, grad):
            self.grads = {"b": np.ones(2), "a": np.zeros(2)}  # in another order
            return grad

    model = Scale()
    train_step(model, np.ones((3, 2)), np.ones((3, 2)), nn.MSELoss(), optim.SGD(0.5))
    assert model.params["a"].tolist() == [1, 1]
    assert model.params["b"].tolist() == [0.5, 0.5]
