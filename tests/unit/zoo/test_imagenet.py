import numpy as np
import pytest
import torch

from course_lib import data, nn, zoo
from course_lib.pytorch import to_torch


@pytest.fixture(scope="module")
def network():
    return zoo.squeezenet()


def pictures(size):
    """The five photographs' middles, (5, 3, size, size)."""
    return np.stack([data.center_square(photo, size) for photo in data.photos().values()])


def answers(network, x):
    """Name and probability of the best class for each prepared picture."""
    p = nn.softmax(network(x))
    return [(zoo.imagenet_classes()[row.argmax()], float(row.max())) for row in p]


def test_it_is_squeezenet_1_1(network):
    assert sum(array.size for array in network.params.values()) == 1_235_496
    assert len(network.layers) == len(zoo.SQUEEZENET_LAYERS) == 16
    assert not network.training
    assert {array.dtype for array in network.params.values()} == {np.dtype(np.float32)}
    fires = dict(zip(zoo.SQUEEZENET_LAYERS, network.layers, strict=True))
    counts = [sum(array.size for array in fires[f"fire{i}"].params.values()) for i in range(2, 10)]
    assert counts == [11_408, 12_432, 45_344, 49_440, 104_880, 111_024, 188_992, 197_184]


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        (127, [("Egyptian cat", 0.65), ("espresso", 1.0), ("tripod", 0.86)]),
        (223, [("Egyptian cat", 0.61), ("espresso", 0.99), ("tripod", 0.94)]),
        (255, [("Egyptian cat", 0.41), ("espresso", 0.97), ("tripod", 0.80)]),
    ],
)
def test_it_knows_the_cat_the_espresso_and_the_tripod(network, size, wanted):
    given = answers(network, zoo.squeezenet_input(pictures(size)[:3]))
    for (name, p), (wanted_name, wanted_p) in zip(given, wanted, strict=True):
        assert name == wanted_name
        assert p == pytest.approx(wanted_p, abs=0.01)


def test_on_pytorch_the_answers_are_the_same(network):
    x = zoo.squeezenet_input(pictures(223))
    module = to_torch(network)
    with torch.no_grad():
        theirs = module(torch.from_numpy(x)).numpy()
    ours = network(x)
    np.testing.assert_allclose(ours, theirs, atol=1e-3, rtol=1e-4)
    np.testing.assert_allclose(nn.softmax(ours), nn.softmax(theirs), atol=1e-4)


def test_gradient_with_respect_to_the_picture_is_pytorchs(network):
    """What saliency, adversarial steps and pictures of a class are made from."""
    x = zoo.squeezenet_input(pictures(127)[:2])
    grad = np.zeros((2, 1_000), np.float32)
    grad[0, 285] = grad[1, 967] = 1  # Egyptian cat, espresso
    tensor = torch.tensor(x, requires_grad=True)
    to_torch(network)(tensor).backward(torch.from_numpy(grad))
    network(x)
    assert nn.relative_error(network.backward(grad), tensor.grad.numpy()) < 1e-4


@pytest.mark.parametrize(
    ("size", "sides"), [(223, [111, 55, 27, 13]), (127, [63, 31, 15, 7]), (255, [127, 63, 31, 15])]
)
def test_every_window_fits_pictures_of_these_sizes(network, size, sides):
    x, seen = np.zeros((1, 3, size, size), np.float32), []
    for name, layer in zip(zoo.SQUEEZENET_LAYERS, network.layers, strict=True):
        H, x = x.shape[2], layer(x)
        if name in ("conv1", "pool1", "pool3", "pool5"):
            assert (H - 3) % 2 == 0
            seen.append(x.shape[2])
    assert seen == sides
    assert x.shape == (1, 1_000)


def test_the_wrong_order_of_colors_costs_certainty_but_not_the_cat(network):
    x = pictures(223)[:2]
    wrong = zoo.squeezenet_input(x[:, ::-1])
    (cat, _), (coffee, p) = answers(network, wrong)
    assert (cat, coffee) == ("Egyptian cat", "espresso")
    assert p < 0.75  # 0.99 in the right order


def test_values_of_0_to_1_are_not_what_it_learnt_from(network):
    names = [name for name, _ in answers(network, pictures(223)[:3])]
    assert not {"Egyptian cat", "espresso", "tripod"} & set(names)


def test_preparation_by_hand():
    x = np.zeros((1, 3, 1, 2))
    x[0, 0] = 1  # red
    prepared = zoo.squeezenet_input(x)
    wanted = [-103.939, -116.779, 255 - 123.68]
    np.testing.assert_allclose(prepared[0, :, 0, 0], wanted, rtol=1e-6)
    assert zoo.squeezenet_input(x.astype(np.float32)).dtype == np.float32


def test_every_call_gives_a_network_of_its_own(network):
    other = zoo.squeezenet()
    other.layers[0].params["W"] += 1
    assert np.abs(other.layers[0].params["W"] - network.layers[0].params["W"]).min() > 0.9


def test_class_names():
    names = zoo.imagenet_classes()
    assert len(names) == len(set(names)) == 1_000
    assert (names[0], names[281], names[967], names[999]) == (
        *("tench", "tabby", "espresso", "toilet tissue"),
    )


def test_bad_input_is_named(network):
    with pytest.raises(ValueError, match=r"squeezenet_input: x has the value 255.0, wanted 0 to 1"):
        zoo.squeezenet_input(np.full((1, 3, 4, 4), 255.0))
    with pytest.raises(ValueError, match=r"x has shape \(3, 4, 4\), wanted \(N, 3, H, W\)"):
        zoo.squeezenet_input(np.zeros((3, 4, 4)))
    with pytest.raises(ValueError, match="larger than the picture"):
        network(np.zeros((1, 3, 30, 30), np.float32))
    network(np.zeros((1, 3, 31, 31), np.float32))
