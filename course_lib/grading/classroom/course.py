"""A course folder: what nbgrader keeps there, and whether it can be used."""

from __future__ import annotations

import copy
import difflib
import os
import sqlite3
import stat
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_core.application import JupyterApp
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Application, Config

from course_lib.grading.errors import CourseProblem

if TYPE_CHECKING:
    from sqlalchemy import URL

CONFIG = "nbgrader_config.py"
LOCK_SECONDS = 2  # how long another program may hold the gradebook before we give up


class Course:
    """A course folder, its configuration (read once, when this is made) and its gradebook.

    root: its absolute path. ``CourseProblem`` if the configuration can't be read.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root).resolve()
        self.config = _configuration(self.root)
        self.config_text = (self.root / CONFIG).read_bytes()
        self.directory = CourseDirectory(config=self.config)

    @classmethod
    def find(cls, folder: str | Path = ".") -> Course:
        """The course in ``folder``; ``CourseProblem`` if there is none."""
        root = Path(folder).resolve()
        if not (root / CONFIG).is_file():
            raise CourseProblem(
                f"{root} is no course folder: it has no {CONFIG}. Change to the folder that has it."
            )
        return cls(root)

    def settings(self, **chosen: Any) -> CourseDirectory:
        """nbgrader's ``CourseDirectory`` with a configuration of its own, to give to a converter.

        chosen: traits to set, such as ``assignment_id``.
        """
        return CourseDirectory(config=copy.deepcopy(self.config), **chosen)

    def source(self, assignment: str) -> Path:
        """The folder of the instructor's version."""
        return self._folder(self.directory.source_directory, ".", assignment)

    def release_folder(self, assignment: str) -> Path:
        """The folder of the students' version."""
        return self._folder(self.directory.release_directory, ".", assignment)

    def submitted(self, student: str, assignment: str) -> Path:
        """The folder that a student handed in."""
        step = self.directory.submitted_directory
        folder = self._folder(step, student, assignment)
        # macOS writes a letter and its accent as two characters.
        apart = self._folder(step, unicodedata.normalize("NFD", student), assignment)
        return apart if not os.path.exists(folder) and os.path.exists(apart) else folder

    def autograded(self, student: str, assignment: str) -> Path:
        """The folder of a submission as it was graded."""
        return self._folder(self.directory.autograded_directory, student, assignment)

    def feedback(self, student: str, assignment: str) -> Path:
        """The folder of the feedback pages of a submission."""
        return self._folder(self.directory.feedback_directory, student, assignment)

    @property
    def assignments(self) -> list[str]:
        """Names of the assignments that the course has sources for."""
        parent = self.source("*").parent
        return sorted(path.name for path in parent.glob("*") if any(path.glob("*.ipynb")))

    def students(self, assignment: str) -> list[str]:
        """Ids of the students who have handed something in for ``assignment``.

        A letter and its accent are one character there, whatever the folder's name has.
        """
        parts = self.submitted("*", assignment).parts
        at = parts.index("*")
        parent, inner = Path(*parts[:at]), Path(*parts[at + 1 :])
        there = os.listdir(parent) if parent.is_dir() else []
        names = {name for name in there if _is_handed_in(parent / name / inner)}
        return sorted(_composed(name, names) for name in names)

    def gradebook(self) -> Gradebook:
        """nbgrader's gradebook, a context that closes it."""
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def check_assignment(self, name: str) -> None:
        """``CourseProblem`` with the nearest name if there is no assignment ``name``."""
        folder = self.source("*").parent.relative_to(self.root)
        _check_name("assignment", name, self.assignments, f"There are no assignments in {folder}/.")

    def check_students(self, assignment: str, wanted: Iterable[str]) -> None:
        """``CourseProblem`` if nobody handed in ``assignment``, or one of ``wanted`` did not."""
        folder = self.submitted("STUDENT", assignment).relative_to(self.root)
        nobody = f"Nobody has handed in {assignment}: put notebooks into {folder}/"
        handed_in = self.students(assignment)
        if not handed_in:
            raise CourseProblem(nobody)
        for student in wanted:
            _check_name(f"submission of {assignment} by", student, handed_in, nobody)

    def alike(self) -> list[list[str]]:
        """Ids of the gradebook that differ in capitals or accents alone: perhaps one person."""
        groups: dict[str, list[str]] = {}
        with self.gradebook() as gradebook:
            for student in gradebook.students:
                key = unicodedata.normalize("NFKC", student.id).casefold().strip()
                groups.setdefault(key, []).append(student.id)
        return [sorted(ids) for ids in groups.values() if len(ids) > 1]

    def check_gradebook(self) -> None:
        """``CourseProblem`` if the gradebook is locked by another program, damaged, read-only.

        So it is if the gradebook is on a server that does not answer.
        """
        from sqlalchemy.engine import make_url

        url = make_url(self.directory.db_url)
        path = url.database
        if url.get_backend_name() != "sqlite":
            _check_server(url)
            return
        if not path or not Path(path).exists():
            return
        try:
            with closing(sqlite3.connect(path, timeout=LOCK_SECONDS)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("SELECT count(*) FROM sqlite_master")
                connection.rollback()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise CourseProblem(
                    f"The gradebook {path} is locked by another program (a formgrader, or another "
                    "grading run?). Nothing was changed; try again when that has ended."
                ) from error
            raise CourseProblem(f"The gradebook {path} can't be written: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise CourseProblem(
                f"The gradebook {path} is damaged ({error}). Put a backup in its place, or move it "
                "away to start a new one."
            ) from error

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        return Path(self.directory.format_path(step, student, assignment))


def _check_server(url: URL) -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError, OperationalError

    shown = url.render_as_string()  # without its password
    try:
        engine = create_engine(url)
    except (ImportError, NoSuchModuleError) as error:
        raise CourseProblem(
            f"The gradebook {shown} needs what is not installed ({error}). For PostgreSQL, with "
            'postgresql+psycopg://...: pip install -c constraints.txt ".[postgresql]"'
        ) from error
    try:
        engine.connect().close()
    except OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        raise CourseProblem(
            f"The gradebook {shown} can't be reached: {why}. Nothing was changed; try again when "
            "its server runs."
        ) from error
    finally:
        engine.dispose()


def _is_handed_in(path: Path) -> bool:
    """Whether there is a folder, or what can't be told from one: then grading says what it is."""
    try:
        about = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return path.is_symlink()
    except OSError:
        return True
    return stat.S_ISDIR(about.st_mode)


def _composed(name: str, names: set[str]) -> str:
    composed = unicodedata.normalize("NFC", name)
    is_apart = unicodedata.normalize("NFD", name) == name
    return composed if is_apart and composed not in names else name


def _configuration(root: Path) -> Config:
    """The user's settings, then the course's on top of them, as nbgrader reads them."""
    app = NbGrader(raise_config_file_errors=True)
    try:
        JupyterApp.load_config_file(app)
        Application.load_config_file(app, CONFIG, str(root))
    except Exception as error:  # a configuration is a program and can fail in any way
        raise CourseProblem(
            f"nbgrader's configuration can't be read: {type(error).__name__}: {error}"
        ) from error
    app.config.CourseDirectory.root = str(root)
    return app.config


def _check_name(kind: str, name: str, known: list[str], none: str) -> None:
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    suggestion = f" Did you mean {near[0]}?" if near else ""
    listed = f" There are: {', '.join(known)}." if known else f" {none}"
    raise CourseProblem(f"There is no {kind} {name!r}.{suggestion}{listed}")
