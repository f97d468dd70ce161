"""The prose of lectures 01 to 12 as one text: ``python -m course_lib.experiments.prose`` packs it.

Lecture 18 teaches a small language model to continue it. Only whole sentences are taken, from
paragraphs and lists; code, formulas, tables, headings and answers to unfold are left out. The file
stays as it was when the model learned from it, so it may lag behind the lectures.
"""

import json
import re
from pathlib import Path

from course_lib.data.packed_files import check_there

FILE = Path(__file__).with_name("prose.txt")
LECTURES = Path(__file__).parents[2] / "lectures"
KEPT = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;?!'()-%\n")
PLAIN = str.maketrans({"’": "'", "“": "", "”": "", '"': "", "–": "-", "−": "-", "*": "", "×": "x"})


def prose() -> str:
    """The text: a paragraph in each line, an empty line between lectures.

    ``RuntimeError`` if the packed file is missing.
    """
    check_there(FILE)
    return FILE.read_text(encoding="utf-8")


def paragraphs(markdown: str) -> list[str]:
    """Sentences of a cell in the characters ``KEPT``, a paragraph each; short lines are left out.

    >>> paragraphs("# Title\\n\\nA **plain** sentence. One with $x$.\\n\\n- A list; and then more.")
    ['A plain sentence.', 'A list; and then more.']
    """
    markdown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)  # links
    found = []
    for line in markdown.splitlines():
        line = re.sub(r"^\s*(?:[-*]|\d+\.) ", "", line).translate(PLAIN).strip()
        if len(line) < 15 or line[-1] not in ".?!;:" or not line[0].isupper():
            continue
        # a sentence with a formula, code or a foreign letter goes, the others of its line stay
        sentences = re.split(r"(?<=[.?!:;]) (?=[A-Z])", line)
        kept = [s for s in sentences if set(s) <= KEPT]
        if kept:
            found.append(" ".join(kept))
    return found


def collect(folder: Path = LECTURES) -> str:
    """The text, gathered from the notebooks of lectures 01 to 12 in ``folder``."""
    lectures = []
    for path in sorted(folder.glob("*.ipynb")):
        if not 1 <= int(path.name[:2]) <= 12:
            continue
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        lines = [line for text in texts for line in paragraphs(text.split("## Sources")[0])]
        lectures.append("\n".join(lines))
    return "\n\n".join(lectures) + "\n"


if __name__ == "__main__":
    FILE.write_text(collect(), encoding="utf-8")
