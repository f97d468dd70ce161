"""What one opening of a gradebook has compiled serves the next, and only what has connected."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from course_lib.grading import compiled_queries
from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from tests.unit.grading.tiny_course import NAME, Class


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Nothing is compiled yet."""
    monkeypatch.setattr(compiled_queries, "_known", {})
    return compiled_queries._known


def test_a_later_submission_compiles_nothing(course, known):
    release(Course(course), NAME)
    students = Class(course)
    compiled = []
    for name in ("amy", "bob", "eve"):  # for the first there is nobody to be found
        students.hand_in(name)
        (result,) = grading.grade(Course(course), NAME, [name], sandbox="none")
        assert result.points
        ((_, queries),) = known.values()
        compiled.append(set(queries))
    assert len(compiled[1]) > 30
    assert compiled[2] == compiled[1]


def test_another_database_has_them_too(tmp_path):
    first, second = (
        compiled_queries.create_engine(f"sqlite:///{tmp_path / name}") for name in ("a", "b")
    )
    with first.connect() as connection:
        connection.execute(text("SELECT 1"))
    third = compiled_queries.create_engine(f"sqlite:///{tmp_path / 'b'}")
    assert third.dialect is first.dialect
    assert third.get_execution_options() == first.get_execution_options()
    assert second.dialect is not first.dialect, "it was made before the first one had connected"


def test_a_database_that_did_not_answer_is_no_model(tmp_path, known):
    engine = compiled_queries.create_engine(f"sqlite:///{tmp_path / 'missing' / 'a'}")
    with pytest.raises(OperationalError), engine.connect():
        pass
    assert known == {}


def test_another_server_has_its_own(known):
    pytest.importorskip("psycopg")
    urls = ("postgresql+psycopg://a/grades", "postgresql+psycopg://b/grades")
    a, _ = map(compiled_queries.create_engine, urls)
    known[a.url.set(database="")] = a.dialect, {}
    again_a, again_b = map(compiled_queries.create_engine, urls)
    assert again_a.dialect is a.dialect
    assert again_b.dialect is not a.dialect
