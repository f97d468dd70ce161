"""Students' names and ids, as they are written: in folders, tables, the log and the terminal."""

import io
import os
import re
import subprocess
import sys
import unicodedata

import pytest
from rich.console import Console

from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.exports import export
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import FAILED, GRADED, Result
from course_lib.grading.classroom.tables import class_table, summary
from course_lib.grading.submissions.files import printable
from tests.unit.grading.tiny_course import NAME, Class, cell

APART = unicodedata.normalize("NFD", "Zoë_Müller")  # as macOS packs a folder's name
ROSTER = unicodedata.normalize("NFC", APART)
IDS = [
    "00123",
    "[a]",
    "a+b@example.org",
    "محمد",
    "王小明",
    "O'Neil",
    "with space",
    "a.b.c",
    "-x",
    "{y}",
]


@pytest.fixture
def released(course):
    release(Course(course), NAME)
    return course


def test_a_letter_and_its_accent_are_one_character(released):
    with Course(released).gradebook() as book:
        book.add_student(ROSTER, last_name="Müller")
    folder = released / "submitted" / APART / NAME
    Class(released).hand_in("someone")
    (released / "submitted" / "someone").rename(folder.parent)
    assert Course(released).students(NAME) == [ROSTER]
    assert Course(released).submitted(ROSTER, NAME) == folder
    (result,) = grading.grade(Course(released), NAME, [ROSTER])
    assert (result.student, result.state, result.score) == (ROSTER, GRADED, 5)
    with Course(released).gradebook() as book:
        assert [student.id for student in book.students] == [ROSTER]
    (kept,) = grading.grade(Course(released), NAME, [ROSTER])
    assert not kept.new
    (released / "submitted" / ROSTER / NAME).mkdir(parents=True)
    assert sorted(Course(released).students(NAME)) == sorted([APART, ROSTER]), "both: none is lost"


def test_ids_that_differ_in_capitals_alone_are_named(released):
    with Course(released).gradebook() as book:
        for student in ("Student", "student", "other", APART, ROSTER):
            book.add_student(student)
    assert sorted(Course(released).alike()) == sorted([["Student", "student"], [APART, ROSTER]])


def test_ids_of_any_kind_are_graded_and_exported(released):
    for student in IDS:
        Class(released).hand_in(student)
    results = list(grading.grade(Course(released), NAME, IDS))
    assert {one.student: one.score for one in results} == dict.fromkeys(IDS, 5)
    text = export(Course(released), "grades.csv").read_text(encoding="utf-8")
    for student in IDS:
        assert re.search(rf",'?{re.escape(student)},", text)
        page = released / "feedback" / student / NAME / f"{NAME}.html"
        assert student.replace("'", "&#39;") in page.read_text(encoding="utf-8")
    assert all(not one.new for one in grading.grade(Course(released), NAME, IDS))


COMMAND = "from course_lib.commands.app import app; app()"
STEERING = "a\x1b[31m\x07b\nERROR\u202ec"


def test_nothing_steers_the_terminal_or_forges_the_log(released):
    folder = Class(released).folder(STEERING)
    (folder / f"{NAME}.ipynb").write_bytes(b"x")
    (folder / "evil\n2026-01-01 00:00:00,000 INFO    \x1b[2J").symlink_to("/etc/passwd")
    (result,) = grading.grade(Course(released), NAME, [STEERING])
    assert result.state == FAILED
    log = (released / grading.LOG).read_text()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", log)
    assert not re.search(r"^2026-01-01", log, re.MULTILINE)
    result.notes.append(STEERING)
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(class_table([result]))
    for text in (console.export_text(), *summary([result])):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)
    assert printable("علی‌رضا") == "علی‌رضا"


def test_a_terminal_that_lacks_the_letters_gets_them_in_another_form(released):
    Class(released).hand_in("王小明")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "grade", NAME],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        cwd=released,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert b"\\u738b" in done.stdout


def test_a_student_is_not_blamed_for_a_test_that_was_mended(released):
    """Whose cells have no metadata any more hands in what was handed out then."""

    def stripped(notebook):
        cell(notebook, "test_double").source += "\n1 + 1  # as it was"
        for one in notebook.cells:
            one.metadata.pop("nbgrader", None)

    Class(released).hand_in("eve", change=stripped)
    (result,) = grading.grade(Course(released), NAME, ["eve"])
    assert result.score == 5
    assert any("test_double: not as it is handed out now" in note for note in result.notes)
    page = (released / "feedback" / "eve" / NAME / f"{NAME}.html").read_text()
    assert "changed; the original was used" not in page


def test_a_row_with_any_text_fits_a_table():
    result = Result("[bold]x[/bold]", NAME, FAILED, problem="[red]no[/red]")
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(class_table([result]))
    assert "[bold]x[/bold]" in console.export_text()
