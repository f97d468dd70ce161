"""Collecting from the exchange: what a student could put there to get what is not theirs.

nbgrader's own collector follows links with the grader's rights and only warns of another's name.
"""

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeFactory

from course_lib.grading.classroom.collecting import exchange
from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.submissions import files
from course_lib.grading.submissions.files import File, Found, copy_ordinary_files
from tests.unit.grading.tiny_course import NAME

NOW = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


@pytest.fixture
def inbound(course):
    """Where students of the course put what they hand in; all of it belongs to ada."""
    folder = course.tmp_path / "exchange/deep-learning-foundations/inbound"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def course(tmp_path, course, monkeypatch):
    with open(tmp_path / CONFIG, "a") as config:
        config.write(f"\nget_config().Exchange.root = {str(tmp_path / 'exchange')!r}\n")
    monkeypatch.setattr(exchange, "_account", lambda user: "ada")
    made = Course(tmp_path)
    made.tmp_path = tmp_path
    return made


def submit(inbound, student, time=NOW, **content):
    folder = inbound / f"{student}+{NAME}+{time}+random"
    folder.mkdir()
    for name, text in content.items():
        (folder / f"{name}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(time)
    return folder


def collect(course, caplog, **settings):
    """What there is afterwards, {path: text}, and what was said of the rest."""
    directory = course.settings(assignment_id=NAME)
    for name, value in settings.items():
        directory.config.ExchangeCollect[name] = value
    about = {"config": directory.config, "coursedir": directory}
    collector = ExchangeFactory(config=directory.config).Collect(
        authenticator=Authenticator(config=directory.config), **about
    )
    collector.log = logging.getLogger("collect")
    collector.log.propagate = True
    collector.start()
    submitted = course.root / "submitted"
    there = {
        str(path.relative_to(submitted)): path.read_text(errors="replace")
        for path in submitted.rglob("*")
        if path.is_file()
    }
    return there, caplog.text


def test_the_newest_of_a_student_is_collected(course, inbound, caplog):
    submit(inbound, "ada", time="2026-01-02 10:00:00.000000 UTC", work="older")
    submit(inbound, "ada", work="newer")
    there, _ = collect(course, caplog)
    assert there[f"ada/{NAME}/work.ipynb"] == "newer"


def test_a_link_is_not_followed_with_the_rights_of_the_grader(course, inbound, caplog):
    solution = course.source(NAME)
    folder = submit(inbound, "ada", work="mine")
    (folder / "stolen.ipynb").symlink_to(solution / f"{NAME}.ipynb")
    (folder / "all").symlink_to(solution)
    os.mkfifo(folder / "pipe")
    there, said = collect(course, caplog)
    assert there.keys() == {f"ada/{NAME}/work.ipynb", f"ada/{NAME}/timestamp.txt"}
    for name in ("stolen.ipynb", "all", "pipe"):
        assert f"{name} is no ordinary file: left out" in said


def test_a_folder_that_is_a_link_is_not_collected(course, inbound, caplog):
    (inbound / f"ada+{NAME}+{NOW}+random").symlink_to(course.source(NAME))
    there, said = collect(course, caplog)
    assert there == {}
    assert "Not collected, it is no folder: ada+" in said


def test_nobody_hands_in_for_another(course, inbound, caplog):
    submit(inbound, "bob", work="of ada, in bob's name")
    there, said = collect(course, caplog)
    assert there == {}
    assert "Not collected, it belongs to ada: bob+" in said
    assert "check_owner = False" in said
    there, _ = collect(course, caplog, check_owner=False)
    assert there[f"bob/{NAME}/work.ipynb"]


def test_a_name_that_is_no_time_stops_nobody(course, inbound, caplog):
    submit(inbound, "ada", work="mine")
    (inbound / f"ada+{NAME}+sometime+random").mkdir()
    (inbound / f"ada+{NAME}+").mkdir()
    there, said = collect(course, caplog)
    assert there[f"ada/{NAME}/work.ipynb"] == "mine"
    assert f"Not collected, it has no time in its name: ada+{NAME}+sometime" in said


def test_a_time_that_the_folder_belies_is_named(course, inbound, caplog):
    submit(inbound, "ada", time="2026-01-02 10:00:00.000000 UTC", work="mine")
    there, said = collect(course, caplog)
    assert there[f"ada/{NAME}/work.ipynb"] == "mine"
    assert "Changed later than it says, at " in said


def test_a_folder_that_becomes_a_link_while_it_is_copied_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/solution.ipynb").write_text("the answer")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/inner").symlink_to(tmp_path / "secret")
    found = Found([File(Path("inner/solution.ipynb"), 10, 0)], {})  # it was a folder a moment ago
    monkeypatch.setattr(files, "find_files", lambda folder: found)
    assert copy_ordinary_files(tmp_path / "in", tmp_path / "out") == [
        "inner/solution.ipynb can't be read (Not a directory)"
    ]
    assert not (tmp_path / "out").exists()
