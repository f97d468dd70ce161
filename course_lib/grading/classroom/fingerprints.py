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
    path = _path(course, assignment, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"fingerprint": digest, "data": data}))
    draft.replace(path)


def forget(course: Course, assignment: str, student: str) -> None:
    """Before a submission is graded again."""
    _path(course, assignment, student).unlink(missing_ok=True)


def read(course: Course, assignment: str, student: str, digest: str) -> Any:
    """What was remembered, or None if that is nothing, damaged or of another fingerprint."""
    try:
        record = json.loads(_path(course, assignment, student).read_text())
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.get("fingerprint") != digest:
        return None
    return record.get("data")


def _path(course: Course, assignment: str, student: str) -> Path:
    return course.root / FOLDER / assignment / f"{student}.json"
