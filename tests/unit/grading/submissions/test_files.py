"""Whatever lies in a submission: ordinary files are found and copied, everything else is named."""

import os
import socket

import pytest

from course_lib.grading.classroom import fingerprints
from course_lib.grading.classroom.course import Course
from course_lib.grading.submissions import files
from course_lib.grading.submissions.files import (
    copy_ordinary_files,
    find_files,
    put_in_place,
    shown,
)


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def found(folder):
    return [str(file.path) for file in find_files(folder).files]


def test_odd_things_are_named_and_not_opened(here, tmp_path):
    os.mkfifo(here / "pipe")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(here / "socket"))
    for name, target in ("up", ".."), ("loop", "loop"), ("zero", "/dev/zero"), ("gone", "nowhere"):
        (here / name).symlink_to(target)
    (here / "good.txt").write_text("good")
    left_out = copy_ordinary_files(here, tmp_path / "copy")
    assert left_out == [
        *(f"{name} is no ordinary file" for name in ("gone", "loop", "pipe", "socket", "up")),
        "1 more, of which the same is true",
    ]
    assert found(tmp_path / "copy") == ["good.txt"]


ODD_NAMES = [
    *(b"not \xff UTF-8", b"new\nline", b"\x1b[2J", b"-rf", b"*", b"~", b"'; rm -rf", b"x" * 255),
    *("größe".encode(), "\u202egnp".encode(), b" ", b"a\\b", b"\xed\xa0\x80"),
]


@pytest.mark.parametrize("name", ODD_NAMES, ids=repr)
def test_any_name_will_do(here, tmp_path, name):
    name = os.fsdecode(name)
    (here / name).mkdir()
    (here / name / name).write_text("mine")
    assert copy_ordinary_files(here, tmp_path / "copy") == []
    assert (tmp_path / "copy" / name / name).read_text() == "mine"
    assert shown(name).isprintable()


def test_how_deep_files_lie_is_limited(here):
    """Deeper than Python recurses, and than a path can be long."""
    begin = os.getcwd()
    os.chdir(here)
    try:
        for _ in range(1200):
            os.mkdir("deep")
            os.chdir("deep")
    finally:
        os.chdir(begin)
    (here / "near.txt").write_text("near")
    assert found(here) == ["near.txt"]
    (left_out,) = find_files(here).left_out()
    assert left_out.endswith("lies below 30 folders")
    os.system(f"rm -rf '{here}'")  # pytest could not


def test_how_many_there_are_is_limited_and_those_on_top_come_first(here, monkeypatch):
    monkeypatch.setattr(files, "MAX_ENTRIES", 50)
    (here / "a").mkdir()
    for number in range(60):
        (here / "a" / f"many{number:02}").touch()
    (here / "z.ipynb").touch()
    few = find_files(here)
    assert len(few.files) == 49
    assert few.files[0].path.name == "z.ipynb"
    assert "more than 50 files and folders" in few.left_out()[0]


def test_a_path_that_fits_nowhere_else_is_left_out(here):
    long = here.joinpath(*(letter * 250 for letter in "abcd"))
    long.mkdir(parents=True)
    (long / "f").touch()
    assert found(here) == []
    assert find_files(here).left_out()[0].endswith("has too long a path")


def test_of_too_much_the_notebooks_and_the_smallest_are_kept(here, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_TOTAL", 1000)
    for name, size in {"a.bin": 600, "b.bin": 500, "c.csv": 3, "z.ipynb": 400}.items():
        (here / name).write_bytes(b"x" * size)
    (left_out,) = copy_ordinary_files(here, tmp_path / "copy")
    assert found(tmp_path / "copy") == ["b.bin", "c.csv", "z.ipynb"]
    assert left_out.startswith("a.bin is too much")


def test_sparse_files_cost_little(here, course, monkeypatch):
    """Read whole they would be 24 GB."""
    monkeypatch.setattr(fingerprints, "MAX_TOTAL", 10**8)
    with open(here / "huge.bin", "wb") as file:
        file.truncate(12 * 2**30)
    for number in range(240):
        with open(here / f"large{number}.bin", "wb") as file:
            file.truncate(49 * 10**6)
    before = os.times()
    digest = fingerprints.fingerprint(Course(course), here)
    after = os.times()
    assert after.user + after.system - before.user - before.system < 5
    os.utime(here / "huge.bin", (1, 1))
    assert fingerprints.fingerprint(Course(course), here) != digest


@pytest.mark.parametrize("missing", ["file", "nowhere"])
def test_a_folder_that_is_none_says_so(here, missing):
    (here / "file").touch()
    with pytest.raises(OSError, match=missing):
        find_files(here / missing)


@pytest.mark.parametrize("name", ["data.csv", "data/x.csv", "data/more/x.csv"])
def test_the_instructors_files_win_over_whatever_has_their_names(here, tmp_path, name):
    theirs = tmp_path / "theirs"
    theirs.write_text("the course's")
    (here / "data.csv" / "inner").mkdir(parents=True)
    (here / "data").write_text("a file where a folder is to be")
    put_in_place([(name, theirs)], here)
    assert (here / name).read_text() == "the course's"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-01-01 12:00:00 UTC", True),
        ("", True),
        ("\n", True),
        ("9" * 400, False),
        ("x" * 10**6, False),
        ("nan", False),
    ],
    ids=lambda value: str(value)[:10],
)
def test_a_time_is_one_that_nbgrader_can_read(tmp_path, text, is_one):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "timestamp.txt").write_text(text)
    left_out = copy_ordinary_files(tmp_path / "in", tmp_path / "out")
    assert left_out == [] if is_one else left_out == [f"timestamp.txt {files.NO_TIME}"]


def test_what_is_shown_steers_nothing_and_is_not_long():
    assert shown("a\nb\x1b[31m\u2028\udcff") == "a?b?[31m??"
    assert shown("x" * 300).endswith("...")
    assert len(shown("x" * 300)) == 200
