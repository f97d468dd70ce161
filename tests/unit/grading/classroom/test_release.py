"""A new release takes the place of the old one, or the old one stays."""

from pathlib import Path

import pytest

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.tiny_course import NAME


@pytest.mark.parametrize("failing", ["old", NAME])
def test_a_release_that_cannot_take_its_place_leaves_the_old_one(course, monkeypatch, failing):
    """failing: the name to which a folder can't be renamed: the old away, or the new in place."""
    folder = release(Course(course), NAME)
    (folder / "mine.txt").write_text("of the old one")
    rename, failed = Path.rename, []

    def fail(self, target):
        if Path(target).name == failing and not failed:
            failed.append(target)
            raise PermissionError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(CourseProblem, match=f"{NAME} was not released: .* can't be replaced"):
        release(Course(course), NAME)
    assert {path.name for path in folder.iterdir()} == {f"{NAME}.ipynb", "mine.txt"}
    assert [path.name for path in folder.parent.iterdir()] == [NAME]
