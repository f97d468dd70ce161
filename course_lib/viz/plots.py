"""The lectures' figures: functions of plain data that return a ``Picture``.

Nothing here uses pyplot, so no figure is left open and nothing is drawn twice. The colours are
those of Okabe and Ito (2008), which stay apart for colour-blind readers; shape or text always
repeats what colour says.
"""

import io
from base64 import b64encode
from html import escape

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

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


class Picture(Figure):
    """A figure with a text alternative, ``alt``, for readers who can't see it.

    As the value of a notebook cell it shows as a PNG image that carries the text.
    """

    def __init__(self, alt, **options):
        super().__init__(layout="constrained", **options)
        FigureCanvasAgg(self)
        self.alt = alt

    def png(self):
        """The picture as the bytes of a PNG file."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=DPI)
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

        display(
            {"image/png": b64encode(self.png()).decode(), "text/plain": f"Figure: {self.alt}"},
            metadata={"image/png": {"alt": self.alt, "width": self.shown_width}},
            raw=True,
        )


def picture(alt, rows=1, columns=1, *, size=(6.0, 3.8), **options):
    """A new ``Picture`` in the course's style and its axes; ``size`` in inches, of the whole."""
    with mpl.rc_context(STYLE):
        figure = Picture(alt, figsize=size)
        return figure, figure.subplots(rows, columns, **options)


def learning_curve(history, *, title="The loss falls, the accuracy rises"):
    """Loss and accuracy of a ``training.History``, epoch by epoch, training beside validation."""
    epochs = np.arange(1, len(history.train_loss) + 1)
    alt = (
        f"Two curves over {len(epochs)} epochs. The training loss goes from "
        f"{history.train_loss[0]:.2f} to {history.train_loss[-1]:.2f}, "
        f"the training accuracy from {history.train_accuracy[0]:.1%} "
        f"to {history.train_accuracy[-1]:.1%}."
    )
    if history.val_accuracy:
        alt += f" The validation accuracy ends at {history.val_accuracy[-1]:.1%}."
    figure, (left, right) = picture(alt, 1, 2, size=(9.0, 3.4))
    for axes, train, val, label in (
        (left, history.train_loss, history.val_loss, "loss"),
        (right, history.train_accuracy, history.val_accuracy, "accuracy"),
    ):
        axes.plot(epochs, train, label="training")
        if val:
            axes.plot(epochs, val, "--", label="validation")
        axes.set(xlabel="epoch", ylabel=label)
        axes.legend()
    figure.suptitle(title, x=0.01, ha="left", weight="bold", fontsize="medium")
    return figure


def weight_pictures(W, classes, *, shape=(28, 28), title="One template per class"):
    """Weights W (D, K) of a softmax as K pictures: blue speaks for the class, orange against it."""
    alt = (
        f"{len(classes)} pictures of {shape[0]} by {shape[1]} weights, one for each of "
        f"{', '.join(classes)}. Each shows, in blue, a blurred version of its own class."
    )
    columns = min(5, len(classes))
    rows = -(-len(classes) // columns)
    figure, grid = picture(
        alt, rows, columns, size=(1.7 * columns + 0.8, 1.9 * rows + 0.4), squeeze=False
    )
    limit = np.abs(W).max()
    for axes in grid.flat:
        axes.axis("off")
    for axes, weights, name in zip(grid.flat, W.T, classes, strict=False):
        image = axes.imshow(weights.reshape(shape), cmap=BLUE_ORANGE, vmin=-limit, vmax=limit)
        axes.set_title(name)
    figure.colorbar(image, ax=grid, shrink=0.8, label="weight")
    figure.suptitle(title, x=0.01, ha="left", weight="bold", fontsize="medium")
    return figure
