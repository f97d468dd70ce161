"""The lectures' figures: functions of plain data that return a ``Picture``.

Nothing here uses pyplot, so no figure is left open and nothing is drawn twice. The colours are
those of Okabe and Ito (2008), which stay apart for colour-blind readers; shape or text always
repeats what colour says.
"""

import io
from base64 import b64encode
from html import escape

import matplotlib as mpl
import matplotlib.ticker
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*"]
DPI = 144  # twice what is shown, so that figures are sharp on dense screens

BLUE_ORANGE = mpl.colors.LinearSegmentedColormap.from_list(
    "blue_orange", ["#D55E00", "#ffffff", "#0072B2"]
)

STYLE = {
    "axes.prop_cycle": mpl.cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "axes.titlesize": "medium",
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "figure.facecolor": "white",
    "font.size": 10,
    "legend.frameon": False,
    "image.cmap": "gray",
}
styled = mpl.rc_context(
    STYLE
)  # a decorator: titles and legends take their style when they are made


class Picture(Figure):
    """A figure with a text alternative, ``alt``, for readers who can't see it.

    As the value of a notebook cell it shows as a PNG image that carries the text.
    """

    def __init__(self, alt, **options):
        super().__init__(layout="constrained", **options)
        FigureCanvasAgg(self)
        self.alt = alt

    def png(self):
        """The picture as the bytes of a PNG file.

        It keeps 256 colours, which nobody can tell from all, in a third of the bytes.
        """
        drawn, buffer = io.BytesIO(), io.BytesIO()
        self.savefig(drawn, format="png", dpi=DPI)
        Image.open(drawn).convert("RGB").quantize(256).save(buffer, "png", optimize=True)
        return buffer.getvalue()

    def html(self):
        """The picture as an HTML ``img`` with its text alternative."""
        source = f"data:image/png;base64,{b64encode(self.png()).decode()}"
        return f'<img src="{source}" width="{self.shown_width}" alt="{escape(self.alt)}">'

    @property
    def shown_width(self):
        """Width on the page, in pixels."""
        return round(self.get_size_inches()[0] * DPI / 2)

    def _ipython_display_(self):
        from IPython.display import display

        # as HTML, because neither JupyterLab nor nbconvert gives an image/png its text alternative
        display({"text/html": self.html(), "text/plain": f"Figure: {self.alt}"}, raw=True)


def picture(alt, rows=1, columns=1, *, size=(6.0, 3.8), **options):
    """A new ``Picture`` in the course's style and its axes; ``size`` in inches, of the whole."""
    with mpl.rc_context(STYLE):
        figure = Picture(alt, figsize=size)
        return figure, figure.subplots(rows, columns, **options)


def headline(figure, title):
    """Write the title of a figure of several panels, at its upper left; returns the figure."""
    figure.suptitle(title, x=0.01, ha="left", weight="bold", fontsize="medium")
    return figure


def bare(axes):
    """Take away ticks, grid and frame."""
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[:].set_visible(False)


def frame(axes):
    """Nothing but a thin frame, so that the edge of a picture can be seen."""
    bare(axes)
    axes.spines[:].set(visible=True, color="#cccccc")


@styled
def learning_curve(history, *, title=None):
    """Loss and accuracy of a ``training.History``, epoch by epoch, training beside validation.

    The loss alone where no accuracy was measured, as in a regression. title: what the curves
    should do, if None.
    """
    epochs, both = np.arange(1, len(history.train_loss) + 1), bool(history.train_accuracy)
    # a regression's loss has a unit, so that two decimals may be none
    curves = {"loss": (history.train_loss, history.val_loss, ".2f" if both else ".3g")}
    if both:
        curves["accuracy"] = history.train_accuracy, history.val_accuracy, ".1%"
    if title is None:
        title = "The loss falls, the accuracy rises" if both else "The loss falls"
    figure, row = picture("", 1, len(curves), size=(4.5 * len(curves), 3.4), squeeze=False)
    story = []
    for axes, (name, (train, val, form)) in zip(row.flat, curves.items(), strict=True):
        axes.plot(epochs, train, label="training")
        if val:
            axes.plot(epochs, val, "--", label="validation")
        axes.set(xlabel="epoch", ylabel=name)
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
        axes.legend()
        story.append(f"from {train[0]:{form}} to {train[-1]:{form}}")
    figure.alt = (
        f"{'Two curves' if both else 'A curve'} over {len(epochs)} epochs. "
        f"The training loss goes {', the training accuracy '.join(story)}."
    )
    if val:  # of the last panel
        figure.alt += f" The validation {name} ends at {val[-1]:{form}}."
    return headline(figure, title)


@styled
def weight_pictures(W, classes, *, shape=(28, 28), title="One template per class"):
    """Weights W (D, K) of a softmax as K pictures: blue speaks for the class, orange against it."""
    alt = (
        f"{len(classes)} pictures of {shape[0]} by {shape[1]} weights, one for each of "
        f"{', '.join(classes)}. Blue pixels raise the score of the class, orange ones lower it."
    )
    columns = min(5, len(classes))
    rows = -(-len(classes) // columns)
    figure, grid = picture(
        alt, rows, columns, size=(1.7 * columns + 0.8, 1.9 * rows + 0.4), squeeze=False
    )
    limit = np.quantile(np.abs(W), 0.995)  # a few large weights would pale all the others
    for axes in grid.flat:
        axes.axis("off")
    for axes, weights, name in zip(grid.flat, W.T, classes, strict=False):
        image = axes.imshow(weights.reshape(shape), cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
        axes.set_title(name, loc="center")
    figure.colorbar(image, ax=grid, shrink=0.8, extend="both", label="weight")
    return headline(figure, title)


def decision_boundary(predict, X, y, *, title="Each region is one decision", **names):
    """Samples X (N, 2) with labels y over the regions that ``predict`` gives to each class.

    predict: function of points (M, 2) that returns their classes (M,), as 0, 1, ...
    names: ``classes`` and ``features``, what the labels and the two columns of X are called, and
    ``limits``, ((x1 low, x1 high), (x2 low, x2 high)), the data's own if left out.
    """
    return decision_boundaries({title: predict}, X, y, **names)


@styled
def decision_boundaries(
    panels,
    X,
    y,
    *,
    classes=("0", "1"),
    features=("x1", "x2"),
    limits=None,
    title="",
    columns=None,
    steps=400,
):
    """One ``decision_boundary`` beside the other: ``panels`` is {title: predict}.

    columns: panels in a row; all in one row if None. steps: points along each axis that are
    predicted; fewer for a slow ``predict``.
    """
    X, y = np.asarray(X), np.asarray(y)
    columns = len(panels) if columns is None else columns
    rows = -(-len(panels) // columns)
    wide = 5.6 if len(panels) == 1 else 3.1
    high = 4.0 if title or len(panels) == 1 else 3.6
    figure, grid = picture(
        "",
        rows,
        columns,
        size=(wide * columns, high if rows == 1 else 2.5 * rows + 0.9),
        squeeze=False,
        sharex=True,
        sharey=True,
    )
    limits = around(X) if limits is None else limits
    story = []
    for axes in grid.flat[len(panels) :]:
        axes.axis("off")
    for axes, (name, predict) in zip(grid.flat, panels.items(), strict=False):
        wrong = regions(axes, predict, X, y, classes, limits, steps)
        axes.set_title(name)
        story.append(f"{name}: {wrong} of {len(y)} samples lie in another class's region")
    for axes in grid[-1]:
        axes.set_xlabel(features[0])
    for axes in grid[:, 0]:
        axes.set_ylabel(features[1])
    entries = max((axes.get_legend_handles_labels() for axes in grid.flat), key=lambda e: len(e[1]))
    figure.legend(*entries, loc="outside lower center", ncols=4)
    if title:
        headline(figure, title)
    figure.alt = (
        f"{title + '. ' if title else ''}Samples by {features[0]} and {features[1]}, "
        f"classes {', '.join(classes)}, over the regions decided for each. {'. '.join(story)}."
    )
    return figure


def around(X, margin=0.08):
    """The range of each column of X (N, 2), with some air."""
    low, high = X.min(axis=0), X.max(axis=0)
    air = margin * np.where(high > low, high - low, 1)
    return np.stack([low - air, high + air], axis=1)


def regions(axes, predict, X, y, classes, limits, steps=400):
    """Draw one panel of ``decision_boundaries``.

    Returns how many samples lie in the region of another class.
    """
    x1, x2 = np.meshgrid(*(np.linspace(low, high, steps) for low, high in limits))
    region = np.reshape(predict(np.stack([x1.ravel(), x2.ravel()], axis=1)), x1.shape)
    levels = np.arange(len(classes) + 1) - 0.5
    axes.contourf(x1, x2, region, levels, colors=COLOURS[: len(classes)], alpha=0.18)
    if np.ptp(region) > 0:
        axes.contour(x1, x2, region, levels[1:-1], colors="black", linewidths=1)
    for k, name in enumerate(classes):
        x = X[y == k]
        axes.plot(*x.T, MARKERS[k], color=COLOURS[k], ms=5, mec="white", mew=0.6, label=name)
    wrong = np.asarray(predict(X)) != y
    if wrong.any():
        axes.plot(*X[wrong].T, "o", ms=10, mfc="none", mec="black", label="wrong side")
    axes.set(xlim=limits[0], ylim=limits[1])
    axes.grid(False)
    return int(wrong.sum())


@styled
def lines(curves, *, xlabel, ylabel, title, xscale="linear", yscale="linear", ylim=None):
    """Curves over a common axis: ``curves`` is {name: (x, y)}."""
    figure, axes = picture("", size=(6.0, 3.6))
    looks = zip(["-", "--", "-.", ":"] * len(curves), curves.items(), strict=False)
    for look, (name, (x, y)) in looks:
        axes.plot(x, y, look, label=name)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, xscale=xscale, yscale=yscale)
    axes.set_ylim(ylim)
    if xscale == "log":
        axes.xaxis.set_major_formatter("{x:g}")
    elif all(np.asarray(x).dtype.kind in "iu" for x, _ in curves.values()):
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    if len(curves) > 1:
        axes.legend()
    figure.alt = f"{title}. {ylabel} over {xlabel}. " + " ".join(
        f"{name}: from {y[0]:.3g} at {x[0]:.3g} to {y[-1]:.3g} at {x[-1]:.3g}, "
        f"between {min(y):.3g} and {max(y):.3g}."
        for name, (x, y) in curves.items()
    )
    return figure


def mistakes_per_epoch(runs, *, title="The mistakes become fewer, then there are none"):
    """How many samples the learning rule got wrong in each epoch: ``runs`` is {name: counts}."""
    curves = {name: (np.arange(1, len(m) + 1), m) for name, m in runs.items()}
    longest = max(len(m) for m in runs.values())
    xscale = "log" if longest > 100 else "linear"
    return lines(curves, xlabel="epoch", ylabel="mistakes", title=title, xscale=xscale)


@styled
def weighted_sum(w, b, points, *, limits=((-3, 3), (-3, 3)), title="The sum is a slope"):
    """The sum z = x @ w + b over the plane, its line z = 0, and its value at ``points`` (N, 2).

    The arrow is w (2,): it stands square on the line and points to where z grows.
    """
    w, points = np.asarray(w, float), np.asarray(points, float)
    figure, axes = picture("", size=(5.8, 4.4))
    x1, x2 = np.meshgrid(*(np.linspace(low, high, 200) for low, high in limits))
    z = w[0] * x1 + w[1] * x2 + b
    top = np.abs(z).max()
    shades = axes.contourf(x1, x2, z, np.linspace(-top, top, 21), cmap=BLUE_ORANGE.reversed())
    axes.contour(x1, x2, z, [0], colors="black")
    foot = -b * w / (w @ w)  # the point of the line that is nearest to the origin
    axes.annotate("", foot + w / np.linalg.norm(w), foot, arrowprops={"width": 1.5, "color": "k"})
    axes.plot(*points.T, "ok")
    sums = points @ w + b
    for point, value in zip(points, sums, strict=True):
        axes.annotate(f" {value:+g}", point, xytext=(4, 4), textcoords="offset points")
    axes.set(xlabel="x1", ylabel="x2", title=title, aspect="equal", xlim=limits[0], ylim=limits[1])
    axes.grid(False)
    figure.colorbar(shades, ax=axes, label="weighted sum z", ticks=mpl.ticker.MaxNLocator(7))
    values = ", ".join(f"{v:+g} at ({p[0]:g}, {p[1]:g})" for p, v in zip(points, sums, strict=True))
    figure.alt = (
        f"{title}. The plane is shaded by z = {w[0]:g} x1 {w[1]:+g} x2 {b:+g}; a straight line "
        f"marks z = 0 and an arrow along the weights points to where z grows. z is {values}."
    )
    return figure
