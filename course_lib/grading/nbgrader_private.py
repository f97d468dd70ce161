"""All that is used of nbgrader, nbconvert and IPython without being part of their public interface.

A new version may change any of it without a word. Each name is in ``PRIVATE_NAMES``; a test looks
for all of them and says which is gone, and with which version it was last seen.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from alembic.script import ScriptDirectory
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from nbformat.v4 import new_code_cell
from nbgrader import api, dbutil
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.nbgraderformat import common
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.preprocessors.clearmarkingscheme import ClearMarkScheme
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import scoped_session, sessionmaker

from course_lib.grading import compiled_queries

if TYPE_CHECKING:
    from nbgrader.converters.base import BaseConverter as Converter
    from traitlets.config import Config
else:
    Converter = object  # a mixin stands before the converter that it is mixed into

SEEN = {"nbgrader": "0.9.6", "nbconvert": "7.17.2", "IPython": "9.18.1", "mistune": "3.4.0"}
PRIVATE_NAMES = {  # distribution: (module, name) of what is used
    "nbgrader": [
        ("nbgrader.preprocessors.clearhiddentests", "ClearHiddenTests._remove_hidden_test_region"),
        ("nbgrader.preprocessors.clearmarkingscheme", "ClearMarkScheme._remove_mark_scheme_region"),
        ("nbgrader.preprocessors.getgrades", "GetGrades._get_score"),
        ("nbgrader.converters.base", "BaseConverter._format_source"),
        ("nbgrader.converters.base", "BaseConverter._format_dest"),
        ("nbgrader.converters.base", "BaseConverter.init_notebooks"),
        ("nbgrader.converters.base", "BaseConverter.init_assignment"),
        ("nbgrader.converters.base", "BaseConverter.convert_single_notebook"),
        ("nbgrader.converters.base", "BaseConverter.force"),
        ("nbgrader.api", "get_alembic_version"),
        ("nbgrader.api", "create_engine"),
        ("nbgrader.api", "Gradebook.__init__"),
        ("nbgrader.api", "app_log"),
        ("nbgrader.dbutil", "ALEMBIC_DIR"),
        ("nbgrader.nbgraderformat.common", "jsonschema.validate"),
        ("nbgrader.exchange.default.collect", "ExchangeCollect._path_to_record"),
        ("nbgrader.exchange.default.collect", "ExchangeCollect.do_copy"),
    ],
    "nbconvert": [
        ("nbconvert.exporters", "HTMLExporter._file_extension_default"),
        ("nbconvert.filters.markdown_mistune", "IPythonRenderer"),
        ("nbconvert.filters.markdown_mistune", "MarkdownWithMath"),
    ],
    "IPython": [("IPython.core.interactiveshell", "InteractiveShell._showtraceback")],
    "mistune": [("mistune", "HTMLRenderer"), ("mistune.util", "escape_url")],
}


DATABASE_LOG = logging.getLogger("nbgrader.database")
DATABASE_LOG.addHandler(logging.NullHandler())  # else Python writes on the terminal


def look_after_gradebooks() -> None:
    """Spare nbgrader what it does whenever it opens a gradebook, a dozen times a submission.

    It makes an engine, compiles its queries, and looks for each of its tables. And for each new
    gradebook it starts alembic, which imports nbgrader once more to say which version the tables
    have: 3 s for a file name. The traceback of each query that fails goes to ``DATABASE_LOG``, in
    place of Tornado's.
    """
    api.app_log = DATABASE_LOG
    api.get_alembic_version = _schema_version
    api.create_engine = compiled_queries.create_engine
    api.Gradebook.__init__ = _open


def validate_metadata_quickly() -> None:
    """Spare nbgrader what it does for each cell: it first looks whether its schema is sound."""
    common.jsonschema = SimpleNamespace(validate=_validate)


def _validate(instance: Any, schema: dict[str, Any]) -> None:
    """``jsonschema.validate`` for a schema that is asked for again and again."""
    if error := best_match(_validator(json.dumps(schema)).iter_errors(instance)):
        raise error


@cache
def _validator(schema: str) -> Any:
    kind = validator_for(json.loads(schema))
    kind.check_schema(json.loads(schema))
    return kind(json.loads(schema))


def _schema_version() -> str:
    return ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head() or ""


_open_and_make = api.Gradebook.__init__
_sessions: dict[tuple[str, int, int] | None, sessionmaker[Any]] = {}  # by a gradebook's ``_file``


def _open(
    gradebook: api.Gradebook,
    db_url: str,
    course_id: str = "default_course",
    authenticator: Any = None,
) -> None:
    """What nbgrader does, but a file whose tables it has seen gets the engine that it had."""
    if sessions := _sessions.get(_file(db_url)):
        gradebook.engine, gradebook.db = sessions.kw["bind"], scoped_session(sessions)
        gradebook.course_id, gradebook.authenticator = course_id, authenticator
        try:
            gradebook.check_course(course_id=course_id)
            return
        except OperationalError as error:
            gradebook.close()
            if "no such table" not in str(error.orig):
                raise
    _open_and_make(gradebook, db_url, course_id, authenticator)
    if file := _file(db_url):
        _sessions[file] = gradebook.db.session_factory


def _file(db_url: str) -> tuple[str, int, int] | None:
    """Address and file of a gradebook in SQLite; None if empty or not there, or on a server."""
    url = make_url(db_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    with suppress(OSError):
        about = os.stat(url.database)
        address = f"{os.path.abspath(url.database)} {db_url}"  # an engine keeps to the whole path
        return (address, about.st_dev, about.st_ino) if about.st_size else None
    return None


def check_before_copying(converter: object, check: Callable[[str, str, str], None]) -> None:
    """Have an nbgrader converter check a submission before it copies its files.

    check: called with the folder, the assignment and the student.
    What it raises costs that submission: nbgrader itself follows links when it copies, and
    its hooks can refuse nothing.
    """
    if not isinstance(converter, BaseConverter):
        return
    init_assignment = converter.init_assignment

    def checked(assignment_id: str, student_id: str) -> None:
        check(converter._format_source(assignment_id, student_id), assignment_id, student_id)
        init_assignment(assignment_id, student_id)

    converter.init_assignment = checked


def without_hidden_parts(source: str, config: Config) -> str:
    """What students get of a cell: no hidden tests, no marking scheme."""
    cell = new_code_cell(source)
    ClearHiddenTests(config=config)._remove_hidden_test_region(cell)
    ClearMarkScheme(config=config)._remove_mark_scheme_region(cell)
    return cell.source


class KeepsError(Converter):
    """Mixin: an nbgrader converter that has the exception which stopped it in ``error``.

    nbgrader itself only logs its traceback.
    """

    error: Exception | None = None

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.error = error
            raise

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        with self._kept():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        with self._kept():
            super().convert_single_notebook(notebook_filename)


class OfOneStudent(Converter):
    """Mixin: an nbgrader converter of a single submission, whatever characters the id has.

    nbgrader takes ids for patterns, and file names for patterns too.
    """

    student = ""
    notebooks: list[str]
    assignments: dict[str, list[str]]

    def init_notebooks(self) -> None:
        folder = self._format_source(self.coursedir.assignment_id, self.student)
        found = sorted(str(path) for path in Path(folder).glob("*.ipynb"))
        if not found:
            raise NbGraderException(f"No notebooks in {folder}")
        self.notebooks, self.assignments = [], {folder: found}

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        super().init_assignment(assignment_id, student_id)
        for copy in Path(self._format_dest(assignment_id, student_id)).rglob("*.ipynb"):
            copy.unlink()  # its pattern for what not to copy did not match
