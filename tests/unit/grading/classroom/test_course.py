import sqlite3
from contextlib import closing

import pytest

from course_lib.grading.classroom import course as courses
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME, Class


def test_a_folder_without_configuration_is_no_course(tmp_path):
    with pytest.raises(CourseProblem, match=r"is no course folder: it has no nbgrader_config\.py"):
        Course.find(tmp_path)


def test_assignments_are_folders_with_a_notebook(course):
    (course / "solutions" / "drafts").mkdir()
    (course / "solutions" / "notes.txt").touch()
    assert Course(course).assignments == [NAME]


def test_students_are_those_with_a_folder_for_the_assignment(course):
    for student in ("zoe", "adam"):
        Class(course).folder(student)
    (course / "submitted" / "eve" / "02_other").mkdir(parents=True)
    assert Course(course).students(NAME) == ["adam", "zoe"]


def test_the_nearest_assignment_is_suggested(course):
    with pytest.raises(CourseProblem, match=rf"Did you mean {NAME}\? There are: {NAME}\."):
        Course(course).check_assignment("01_number")
    with pytest.raises(CourseProblem, match=r"no assignment 'xyz'\. There are") as caught:
        Course(course).check_assignment("xyz")
    assert "Did you mean" not in str(caught.value)


def test_nobody_has_handed_in(course):
    with pytest.raises(CourseProblem, match=f"put notebooks into submitted/STUDENT/{NAME}/"):
        Course(course).check_students(NAME, [])


def test_an_unknown_student_is_named(course):
    Class(course).folder("adam")
    with pytest.raises(CourseProblem, match=r"by 'adma'\. Did you mean adam"):
        Course(course).check_students(NAME, ["adam", "adma"])


def test_a_good_gradebook_passes(course):
    Course(course).check_gradebook()


@pytest.mark.parametrize("lock", ["EXCLUSIVE", "IMMEDIATE"])
def test_a_locked_gradebook_is_found(course, monkeypatch, lock):
    monkeypatch.setattr(courses, "LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(course / "gradebook.db")) as holder:
        holder.execute(f"BEGIN {lock}")
        with pytest.raises(CourseProblem, match=r"gradebook\.db is locked by another program"):
            Course(course).check_gradebook()


def test_a_damaged_gradebook_is_found(course):
    (course / "gradebook.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(CourseProblem, match="is damaged"):
        Course(course).check_gradebook()


def test_a_missing_gradebook_is_not_made(course):
    (course / "gradebook.db").unlink()
    Course(course).check_gradebook()
    assert not (course / "gradebook.db").exists()


def test_a_broken_configuration_is_not_passed_over(course):
    (course / "nbgrader_config.py").write_text("c = get_config()\nimport no_such_module")
    with pytest.raises(CourseProblem, match="can't be read: ModuleNotFoundError: No module named"):
        Course(course)


def test_the_configuration_is_read_once(course):
    """It is a program: a change in the middle of a run would be half applied."""
    found = Course(course)
    with open(course / "nbgrader_config.py", "a") as config:
        config.write("\nc.CourseDirectory.submitted_directory = 'elsewhere'\n")
    assert found.submitted("eve", NAME) == course / "submitted" / "eve" / NAME
    assert found.settings().submitted_directory == "submitted"


def test_what_a_converter_sets_does_not_come_back(course):
    found = Course(course)
    found.settings(assignment_id=NAME).config.CourseDirectory.source_directory = "other"
    assert found.settings().source_directory == "solutions"


def test_folders_are_nbgraders(course):
    found = Course.find(course)
    assert found.source(NAME) == course / "solutions" / NAME
    assert found.release_folder(NAME) == course / "exercises" / NAME
    assert found.autograded("eve", NAME) == course / "autograded" / "eve" / NAME
    assert found.feedback("eve", NAME) == course / "feedback" / "eve" / NAME
    with found.gradebook() as gradebook:
        assert gradebook.students == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql+psycopg://me:secret@/book?host=/nowhere", r"can't be reached: .*/nowhere"),
        ("postgresql+pigeon://me:secret@/book", r"needs what is not installed .*\.\[postgresql\]"),
        ("parchment://me:secret@/book", "needs what is not installed"),
    ],
)
def test_a_server_that_does_not_answer_is_said_without_its_password(course, url, words):
    pytest.importorskip("psycopg")
    with open(course / courses.CONFIG, "a") as config:
        config.write(f"\nget_config().CourseDirectory.db_url = {url!r}\n")
    with pytest.raises(CourseProblem, match=words) as raised:
        Course(course).check_gradebook()
    assert "me:***@" in str(raised.value)
    assert "secret" not in str(raised.value)
