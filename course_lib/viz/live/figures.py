"""The live figures, one function each. What they show first, the arguments say."""

from collections.abc import Collection

from course_lib.viz.live import pictures, reference, surfaces
from course_lib.viz.live.figure import LiveFigure


def learning_network(
    data: str = "circles",
    *,
    depth: int = 1,
    width: int = 4,
    activation: str = "tanh",
    rate: float = 0.1,
    decay: float = 0.0,
    batch: int = 10,
    split: float = 0.5,
    noise: float | None = None,
    seed: int = 1,
) -> LiveFigure:
    """A network that learns two inputs while you watch: its units, weights, answer and loss.

    data: "circles", "moons", "spiral", "xor" or "blobs" of ``course_lib.data``
    noise: one of ten steps to the most of that set, see ``reference.SETS``; its usual one if None
    depth, width: hidden layers and the units in each  activation: "tanh", "sigmoid", "relu" or
    "linear"  rate, decay, batch: of plain SGD  split: share of the samples for training
    Everything can be changed in the page. Raises ``ValueError`` for another name.
    """
    _check("data", data, reference.SETS)
    _check("activation", activation, reference.LAYERS)
    sets = {name: reference.noise_apart(name) for name in reference.SETS}
    noise = sets[data]["noise"] if noise is None else noise
    _check("noise", noise, sets[data]["noises"])
    start = {
        "data": data, "noise": noise, "split": split, "batch": batch, "depth": depth,
        "width": width, "activation": activation, "rate": rate, "decay": decay, "seed": seed,
        "label": 0, "pair": [0, 1],
    }  # fmt: skip
    return LiveFigure(
        "network", {"sets": sets, "start": start}, pictures.learning_network(sets[data], start)
    )


def optimizer_race(
    surface: str = "valley",
    *,
    steps: int = 100,
    momentum: float = 0.9,
    rules: tuple[str, ...] = tuple(surfaces.RULES),
) -> LiveFigure:
    """SGD, momentum, Nesterov, Adagrad, RMSprop and Adam on a surface, each at a rate of its own.

    surface: "valley" (condition number 100), "turned valley", "saddle", "Rosenbrock" or "bumpy"
    rules: those that are shown first. Every rule starts at the rate that is best for it on this
    surface in 100 steps, see ``surfaces.best_rate``. Raises ``ValueError`` for another name.
    """
    _check("surface", surface, surfaces.SURFACES)
    for rule in rules:
        _check("rules", rule, surfaces.RULES)
    grounds = {
        name: {"limits": s.limits, "start": s.start, "lowest": s.lowest, "rates": s.rates}
        for name, s in surfaces.SURFACES.items()
    }
    config = {
        "surface": surface, "steps": steps, "momentum": momentum, "rules": list(rules),
        "surfaces": grounds,
    }  # fmt: skip
    picture = pictures.optimizer_race(surface, rules, steps, momentum)
    return LiveFigure("optimizers", config, picture)


def convolution_by_hand(*, stride: int = 2, padding: int = 1) -> LiveFigure:
    """A convolution of three channels with two filters, number by number.

    stride: 1 or 2  padding: 0, 1 or 2, zeros on each side. Both can be changed in the page.
    """
    _check("stride", stride, (1, 2))
    _check("padding", padding, (0, 1, 2))
    x, W, b = reference.numbers()
    config = {
        "x": x.tolist(), "W": W.tolist(), "b": b.tolist(), "stride": stride, "padding": padding,
        "channels": ["red", "green", "blue"],
    }  # fmt: skip
    return LiveFigure("convolution", config, pictures.convolution_by_hand(x, W, b, stride, padding))


def digit_reader(models: tuple[str, ...] = ("softmax", "network")) -> LiveFigure:
    """Paper to draw a digit on, read as you draw by the softmax of lecture 06 and a network of 11.

    models: which of the two read. Their weights come with the figure.
    """
    for name in models:
        _check("models", name, ("softmax", "network"))
    readers = {name: reference.digit_readers()[name] for name in models}
    examples = reference.digit_examples()
    return LiveFigure(
        "digit",
        {"readers": readers, "examples": examples},
        pictures.digit_reader(readers),
    )


def _check(name: str, value: object, known: Collection) -> None:
    """``ValueError`` unless the value is one of those that are known."""
    if value not in known:
        raise ValueError(f"{name} is {value!r}, wanted one of {', '.join(map(str, known))}")
