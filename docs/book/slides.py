"""The lectures as slides: ``python docs/book/slides.py``, or ``make slides``.

Each deck is one file that needs no network: reveal.js, styles and pictures are in it, and formulas
are MathML. The site has them beside its lectures.
"""

import re
import sys
from pathlib import Path

import sphinx_revealjs
from jinja2 import pass_context
from nbconvert.exporters import SlidesExporter

from course_lib.grading.feedback.page import rendered

ROOT = Path(__file__).resolve().parents[2]
REVEAL = Path(sphinx_revealjs.__file__).parent / "_static"  # it brings reveal.js along
NOTEBOOK = re.compile(r'(href="[^":]+)\.ipynb([#"])')


@pass_context
def markdown(_context: object, source: str) -> str:
    """Markdown as HTML; other notebooks are pages of the site."""
    return NOTEBOOK.sub(r"\1.html\2", rendered(source))


def exporter() -> SlidesExporter:
    return SlidesExporter(
        template_name="deck",
        extra_template_basedirs=[str(ROOT / "course_lib/viz/templates")],
        extra_template_paths=[str(REVEAL)],
        filters={"markdown2html": markdown},
        reveal_number="c/t",
        reveal_width="1280",
        reveal_height="860",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def write(folder: Path) -> list[Path]:
    """Make ``folder``/NAME.slides.html of each lecture; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    deck, made = exporter(), []
    for lecture in sorted(ROOT.glob("lectures/*.ipynb")):
        page, _ = deck.from_filename(str(lecture))
        made.append(folder / f"{lecture.stem}.slides.html")
        made[-1].write_text(page, encoding="utf-8")
    return made


if __name__ == "__main__":
    made = write(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "slides"))
    print(f"{len(made)} decks are in {made[0].parent}")
