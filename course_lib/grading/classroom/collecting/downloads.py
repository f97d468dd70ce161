"""The files of a download, a folder or an archive, read with care: sizes and paths have limits."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from course_lib.grading.errors import CourseProblem
from course_lib.grading.submissions.files import MAX_ENTRIES, MAX_NOTEBOOK, MAX_TOTAL

LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints"}
UTF8_NAME = 0x800  # flag of an archive's entry: its name is UTF-8
NO_TIME = (1980, 1, 1, 0, 0, 0)  # what an archive has where it has none
DAMAGE = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError)


class Unusable(Exception):
    """A file that can't be taken; the message says why, as the end of "NAME ..."."""


@dataclass(frozen=True)
class Downloaded:
    """A file of a download. time: when it was changed; None if that is not known."""

    path: PurePosixPath
    size: int
    time: datetime | None
    _read: Callable[[], bytes]

    def read(self) -> bytes:
        """Its content; ``Unusable`` if it is too large or damaged."""
        if self.size > MAX_NOTEBOOK:
            raise Unusable(f"is larger than {MAX_NOTEBOOK / 10**6:g} MB")
        try:
            return self._read()
        except DAMAGE as error:
            raise Unusable(f"can't be read ({error})") from error


def read_download(path: Path) -> Iterator[Downloaded]:
    """The files of a folder or of a zip file. ``CourseProblem`` if it is neither."""
    if path.is_dir():
        return _in_folder(path)
    try:
        return in_archive(path)
    except OSError as error:
        raise CourseProblem(f"{path} can't be read ({error.strerror}).") from error
    except Unusable as error:
        raise CourseProblem(f"{path} {error}: wanted a zip file, or a folder.") from error


def unpacked(file: Downloaded, data: bytes) -> Iterator[Downloaded]:
    """What is in an archive that was handed in; the file itself if that is none.

    ``Unusable`` if it holds more than is read of a submission.
    """
    if file.path.suffix.lower() != ".zip":
        yield file
        return
    inner = list(in_archive(io.BytesIO(data)))
    if len(inner) > MAX_ENTRIES or sum(one.size for one in inner) > MAX_TOTAL:
        raise Unusable(f"holds more than {MAX_ENTRIES} files or {MAX_TOTAL / 10**6:g} MB")
    yield from inner


def in_archive(file: Path | IO[bytes]) -> Iterator[Downloaded]:
    """The files of a zip file, without what systems leave there; ``Unusable`` if it is none."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise Unusable(f"is no zip file ({error})") from error
    return (
        Downloaded(path, entry.file_size, _time(entry), _reader(archive, entry))
        for entry in archive.infolist()
        if not entry.is_dir() and not LITTER & {*(path := _path(entry)).parts} and path.parts
    )


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(entry)


def _in_folder(folder: Path) -> Iterator[Downloaded]:
    for path in sorted(folder.rglob("*")):
        inner = PurePosixPath(path.relative_to(folder).as_posix())
        if not path.is_symlink() and path.is_file() and not LITTER & {*inner.parts}:
            about = path.stat()
            time = datetime.fromtimestamp(about.st_mtime, UTC)
            yield Downloaded(inner, about.st_size, time, path.read_bytes)


def _path(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Where it was; ``zipfile`` takes what is UTF-8, but not marked so, for a code page of 1981."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return PurePosixPath(name.replace("\\", "/"))


def _time(entry: zipfile.ZipInfo) -> datetime | None:
    """When it was changed. An archive says no zone, so this machine's is taken."""
    if entry.date_time == NO_TIME:
        return None
    try:
        return datetime(*entry.date_time).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
