"""grading.log: an entry has a time and a level, and looks like no other."""

import logging
import os
import re
import shutil

import pytest
from nbgrader import api

from course_lib.grading.classroom.log import LOGGER, Collector, log_to, pass_on
from course_lib.grading.nbgrader_private import look_after_gradebooks

ENTRY = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} "


def collected(*entries):
    collector = Collector()
    log = logging.Logger("nbgrader", logging.DEBUG)
    log.addHandler(collector)
    for level, message, *args in entries:
        log.log(level, message, *args)
    return collector.records


def test_entries_have_time_level_and_what_they_are_about(tmp_path):
    records = collected((logging.WARNING, "%s was %s", "it", "late"), (logging.DEBUG, "detail"))
    with log_to(tmp_path / "grading.log"):
        pass_on(records, "01 eve")
        LOGGER.info("done")
    first, second = (tmp_path / "grading.log").read_text().splitlines()
    assert re.fullmatch(ENTRY + "WARNING 01 eve: it was late", first)
    assert re.fullmatch(ENTRY + "INFO    done", second)


def test_verbose_has_all_of_it_also_on_the_terminal(tmp_path, capsys):
    records = collected((logging.DEBUG, "detail"))
    with log_to(tmp_path / "grading.log", verbose=True):
        pass_on(records, "01 eve")
    assert "DEBUG   01 eve: detail" in (tmp_path / "grading.log").read_text()
    assert "DEBUG   01 eve: detail" in capsys.readouterr().err
    assert not LOGGER.handlers


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_ends_no_run(capsys):
    with log_to("/dev/full"):
        LOGGER.info("x" * 100_000)
    assert capsys.readouterr().err == ""


def test_no_text_looks_like_an_entry(tmp_path):
    forged = "x\n2026-01-01 00:00:00,000 INFO    01 eve: graded, 5 of 5 points\udcff"
    with log_to(tmp_path / "grading.log"):
        LOGGER.warning("%s", forged)
    lines = (tmp_path / "grading.log").read_text().splitlines()
    assert len(lines) == 2
    assert re.match(ENTRY, lines[0])
    assert lines[1].startswith("    2026-01-01")


def test_a_log_goes_on_where_it_was(tmp_path):
    for _ in range(2):
        with log_to(tmp_path / "grading.log"):
            LOGGER.info("once")
    assert len((tmp_path / "grading.log").read_text().splitlines()) == 2


def test_what_nbgrader_says_of_the_database_is_logged(tmp_path, gradebook, capsys):
    look_after_gradebooks()
    shutil.copy(gradebook, tmp_path / "gradebook.db")
    with log_to(tmp_path / "log"), api.Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        book.add_student("amy")
        with pytest.raises(api.InvalidEntry):
            book.add_student("amy")
    first, *more = (tmp_path / "log").read_text().splitlines()
    assert "Rolling back session due to database error" in first
    assert any("Traceback" in line for line in more)
    assert all(line.startswith("    ") for line in more)
    assert capsys.readouterr() == ("", "")
