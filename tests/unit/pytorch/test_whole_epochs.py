import copy

import numpy as np
import pytest
import torch

from course_lib.data.augment import RandomTransform
from course_lib.data.augment import transform as transform_arrays
from course_lib.optim import warmup_cosine
from course_lib.pytorch.devices import computing_in
from course_lib.pytorch.whole_epochs import Plan, WholeEpochs, random_moves

CPU = torch.device("cpu")
GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
DEVICES = [CPU, pytest.param(torch.device("cuda"), marks=[pytest.mark.gpu, GPU])]


def network():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return torch.nn.Sequential(
            torch.nn.Conv2d(1, 3, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
            torch.nn.Linear(3 * 36, 2),
        )  # fmt: skip


def bars(samples=50):
    """Pictures of 6 x 6 with a standing or a lying bar."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, samples)
    X = rng.normal(0, 0.1, (samples, 1, 6, 6)).astype(np.float32)
    for picture, label, place in zip(X, y, rng.integers(1, 5, samples), strict=True):
        picture[0, :, place] += label
        picture[0, place, :] += 1 - label
    return X, y


@pytest.fixture(autouse=True)
def own_seed():
    """``train`` sets PyTorch's global seed: what was there is put back."""
    with torch.random.fork_rng():
        yield


@pytest.mark.parametrize("device", DEVICES)
def test_it_takes_the_path_of_a_plain_loop(device):
    """The same order, rates and steps of AdamW; 50 samples in 12s: two are left out."""
    (X, y), module = bars(), network()
    plan = Plan(12, 3, 0.01, "float32", label_smoothing=0.1, beta2=0.9)
    start, module = copy.deepcopy(module.state_dict()), module.to(device)
    trained = WholeEpochs(module, X, y, plan, device)
    _, means = trained.train(start, seed=5)

    plain = network().to(device)
    optimizer = torch.optim.AdamW(plain.parameters(), betas=(0.9, 0.9), weight_decay=0.05)
    rate, step, losses = warmup_cosine(0.01, 1, 12, end=1e-5), 0, []
    torch.manual_seed(5)
    for _ in range(3):
        order = torch.randperm(50, device=device)
        for number in range(4):
            chosen = order[12 * number : 12 * (number + 1)].cpu().numpy()
            optimizer.param_groups[0]["lr"] = rate(step)
            optimizer.zero_grad()
            x, labels = (torch.tensor(part[chosen], device=device) for part in (X, y))
            with computing_in("float32", device):
                loss = torch.nn.functional.cross_entropy(plain(x), labels, label_smoothing=0.1)
                loss.backward()
            optimizer.step()
            losses.append(loss.item())
            step += 1
    np.testing.assert_allclose(means, np.reshape(losses, (3, 4)).mean(axis=1), rtol=1e-4)
    for ours, theirs in zip(module.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("device", DEVICES)
def test_a_second_training_forgets_the_first(device):
    (X, y), start = bars(), network().state_dict()
    trained = WholeEpochs(network(), X, y, Plan(10, 2, 0.01, "float32"), device)
    first, other, again = (trained.train(start, seed)[1] for seed in (1, 2, 1))
    np.testing.assert_allclose(again, first, rtol=2e-3)
    assert not np.allclose(other, first, rtol=2e-3)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("precision", ["float32", "tf32", "bfloat16"])
@pytest.mark.parametrize("augment", [None, RandomTransform(rotation=5)])
def test_it_learns(precision, augment, device):
    X, y = bars(200)
    trained = WholeEpochs(network(), X, y, Plan(20, 20, 0.01, precision, augment), device)
    seconds, means = trained.train(network().state_dict(), seed=0)
    assert seconds > 0
    assert means[-1] < means[0] / 2
    assert trained.accuracy(X, y) > 0.95


def test_the_moves_are_those_of_numpy_for_the_numbers_drawn():
    x = torch.rand(5, 2, 7, 6)
    augment = RandomTransform(rotation=20, shift=2, zoom=0.2)
    torch.manual_seed(3)
    moved = random_moves(augment, x)
    torch.manual_seed(3)
    drawn = [torch.empty(shape).uniform_(*limits) for shape, limits in (
        ((5,), (-20, 20)), ((5, 2), (-2, 2)), ((5,), (0.8, 1.2)),
    )]  # fmt: skip
    wanted = transform_arrays(x.numpy(), *(numbers.double().numpy() for numbers in drawn))
    np.testing.assert_allclose(moved.numpy(), wanted, atol=1e-4)


def test_a_mini_batch_larger_than_the_data_is_refused():
    with pytest.raises(ValueError, match=r"plan\.batch_size is 51, wanted at most 50"):
        WholeEpochs(network(), *bars(), Plan(51, 1, 0.01), CPU)
