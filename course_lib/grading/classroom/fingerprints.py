"""What a submission was graded from, so that the next run knows what is new or changed.

A record is written last, when gradebook and feedback are complete. Whatever is interrupted has
none and is graded again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course_lib.grading.classroom.course import Course
from course_lib.grading.examination.exams import GRADER
from course_lib.grading.examination.withholding import package_folder
from course_lib.grading.submissions.reading import MAX_BYTES

FOLDER = ".graded"
MAX_NAME = 240  # bytes of a file name, so that there is room for its ending


def fingerprint(course: Course, folder: Path, also: Iterable[str] = ()) -> str:
    """A digest of what lies in ``folder``, of the course's settings, and of ``also``."""
    digest = hashlib.sha256(course.config_text)
    for text in also:
        digest.update(f"\0{text}".encode())
    for path in sorted(folder.rglob("*")):
        _add(digest, folder, path)
    return digest.hexdigest()


def code_and_settings(libraries: Iterable[str], sandbox: str) -> list[str]:
    """What a grade depends on besides the course's files, as a part of a fingerprint.

    The code that grades, that of the libraries that students use, and the sandbox.
    """
    return [sandbox, *(_digest_of(name) for name in (f"{GRADER}.grading", *libraries))]


def _add(digest: Any, folder: Path, path: Path) -> None:
    """A file: its place in ``folder`` and its content, or its time if grading does not read it."""
    about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        return
    name = os.fsencode(path.relative_to(folder))
    digest.update(b"\0" + name + f"\0{about.st_size}\0".encode())
    if about.st_size > MAX_BYTES:
        digest.update(str(about.st_mtime_ns).encode())
        return
    with open(path, "rb") as file:
        while part := file.read(2**20):
            digest.update(part)


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
