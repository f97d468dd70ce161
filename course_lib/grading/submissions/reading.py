"""The file that a student handed in: read with care, or refused in a sentence.

Nothing in it is trusted. What is read has the form of a notebook of today, whatever it had: cells
with a type, a source and an id, metadata that is plain, and no outputs.
"""

import json
import os
import re
import shutil
import stat
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.utils import parse_utc

MAX_BYTES = 50 * 10**6
MAX_CELLS = 2000
MAX_DEPTH = 6  # of metadata that is kept
ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
MAKE = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
KINDS = (
    (stat.S_ISLNK, "a link, not the file itself"),
    (stat.S_ISDIR, "a folder, not a file"),
    (lambda mode: not stat.S_ISREG(mode), "no ordinary file"),
)


class Unreadable(Exception):
    """A file that is not read; the message says why, as a sentence."""


class SubmissionExporter(NotebookExporter):
    """nbconvert's writer of notebooks, with a reader that expects anything.

    In ``nbgrader_config.py``: ``c.Autograde.exporter_class = SubmissionExporter``.
    """

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        check_file(filename)
        _, odd = _files(os.path.dirname(filename))
        if odd:
            raise Unreadable(f"{shown(odd[0])}, beside the notebook, is no ordinary file.")
        return super().from_filename(filename, resources, **kwargs)

    def from_file(self, file_stream: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        data = file_stream.buffer.read()
        try:
            notebook = parse(data)
        except Unreadable as problem:
            raise Unreadable(f"{os.path.basename(file_stream.name)} {problem}") from problem
        if keeps_outputs(self.config):
            put_outputs(notebook, data)
        return self.from_notebook_node(notebook, resources=resources, **kwargs)


def keeps_outputs(config: Any) -> bool:
    """Whether what a submission shows is what is graded, as ``nbgrader autograde --no-execute``."""
    return not config.ClearOutput.get("enabled", True)


def put_outputs(notebook: NotebookNode, data: bytes) -> None:
    """Give ``notebook``, which was read from ``data``, the outputs that it was handed in with.

    Those of a file that is no valid notebook are left out: nobody could show them.
    """
    try:
        as_handed_in = nbformat.reads(_decoded(data), as_version=4)
        nbformat.validate(as_handed_in)
    except Exception:  # every sort of damage raises its own sort of error
        return
    for cell, other in zip(notebook.cells, as_handed_in.cells, strict=True):
        if cell.cell_type == other.cell_type == "code":
            cell.outputs, cell.execution_count = other.outputs, other.execution_count


def check_file(path: str | Path) -> None:
    """``Unreadable`` unless ``path`` is an ordinary file, not empty, of at most ``MAX_BYTES``."""
    about = os.lstat(path)
    for is_one, words in KINDS:
        if is_one(about.st_mode):
            raise Unreadable(f"{os.path.basename(path)} is {words}.")
    if about.st_size == 0:
        raise Unreadable(f"{os.path.basename(path)} is empty: a file of 0 bytes.")
    if about.st_size > MAX_BYTES:
        size = f"{about.st_size / 10**6:.0f} MB"
        raise Unreadable(
            f"{os.path.basename(path)} is too large: {size}, at most {MAX_BYTES / 10**6:g} MB are "
            "read."
        )


def read(path: str | Path) -> NotebookNode:
    """The notebook in the file ``path``; ``Unreadable`` if it is none."""
    check_file(path)
    try:
        return parse(Path(path).read_bytes())
    except Unreadable as problem:
        raise Unreadable(f"{os.path.basename(path)} {problem}") from problem


def parse(data: bytes) -> NotebookNode:
    """The notebook in ``data`` (bytes); ``Unreadable``, to follow the name of the file, if none."""
    try:
        content = json.loads(_decoded(data))
    except RecursionError as error:
        raise Unreadable("is no notebook: it is nested too deeply.") from error
    except ValueError as error:
        raise Unreadable("is no notebook: it can't be read as one.") from error
    if not isinstance(content, dict):
        raise Unreadable("is no notebook: it can't be read as one.")
    content = _upgraded(content)
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("is no notebook: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"has {len(cells)} cells, at most {MAX_CELLS} are read.")
    metadata = _plain(content.get("metadata"))
    notebook = _made(new_notebook, metadata)
    notebook.cells = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    name_cells(notebook.cells)
    return notebook


def make_cell(kind: str, source: str, metadata: Any) -> NotebookNode:
    """A cell, without those parts of ``metadata`` that no notebook may have.

    A kind that there is not becomes raw.
    """
    return _made(MAKE.get(kind, new_raw_cell), metadata, source)


def _made(make: Callable[..., NotebookNode], metadata: Any, *args: str) -> NotebookNode:
    """What nbformat's ``make`` gives, with as much of ``metadata`` as is valid: editors err too."""
    parts = dict(metadata) if isinstance(metadata, dict) else {}
    try:
        return make(*args, metadata=parts)
    except ValidationError:
        valid = {name: part for name, part in parts.items() if _is_valid(make, name, part)}
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


def copy_ordinary_files(folder: str | Path, to: str | Path) -> list[str]:
    """Copy what was handed in from ``folder`` to the new folder ``to``: ordinary files alone.

    Links are not followed. Returns what was left out and why, as "NAME is ..." each.
    """
    folder, to = Path(folder), Path(to)
    shutil.rmtree(to, ignore_errors=True)
    ordinary, odd = _files(folder)
    left_out = [f"{shown(path)} is no ordinary file" for path in odd]
    for path in ordinary:
        if (folder / path).stat().st_size > MAX_BYTES:
            left_out.append(f"{shown(path)} is larger than {MAX_BYTES / 10**6:g} MB")
        elif path == Path("timestamp.txt") and not _is_time(folder / path):
            left_out.append(f"{path} is no time, so nothing is late")
        else:
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, to / path)
    return left_out


def shown(path: object) -> str:
    """A name that a student chose, as a terminal may show it: without anything that steers it."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(path))[:200]


def _is_time(path: Path) -> bool:
    """Whether nbgrader can read the time of a submission; if not, it would stop there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return not (text := path.read_text().strip()) or bool(parse_utc(text))
    except (ValueError, OverflowError):
        return False


def _files(folder: str | Path) -> tuple[list[Path], list[Path]]:
    """Paths in ``folder`` of ordinary files, and of links, pipes and the like."""
    ordinary: list[Path] = []
    odd: list[Path] = []
    for here, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(here, name)
            (ordinary if stat.S_ISREG(os.lstat(path).st_mode) else odd).append(
                path.relative_to(folder)
            )
    return ordinary, odd


def _decoded(data: bytes) -> str:
    """Text in any of JSON's encodings; else what an old editor on Windows would have written."""
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text


def _upgraded(content: Any) -> Any:
    """A notebook of format 1 to 3 in format 4, and noted as such in its metadata."""
    version = content.get("nbformat")
    if not isinstance(version, int) or version >= 4 or "cells" in content:
        return content
    try:
        notebook = nbformat.convert(nbformat.from_dict(content), 4)
    except Exception as error:  # every sort of damage raises its own sort of error
        raise Unreadable(f"is no notebook: it can't be read in format {version}.") from error
    notebook.metadata["orig_nbformat"] = version
    return notebook


def _cell(cell: Any) -> NotebookNode:
    kind, source = cell.get("cell_type"), cell.get("source")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    new = make_cell(str(kind), _text(text), _plain(cell.get("metadata")))
    new["id"] = cell.get("id")
    pictures = cell.get("attachments")
    if kind == "markdown" and isinstance(pictures, dict):
        new["attachments"] = _plain(pictures)
        if not all(isinstance(bundle, dict) for bundle in new["attachments"].values()):
            del new["attachments"]
    return new


def _plain(value: Any, depth: int = MAX_DEPTH) -> Any:
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
        return {_text(key): _plain(item, depth - 1) for key, item in value.items()}
    return [_plain(item, depth - 1) for item in value]


def _text(text: str) -> str:
    """Text that can be written as UTF-8: JSON can spell half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")
