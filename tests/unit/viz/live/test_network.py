"""The network in the page learns what the library's learns, step by step."""

import numpy as np
import pytest

from course_lib.experiments.live import network as reference
from course_lib.nn import Linear
from course_lib.training import predict
from tests.unit.viz.live.node import needs_node, run

TRAIN = """
    const data = noisy(given.set, given.noise);
    const network = createNetwork(given.sizes, given.activation, given.seed);
    const start = structuredClone(network.layers);
    const rows = data.y.map((_, n) => n);
    const next = createBatches(rows, given.batch, given.seed);
    const batches = Array.from({ length: 100 }, next);
    const losses = batches.map((batch) => trainStep(network, data, batch, given.rate, given.decay));
    const logits = data.x.map((x) => forward(network, x).a.at(-1));
    return { data, start, batches, losses, end: network.layers, logits,
             measured: evaluate(network, data, rows) };
"""


@needs_node
@pytest.mark.parametrize("activation", reference.LAYERS)
@pytest.mark.parametrize(
    ("data", "hidden", "batch", "decay"),
    [("spiral", (8, 8), 10, 0.0), ("circles", (4,), 7, 0.01), ("moons", (), 300, 0.001)],
)
def test_a_hundred_steps_agree_to_a_millionth(activation, data, hidden, batch, decay):
    samples = reference.noise_apart(data)
    sizes = [2, *hidden, samples["classes"]]
    page = run(
        "network_core", TRAIN, set=samples, noise=samples["noise"], sizes=sizes,
        activation=activation, seed=3, batch=batch, rate=0.3, decay=decay,
    )  # fmt: skip
    x, y = np.array(page["data"]["x"]), np.array(page["data"]["y"])
    model = reference.build_network(sizes, activation)
    linear = [layer for layer in model.layers if isinstance(layer, Linear)]
    for layer, start in zip(linear, page["start"], strict=True):
        layer.params.update(W=np.array(start["W"], float), b=np.array(start["b"], float))
    losses = reference.train_network(model, x, y, page["batches"], rate=0.3, decay=decay)
    np.testing.assert_allclose(page["losses"], losses, rtol=0, atol=1e-6)
    for layer, end in zip(linear, page["end"], strict=True):
        np.testing.assert_allclose(end["W"], layer.params["W"], rtol=0, atol=1e-6)
        np.testing.assert_allclose(end["b"], layer.params["b"], rtol=0, atol=1e-6)
    logits = predict(model, x)
    np.testing.assert_allclose(page["logits"], logits, rtol=0, atol=1e-6)
    assert page["measured"]["wrong"] == np.sum(logits.argmax(axis=1) != y)
    assert losses[-1] < losses[0]  # it learns, so that the steps were not idle


@needs_node
def test_every_epoch_takes_every_sample_once():
    batches = run(
        "network_core",
        "const next = createBatches([...Array(10).keys()], 4, 1);"
        "return Array.from({ length: 6 }, next);",
    )
    assert [len(batch) for batch in batches] == [4, 4, 2, 4, 4, 2]
    for epoch in (batches[:3], batches[3:]):
        assert sorted(n for batch in epoch for n in batch) == list(range(10))
    assert batches[:3] != batches[3:]


@needs_node
def test_random_numbers_are_the_same_everywhere_and_normal():
    drawn = run(
        "random",
        "const random = randomSource(7); const first = random.uniform();"
        "return { first, normal: Array.from({ length: 20000 }, random.normal) };",
    )
    assert drawn["first"] == mulberry32(7)
    assert abs(np.mean(drawn["normal"])) < 0.03
    assert abs(np.std(drawn["normal"]) - 1) < 0.03


def mulberry32(seed):
    """The first number of the generator, in Python's whole numbers."""
    bits = 0xFFFFFFFF
    state = (seed + 0x6D2B79F5) & bits
    t = (state ^ state >> 15) * (state | 1) & bits
    t ^= (t + ((t ^ t >> 7) * (t | 61) & bits)) & bits
    return (t ^ t >> 14) / 2**32
