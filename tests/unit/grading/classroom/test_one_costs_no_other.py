"""Whatever goes wrong with a submission, or with the gradebook, costs one submission at most."""

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader import api
from sqlalchemy import event

from course_lib.grading import compiled_queries, nbgrader_private
from course_lib.grading.classroom import grading, record
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from tests.unit.grading.tiny_course import NAME, Class


@pytest.fixture
def students(course):
    """Three right submissions of a released assignment."""
    release(Course(course), NAME)
    students = Class(course)
    for name in ("amy", "bob", "eve"):
        students.hand_in(name)
    return students


def graded(root, names=("amy", "bob", "eve"), **how):
    return {result.student: result for result in grading.grade(Course(root), NAME, names, **how)}


def scores(root):
    with Course(root).gradebook() as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}


@pytest.fixture
def locked(students):
    """A formgrader that holds the gradebook until it is told to let go."""
    with closing(sqlite3.connect(students.root / "gradebook.db", check_same_thread=False)) as held:
        yield held


def connect_with(monkeypatch, setting):
    """Have each new connection to the gradebook make this setting of SQLite."""
    honest = compiled_queries.create_engine

    def create_engine(url, **settings):
        engine = honest(url, **settings)
        event.listen(engine, "connect", lambda connection, _: connection.execute(setting))
        return engine

    monkeypatch.setattr(compiled_queries, "create_engine", create_engine)
    monkeypatch.setattr(api, "create_engine", create_engine)
    monkeypatch.setattr(nbgrader_private, "_sessions", {})  # there are engines without it


@pytest.fixture
def impatient(monkeypatch):
    """SQLite waits for five seconds each time; here it need not."""
    connect_with(monkeypatch, "PRAGMA busy_timeout = 50")


def test_a_gradebook_that_is_locked_for_a_while_is_waited_for(
    students, locked, impatient, monkeypatch
):
    book = record.Recorder
    monkeypatch.setattr(record, "PAUSES", (0.5,) * 20)
    assert graded(students.root)["amy"].score == 5
    students.hand_in("amy", double="return 2")
    run = grading.grade(Course(students.root), NAME, ["amy"], sandbox="none")
    honest = book.record

    def while_locked(self, *args):
        locked.execute("BEGIN IMMEDIATE")
        threading.Timer(1, locked.rollback).start()
        return honest(self, *args)

    monkeypatch.setattr(book, "record", while_locked)
    (result,) = run
    assert (result.problem, result.score) == ("", 4)


def test_points_survive_a_gradebook_that_stays_locked(students, locked, impatient, monkeypatch):
    assert graded(students.root)["amy"].score == 5
    page = students.root / "feedback" / "amy" / NAME / f"{NAME}.html"
    assert page.exists()
    monkeypatch.setattr(record, "PAUSES", (0.0, 0.0))
    honest = record.Recorder.record

    def while_locked(self, *args):
        locked.execute("BEGIN IMMEDIATE")
        try:
            return honest(self, *args)
        finally:
            locked.rollback()

    for name in ("amy", "bob", "eve"):
        students.hand_in(name, double="return 2")
    with monkeypatch.context() as patch:
        patch.setattr(record.Recorder, "record", while_locked)
        results = graded(students.root)
    assert "held the gradebook locked" in results["amy"].problem
    assert scores(students.root) == dict.fromkeys(("amy", "bob", "eve"), 5)
    assert page.exists()
    again = graded(students.root)
    assert all(result.new and result.score == 4 for result in again.values())


def leave_no_room(monkeypatch, where):
    """No more of it: for the gradebook, the graded notebook, the points, the notes of a run."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def no_room(*args, **kwargs):
        raise full

    if where == "gradebook":
        connect_with(monkeypatch, "PRAGMA max_page_count = 1")  # it can't grow: SQLITE_FULL
    elif where == "notebook":
        monkeypatch.setattr("nbconvert.writers.FilesWriter.write", no_room)
    elif where == "points":
        monkeypatch.setattr(record, "fill_in", no_room)
    else:
        monkeypatch.setattr(record.fingerprints, "write", no_room)


@pytest.mark.parametrize("where", ["gradebook", "notebook", "points", "notes"])
def test_a_full_disk_is_named_and_costs_no_points(students, monkeypatch, where):
    assert graded(students.root)["amy"].score == 5
    page = students.root / "feedback" / "amy" / NAME / f"{NAME}.html"
    monkeypatch.setattr(record, "PAUSES", (0.0, 0.0))
    count = 40 if where == "gradebook" else 2  # until it needs another page
    new = [f"new{number:02}" for number in range(count)]
    for name in new:
        students.hand_in(name)
    everyone = ["amy", *new]
    with monkeypatch.context() as patch:
        leave_no_room(patch, where)
        results = graded(students.root, everyone, again=True)
    stopped = [one for one in results.values() if one.problem]
    assert stopped
    for one in stopped:
        assert "is full: make room, and the next run grades this one again" in one.problem
        assert one.notes == []
    assert scores(students.root)["amy"] == 5
    assert page.exists()
    assert all(one.score == 5 for one in graded(students.root, everyone).values())


def test_a_fault_in_recording_is_a_note_and_costs_no_other(students, monkeypatch):
    log_of = record._log

    def faulty(result, log):
        if result.student == "bob" and not result.problem:
            raise ZeroDivisionError("nobody thought of it")
        log_of(result, log)

    monkeypatch.setattr(record, "_log", faulty)
    results = graded(students.root, verbose=True)
    assert {name: result.score for name, result in results.items()} == {
        "amy": 5,
        "bob": 0,
        "eve": 5,
    }
    assert "ZeroDivisionError" in results["bob"].problem
    assert record.REPORT in results["bob"].notes
    log = (students.root / grading.LOG).read_text()
    assert "Traceback" in log
    assert scores(students.root)["amy"] == 5


@pytest.mark.parametrize("student", ["x" * 255, "ü" * 120, "\x1b[2J", "é"])
def test_a_long_or_odd_id_is_graded_once_and_kept(students, student):
    students.hand_in(student)
    assert graded(students.root, [student])[student].score == 5
    kept = graded(students.root, [student])[student]
    assert (kept.new, kept.score) == (False, 5)


def test_an_id_of_two_lines_is_refused(students):
    students.hand_in("new\nline")
    assert "more than one line" in graded(students.root, ["new\nline"])["new\nline"].problem


def test_who_handed_in_something_odd_is_named(students):
    root = students.root / "submitted"
    (root / "linked").mkdir()
    (root / "linked" / NAME).symlink_to(root / "amy" / NAME)
    (root / "lost").mkdir()
    (root / "lost" / NAME).symlink_to("nowhere")
    (root / "readme.txt").touch()
    (root / "other").mkdir()
    assert Course(students.root).students(NAME) == ["amy", "bob", "eve", "linked", "lost"]
    results = graded(students.root, ["linked", "lost"])
    assert all("is a link" in result.problem for result in results.values())


def test_nbgraders_own_command_copies_no_link(students):
    """It would follow a link to /dev/zero for as long as the disk has room."""
    (students.folder("eve") / "zero.bin").symlink_to("/dev/zero")
    os.mkfifo(students.folder("bob") / "pipe")
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=students.root,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "Beside the notebook, zero.bin is no ordinary file." in run.stderr
    assert "Beside the notebook, pipe is no ordinary file." in run.stderr
    assert scores(students.root)["amy"] == 5
    assert not list(students.root.glob("autograded/*/*/zero.bin"))


def test_a_folder_whose_parent_lets_nobody_in_is_said_to_be_closed(students, monkeypatch):
    """Only an ordinary user meets this: as root, the rights of files stop nobody."""
    closed, honest = str(students.root / "submitted" / "bob" / NAME), Path.is_symlink

    def refused(path):
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return honest(path)

    monkeypatch.setattr(Path, "is_symlink", refused)
    results = graded(students.root)
    assert results["bob"].problem == (
        "the folder that was handed in can't be opened: Permission denied."
    )
    assert (results["amy"].score, results["eve"].score) == (5, 5)
