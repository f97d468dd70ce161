import os

import pytest

from course_lib.grading.classroom.whole_file import whole_file, write_page
from course_lib.grading.errors import CourseProblem


def test_what_fails_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("old")

    def fail():
        with whole_file(path) as draft:
            draft.write_text("ne")
            raise OSError("no room")

    with pytest.raises(CourseProblem, match=r"grades\.csv can't be written: no room"):
        fail()
    assert (os.listdir(tmp_path), path.read_text()) == (["grades.csv"], "old")


def test_half_a_character_is_spelt_out(tmp_path):
    write_page(tmp_path / "page.html", "a \ud800 b")
    assert (tmp_path / "page.html").read_text() == "a \\ud800 b"
