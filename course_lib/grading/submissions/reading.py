"""The file that a student handed in: read with care, or refused in a sentence.

Nothing in it is trusted. What is read has the form of a notebook of today, whatever it had: cells
with a type, a source and an id, metadata that is plain, and no outputs.
"""

import json
import mmap
import os
import re
import stat
import threading
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from course_lib.grading.nbgrader_private import check_before_copying
from course_lib.grading.submissions.files import (
    MAX_BYTES,
    MAX_NOTEBOOK,
    NOTEBOOK,
    find_files,
    shown,
)
from course_lib.grading.submissions.json_size import TooLarge, has_more_parts, without_outputs

MAX_CELLS = 2000
KNOWN_FILES = {  # how they begin
    **dict.fromkeys((b"<!doctype html", b"<html"), "a web page"),
    **{b"pk\3\4": "a zip archive", b"\x1f\x8b": "a gzip archive", b"%pdf": "a PDF"},
}
MAX_PARTS = 10**6  # values of a notebook's JSON text: some hundred MB of memory
MAX_LINES = 250_000
LARGE = 10**7  # bytes of a notebook from which on it is read without its outputs
MAX_NAMES = 50  # of metadata of a cell
MAX_DEPTH = 6  # of metadata that is kept
ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
MAKE = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
KINDS = (
    (stat.S_ISLNK, "a link, not the file itself"),
    (stat.S_ISDIR, "a folder, not a file"),
    (lambda mode: not stat.S_ISREG(mode), "no ordinary file"),
)


CHECKED = {  # of the metadata, by nbformat's schema
    *("collapsed", "execution", "format", "jupyter", "name", "scrolled", "tags"),
    *("authors", "kernelspec", "language_info", "orig_nbformat", "title"),
}
READ = ("nbgrader", "kernelspec", "orig_nbformat")  # of the metadata, by what grades
_one_at_a_time = threading.Lock()  # large notebooks share the memory


class Unreadable(Exception):
    """A file that is not read; the message says why, as a sentence."""


class SubmissionExporter(NotebookExporter):
    """nbconvert's writer of notebooks, with a reader that expects anything.

    In ``nbgrader_config.py``: ``c.Autograde.exporter_class = SubmissionExporter``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        check_before_copying(self.parent, check_folder)

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        check_file(filename)
        return super().from_filename(filename, resources, **kwargs)

    def from_file(self, file_stream: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        notebook = _read(file_stream.buffer, file_stream.name)
        if keeps_outputs(self.config):
            file_stream.buffer.seek(0)
            put_outputs(notebook, file_stream.buffer.read(MAX_BYTES))
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
    """``Unreadable`` unless ``path`` is an ordinary file, not empty, of ``MAX_NOTEBOOK`` bytes."""
    about, name = os.lstat(path), shown(os.path.basename(path))
    for is_one, words in KINDS:
        if is_one(about.st_mode):
            raise Unreadable(f"{name} is {words}.")
    if about.st_size == 0:
        raise Unreadable(f"{name} is empty: a file of 0 bytes.")
    if about.st_size > MAX_NOTEBOOK:
        raise Unreadable(
            f"{name} is too large: {about.st_size / 10**6:.0f} MB, at most "
            f"{MAX_NOTEBOOK / 10**6:g} MB are read. Without its outputs it would be smaller."
        )


def check_folder(folder: str | Path) -> None:
    """``Unreadable`` if there is something else than ordinary files in ``folder``."""
    found = find_files(folder)
    for path in chain(*found.problems.values()):
        if path.suffix == NOTEBOOK:
            check_file(Path(folder, path))
    if odd := found.left_out():
        raise Unreadable(f"Beside the notebook, {odd[0]}.")


def read(path: str | Path) -> NotebookNode:
    """The notebook in the file ``path``; ``Unreadable`` if it is none."""
    check_file(path)
    try:
        with open(path, "rb") as file:
            return _read(file, path)
    except OSError as error:
        name = shown(os.path.basename(path))
        raise Unreadable(f"{name} can't be read: {error.strerror}.") from error


def _read(file: BinaryIO, path: str | Path) -> NotebookNode:
    """The notebook in an open file; of a large one, only what is kept gets into memory."""
    try:
        if os.fstat(file.fileno()).st_size <= LARGE:
            return parse(file.read())
        with _one_at_a_time, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return parse(_reduced(content))
    except Unreadable as problem:
        raise Unreadable(f"{shown(os.path.basename(path))} {problem}") from problem


def _reduced(data: bytes | mmap.mmap) -> bytes:
    """A notebook's text without outputs, which grading makes anew; ``Unreadable`` if too large."""
    try:
        return without_outputs(data, MAX_BYTES, MAX_PARTS)
    except TooLarge as limit:
        raise Unreadable(
            f"is too large: besides its outputs, at most {limit} are read. Pictures that were "
            "pasted into its cells make it large."
        ) from limit


def parse(data: bytes) -> NotebookNode:
    """The notebook in ``data`` (bytes); ``Unreadable``, to follow the name of the file, if none."""
    if has_more_parts(data, MAX_PARTS):
        data = _reduced(data)
        if has_more_parts(data, MAX_PARTS):
            raise Unreadable(f"is too large: at most {MAX_PARTS:,} values are read.")
    try:
        content = json.loads(_decoded(data))
    except RecursionError as error:
        raise Unreadable("is no notebook: it is nested too deeply.") from error
    except ValueError as error:
        raise Unreadable(f"is no notebook: {_what_it_is(data)}.") from error
    if not isinstance(content, dict):
        raise Unreadable("is no notebook: it can't be read as one.")
    content = _upgraded(content)
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("is no notebook: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"has {len(cells)} cells, at most {MAX_CELLS} are read.")
    notebook = _made(new_notebook, _plain(content.get("metadata")))
    notebook.cells = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    lines = sum(cell.source.count("\n") for cell in notebook.cells)
    if lines > MAX_LINES:  # each is a value of its own when the notebook is written
        raise Unreadable(f"has {lines:,} lines in its cells, at most {MAX_LINES:,} are read.")
    name_cells(notebook.cells)
    return notebook


def _what_it_is(data: bytes) -> str:
    """What was handed in under the name of a notebook."""
    begins = data.lstrip()[:100].lower()
    for beginning, what in KNOWN_FILES.items():
        if begins.startswith(beginning):
            return f"it is {what}"
    if b"\n<<<<<<< " in data:
        return "git left marks of a conflict in it"
    return "it can't be read as one"


def make_cell(kind: str, source: str, metadata: Any) -> NotebookNode:
    """A cell, without those parts of ``metadata`` that no notebook may have.

    A kind that there is not becomes raw.
    """
    return _made(MAKE.get(kind, new_raw_cell), metadata, source)


def _made(make: Callable[..., NotebookNode], metadata: Any, *args: str) -> NotebookNode:
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


def _decoded(data: bytes) -> str:
    """Text in any of JSON's encodings; else what an old editor on Windows would have written."""
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text.lstrip("\ufeff").rstrip("\0")  # a second mark, and what a full disk leaves


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
        pictures = _plain(pictures)
        if all(map(_is_bundle, pictures.values())):
            new["attachments"] = pictures
    return new


def _is_bundle(bundle: Any) -> bool:
    """Whether ``bundle`` is an attachment: {type: text or lines}."""
    if not isinstance(bundle, dict):
        return False
    texts = chain(*(data if isinstance(data, list) else [data] for data in bundle.values()))
    return all(isinstance(text, str) for text in texts)


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
