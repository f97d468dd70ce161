"""The newest attempt of each student, from a download to where it is graded."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from course_lib.grading.classroom.collecting.downloads import (
    Downloaded,
    Unusable,
    read_download,
    unpacked,
)
from course_lib.grading.classroom.collecting.layouts import LAYOUTS, Handed, without_number
from course_lib.grading.classroom.collecting.roster import Roster
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from course_lib.grading.submissions.files import MAX_TOTAL, TIMESTAMP, shown
from course_lib.grading.submissions.timestamps import FORMAT, time_in

EARLIER = "earlier"  # folder below the downloads of an assignment
DOWNLOADED = "downloaded"  # nbgrader's name for the folder of downloads
DRIVE = re.compile("[A-Za-z]:")
FORBIDDEN = set("/\\\0")
# Their archives have the time at which they were made: ``get_output_stream`` in Canvas's
# lib/content_zipper.rb, ``addFileFromStream`` in Moodle's lib/classes/content/export/zipwriter.php.
WITHOUT_TIMES = ("moodle", "canvas")


@dataclass
class Attempt:
    """What somebody handed in at one time: {path: content}.

    handed_in: whether ``time`` is that of handing in; otherwise the download was made then.
    """

    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    time: datetime | None = None
    late: bool = False
    handed_in: bool = True


@dataclass
class Collected:
    """What became of a download. new, kept: ids of students; problems: a sentence each."""

    new: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # who had handed in the same, or something newer
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(course: Course, assignment: str, download: Path, layout: str) -> Collected:
    """Put what is in ``download``, a zip file or folder, into the folders of submissions.

    layout: "moodle", "canvas", "nbgrader" or "plain". Students are found by what the gradebook
    knows of them; if it knows nobody, their ids are what the platform calls them. What was there
    before and is older goes to ``downloaded/ASSIGNMENT/earlier``. ``CourseProblem`` if there is no
    such assignment, layout or download.
    """
    if layout not in LAYOUTS:
        raise CourseProblem(f"--from: wanted {', '.join(LAYOUTS)}; got {layout!r}.")
    course.check_assignment(assignment)
    with course.gradebook() as gradebook:
        roster = Roster.of(gradebook)
    done = Collected()
    downloaded = list(read_download(download))
    found = by_student(downloaded, assignment, layout, roster, done)
    notebooks = {path.name for path in course.source(assignment).glob("*.ipynb")}
    for student, files in sorted(found.items()):
        attempt = _newest(files, notebooks, student, done)
        if layout in WITHOUT_TIMES:
            attempt.handed_in = False
            if attempt.files.pop(PurePosixPath(TIMESTAMP), None) is not None:
                done.notes.append(f"{shown(student)}: a {TIMESTAMP} of their own is left out")
        if not attempt.files:
            done.problems.append(f"{shown(student)}: there is no file that could be read")
            continue
        try:
            new = _place(course, student, assignment, attempt, done)
        except OSError as error:  # a name that is too long, a file and a folder of one name
            done.problems.append(f"{shown(student)} can't be put in place ({error.strerror})")
            continue
        (done.new if new else done.kept).append(student)
        if new and attempt.late:
            done.notes.append(f"{shown(student)}: late, says the platform")
        done.problems += _twice(course, student, assignment, files)
    if not found:
        done.problems += _not_of(layout, downloaded, assignment, download)
    if done.new and layout in WITHOUT_TIMES:
        done.notes.append(
            f"When they were handed in is not in a download from {layout}, so nobody counts as "
            f"late: write the time of who was into {TIMESTAMP} beside the notebook"
        )
    return done


def _twice(course: Course, student: str, assignment: str, files: Files) -> Iterable[str]:
    """Who was collected under the platform's name, before a roster said the id."""
    for who in sorted({handed.who for handed, _ in files} - {student}):
        if FORBIDDEN & {*who} or not course.submitted(who, assignment).is_dir():
            continue
        yield (
            f"{shown(student)}: also there as {shown(who)}, without a roster: look at "
            f"{shown(course.submitted(who, assignment).relative_to(course.root))} and remove it"
        )


def _not_of(layout: str, files: list[Downloaded], assignment: str, download: Path) -> Iterable[str]:
    """That nothing is named as ``layout`` has it, and which platform's names these are."""
    if any(LAYOUTS[layout](file.path, assignment) for file in files):
        return  # they are named well, and whose they are is the problem
    others = [
        other
        for other in ("moodle", "canvas", "nbgrader")
        if any(LAYOUTS[other](file.path, assignment) for file in files)
    ]
    hint = f": did you mean --from {' or '.join(others)}?" if others else ""
    yield f"{download} has no file that is named as --from {layout} has it{hint}"


Files = list[tuple[Handed, Downloaded]]  # of one student


def by_student(
    files: Iterable[Downloaded], assignment: str, layout: str, roster: Roster, done: Collected
) -> dict[str, Files]:
    """The files of each student that can be told; of all others it is said whose they are."""
    found: dict[str, Files] = {}
    unknown: dict[tuple[str, str], str] = {}
    numbers: dict[str, set[str]] = {}
    for file in files:
        handed = LAYOUTS[layout](file.path, assignment)
        if handed is None:
            done.problems.append(f"{shown(file.path)}: its name does not say whose it is")
            continue
        student, why = roster.find(handed.who, handed.number)
        if not why and (student[:1] == "." or FORBIDDEN & {*student}):
            why = "no folder can be called that"
        if why:
            called = f"{handed.who} ({handed.number})" if handed.number else handed.who
            unknown[handed.who, handed.number] = f"{shown(called)}: {why}"
        else:
            found.setdefault(student, []).append((handed, file))
            numbers.setdefault(student, set()).add(handed.number)
    done.problems += unknown.values()
    for student, several in numbers.items():
        if len(several) > 1:
            del found[student]
            done.problems.append(
                f"{shown(student)}: {len(several)} people are called that, with the numbers "
                f"{', '.join(sorted(several))}: wanted a roster that has these"
            )
    return found


def _newest(files: Files, notebooks: set[str], student: str, done: Collected) -> Attempt:
    """The last of a student's attempts, archives in it unpacked."""
    last = max((handed.time for handed, _ in files if handed.time), default=None)
    attempt, left = Attempt(time=last), MAX_TOTAL
    numbers: dict[PurePosixPath, int] = {}
    for handed, file in files:
        if handed.time != last:
            continue
        attempt.late |= handed.late
        try:
            for inner, data in _contents(handed, file):
                left -= len(data)
                if left < 0:
                    raise Unusable(f"is too much: {MAX_TOTAL / 10**6:g} MB of each are kept")
                if inner.is_absolute() or ".." in inner.parts or DRIVE.match(inner.parts[0]):
                    raise Unusable("leads out of the submission")
                path, number = _place_of(inner, notebooks)
                if path in attempt.files and numbers[path] > number:
                    continue
                attempt.files[path], numbers[path] = data, number
        except Unusable as problem:
            done.problems.append(f"{shown(student)}: {shown(file.path)} {problem}")
        if handed.time is None and file.time is not None:
            attempt.time = max(attempt.time or file.time, file.time)
    return attempt


def _contents(handed: Handed, file: Downloaded) -> Iterable[tuple[PurePosixPath, bytes]]:
    """A file, or what is in the archive that it is: where that belongs, and its content."""
    data = file.read()
    for inner in unpacked(file, data):
        if inner is file:
            yield handed.path, data
        else:
            yield inner.path, inner.read()


def _place_of(path: PurePosixPath, notebooks: set[str]) -> tuple[PurePosixPath, int]:
    """Where a file belongs, and which of several of that name it is: the last one counts."""
    name, number = without_number(path.name)
    return (path.with_name(name), number) if name in notebooks else (path, 0)


def _place(
    course: Course, student: str, assignment: str, attempt: Attempt, done: Collected
) -> bool:
    """Put an attempt into its folder; False if the same, or something newer, is there already."""
    folder = course.submitted(student, assignment)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".collecting-", dir=course.root) as scratch:
        new = Path(scratch, "new")
        for path, data in attempt.files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if attempt.time and attempt.handed_in and not (new / TIMESTAMP).exists():
            (new / TIMESTAMP).write_text(attempt.time.strftime(FORMAT))
        if folder.exists():
            if _same(folder, new):
                return False
            before = _time_of(folder, attempt)
            if before and attempt.time and before >= attempt.time:
                done.notes.append(f"{shown(student)}: left as it is, the download is not newer")
                return False
            _keep(course, student, assignment, folder)
        new.rename(folder)
    if attempt.time and not attempt.handed_in:  # what the next download is compared with
        os.utime(folder, (attempt.time.timestamp(),) * 2)
    return True


def _keep(course: Course, student: str, assignment: str, folder: Path) -> None:
    """Move an older attempt out of the way."""
    earlier = course.root / DOWNLOADED / assignment / EARLIER / student
    earlier.mkdir(parents=True, exist_ok=True)
    number = 1 + sum(1 for _ in earlier.iterdir())
    shutil.move(folder, earlier / str(number))


def _time_of(folder: Path, attempt: Attempt) -> datetime | None:
    """The time of what is there, of the same kind as that of ``attempt``."""
    if not attempt.handed_in:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    try:
        return time_in((folder / TIMESTAMP).read_bytes())
    except OSError:
        return None


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same, whatever the time says."""
    names = [
        {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        - {Path(TIMESTAMP)}
        for folder in (one, other)
    ]
    return names[0] == names[1] and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names[0]
    )
