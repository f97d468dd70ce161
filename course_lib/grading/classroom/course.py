"""A course folder: what nbgrader keeps there, and whether it can be used."""

import difflib
import sqlite3
from contextlib import closing
from pathlib import Path

from jupyter_core.application import JupyterApp
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Application

from course_lib.grading.errors import CourseProblem

CONFIG = "nbgrader_config.py"
LOCK_SECONDS = 2  # how long another program may hold the gradebook before we give up


def find_course(folder="."):
    """The absolute path of the course folder; ``CourseProblem`` if ``folder`` is none."""
    root = Path(folder).resolve()
    if not (root / CONFIG).is_file():
        raise CourseProblem(
            f"{root} is no course folder: it has no {CONFIG}. Change to the folder that has it."
        )
    return root


def course_directory(root, **chosen):
    """nbgrader's ``CourseDirectory`` of the course at ``root``, configured as nbgrader does it.

    chosen: traits to set, such as ``assignment_id``. ``CourseProblem`` if a configuration is wrong.
    """
    app = NbGrader(raise_config_file_errors=True)
    try:
        JupyterApp.load_config_file(app)  # the user's own settings come first,
        Application.load_config_file(app, CONFIG, str(root))  # the course's win
    except Exception as error:  # a configuration is a program and can fail in any way
        raise CourseProblem(
            f"nbgrader's configuration can't be read: {type(error).__name__}: {error}"
        ) from error
    app.config.CourseDirectory.root = str(root)
    return CourseDirectory(config=app.config, **chosen)


def open_gradebook(directory):
    """nbgrader's gradebook of a ``CourseDirectory``, as a context that closes it."""
    from nbgrader.api import Gradebook

    return closing(Gradebook(directory.db_url, directory.course_id))


def assignments(root):
    """Names of the assignments that the course has sources for."""
    return _names(course_directory(root), "source_directory", student=".")


def students(root, assignment):
    """Ids of the students who have handed something in for ``assignment``."""
    directory = course_directory(root)
    pattern = directory.format_path(directory.submitted_directory, "*", assignment)
    parts = Path(pattern).relative_to(root).parts
    place = parts.index("*")
    return sorted(
        path.relative_to(root).parts[place]
        for path in Path(root).glob(str(Path(*parts)))
        if path.is_dir()
    )


def check_assignment(root, name):
    """``CourseProblem`` with the nearest name if there is no assignment ``name``."""
    _check_name("assignment", name, assignments(root), "There are no assignments in solutions/.")


def check_students(root, assignment, wanted):
    """``CourseProblem`` if nobody handed in ``assignment``, or one of ``wanted`` did not."""
    directory = course_directory(root)
    place = Path(directory.format_path(directory.submitted_directory, "STUDENT", assignment))
    nobody = f"Nobody has handed in {assignment}: put notebooks into {place.relative_to(root)}/"
    handed_in = students(root, assignment)
    if not handed_in:
        raise CourseProblem(nobody)
    for student in wanted:
        _check_name(f"submission of {assignment} by", student, handed_in, nobody)


def check_gradebook(root):
    """``CourseProblem`` if the gradebook is locked by another program, damaged or read-only."""
    from sqlalchemy.engine import make_url

    url = make_url(course_directory(root).db_url)
    if url.get_backend_name() != "sqlite" or not url.database or not Path(url.database).exists():
        return
    try:
        with closing(sqlite3.connect(url.database, timeout=LOCK_SECONDS)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT count(*) FROM sqlite_master")
            connection.rollback()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CourseProblem(
                f"The gradebook {url.database} is locked by another program (a formgrader, or "
                "another grading run?). Nothing was changed; try again when that has ended."
            ) from error
        raise CourseProblem(f"The gradebook {url.database} can't be written: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise CourseProblem(
            f"The gradebook {url.database} is damaged ({error}). Put a backup in its place, or "
            "move it away to start a new one."
        ) from error


def _names(directory, step, student):
    pattern = Path(directory.format_path(getattr(directory, step), student, "*"))
    return sorted(path.name for path in pattern.parent.glob("*") if any(path.glob("*.ipynb")))


def _check_name(kind, name, known, none):
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    suggestion = f" Did you mean {near[0]}?" if near else ""
    listed = f" There are: {', '.join(known)}." if known else f" {none}"
    raise CourseProblem(f"There is no {kind} {name!r}.{suggestion}{listed}")
