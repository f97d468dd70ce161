"""Cells as nbformat has them, whatever they were made of.

Of what a cell showed when it was handed in, the words are kept: an answer may be among them.
"""

from __future__ import annotations

import copy
import re
import uuid
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any

from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

MAX_NAMES = 50  # of metadata of a cell
MAX_DEPTH = 6  # of metadata that is kept
MAX_WORDS = 5000  # characters of what a cell showed
WORDS = ("text/markdown", "text/plain", "text/latex")
MARKDOWN = {"heading": "markdown", "html": "markdown"}  # kinds of cells of format 3
ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
MAKE = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
CHECKED = {  # of the metadata, by nbformat's schema
    *("collapsed", "execution", "format", "jupyter", "name", "scrolled", "tags"),
    *("authors", "kernelspec", "language_info", "orig_nbformat", "title"),
}
READ = ("nbgrader", "kernelspec", "orig_nbformat")  # of the metadata, by what grades


def make_cell(kind: str, source: str, metadata: Any) -> NotebookNode:
    """A cell, without those parts of ``metadata`` that no notebook may have.

    A kind that there is not becomes raw.
    """
    make = MAKE.get(kind, new_raw_cell)
    if not isinstance(metadata, dict) or len(metadata) > MAX_NAMES or CHECKED & metadata.keys():
        return made(make, metadata, source)
    cell = copy.deepcopy(_empty(make))
    cell.update(id=uuid.uuid4().hex[:8], source=source, metadata=dict(metadata))
    return cell


@cache
def _empty(make: Callable[[], NotebookNode]) -> NotebookNode:
    """A cell that nbformat has found valid: so it is with any text, and metadata not CHECKED."""
    return make()


def made(make: Callable[..., NotebookNode], metadata: Any, *args: str) -> NotebookNode:
    """What nbformat's ``make`` gives, with as much of ``metadata`` as is valid: editors err too."""
    parts = dict(metadata) if isinstance(metadata, dict) else {}
    if len(parts) > MAX_NAMES:
        parts = {name: parts[name] for name in READ if name in parts}
    try:
        return make(*args, metadata=parts)
    except ValidationError:
        valid = {
            name: part
            for name, part in parts.items()
            if name not in CHECKED or _is_valid(make, name, part)
        }
        return make(*args, metadata=valid)


def _is_valid(make: Callable[..., NotebookNode], name: str, part: Any) -> bool:
    try:
        make(metadata={name: part})
    except ValidationError:
        return False
    return True


def name_cells(cells: list[NotebookNode]) -> None:
    """Give each cell an id of its own; the first that has one keeps it."""
    taken = set()
    for index, cell in enumerate(cells):
        name = cell.get("id")
        if not isinstance(name, str) or not ID.fullmatch(name) or name in taken:
            name = f"cell-{index}-of-the-student"
        while name in taken:
            name = f"{name[:60]}-x"
        taken.add(name)
        cell["id"] = name


def safe_cell(cell: dict[str, Any]) -> NotebookNode:
    """A cell of a notebook's JSON, with what grading reads of it."""
    kind, text = cell.get("cell_type"), _joined(cell.get("source"))
    new = make_cell(str(kind), _text(text), plain(cell.get("metadata")))
    new["id"] = cell.get("id")
    if kind == "code" and (words := _shown_words(cell.get("outputs"))):
        new.outputs = [new_output("stream", text=words)]
    pictures = cell.get("attachments")
    if kind == "markdown" and isinstance(pictures, dict):
        pictures = plain(pictures)
        if all(map(_is_bundle, pictures.values())):
            new["attachments"] = pictures
    return new


def cells_of_worksheets(sheets: Any) -> list[dict[str, Any]] | None:
    """The cells of a notebook of format 2 or 3 as format 4 has them; None if it has none."""
    if not isinstance(sheets, list):
        return None
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    cells = chain(*(cells for cells in lists if isinstance(cells, list)))
    return [_in_format_4(cell) for cell in cells if isinstance(cell, dict)]


def _in_format_4(cell: dict[str, Any]) -> dict[str, Any]:
    kind, text = cell.get("cell_type"), _joined(cell.get("input", cell.get("source")))
    if kind == "heading":
        level = cell.get("level")
        hashes = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)
        text = f"{hashes} {' '.join(text.splitlines())}"
    return cell | {"cell_type": MARKDOWN.get(str(kind), kind), "source": text}


def _shown_words(outputs: Any) -> str:
    """What outputs say as text, but for warnings and errors; of much of it the beginning."""
    texts: list[str] = []
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict) or output.get("name") == "stderr":
            continue
        data = output.get("data")
        found = [data.get(kind) for kind in WORDS] if isinstance(data, dict) else []
        texts += [_joined(text)[:MAX_WORDS] for text in [output.get("text"), *found] if text]
        if sum(map(len, texts)) > MAX_WORDS:
            break
    return _text("\n".join(texts)[:MAX_WORDS])


def _joined(lines: Any) -> str:
    """A text of a notebook, which may be a list of its lines; format 2 has these without an end."""
    lines = lines if isinstance(lines, list) else [lines]
    texts = [line for line in lines if isinstance(line, str)]
    return ("" if any(text.endswith("\n") for text in texts) else "\n").join(texts)


def _is_bundle(bundle: Any) -> bool:
    """Whether ``bundle`` is an attachment: {type: text or lines}."""
    if not isinstance(bundle, dict):
        return False
    texts = chain(*(data if isinstance(data, list) else [data] for data in bundle.values()))
    return all(isinstance(text, str) for text in texts)


def plain(value: Any, depth: int = MAX_DEPTH) -> Any:
    """``value`` as plain data that can be written again; what lies too deep becomes None."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None  # NaN neither
    if value is None or isinstance(value, (bool, int)):
        return value
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {_text(key): plain(item, depth - 1) for key, item in value.items()}
    return [plain(item, depth - 1) for item in value]


def _text(text: str) -> str:
    """Text that can be written as UTF-8: JSON can spell half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")
