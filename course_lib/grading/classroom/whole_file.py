"""A file that people open is complete, or it is not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_lib.grading.errors import CourseProblem


@contextmanager
def whole_file(to: Path) -> Iterator[Path]:
    """A file to write into, which takes the place of ``to`` at the end.

    If something fails before, ``to`` stays as it was. ``CourseProblem`` if it can't be written.
    """
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(to)
    except OSError as error:
        raise CourseProblem(f"{to} can't be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def write_page(to: Path, page: str) -> None:
    """Write a page; what of a student's text can't be UTF-8 is spelt out."""
    with whole_file(to) as draft:
        draft.write_text(page, encoding="utf-8", errors="backslashreplace")
