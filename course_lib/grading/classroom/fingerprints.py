"""What a submission was graded from, so that the next run knows what is new or changed.

A record is written last, when gradebook and feedback are complete. Whatever is interrupted has
none and is graded again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course_lib.grading.classroom.course import Course
from course_lib.grading.examination.exams import GRADER
from course_lib.grading.examination.withholding import package_folder
from course_lib.grading.submissions.files import MAX_BYTES, MAX_TOTAL, find_files

FOLDER = ".graded"
MAX_NAME = 200  # bytes of a student's id that is the name of a file, with an ending


def fingerprint(course: Course, folder: Path, also: Iterable[str] = ()) -> str:
    """A digest of what lies in ``folder``, of the course's settings, and of ``also``.

    What is too large to be read by grading counts by its time of change. ``OSError`` if the folder
    can't be read.
    """
    digest = hashlib.sha256(course.config_text)
    for text in also:
        digest.update(f"\0{text}".encode())
    left = MAX_TOTAL
    for file in find_files(folder).files:
        digest.update(b"\0" + os.fsencode(file.path) + f"\0{file.size}\0".encode())
        if file.size > min(MAX_BYTES, left):
            digest.update(str(file.changed).encode())
        else:
            left -= file.size
            _add_content(digest, folder / file.path)
    return digest.hexdigest()


def code_and_settings(libraries: Iterable[str], sandbox: str) -> list[str]:
    """What a grade depends on besides the course's files, as a part of a fingerprint.

    The code that grades, that of the libraries that students use, and the sandbox.
    """
    return [sandbox, *(_digest_of(name) for name in (f"{GRADER}.grading", *libraries))]


def _add_content(digest: Any, path: Path) -> None:
    try:
        with open(path, "rb") as file:
            while part := file.read(2**20):
                digest.update(part)
    except OSError as error:  # one that may not be read: until it may
        digest.update(str(error.errno).encode())


@functools.cache  # for this process, which goes on with the code that it has loaded
def _digest_of(package: str) -> str:
    digest = hashlib.sha256()
    folder = package_folder(package)
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        digest.update(str(path.relative_to(folder.parent)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write(course: Course, assignment: str, student: str, digest: str, data: Any) -> None:
    """Remember ``data``, which was made from what has this fingerprint."""
    path = _path(course.root, assignment, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"fingerprint": digest, "data": data}))
    draft.replace(path)


def forget(course: Course, assignment: str, student: str) -> None:
    """Before a submission is graded again."""
    _path(course.root, assignment, student).unlink(missing_ok=True)


def last(root: str | Path, assignment: str, student: str) -> Any:
    """What was remembered last, from whatever it was made; None if that is nothing or damaged."""
    return _record(root, assignment, student).get("data")


def change(course: Course, assignment: str, student: str, **data: Any) -> None:
    """Replace parts of what was remembered."""
    record = _record(course.root, assignment, student)
    write(course, assignment, student, record["fingerprint"], record["data"] | data)


def read(course: Course, assignment: str, student: str, digest: str) -> Any:
    """What was remembered, or None if that is nothing, damaged or of another fingerprint."""
    record = _record(course.root, assignment, student)
    return record.get("data") if record.get("fingerprint") == digest else None


def _record(root: str | Path, assignment: str, student: str) -> dict[str, Any]:
    try:
        record = json.loads(_path(root, assignment, student).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _path(root: str | Path, assignment: str, student: str) -> Path:
    name = os.fsencode(student)
    if len(name) > MAX_NAME:
        student = hashlib.sha256(name).hexdigest()
    return Path(root) / FOLDER / assignment / f"{student}.json"
