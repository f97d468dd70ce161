"""Pages go back under names that the platforms understand; their rules are imitated here."""

import zipfile

import pytest

from course_lib.grading.classroom.collecting.collect import collect
from course_lib.grading.classroom.collecting.hand_back import hand_back
from course_lib.grading.classroom.collecting.roster import Person, Roster
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from tests.unit.grading.classroom.collecting.test_collect import FILE, archive
from tests.unit.grading.tiny_course import NAME

PAGE = f"{NAME}.html"


@pytest.fixture
def give(course):
    """Hands pages back for a download that holds these files."""

    def giving(files, layout):
        (course / "download.zip").write_bytes(archive(dict.fromkeys(files, "{}")))
        collect(Course(course), NAME, course / "download.zip", layout)
        done = hand_back(
            Course(course), NAME, course / "download.zip", layout, course / "feedback.zip"
        )
        return done, read(course / "feedback.zip")

    giving.root = course
    return giving


def read(path):
    if not path.exists():
        return {}
    with zipfile.ZipFile(path) as pages:
        return {name: pages.read(name).decode() for name in pages.namelist()}


def page_of(course, student):
    folder = course / "feedback" / student / NAME
    folder.mkdir(parents=True)
    (folder / PAGE).write_text(student)


def moodle_gives_to(name):
    """The participant's number, by Moodle's rule: from a part of the path, cut at underscores."""
    for part in name.split("/"):
        info = part.split("_", 4)
        if len(info) >= 4 and info[1].isdigit() and info[2:4] == ["assignsubmission", "file"]:
            return info[1]
    return None


def canvas_gives_to(name):
    """The numbers of user and attachment: the first two parts that are digits alone."""
    return [part for part in name.split("_") if part.isdigit()][:2]


@pytest.mark.parametrize(
    "file",
    [
        f"Anna Müller_17_assignsubmission_file_/{FILE}",
        f"all/Anna Müller_17_assignsubmission_file/{FILE}",
        f"Anna Müller_17_assignsubmission_file_{FILE}",
    ],
)
def test_moodle_finds_whose_page_it_is(give, file):
    page_of(give.root, "Anna Müller")
    done, pages = give([file], "moodle")
    assert (done.students, done.problems) == (["Anna Müller"], [])
    assert [moodle_gives_to(name) for name in pages] == ["17"]
    assert list(pages.values()) == ["Anna Müller"]


@pytest.mark.parametrize("late", ["", "LATE_"])
def test_canvas_finds_whose_page_it_is(give, late):
    with Course(give.root).gradebook() as gradebook:
        Roster([Person("anna", "Anna", "Müller", number="17")]).save(gradebook)
    page_of(give.root, "anna")
    files = [f"mulleranna_{late}17_98_plot.png", f"mulleranna_{late}17_99_{NAME}-1.ipynb"]
    done, pages = give(files, "canvas")
    assert (done.students, done.problems) == (["anna"], [])
    assert [canvas_gives_to(name) for name in pages] == [["17", "99"]]


def test_who_gets_no_page_is_named(give):
    page_of(give.root, "Bo")
    (give.root / "submitted/Bo" / NAME).mkdir(parents=True)
    done, pages = give([f"Anna_1_assignsubmission_file_/{FILE}", "README"], "moodle")
    assert pages == {}
    assert done.problems == [
        "README: its name does not say whose it is",
        "Anna: there is no feedback page yet",
        "Bo has a page, and is not in the download",
    ]


def test_what_cannot_be_handed_back_is_refused(give, course):
    with pytest.raises(CourseProblem, match="--from: wanted moodle or canvas; got 'plain'"):
        hand_back(Course(course), NAME, course / "x.zip", "plain", course / "feedback.zip")
    page_of(course, "Anna")
    give([f"Anna_1_assignsubmission_file_/{FILE}"], "moodle")
    with pytest.raises(CourseProblem, match="can't be written"):
        hand_back(Course(course), NAME, course / "download.zip", "moodle", course / "no" / "f.zip")
    assert not (course / "no").exists()
