"""Loss surfaces over two weights, and the paths that optimizers take on them."""

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets
import matplotlib as mpl
import numpy as np

from course_lib import optim
from course_lib.viz.charts import COLOURS, MARKERS, headline, picture, styled
from course_lib.viz.controls import Explorer, integer_slider

HEIGHTS = mpl.colors.LinearSegmentedColormap.from_list("heights", ["#ffffff", "#a0a0a0"])
GONE = 1e6  # a weight as large as this will not come back


@dataclass(frozen=True)
class Surface:
    """A loss of two weights, what is known of it, and what to show.

    ``loss(w1, w2)`` is plain arithmetic: it takes numbers, arrays or PyTorch tensors.
    ``gradient(w1, w2)`` gives its two partial derivatives. limits: ((w1 low, w1 high), (w2 low,
    w2 high)); start: where the paths begin; lowest: its minima.
    """

    name: str
    loss: Callable
    gradient: Callable
    limits: tuple
    start: tuple[float, float]
    lowest: tuple


VALLEY = Surface(
    "valley",
    lambda w1, w2: (w1**2 + 20 * w2**2) / 2,
    lambda w1, w2: (w1, 20 * w2),
    limits=((-5, 5), (-2, 2)),
    start=(-4.5, 1.2),
    lowest=((0, 0),),
)
SADDLE = Surface(
    "saddle",
    lambda w1, w2: w1**2 / 2 - w2**2 / 2 + w2**4 / 4,
    lambda w1, w2: (w1, w2**3 - w2),
    limits=((-2, 2), (-1.6, 1.6)),
    start=(-1.6, 0.01),
    lowest=((0, -1), (0, 1)),
)
ROSENBROCK = Surface(
    "Rosenbrock",
    lambda w1, w2: (1 - w1) ** 2 + 100 * (w2 - w1**2) ** 2,
    lambda w1, w2: (-2 * (1 - w1) - 400 * w1 * (w2 - w1**2), 200 * (w2 - w1**2)),
    limits=((-2, 2), (-1, 3)),
    start=(-1.2, 1.0),
    lowest=((1, 1),),
)
SURFACES = {surface.name: surface for surface in (VALLEY, SADDLE, ROSENBROCK)}

RULES = {
    "SGD": optim.SGD,
    "momentum": lambda lr: optim.SGD(lr, momentum=0.9),
    "Nesterov": lambda lr: optim.SGD(lr, momentum=0.9, nesterov=True),
    "Adagrad": optim.Adagrad,
    "RMSprop": lambda lr: optim.RMSprop(lr, alpha=0.9),
    "Adadelta": optim.Adadelta,
    "Adam": optim.Adam,
    "AdamW": optim.AdamW,
}


def descend(surface, optimizer, steps, *, start=None, noise=0.0, rng=0):
    """The path (steps + 1, 2) that the optimizer takes, from ``start`` or the surface's own.

    noise: standard deviation of what is added to each gradient, as if it came from a mini-batch,
    drawn with ``rng``. A path that runs away ends before its time.
    """
    w = np.array(surface.start if start is None else start, float)
    rng, path = np.random.default_rng(rng), [w.copy()]
    while len(path) <= steps and np.abs(w).max() < GONE:
        gradient = np.array(surface.gradient(*w)) + noise * rng.standard_normal(2)
        optimizer.step([w], [gradient])
        path.append(w.copy())
    return np.array(path)


@styled
def landscape(surface, paths, *, title, yscale="linear"):
    """Paths {name: (steps + 1, 2)} over the surface, and their losses step by step."""
    figure, (left, right) = picture("", 1, 2, size=(9.2, 3.9), width_ratios=[1.35, 1])
    story = _draw_paths(left, surface, paths)
    for place, (name, path) in enumerate(paths.items()):
        right.plot(surface.loss(*path.T), _style(place), color=COLOURS[place], label=name)
    left.set(ylabel="weight w2")
    right.set(xlabel="step", ylabel="loss", yscale=yscale)
    start = surface.loss(*surface.start)
    if yscale == "linear":  # a path that runs away would flatten all others
        low = min(surface.loss(*low) for low in surface.lowest)
        right.set_ylim(low - 0.05 * (start - low), low + 1.6 * (start - low))
    right.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    return _finish(figure, left, title, f"{surface.name}: {story}")


@styled
def landscapes(runs, *, title):
    """The same rules on several surfaces: ``runs`` is {surface: {name: path}}."""
    figure, grid = picture("", 1, len(runs), size=(3.2 * len(runs), 3.7), squeeze=False)
    story = []
    for axes, (surface, paths) in zip(grid.flat, runs.items(), strict=True):
        story.append(f"{surface.name}: {_draw_paths(axes, surface, paths)}")
        steps = max(len(path) for path in paths.values()) - 1
        axes.set_title(f"{surface.name}, {steps} steps")
    grid.flat[0].set_ylabel("weight w2")
    return _finish(figure, grid.flat[0], title, " ".join(story))


def _draw_paths(axes, surface, paths):
    """One surface with its paths; returns in words where they end."""
    w1, w2 = np.meshgrid(*(np.linspace(low, high, 201) for low, high in surface.limits))
    loss = surface.loss(w1, w2)
    levels = np.quantile(loss, np.linspace(0, 1, 13))  # bands of equal area
    axes.contourf(w1, w2, loss, levels, cmap=HEIGHTS, norm=mpl.colors.BoundaryNorm(levels, 256))
    axes.plot(*np.transpose(surface.lowest), "*", ms=13, mfc="white", mec="black", label="minimum")
    story = []
    for place, (name, path) in enumerate(paths.items()):
        colour, end = COLOURS[place], path[-1]
        look = dict(marker=MARKERS[place], markevery=[-1], ms=9, mec="white", label=name)
        axes.plot(*path.T, _style(place), color=colour, lw=1.6, **look)
        if len(path) < 100:
            axes.plot(*path.T, ".", color=colour, ms=4)
        away = " (it runs away)" if np.abs(end).max() >= GONE else ""
        story.append(
            f"{name} goes in {len(path) - 1} steps from a loss of {surface.loss(*path[0]):.3g} "
            f"to {surface.loss(*end):.2g}{away}"
        )
    axes.plot(*path[0], "s", color="black", ms=6, mec="white", label="start")
    axes.set(xlim=surface.limits[0], ylim=surface.limits[1], xlabel="weight w1")
    axes.grid(False)
    return "; ".join(story) + "."


def _style(place):
    return ["-", "--", "-.", ":"][place % 4]


def _finish(figure, axes, title, story):
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=6)
    figure.alt = f"{title}. Paths of optimizers over contour lines of the loss. {story}"
    return headline(figure, title)


@styled
def gradient_noise(sizes, measured, predicted, *, title):
    """The standard error of the mini-batch gradient at each size, beside what theory says."""
    figure, axes = picture("", size=(6.0, 3.6))
    axes.loglog(sizes, predicted, "--", color=COLOURS[1], label=r"predicted, $\sigma / \sqrt{m}$")
    axes.loglog(sizes, measured, "o", color=COLOURS[0], label="measured")
    axes.set(xlabel="mini-batch size m", ylabel="standard error", title=title, xticks=sizes)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.legend()
    pairs = zip(sizes, measured, predicted, strict=True)
    figure.alt = f"{title}. Standard error of the gradient, both axes logarithmic. " + ", ".join(
        f"{m} pictures: measured {found:.2f}, predicted {wanted:.2f}" for m, found, wanted in pairs
    )
    return figure


def play_descent(*, surface="valley", rule="SGD", rate=0.05, step=30, steps=200):
    """Choose surface, rule and learning rate, and go down step by step.

    The button plays the steps as a film; it moves the slider of the step.
    """

    def draw(surface, rule, rate, step):
        chosen = SURFACES[surface]
        path = descend(chosen, RULES[rule](rate), step)
        end = f"loss {chosen.loss(*path[-1]):.2g}"
        if len(path) <= step:
            end = f"gone after {len(path) - 1}"
        title = f"{rule} with rate {rate:.2g}, {step} steps: {end}"
        return landscape(chosen, {rule: path}, title=title)

    explorer = Explorer(
        draw,
        surface=ipywidgets.Dropdown(options=list(SURFACES), value=surface, description="surface"),
        rule=ipywidgets.Dropdown(options=list(RULES), value=rule, description="rule"),
        rate=ipywidgets.FloatLogSlider(
            value=rate, min=-4, max=1, step=0.1, description="rate", readout_format=".2g"
        ),
        step=integer_slider("step", step, 0, steps),
    )
    film = ipywidgets.Play(max=steps, step=2, interval=250, description="go down")
    ipywidgets.jslink((film, "value"), (explorer.controls["step"], "value"))
    explorer.children = (film, *explorer.children)
    return explorer
