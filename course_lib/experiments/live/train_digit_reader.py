"""Train what ``digit_reader`` ships: ``python -m course_lib.experiments.live.train_digit_reader``.

Two models learn MNIST, the softmax of lecture 06 and a small convolutional network of lecture 11.
Their weights are rounded to whole numbers from -127 to 127, with one scale for each output unit,
so that a page of a lecture carries them in some 50 kB. It takes about five minutes and writes
``digit_weights.json`` beside this file. The accuracies in it are measured after the rounding, on
the 10,000 test digits, once, at the end.
"""

import base64
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import RandomSource
from course_lib.data import mnist
from course_lib.data.augment import RandomTransform
from course_lib.metrics import accuracy
from course_lib.nn import Conv2d, Flatten, Linear, ReLU, Sequential
from course_lib.optim import AdamW, warmup_cosine
from course_lib.training import fit, predict

FILE = Path(__file__).with_name("digit_weights.json")
STEPS = 550  # mini-batches of 100 in an epoch of 55,000 pictures


def build_softmax(rng: RandomSource = 0) -> Sequential:
    """The softmax of lecture 06: ten weighted sums of the pixels."""
    return Sequential(Flatten(), Linear(784, 10, rng=rng))


def build_network(rng: RandomSource = 0) -> Sequential:
    """A network of lecture 11, narrow enough to travel in a page: 28,890 weights and biases."""
    rng = np.random.default_rng(rng)
    return Sequential(
        Conv2d(1, 8, 5, stride=2, padding=2, rng=rng),
        ReLU(),
        Conv2d(8, 16, 5, stride=2, padding=2, rng=rng),
        ReLU(),
        Flatten(),
        Linear(784, 32, rng=rng),
        ReLU(),
        Linear(32, 10, rng=rng),
    )


BUILDERS = {"softmax": build_softmax, "network": build_network}


def quantize(W: NDArray) -> tuple[NDArray, NDArray]:
    """Whole numbers q and scales s with W = s * q, nearly: one scale for each output unit.

    W: (D, K) of a fully connected layer or (K, C, kH, kW)  ->  q: int8 like W, s: (K,)
    """
    units = 0 if W.ndim == 2 else (1, 2, 3)
    scale = np.abs(W).max(axis=units) / 127
    return np.rint(W / _beside(scale, W)).astype(np.int8), scale


def _beside(scale: NDArray, W: NDArray) -> NDArray:
    """The scales (K,) in the shape that multiplies W unit by unit."""
    return scale if W.ndim == 2 else scale[:, np.newaxis, np.newaxis, np.newaxis]


def pack(model: Sequential) -> list[dict]:
    """The layers that hold weights, in order, as what JSON can hold."""
    packed = []
    for layer in model.layers:
        if not layer.params:
            continue
        q, scale = quantize(layer.params["W"])
        steps: dict = {}
        if isinstance(layer, Conv2d):
            steps = {"stride": layer.stride, "padding": layer.padding}
        packed.append(
            {
                "kind": "conv" if q.ndim == 4 else "linear",
                "shape": list(q.shape),
                "q": base64.b64encode(q.tobytes()).decode(),
                "scale": [float(f"{s:.5g}") for s in scale],
                "b": [float(f"{b:.5g}") for b in layer.params["b"]],
            }
            | steps
        )
    return packed


def unpack(name: str, packed: list[dict]) -> Sequential:
    """The model ``name`` of the library with the packed weights, in float64."""
    model = BUILDERS[name]()
    holders = [layer for layer in model.layers if layer.params]
    for layer, record in zip(holders, packed, strict=True):
        q = np.frombuffer(base64.b64decode(record["q"]), np.int8).reshape(record["shape"])
        layer.params["W"] = _beside(np.array(record["scale"]), q) * q
        layer.params["b"] = np.array(record["b"])
    return model


def train(name: str, *, epochs: int, peak: float) -> list[dict]:
    """Train one model and pack its weights."""
    model = BUILDERS[name]()
    # People draw with a mouse less evenly than the clerks of the census wrote.
    augment = RandomTransform(rotation=12, shift=1.5, zoom=0.12, elastic=0.4)
    fit(
        model,
        mnist(),
        AdamW(weight_decay=0.01),
        epochs=epochs,
        schedule=warmup_cosine(peak, STEPS // 2, epochs * STEPS, end=1e-5),
        augment=augment if name == "network" else None,
        device="cpu",
    )
    return pack(model)


def main() -> None:
    """Train both, measure both, write the file."""
    data, readers = mnist(), {}
    for name, epochs, peak in (("softmax", 10, 0.002), ("network", 16, 0.004)):
        layers = train(name, epochs=epochs, peak=peak)
        answers = predict(unpack(name, layers), data.X_test.astype(float)).argmax(axis=1)
        readers[name] = {"accuracy": accuracy(answers, data.y_test), "layers": layers}
        print(f"{name}: {readers[name]['accuracy']:.2%} of the test digits")
    FILE.write_text(json.dumps(readers) + "\n")


if __name__ == "__main__":
    main()
