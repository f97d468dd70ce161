"""How learning platforms name the files of a download: whose it is, told from its path.

Moodle: https://docs.moodle.org/en/Assignment_FAQ, "Download all submissions"; Canvas: "How do I
download all student submissions for an assignment?" in its instructor guide; nbgrader: the inbound
folder of its exchange.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from course_lib.grading.submissions.timestamps import time_in

MOODLE = re.compile(
    r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<name>.*))?"
)
CANVAS = re.compile(
    r"(?P<who>[^_]+)_(?:(?P<late>LATE)_)?(?P<number>\d+)_(?P<submission>\d+)_(?P<name>.+)"
)
NBGRADER = re.compile(
    r"(?P<who>.+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [^+]+?)"
    r"(?:\+.*)?"
)
REPEATED = re.compile(r"(?P<stem>.+?)(?:-(?P<canvas>\d{1,2})| ?\((?P<browser>\d+)\))")


@dataclass(frozen=True)
class Handed:
    """A file that somebody handed in. who, number: the platform's name and number of them.

    path: where it was in the submission. time: when it was handed in, if its name says so. back:
    how the name of a file begins that the platform takes as an answer to it; "" if it takes none.
    """

    who: str
    path: PurePosixPath
    number: str = ""
    late: bool = False
    time: datetime | None = None
    back: str = ""


Layout = Callable[[PurePosixPath, str], Handed | None]


def moodle(path: PurePosixPath, assignment: str) -> Handed | None:
    """``NAME_NUMBER_assignsubmission_file_/FILE``, or all of it in one name."""
    for at, part in enumerate(path.parts):
        if found := MOODLE.fullmatch(part):
            inner, back = PurePosixPath(*path.parts[at + 1 :]), f"{part}/"
            if at + 1 == len(path.parts):
                inner, back = PurePosixPath(found["name"] or part), part[: found.start("name")]
            return Handed(found["who"], inner, found["number"], back=back)
    return None


def canvas(path: PurePosixPath, assignment: str) -> Handed | None:
    """``NAME_NUMBER_SUBMISSION_FILE``, with ``LATE`` after the name of who was late."""
    for at, part in enumerate(path.parts):
        if found := CANVAS.fullmatch(part):
            inner = PurePosixPath(found["name"], *path.parts[at + 1 :])
            late, back = bool(found["late"]), part[: found.start("name")]
            return Handed(found["who"], inner, found["number"], late, back=back)
    return None


def nbgrader(path: PurePosixPath, assignment: str) -> Handed | None:
    """``STUDENT+ASSIGNMENT+TIME+RANDOM/FILE``, of this assignment alone."""
    for at, part in enumerate(path.parts[:-1]):
        found = NBGRADER.fullmatch(part)
        if found and found["assignment"] == assignment:
            inner = PurePosixPath(*path.parts[at + 1 :])
            return Handed(found["who"], inner, time=time_in(found["time"].encode()))
    return None


def plain(path: PurePosixPath, assignment: str) -> Handed | None:
    """A folder ``STUDENT``, ``STUDENT.zip`` or ``STUDENT_ASSIGNMENT.ipynb``.

    The folder may have one called like the assignment in it.
    """
    if len(path.parts) > 1:
        who, *inner = path.parts
        inner = inner[1:] if inner[0] == assignment and len(inner) > 1 else inner
        return Handed(who, PurePosixPath(*inner))
    if path.suffix.lower() == ".zip":
        return Handed(path.stem, path)
    name, _ = without_number(path.name)
    stem = name.removesuffix(path.suffix)
    who = stem.removesuffix(assignment).rstrip("_-. ")
    if path.suffix == ".ipynb" and stem.endswith(assignment) and who:
        return Handed(who, PurePosixPath(f"{assignment}{path.suffix}"))
    return None


LAYOUTS: dict[str, Layout] = {
    "moodle": moodle,
    "canvas": canvas,
    "nbgrader": nbgrader,
    "plain": plain,
}


def without_number(name: str) -> tuple[str, int]:
    """The name that a file had before ``-1`` or ``(2)`` was added, and that number, else 0.

    Canvas numbers what is handed in again, browsers what is downloaded again.
    """
    path = PurePosixPath(name)
    found = REPEATED.fullmatch(path.stem)
    if not found:
        return name, 0
    return f"{found['stem']}{path.suffix}", int(found["canvas"] or found["browser"])
