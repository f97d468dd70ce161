"""Names of files as Moodle, Canvas, browsers and nbgrader write them."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from course_lib.grading.classroom.collecting.layouts import LAYOUTS, without_number

NAME = "02_perceptron"
FILE, MOODLE = f"{NAME}.ipynb", "assignsubmission_file"


@pytest.mark.parametrize(
    ("layout", "path", "who", "inner", "number"),
    [
        (
            "moodle",
            f"Anna Müller_123456_assignsubmission_file_/{FILE}",
            "Anna Müller",
            FILE,
            "123456",
        ),
        (
            "moodle",
            "Anna_Lena d'Arc_7_assignsubmission_file/a/b.csv",
            "Anna_Lena d'Arc",
            "a/b.csv",
            "7",
        ),
        ("moodle", f"Course-12/Li Wei_8_assignsubmission_file_/{FILE}", "Li Wei", FILE, "8"),
        ("moodle", f"Li Wei_8_assignsubmission_file_{FILE}", "Li Wei", FILE, "8"),
        (
            "moodle",
            "Li_8_assignsubmission_onlinetext_/onlinetext.html",
            "Li",
            "onlinetext.html",
            "8",
        ),
        (
            "moodle",
            f"Participant 99_99_assignsubmission_file_/{FILE}",
            "Participant 99",
            FILE,
            "99",
        ),
        ("canvas", f"muelleranna_4711_90125_{FILE}", "muelleranna", FILE, "4711"),
        (
            "canvas",
            f"muelleranna_LATE_4711_9_{NAME}-1.ipynb",
            "muelleranna",
            f"{NAME}-1.ipynb",
            "4711",
        ),
        ("canvas", f"submissions/o'hara-smith_4_5_{FILE}", "o'hara-smith", FILE, "4"),
        ("nbgrader", f"b+d+{NAME}+2015-01-27 17:06:34.1 UTC+ab/{FILE}", "b+d", FILE, ""),
        ("plain", f"zoë/{FILE}", "zoë", FILE, ""),
        ("plain", f"zoë/{NAME}/{FILE}", "zoë", FILE, ""),
        ("plain", f"s12-{FILE}", "s12", FILE, ""),
        ("plain", "s12_02_perceptron (2).ipynb", "s12", FILE, ""),
    ],
)
def test_whose_a_file_is(layout, path, who, inner, number):
    handed = LAYOUTS[layout](PurePosixPath(path), NAME)
    assert (handed.who, handed.path, handed.number) == (who, PurePosixPath(inner), number)


def test_canvas_says_who_was_late():
    assert LAYOUTS["canvas"](PurePosixPath(f"a_LATE_1_2_{FILE}"), NAME).late
    assert not LAYOUTS["canvas"](PurePosixPath(f"late_1_2_{FILE}"), NAME).late


def test_nbgrader_says_when():
    path = PurePosixPath(f"a+{NAME}+2015-01-27 17:06:34 CET+x/{FILE}")
    assert LAYOUTS["nbgrader"](path, NAME).time == datetime(2015, 1, 27, 16, 6, 34, tzinfo=UTC)


@pytest.mark.parametrize(
    ("layout", "path"),
    [
        ("moodle", FILE),
        ("moodle", f"Anna/{FILE}"),
        ("canvas", FILE),  # 02_perceptron has no two numbers
        ("nbgrader", f"a+01_data+2015-01-27 17:06:34 UTC+x/{FILE}"),
        ("plain", FILE),
        ("plain", "notes.txt"),
    ],
)
def test_what_is_nobodys(layout, path):
    assert LAYOUTS[layout](PurePosixPath(path), NAME) is None


@pytest.mark.parametrize(
    ("name", "plain", "number"),
    [
        ("a-1.ipynb", "a.ipynb", 1),
        ("a (12).ipynb", "a.ipynb", 12),
        ("a(2).ipynb", "a.ipynb", 2),
        ("a.ipynb", "a.ipynb", 0),
        ("lab-2024.ipynb", "lab-2024.ipynb", 0),
    ],
)
def test_numbers_that_were_added_to_a_name(name, plain, number):
    assert without_number(name) == (plain, number)
