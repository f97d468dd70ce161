import numpy as np
import pytest
import torch

from course_lib import nn, optim

LARGE = dict(eps=0.1, weight_decay=0.1)  # enough to show in every step

PAIRS = {
    "SGD": (optim.SGD, torch.optim.SGD, dict(lr=0.05)),
    "momentum": (optim.SGD, torch.optim.SGD, dict(lr=0.05, momentum=0.9)),
    "nesterov": (optim.SGD, torch.optim.SGD, dict(lr=0.05, momentum=0.8, nesterov=True)),
    "SGD decay": (optim.SGD, torch.optim.SGD, dict(lr=0.05, momentum=0.9, weight_decay=0.1)),
    "Adagrad": (optim.Adagrad, torch.optim.Adagrad, {}),
    "Adagrad decay": (optim.Adagrad, torch.optim.Adagrad, dict(lr=0.1, **LARGE)),
    "Adadelta": (optim.Adadelta, torch.optim.Adadelta, {}),
    "Adadelta decay": (optim.Adadelta, torch.optim.Adadelta, dict(rho=0.8, **LARGE)),
    "RMSprop": (optim.RMSprop, torch.optim.RMSprop, {}),
    "RMSprop decay": (optim.RMSprop, torch.optim.RMSprop, dict(alpha=0.9, **LARGE)),
    "Adam": (optim.Adam, torch.optim.Adam, {}),
    "Adam decay": (optim.Adam, torch.optim.Adam, dict(betas=(0.8, 0.95), **LARGE)),
    "AdamW": (optim.AdamW, torch.optim.AdamW, {}),
    "AdamW decay": (optim.AdamW, torch.optim.AdamW, dict(lr=0.01, betas=(0.7, 0.9), **LARGE)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_fifty_steps_equal_torch(name):
    """Two parameters of an uneven bowl with a moving target, so that gradients change sign."""
    ours, theirs, options = PAIRS[name]
    rng = np.random.default_rng(0)
    params = [rng.normal(size=(3, 2)), rng.normal(size=4)]
    tensors = [torch.tensor(w) for w in params]
    optimizer, oracle = ours(**options), theirs(tensors, **options)
    for _ in range(50):
        scale = rng.uniform(0.1, 10)
        target = rng.normal()
        optimizer.step(params, [scale * (w - target) for w in params])
        for tensor in tensors:
            tensor.grad = scale * (tensor - target)
        oracle.step()
    for w, tensor in zip(params, tensors, strict=True):
        assert nn.relative_error(w, tensor.numpy()) < 1e-9


def test_first_step_of_adam_moves_every_weight_by_the_rate():
    """By half of it where the gradient is as small as ``eps``, not at all where it is 0."""
    w = [np.array([2.0, 2.0, 2.0, 4.0, 2.0, 2.0])]
    optim.Adam(lr=0.1).step(w, [np.array([8.0, -8.0, 24.0, 1e-3, 1e-8, 0.0])])
    np.testing.assert_allclose(w[0], [1.9, 2.1, 1.9, 3.9, 1.95, 2.0], atol=1e-5)


@pytest.mark.parametrize("name", PAIRS)
def test_steps_keep_float32_and_leave_gradients_alone(name):
    ours, _, options = PAIRS[name]
    w, g = [np.ones(3, np.float32)], [np.full(3, 0.5, np.float32)]
    array = w[0]
    optimizer = ours(**options)
    for _ in range(3):
        optimizer.step(w, g)
    assert w[0] is array
    assert array.dtype == np.float32
    assert (array < 1).all()
    assert (g[0] == 0.5).all()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: optim.SGD(0), "lr is 0, wanted a number greater than 0"),
        (lambda: optim.SGD(float("nan")), "lr is nan"),
        (
            lambda: optim.SGD(0.1, momentum=1),
            "momentum is 1, wanted a share of at least 0 and less than 1",
        ),
        (lambda: optim.SGD(0.1, nesterov=True), "momentum is 0.0, wanted more than 0"),
        (lambda: optim.Adam(weight_decay=-1), "weight_decay is -1, wanted 0 or more"),
        (lambda: optim.Adam(betas=(0.9, 1)), r"betas\[1\] is 1, wanted"),
        (lambda: optim.RMSprop(alpha=-0.1), "alpha is -0.1"),
        (lambda: optim.Adadelta(eps=0), "eps is 0"),
    ],
)
def test_parameters_out_of_range_are_named(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_gradients_that_do_not_fit_are_named_and_nothing_moves():
    w = [np.ones(2), np.ones(3)]
    with pytest.raises(ValueError, match="grads has 1 arrays, wanted 2"):
        optim.SGD(0.1).step(w, [np.ones(2)])
    with pytest.raises(ValueError, match=r"grads\[1\] has shape \(2,\), wanted \(3,\)"):
        optim.SGD(0.1).step(w, [np.ones(2), np.ones(2)])
    assert all((array == 1).all() for array in w)


def test_after_reset_it_is_as_new():
    used, fresh = optim.Adam(0.1), optim.Adam(0.1)
    used.step([np.zeros(2)], [np.ones(2)])
    used.reset()
    w, same = [np.zeros(3)], [np.zeros(3)]
    used.step(w, [np.arange(3.0)]), fresh.step(same, [np.arange(3.0)])
    np.testing.assert_array_equal(w, same)
    assert used.t == 1


def test_an_optimizer_belongs_to_one_model():
    rule = optim.Adam()
    rule.step([np.zeros(2)], [np.ones(2)])
    for others in ([np.zeros(3)], [np.zeros(2), np.zeros(2)]):
        with pytest.raises(ValueError, match="wanted a new optimizer for another model"):
            rule.step(others, others)
    with pytest.raises(TypeError, match=r"wanted lists: list\(model.params.values\(\)\)"):
        rule.step({"w": np.zeros(2)}, {"w": np.ones(2)})
