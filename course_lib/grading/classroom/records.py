"""What a submission was graded from, so that the next run knows what is new or changed.

A record is written last, when gradebook and feedback are complete. Whatever is interrupted has
none and is graded again.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from course_lib import __version__
from course_lib.grading.classroom.course import CONFIG, course_directory

FOLDER = ".graded"


def fingerprint(root, assignment, student=None):
    """A digest of all that the grade depends on: the submission, the source, the settings.

    Without ``student``, of the source and the settings alone.
    """
    directory = course_directory(root)
    folders = [directory.format_path(directory.source_directory, ".", assignment)]
    if student is not None:
        folders.append(directory.format_path(directory.submitted_directory, student, assignment))
    digest = hashlib.sha256(__version__.encode())
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*"))]
    for path in [Path(root, CONFIG), *files]:
        if path.is_file() and not path.is_symlink():
            digest.update(f"\0{path.name}\0{path.stat().st_size}\0".encode())
            with open(path, "rb") as file:
                while part := file.read(2**20):
                    digest.update(part)
    return digest.hexdigest()


def write(root, result, digest):
    """Remember that ``result`` was made from what has this fingerprint."""
    path = _path(root, result.assignment, result.student)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"fingerprint": digest, "result": asdict(result)}))
    draft.replace(path)


def forget(root, assignment, student):
    """Before a submission is graded again."""
    _path(root, assignment, student).unlink(missing_ok=True)


def read(root, assignment, student, digest):
    """The remembered result as a dict, or None if there is none for this fingerprint."""
    try:
        record = json.loads(_path(root, assignment, student).read_text())
    except (OSError, ValueError):
        return None
    return record["result"] if record["fingerprint"] == digest else None


def _path(root, assignment, student):
    return Path(root, FOLDER, assignment, f"{student}.json")
