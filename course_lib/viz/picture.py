"""A figure that carries its text alternative, and the look that all figures of the course share.

Nothing here uses pyplot, so no figure is left open and nothing is drawn twice. The colors are
those of Okabe and Ito (2008), which stay apart for color-blind readers; shape, hatch or text
always repeats what color says.
"""

import io
from base64 import b64encode
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.rcsetup import cycler
from matplotlib.text import Text
from PIL import Image

COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000"]
BLUE, ORANGE, GRAY, PALE_BLUE = COLORS[0], COLORS[1], "#9a9a9a", "#cfe6f3"
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*"]
LINES = ["-", "--", "-.", ":"]
HATCHES = ["", "///", "...", "xx", "\\\\\\"]
BLUE_ORANGE = LinearSegmentedColormap.from_list("blue_orange", [ORANGE, "#ffffff", BLUE])
DPI = 144  # twice what is shown, so that figures are sharp on dense screens

STYLE: Any = {
    "axes.prop_cycle": cycler(color=COLORS),
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

# The one place of the style, a decorator of every function that draws: axes, titles and legends
# each take their style when they are made.
styled = mpl.rc_context(STYLE)


class Picture(Figure):
    """A figure with a text alternative, ``alt``, for readers who can't see it.

    Whoever draws it sets ``alt``; without it the picture can't be shown. As the value of a
    notebook cell it shows as a PNG image that carries the text.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(layout="constrained", dpi=DPI, **options)
        self.canvas: FigureCanvasAgg = FigureCanvasAgg(self)
        self.alt = ""

    def png(self, *, quick: bool = False) -> bytes:
        """The picture as a PNG file.

        It keeps 256 colors, which nobody can tell from all, in a third of the bytes. quick: all
        colors and more bytes, in two thirds of the time. ``savefig`` would go through the figure
        twice, and pack into a PNG what is unpacked again here.
        """
        self.canvas.draw()
        drawn, buffer = Image.fromarray(np.asarray(self.canvas.buffer_rgba())), io.BytesIO()
        if quick:
            drawn.convert("RGB").save(buffer, "png", compress_level=1)
        else:
            drawn.convert("RGB").quantize(256).save(buffer, "png", optimize=True)
        return buffer.getvalue()

    def html(self, *, quick: bool = False) -> str:
        """The picture as an HTML ``img``; ``ValueError`` if it has no text alternative."""
        if not self.alt.strip():
            raise ValueError(
                f"Picture: alt is {self.alt!r}, wanted what the picture shows, in words"
            )
        source = f"data:image/png;base64,{b64encode(self.png(quick=quick)).decode()}"
        return f'<img src="{source}" width="{self.shown_width}" alt="{escape(self.alt)}">'

    @property
    def shown_width(self) -> int:
        """Width on the page, in pixels."""
        return round(self.get_size_inches()[0] * DPI / 2)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # as HTML, because neither JupyterLab nor nbconvert gives an image/png its text alternative
        display({"text/html": self.html(), "text/plain": f"Figure: {self.alt}"}, raw=True)


class CachedLayout(ConstrainedLayoutEngine):
    """The layout of pictures that follow each other: computed again only where it may differ.

    Measuring every text takes about a fifth of the time of drawing a picture.
    """

    _key: list | None = None

    def execute(self, figure: Figure) -> None:
        """Place the axes of ``figure``, and what is written above and below all of them."""
        key = _layout_key(figure)
        if key != self._key:
            super().execute(figure)
            self._key = key
            self._axes = [axes.get_position(original=True) for axes in figure.axes]
            self._texts = [text.get_position() for text in figure.texts]
            return
        for axes, place in zip(figure.axes, self._axes, strict=True):
            axes.set_position(place)
            axes.set_in_layout(True)  # of which that takes them out
        for text, place in zip(figure.texts, self._texts, strict=True):
            text.set_position(place)


def _layout_key(figure: Figure) -> list:
    """What a layout follows from: the figure's size, the axes' limits, the texts and their places.

    Of titles the number of lines alone, as a layout leaves no room for their length. Not the look
    of what is written, nor the columns of a legend: those may not follow a control.
    """
    titles = {figure.get_suptitle()}
    for axes in figure.axes:
        titles |= {axes.get_title(loc) for loc in ("left", "center", "right")}
        axes.xaxis.get_ticklabels()  # writes them
        axes.yaxis.get_ticklabels()
    titles.discard("")
    key = [figure.bbox.bounds, *(axes.viewLim.bounds for axes in figure.axes)]
    for text in figure.findobj(Text):
        words = text.get_text()
        key.append((words.count("\n") if words in titles else words, text.get_position()))
    return key


def picture(
    rows: int = 1, columns: int = 1, *, size: tuple[float, float] = (6.0, 3.8), **options: Any
) -> tuple[Picture, Any]:
    """A new ``Picture`` and its axes; ``size`` in inches, of the whole; options of ``subplots``."""
    figure = Picture(figsize=size)
    return figure, figure.subplots(rows, columns, **options)


def headline(figure: Picture, title: str) -> Picture:
    """Write the title of a figure of several panels, at its upper left; returns the figure."""
    figure.suptitle(title, x=0.01, ha="left", weight="bold", fontsize="medium")
    return figure


def bare(axes: Axes) -> None:
    """Take away ticks, grid and frame."""
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[:].set_visible(False)


def frame(axes: Axes) -> None:
    """Nothing but a thin frame, so that the edge of an image can be seen."""
    bare(axes)
    axes.spines[:].set(visible=True, color="#cccccc")
