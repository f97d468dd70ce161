"""A submission is graded again when anything that its grade depends on has changed."""

import json
import os

import pytest

from course_lib.grading.classroom import fingerprints
from course_lib.grading.classroom.course import Course
from tests.unit.grading.tiny_course import NAME, Class


@pytest.mark.parametrize(
    "content",
    ["null", "[]", "{}", "5", '"x"', "{", "", '{"fingerprint": "f"}', '{"fingerprint": ["f"]}'],
)
def test_a_damaged_record_is_none(course, content):
    found = Course(course)
    fingerprints.write(found, NAME, "eve", "f", {"notes": []})
    assert fingerprints.read(found, NAME, "eve", "f") == {"notes": []}
    (course / fingerprints.FOLDER / NAME / "eve.json").write_text(content)
    assert fingerprints.read(found, NAME, "eve", "f") is None


@pytest.mark.parametrize("data", [None, [], {}, {"notes": 5}, {"notes": [5]}, "x"])
def test_a_record_of_another_kind_is_no_result(course, data):
    from course_lib.grading.classroom.grading import _notes

    found = Course(course)
    fingerprints.write(found, NAME, "eve", "f", data)
    assert _notes(found, NAME, {"eve": "f"}) == {}


def test_the_fingerprint_knows_the_sandbox_and_the_code(course, monkeypatch):
    found = Course(course)
    Class(course).hand_in_file("eve", b"{}")

    def fingerprint(sandbox="bubblewrap", libraries=("course_lib",)):
        also = fingerprints.code_and_settings(libraries, sandbox)
        return fingerprints.fingerprint(found, found.submitted("eve", NAME), also)

    first = fingerprint()
    assert fingerprint() == first
    assert fingerprint(sandbox="none") != first
    assert fingerprint(libraries=()) != first
    monkeypatch.setattr(fingerprints, "_digest_of", lambda package: f"{package}, mended")
    assert fingerprint() != first


def test_the_digest_of_a_package_is_that_of_its_code(tmp_path, monkeypatch):
    (tmp_path / "one_package").mkdir()
    file = tmp_path / "one_package" / "__init__.py"
    file.write_text("x = 1")
    monkeypatch.syspath_prepend(tmp_path)
    digest = fingerprints._digest_of.__wrapped__
    first = digest("one_package")
    (tmp_path / "one_package" / "data.txt").write_text("no code")
    assert digest("one_package") == first
    file.write_text("x = 2")
    assert digest("one_package") != first


def test_a_file_that_is_too_large_to_be_read_is_not_read(course):
    """A sparse one of 12 GB took two minutes."""
    found = Course(course)
    Class(course).hand_in_file("eve", b"{}")
    path = found.submitted("eve", NAME) / "huge.bin"
    with open(path, "wb") as file:
        file.truncate(10**12)
    first = fingerprints.fingerprint(found, path.parent)
    os.utime(path, (1, 1))
    assert fingerprints.fingerprint(found, path.parent) != first


def test_a_file_that_was_moved_is_noticed(course):
    found = Course(course)
    Class(course).hand_in_file("eve", b"1, 2", "data.csv")
    folder = found.submitted("eve", NAME)
    first = fingerprints.fingerprint(found, folder)
    (folder / "data").mkdir()
    (folder / "data.csv").rename(folder / "data" / "data.csv")
    assert fingerprints.fingerprint(found, folder) != first


def test_a_name_that_is_no_text_has_a_fingerprint(course):
    found = Course(course)
    Class(course).hand_in_file("eve", b"{}")
    folder = found.submitted("eve", NAME)
    with open(os.fsencode(folder) + b"/\xdcbung.txt", "wb") as file:
        file.write(b"x")
    assert fingerprints.fingerprint(found, folder)


def test_a_record_holds_what_it_was_given(course):
    fingerprints.write(Course(course), NAME, "eve", "f", {"notes": ["ä"]})
    path = course / fingerprints.FOLDER / NAME / "eve.json"
    assert json.loads(path.read_text()) == {"fingerprint": "f", "data": {"notes": ["ä"]}}
