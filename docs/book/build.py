"""Builds the course's site: ``python docs/book/build.py [FOLDER] [--no-pdf]``, or ``make book``.

Sphinx wants all pages below one folder, and links between notebooks are relative to the course's.
So what the site shows is copied into ``book/source`` as it lies in the course, and ``book/html``
is made of it. Notebooks are shown with the outputs that they have; nothing is run. What is not
named here can't get into the site: no solutions, no tests, no corpus. Each lecture gets its slides
and, where there is a Chromium that can print, a PDF.
"""

import importlib.util
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGES = (
    "lectures/*.ipynb",
    "exercises/*/*.ipynb",
    "docs/*.md",
    "docs/*.svg",
    "*.md",
    "LICENSE",
)
NEEDED = ("sphinx", "myst_nb", "sphinx_book_theme", "sphinx_revealjs", "latex2mathml")


def missing() -> list[str]:
    """The packages that the site needs and that are not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def gather(source: Path) -> None:
    """Copy what the site is made of into ``source``, and remove what the course no longer has."""
    found = {path: path.relative_to(ROOT) for pattern in PAGES for path in ROOT.glob(pattern)}
    found |= {path: path.relative_to(HERE / "pages") for path in (HERE / "pages").rglob("*.md")}
    wanted = {source / place for place in found.values()}
    for old in source.rglob("*"):
        if old.is_file() and old not in wanted:
            old.unlink()
    for path, place in found.items():
        target = source / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)  # keeps the time, so that Sphinx reads again what has changed


def build(folder: Path, pdf: bool) -> int:
    """Make the site in ``folder``/html; 0 if there was nothing to warn of."""
    import printing
    import slides
    from sphinx.cmd.build import main

    gather(folder / "source")
    lectures, program = folder / "html/lectures", printing.chromium() if pdf else None
    status = main(
        [
            *("-b", "html", "-c", str(HERE), "-d", str(folder / "doctrees")),
            *("-j", "2", "-q", "-W", "--keep-going"),
            *("-D", f"lectures_as_pdf={int(program is not None)}"),
            *(str(folder / "source"), str(folder / "html")),
        ]
    )
    decks = slides.write(lectures)
    if program is not None:
        printing.write(program, [deck.with_suffix("").with_suffix(".html") for deck in decks])
    return status


if __name__ == "__main__":
    if lacking := missing():
        sys.exit(
            f"The book needs more than the course ({', '.join(lacking)} is missing): in the "
            'course\'s folder, pip install -c constraints.txt -e ".[book]".'
        )
    folders = [argument for argument in sys.argv[1:] if argument != "--no-pdf"]
    where, pdf = Path(folders[0] if folders else ROOT / "book"), "--no-pdf" not in sys.argv
    status = build(where, pdf)
    if status == 0:
        print(f"The book is in {where / 'html' / 'index.html'}")
    if pdf and not any(where.glob("html/lectures/*.pdf")):
        print("It has no PDFs: they need Chromium.")
    sys.exit(status)
