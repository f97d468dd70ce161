"""What a lecture shows of the library is what its networks are trained with.

For each lecture that trains networks, one step of each kind is done and watched: everything that
its cells show with ``source(...)`` has to have run, or to stand below with the reason why not.
"""

import ast
import inspect
import json
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from course_lib import data, nn, optim, training
from course_lib.data.augment import RandomTransform

LECTURES = Path(__file__).parents[2] / "lectures"
LIBRARY = ("course_lib.nn", "course_lib.optim", "course_lib.training", "course_lib.data")


def dense(activation, **options):
    """A network as in lectures 03, 05, 07 and 09."""
    first = nn.Linear(784, 6, rng=0, **options)
    return nn.Sequential(nn.Flatten(), first, activation, nn.Linear(6, 10, rng=1))


def convolutional():
    """A network as in lectures 10 and 11, with both kinds of pooling."""
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, stride=2, rng=0), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(2, 3, 3, rng=1), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(12, 10, rng=2),
    )  # fmt: skip


def joined(*first):
    """A network as in lecture 13: branches, a residual connection, means of whole maps."""
    return nn.Sequential(
        *first,
        nn.Concatenate(nn.Conv2d(1, 2, 3, padding=1, rng=1), nn.Sequential()),
        nn.Residual(nn.Conv2d(3, 3, 1, rng=2)), nn.GlobalAvgPool2d(), nn.Linear(3, 10, rng=3),
    )  # fmt: skip


def enlarging():
    """A network as in lecture 16, both ways to a larger map."""
    return nn.Sequential(
        nn.Conv2d(1, 2, 4, stride=4, rng=0), nn.ConvTranspose2d(2, 1, 2, stride=2, rng=1),
        nn.Upsample2d(2), nn.Flatten(), nn.Linear(784, 10, rng=2),
    )  # fmt: skip


def normalized():
    """A network as in lecture 08."""
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, rng=0), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(1352, 6, rng=1),
        nn.BatchNorm1d(6), nn.Linear(6, 10, rng=2),
    )  # fmt: skip


STARTS = [nn.xavier_normal, nn.xavier_uniform, nn.he_normal, nn.he_uniform]
RATES = [
    lambda: optim.constant(0.1),
    lambda: optim.step_decay(0.1, 0.5, 1),
    lambda: optim.exponential_decay(0.1, 0.01, 9),
    lambda: optim.warmup_cosine(0.1, 1, 9),
]
RULES = [
    optim.SGD(0.1, momentum=0.9), optim.Adagrad(), optim.RMSprop(), optim.Adadelta(), optim.Adam(),
    optim.AdamW(),
]  # fmt: skip

# The lecture's number -> what it trains: options of ``one_step``.
TRAININGS = {
    "03": [
        dict(model=dense(layer)) for layer in (nn.Sigmoid(), nn.Tanh(), nn.ReLU(), nn.LeakyReLU())
    ],
    "04": [
        dict(loss=nn.CrossEntropyLoss()), dict(loss=nn.HingeLoss()),
        *(dict(loss=loss, one_hot=True) for loss in (nn.MSELoss(), nn.L1Loss())),
        dict(model=dense(nn.ReLU(), dtype=float), loss=nn.BCELoss(), one_hot=True, squash=True),
    ],
    "05": [
        dict(model=dense(layer)) for layer in (nn.ReLU(), nn.LeakyReLU(), nn.Sigmoid(), nn.Tanh())
    ],
    "06": [dict(model=nn.Sequential(nn.Flatten(), nn.Linear(784, 10, rng=0)))],
    "07": [dict(optimizer=rule) for rule in RULES] + [dict(rate=rate) for rate in RATES],
    "08": [dict(model=normalized()), *(dict(start=init) for init in STARTS)],
    "09": [
        dict(
            model=dense(nn.Dropout(0.5, rng=0)), early_stopping=training.EarlyStopping(),
            augment=RandomTransform(rotation=5, elastic=1),
        )
    ],
    "10": [dict(model=convolutional())],
    "13": [
        dict(model=joined()), dict(model=joined(nn.Conv2d(1, 1, 3, rng=0))),
        dict(model=nn.Sequential(nn.Residual(nn.Conv2d(1, 1, 1, rng=0)), nn.Flatten(),
                                 nn.Linear(784, 10, rng=1))),
    ],
    "11": [dict(model=convolutional(), augment=RandomTransform(rotation=5))],
    "17": [dict(loss=nn.BCEWithLogitsLoss(), one_hot=True)],
    "16": [
        dict(model=enlarging(), loss=loss, one_hot=True)
        for loss in (nn.BCEWithLogitsLoss(), nn.DiceLoss())
    ],
}  # fmt: skip

# What is shown and has no part in these steps, with the reason. What has, must not stand here.
PENALTY = "fit has none: what pulls weights to 0 there is the optimizer's weight_decay"
CHECK = "checks gradients"
FUSED = "cross_entropy_backward is its gradient and the loss's in one"
BY_NUMBERS = "numbers that remember train the moons in cells of their own"
BEFORE = "makes the pictures of sound, before anything is trained"
NO_DX = "learning needs no dx of what comes first: Sequential.backward_params stops before it"
NOT_IN_A_STEP = {
    "03": {"Flatten.backward": NO_DX, "Sequential.backward": NO_DX},
    "04": dict.fromkeys(
        ("l1_penalty", "l1_penalty_backward", "l2_penalty", "l2_penalty_backward"), PENALTY
    ),
    "05": {
        "numerical_gradient": CHECK,
        "relative_error": CHECK,
        "softmax_backward": FUSED,
        "log_softmax_backward": FUSED,
        "Sequential.backward": NO_DX,
        **dict.fromkeys(("Value.__mul__", "Value.tanh", "Value.backward"), BY_NUMBERS),
    },
    "09": dict.fromkeys(
        ("l1_penalty", "l1_penalty_backward", "l2_penalty", "l2_penalty_backward"), PENALTY
    ),
    "10": {"conv2d_loops": "the definition, a thousand times slower"},
    "17": dict.fromkeys(
        ("frames", "spectrogram", "mel", "hertz", "mel_filters", "decibels", "log_mel"), BEFORE
    ),
}

# A function that does nothing but call others: a layer calls those, to keep what lies between. It
# is as good as run if they run, and if they are shown beside it.
COMPOSED = {
    "linear_backward": {"linear_backward_params", "linear_backward_input"},
    "conv2d": {"im2col", "filter_patches"},
    "conv2d_backward": {"conv2d_backward_params", "conv2d_backward_input"},
}
ONE_LAYER = {"06": {"linear_backward_input"}}  # which needs no dx


def one_step(
    model=None,
    *,
    loss=None,
    optimizer=None,
    one_hot=False,
    squash=False,
    start=None,
    rate=None,
    **options,
):
    """``fit`` for a single mini-batch, with a validation part, on random pictures."""
    rng = np.random.default_rng(0)
    x, y = rng.random((20, 1, 28, 28), np.float32), np.arange(20) % 10
    if one_hot:
        y = np.eye(10)[y]
    toy = data.Dataset(x[:10], y[:10], x[10:], y[10:], x[:0], y[:0])
    if model is None:
        model = dense(nn.ReLU(), **(dict(init=start) if start else {}))
    if squash:
        model = nn.Sequential(model, nn.Sigmoid())
    optimizer = optimizer or optim.SGD(0.1)
    if rate:
        options["schedule"] = rate()
    training.fit(model, toy, optimizer, epochs=1, loss=loss, progress=False, **options)


def shown(lecture):
    """{name: function} of all that the lecture shows; of a class, the methods in its body."""
    notebook = json.loads(next(LECTURES.glob(f"{lecture}_*.ipynb")).read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names, found = {}, {}
    for cell in cells:
        tree = ast.parse("\n".join(line for line in cell.splitlines() if not line.startswith("%")))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module.startswith(LIBRARY):
                exec(ast.unparse(node), names)
            elif isinstance(node, ast.ImportFrom) and node.module == "course_lib":
                names |= {
                    alias.name: import_module(f"course_lib.{alias.name}") for alias in node.names
                }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "source":
                for argument in map(ast.unparse, node.args):
                    if argument.partition(".")[0] in names:  # not what draws and experiments
                        found |= functions(eval(argument, names))
    return found


def functions(item):
    if not isinstance(item, type):
        item = inspect.unwrap(item)
        return {item.__qualname__: item} if item.__module__.startswith(LIBRARY) else {}
    methods = [m.__func__ if isinstance(m, staticmethod) else m for m in vars(item).values()]
    found = {}
    for method in methods:
        if inspect.isfunction(method) and not method.__name__.startswith("__"):
            found |= functions(method)
    return found


def code_that_runs(trainings):
    """The code objects of all functions that are called in these trainings."""
    ran = set()

    def watch(frame, event, _):
        if event == "call":
            ran.add(frame.f_code)

    for options in trainings:
        sys.setprofile(watch)
        try:
            one_step(**options)
        finally:
            sys.setprofile(None)
    return ran


@pytest.mark.parametrize("lecture", TRAININGS)
def test_what_is_shown_is_what_runs(lecture):
    ran, functions_shown = code_that_runs(TRAININGS[lecture]), shown(lecture)
    runs = {name for name, function in functions_shown.items() if function.__code__ in ran}
    for whole, parts in COMPOSED.items():
        if parts - ONE_LAYER.get(lecture, set()) <= runs:
            runs.add(whole)
    assert set(functions_shown) - runs == set(NOT_IN_A_STEP.get(lecture, {}))
