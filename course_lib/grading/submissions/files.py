"""The files that were handed in: found and copied with care, whatever lies there and however much.

Links are never followed, and nothing but ordinary files is opened. How deep, how many and how large
they may be is limited, so that one submission costs little time and disk.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.submissions.timestamps import FORMAT, time_in

MAX_BYTES = 50 * 10**6  # of a file
MAX_NOTEBOOK = 300 * 10**6  # of a notebook, most of which has to be outputs
MAX_TOTAL = 300 * 10**6  # of all that is copied of a submission
MAX_ENTRIES = 500  # files and folders; nbgrader looks through all of them for each
MAX_LEVELS = 30  # of folders within each other
MAX_PATH = 1000  # bytes of a path in the submission: longer ones fit into no other folder
MAX_TIME = 1000  # bytes of timestamp.txt
NAMED = 5  # files that are named of those with one and the same problem
NOTEBOOK = ".ipynb"
TIMESTAMP = "timestamp.txt"
NO_TIME = "is no time, so nothing is late"
JOINERS = "\u200c\u200d"  # of letters, in Persian and in scripts of India


@dataclass(frozen=True)
class File:
    """An ordinary file that was handed in: its path in the submission and what is known of it."""

    path: Path
    size: int
    changed: int  # its time of change, in nanoseconds


@dataclass
class Found:
    """What lies in a folder. files: the ordinary ones, level by level, sorted by their names.

    problems: {what is the matter: paths of what is no such file}.
    """

    files: list[File]
    problems: dict[str, list[Path]]

    def note(self, problem: str, path: Path) -> None:
        self.problems.setdefault(problem, []).append(path)

    def left_out(self) -> list[str]:
        """What is not looked at and why, as "NAME is ..." each; of many, the first."""
        return named(self.problems)


def find_files(folder: str | Path) -> Found:
    """The ordinary files in ``folder``; ``OSError`` if the folder itself can't be read."""
    found = Found([], {})
    level, entries = [Path()], 0
    for _ in range(MAX_LEVELS + 1):
        below: list[Path] = []
        for inner in level:
            for path, entry in _entries(folder, inner, found):
                entries += 1
                if entries > MAX_ENTRIES:
                    found.note(
                        f"is not looked at, nor is what comes after: there are more than "
                        f"{MAX_ENTRIES:,} files and folders",
                        path,
                    )
                    return found
                if entry.is_dir(follow_symlinks=False):
                    below.append(path)
                else:
                    _add(found, path, entry)
        level = below
    for path in level:
        found.note(f"lies below {MAX_LEVELS} folders", path)
    return found


def _entries(
    folder: str | Path, inner: Path, found: Found
) -> Iterator[tuple[Path, os.DirEntry[str]]]:
    """What a folder holds; of the submission's own, ``OSError`` if that can't be told."""
    try:
        with os.scandir(Path(folder, inner)) as entries:
            listed = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        if inner == Path():
            raise
        found.note(f"can't be opened ({error.strerror})", inner)
        return
    for entry in listed:
        yield inner / entry.name, entry


def _add(found: Found, path: Path, entry: os.DirEntry[str]) -> None:
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError as error:
        found.note(f"can't be read ({error.strerror})", path)
        return
    if not stat.S_ISREG(about.st_mode):
        found.note("is no ordinary file", path)
    elif len(os.fsencode(path)) > MAX_PATH:
        found.note("has too long a path", path)
    else:
        found.files.append(File(path, about.st_size, about.st_mtime_ns))


def named(problems: dict[str, list[Path]]) -> list[str]:
    """{what is the matter: paths} as "NAME is ..." each; of many with one problem, the first."""
    said = []
    for problem, paths in problems.items():
        said += [f"{shown(path)} {problem}" for path in paths[:NAMED]]
        if len(paths) > NAMED:
            said.append(f"{len(paths) - NAMED:,} more, of which the same is true")
    return said


def copy_ordinary_files(folder: str | Path, to: str | Path) -> list[str]:
    """Copy what was handed in from ``folder`` to the new folder ``to``: ordinary files alone.

    Notebooks come first, then the smallest. Returns what was left out and why, as "NAME is ..."
    each. ``OSError`` if ``folder`` itself can't be read.
    """
    folder, to = Path(folder), Path(to)
    shutil.rmtree(to, ignore_errors=True)
    found = find_files(folder)
    left = MAX_TOTAL
    for file in sorted(found.files, key=lambda file: (file.path.suffix != NOTEBOOK, file.size)):
        is_time = file.path.parts[0] == TIMESTAMP
        problem = "" if is_time else _too_large(file, left)
        copied = _time_copied if is_time else _copied
        if problem := problem or copied(folder, file.path, to / file.path):
            found.note(problem, file.path)
        else:
            left -= file.size
    return found.left_out()


def _too_large(file: File, left: int) -> str:
    limit = MAX_NOTEBOOK if file.path.suffix == NOTEBOOK else MAX_BYTES
    if file.size > limit:
        return f"is larger than {limit / 10**6:g} MB"
    if file.size > left:
        return f"is too much: of all files {MAX_TOTAL / 10**6:g} MB are kept, the smallest first"
    return ""


def _copied(folder: Path, path: Path, to: Path) -> str:
    """Copy a file; why it can't be read, or "". ``OSError`` if it can't be written."""
    try:
        opened = _opened(folder, path)
    except OSError as error:
        return f"can't be read ({error.strerror})"
    with open(opened, "rb") as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return "is no ordinary file"
        to.parent.mkdir(parents=True, exist_ok=True)
        with open(to, "wb") as copy:
            shutil.copyfileobj(file, copy, 2**20)
    return ""


def _opened(folder: Path, path: Path) -> int:
    """A descriptor of the file ``path`` in ``folder``; ``OSError`` if a link is on the way.

    On a hub the folder still belongs to the student, who may put links into it meanwhile.
    """
    with ExitStack() as stack:
        at: int | None = None
        steps: list[str | Path] = [folder, *path.parts[:-1]]
        for part in steps:
            at = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            stack.callback(os.close, at)
        return os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)


def _time_copied(folder: Path, path: Path, to: Path) -> str:
    """Write the time of a submission as nbgrader reads it; why that can't be done, or ""."""
    is_file = path == Path(TIMESTAMP)
    if not is_file or (folder / path).lstat().st_size > MAX_TIME:
        return NO_TIME
    if problem := _copied(folder, path, to):
        return problem
    data = to.read_bytes()
    moment = time_in(data)
    if moment is None:
        to.unlink()
        return NO_TIME if data.strip() else ""
    to.write_text(moment.strftime(FORMAT))
    return ""


def put_in_place(files: Iterable[tuple[str, Path]], folder: Path) -> None:
    """Copy the instructor's files, {path: file}, over whatever has their names in ``folder``."""
    for name, file in files:
        place = folder / name
        for parent in [*place.relative_to(folder).parents][-2::-1]:
            if not (folder / parent).is_dir():
                (folder / parent).unlink(missing_ok=True)
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        shutil.copyfile(file, place)


def shown(text: object, limit: int = 200) -> str:
    """What a student chose, as a terminal and a log may show it: nothing in it steers them."""
    line = printable(str(text)[: limit + 1])
    return line if len(line) <= limit else f"{line[: limit - 3]}..."


def printable(text: str) -> str:
    """``text`` with a question mark for whatever steers a terminal, or can't be shown."""
    return "".join(one if one.isprintable() or one in JOINERS else "?" for one in text)
