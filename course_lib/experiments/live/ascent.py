"""A picture that is changed, step by step, until a network reads another digit in it."""

from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

from course_lib.checks import check_choice
from course_lib.experiments.inside import ascend, score_and_gradient
from course_lib.experiments.live.digits import examples, readers, trained_reader
from course_lib.experiments.live.run import LiveRun
from course_lib.nn import softmax

STEPS = (0, 10, 50, 200)  # after which the picture shows how far it has come
RECIPE = {"rate": 0.02, "decay": 0.02, "spread": 0.5, "limit": 1.0}  # to begin with
# What the picture shows below it: a digit that is taken for another, hardly changed.
HIDDEN = {"rate": 0.02, "decay": 0.0, "spread": 0.0, "limit": 0.15}


def starts() -> dict[str, NDArray]:
    """What an ascent may begin with: weak noise, and the first test digit of each class.

    {name: (28, 28)}, multiples of 1/255 from 0 to 1.
    """
    noise = np.random.default_rng(0).uniform(0, 0.2, (28, 28))
    x, names = examples()
    return {"noise": np.rint(noise * 255) / 255} | {
        f"a {name}": picture[0] for name, picture in zip(names[:10], x[:10], strict=True)
    }


def climb(
    start: str, target: int, steps: int, *, rate: float, decay: float, spread: float, limit: float
) -> NDArray:
    """The picture (28, 28) after these steps of ``ascend`` on the score of ``target``."""
    reader = trained_reader()
    x, _ = ascend(
        lambda x: score_and_gradient(reader, x, [target]), starts()[start][np.newaxis, np.newaxis],
        steps=steps, rate=rate, decay=decay, rest=0.0, spread=spread, limit=limit,
    )  # fmt: skip
    return x[0, 0]


def picture_ascent(start: str = "noise", target: int = 3) -> LiveRun:
    """The network of lecture 11, and a picture on its way to what it reads as ``target``.

    start: one of ``starts``. Raises ``ValueError`` for another one, and for what is no digit.
    """
    offered = starts()
    check_choice("start", start, offered)
    check_choice("target", target, range(10))
    network = readers()["network"]
    config = {
        "layers": network["layers"],
        "starts": [
            {"name": name, "pixels": b64encode(np.rint(x * 255).astype(np.uint8)).decode()}
            for name, x in offered.items()
        ],
        "start": start,
        "target": target,
    } | RECIPE
    climbs = [_shown(start, target, RECIPE), _shown("a 4", 9, HIDDEN)]
    return LiveRun(config, {"steps": STEPS, "climbs": climbs})


def _shown(start: str, target: int, recipe: dict[str, float]) -> dict:
    """One row of the picture: x (len(STEPS), 28, 28) and the probabilities p of the target."""
    x = np.array([climb(start, target, steps, **recipe) for steps in STEPS])
    p = softmax(trained_reader()(x[:, np.newaxis]))[:, target]
    return {"start": start, "target": target, "limit": recipe["limit"], "x": x, "p": p}
