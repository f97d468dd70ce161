"""The file that a student handed in: read with care, or refused in a sentence.

Nothing in it is trusted. What is read has the form of a notebook of today, whatever it had: cells
with a type, a source and an id, metadata that is plain, and of outputs only their words.
"""

import json
import mmap
import os
import stat
import threading
from collections.abc import Collection
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from course_lib.grading.nbgrader_private import OfOneStudent, check_before_copying
from course_lib.grading.submissions.cells import (
    cells_of_worksheets,
    made,
    name_cells,
    plain,
    safe_cell,
)
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
KINDS = (
    (stat.S_ISLNK, "a link, not the file itself"),
    (stat.S_ISDIR, "a folder, not a file"),
    (lambda mode: not stat.S_ISREG(mode), "no ordinary file"),
)
BY_NAME = (
    "%s of %s is not graded: nbgrader goes by the names of notebooks. "
    "`course grade %s --student %s` looks into all of them."
)
_one_at_a_time = threading.Lock()  # large notebooks share the memory


class Unreadable(Exception):
    """A file that is not read; the message says why, as a sentence."""


class SubmissionExporter(NotebookExporter):
    """nbconvert's writer of notebooks, with a reader that expects anything.

    In ``nbgrader_config.py``: ``c.Autograde.exporter_class = SubmissionExporter``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        check_before_copying(self.parent, self._check)

    def _check(self, folder: str, assignment: str, student: str) -> None:
        """``check_folder``; notebooks that only ``course grade`` would look into are named."""
        check_folder(folder)
        converter: Any = self.parent
        if not isinstance(converter, OfOneStudent):  # those are found already
            directory = converter.coursedir
            source = directory.format_path(directory.source_directory, ".", assignment)
            for name in other_notebooks(folder, {path.name for path in Path(source).iterdir()}):
                self.log.warning(BY_NAME, name, student, assignment, student)

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


def other_notebooks(folder: str | Path, known: Collection[str]) -> list[str]:
    """The notebooks in ``folder`` that have none of the ``known`` names, for a message."""
    paths = [file.path for file in find_files(folder).files if NOTEBOOK in file.path.name.lower()]
    return [shown(path) for path in paths if str(path) not in known and path.name[0] != "."]


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
    metadata, cells = plain(content.get("metadata")), content.get("cells")
    if cells is None and (cells := cells_of_worksheets(content.get("worksheets"))) is not None:
        old = 2 if content.get("nbformat") == 2 else 3
        metadata = (metadata if isinstance(metadata, dict) else {}) | {"orig_nbformat": old}
    if not isinstance(cells, list):
        raise Unreadable("is no notebook: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"has {len(cells)} cells, at most {MAX_CELLS} are read.")
    notebook = made(new_notebook, metadata)
    notebook.cells = [safe_cell(cell) for cell in cells if isinstance(cell, dict)]
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


def _decoded(data: bytes) -> str:
    """Text in any of JSON's encodings; else what an old editor on Windows would have written."""
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text.lstrip("\ufeff").rstrip("\0")  # a second mark, and what a full disk leaves
