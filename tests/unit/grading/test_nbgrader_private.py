"""A new version of nbgrader, nbconvert or IPython breaks here, by name, and nowhere else."""

import importlib
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import jsonschema
import pytest
from nbformat.v4 import new_code_cell
from nbgrader import api
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from course_lib.grading import nbgrader_private
from course_lib.grading.nbgrader_private import PRIVATE_NAMES, SEEN

NAMES = [
    pytest.param(distribution, module, name, id=name)
    for distribution, names in PRIVATE_NAMES.items()
    for module, name in names
]


@pytest.mark.parametrize(("distribution", "module", "name"), NAMES)
def test_what_is_not_public_is_still_there(distribution, module, name):
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    assert found is not None, (
        f"{distribution} {version(distribution)} has no {module}.{name}; last seen in "
        f"{distribution} {SEEN[distribution]}. See course_lib/grading/nbgrader_private.py."
    )


def test_the_schema_of_a_new_gradebook_is_the_one_that_alembic_names(monkeypatch):
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    with nbgrader_private.dbutil._temp_alembic_ini("sqlite://") as settings:
        command = ["alembic", "-c", settings, "heads"]
        named = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    nbgrader_private.look_after_gradebooks()
    assert f"{nbgrader_private.api.get_alembic_version()} (head)" == named.strip()


class TestOpening:
    """Of a gradebook's second opening, and those after it."""

    @pytest.fixture
    def url(self, tmp_path, gradebook):
        nbgrader_private.look_after_gradebooks()
        shutil.copy(gradebook, tmp_path / "gradebook.db")
        url = f"sqlite:///{tmp_path / 'gradebook.db'}"
        api.Gradebook(url).close()
        return url

    def test_it_looks_for_no_table(self, url, monkeypatch):
        monkeypatch.setattr(api.Base.metadata, "create_all", None)  # could not be called
        with api.Gradebook(url, "another") as gradebook:
            assert [course.id for course in gradebook.db.query(api.Course)] == [
                "default_course",
                "another",
            ]

    def test_it_makes_no_engine(self, url, monkeypatch):
        monkeypatch.setattr(api, "create_engine", None)
        with api.Gradebook(url) as one, api.Gradebook(url) as other:
            one.add_student("amy")
            assert [student.id for student in other.students] == ["amy"]
        with api.Gradebook(url) as third:
            assert [student.id for student in third.students] == ["amy"]

    def test_it_keeps_no_file_open(self, url, tmp_path):
        for _ in range(3):
            api.Gradebook(url).close()
        links = (os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink())
        assert str(tmp_path / "gradebook.db") not in links

    def test_a_folder_that_was_moved_is_found_again(self, tmp_path, monkeypatch, gradebook):
        nbgrader_private.look_after_gradebooks()
        before, after = tmp_path / "before", tmp_path / "after"
        before.mkdir()
        shutil.copy(gradebook, before / "gradebook.db")
        monkeypatch.chdir(before)
        api.Gradebook("sqlite:///gradebook.db").close()
        monkeypatch.chdir(before.rename(after))
        with api.Gradebook("sqlite:///gradebook.db") as book:
            assert book.students == []

    def test_another_file_in_its_place_is_read(self, url, tmp_path, gradebook):
        with api.Gradebook(url) as one:
            one.add_student("amy")
        path = tmp_path / "gradebook.db"
        shutil.copy(gradebook, tmp_path / "other.db").replace(path)
        with api.Gradebook(url) as other:
            assert other.students == []

    def test_it_has_all_that_nbgrader_gives_it(self, url):
        as_nbgrader = api.Gradebook.__new__(api.Gradebook)
        nbgrader_private._open_and_make(as_nbgrader, url, "a course")
        with as_nbgrader, api.Gradebook(url, "a course") as quickly:
            assert vars(quickly).keys() == vars(as_nbgrader).keys()
            assert quickly.engine.url == as_nbgrader.engine.url
            assert quickly.db.session_factory.kw.keys() == as_nbgrader.db.session_factory.kw.keys()
            assert (quickly.course_id, quickly.authenticator) == ("a course", None)

    @pytest.mark.parametrize("loss", ["deleted", "emptied", "another's"])
    def test_one_that_was_lost_is_made_anew(self, url, tmp_path, loss):
        path = tmp_path / "gradebook.db"
        path.unlink() if loss == "deleted" else path.write_bytes(b"")
        if loss == "another's":
            with closing(sqlite3.connect(path)) as other:
                other.execute("CREATE TABLE of_another (id)")
                other.commit()
        with api.Gradebook(url) as gradebook:
            assert gradebook.students == []


METADATA = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "points": 2}
METADATA |= {"grade_id": "test_f", "cell_type": "code"}


class TestMetadata:
    """Of cells, which nbgrader compares with a schema."""

    @pytest.fixture(autouse=True)
    def quickly(self, monkeypatch):
        monkeypatch.setattr(nbgrader_private.common, "jsonschema", jsonschema)  # and back again
        nbgrader_private.validate_metadata_quickly()

    @pytest.mark.parametrize(
        "change",
        [{}, {"grade": "yes"}, {"points": -1}, {"grade_id": 3, "grade": 1}, {"another": 1}],
        ids=str,
    )
    def test_the_judgement_is_that_of_jsonschema(self, change):
        validator = MetadataValidatorV3()
        cell = new_code_cell(metadata={"nbgrader": METADATA | change})
        said = []
        for validate in validator.validate_cell, self._with_jsonschema(validator):
            try:
                said.append(validate(cell))
            except jsonschema.ValidationError as error:
                said.append((error.message, list(error.path)))
        assert said[0] == said[1]
        assert bool(change) == (said[0] is not None)

    @staticmethod
    def _with_jsonschema(validator):
        return lambda cell: jsonschema.validate(cell.metadata["nbgrader"], validator.schema)

    def test_the_schema_is_judged_once(self, monkeypatch):
        cell = new_code_cell(metadata={"nbgrader": METADATA})
        MetadataValidatorV3().validate_cell(cell)
        monkeypatch.setattr(jsonschema.Draft4Validator, "check_schema", None)
        MetadataValidatorV3().validate_cell(cell)


TWICE = """
import sys
from course_lib.grading.nbgrader_private import api, look_after_gradebooks
look_after_gradebooks()
with api.Gradebook(sys.argv[1]) as gradebook:
    gradebook.add_student("amy")
    try:
        gradebook.add_student("amy")
    except api.InvalidEntry:
        print("refused")
"""


def test_what_nbgrader_says_of_the_database_is_not_for_the_terminal(tmp_path, gradebook):
    shutil.copy(gradebook, tmp_path / "gradebook.db")
    command = [sys.executable, "-c", TWICE, f"sqlite:///{tmp_path / 'gradebook.db'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")
