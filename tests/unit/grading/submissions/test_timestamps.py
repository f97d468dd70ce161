"""The same moment, in all the ways that platforms and people write it; and what is none."""

from datetime import UTC, datetime

import pytest
from nbgrader.utils import parse_utc

from course_lib.grading.submissions.files import copy_ordinary_files
from course_lib.grading.submissions.timestamps import time_in

NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05 12:00:00.000000 UTC",
        "2026-11-05 12:00",
        "2026-11-05T12:00:00Z",
        "2026-11-05T13:00:00+01:00",
        "2026-11-05 13:00 CET",
        "2026-11-05 14:00 CEST",
        "2026-11-05 13:00 Europe/Berlin",
        "2026-11-05 04:00:00 America/Los_Angeles",
        "2026-11-05 04:00 PST",
        "2026-11-05 13:00 +0100",
        "Thursday, 5 November 2026, 12:00 PM",
        "Thu, 05 Nov 2026 13:00:00 +0100",
        "Nov 5, 2026 at 12:00pm",
        "05.11.2026 12:00",
        "5. 11. 2026, 12:00",
        "  2026-11-05 12:00 UTC\r\n",
    ],
)
def test_the_same_moment(text):
    assert time_in(text.encode()) == NOON
    assert time_in(text.encode("utf-16")) == NOON
    assert time_in(text.encode("utf-8-sig")) == NOON


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "12:00", "10 pm", "5", "November", "2026", "Thursday 12:00", "Nov 5"),
        *("2026-13-45 12:00", "2026-11-05 12:00 XYZT", "2026-11-05 12:00 Europe/Nowhere"),
        *("9" * 5000, "2026-11-05 12:00 /dev/zero", "\x00", "ž" * 100, "0000-00-00"),
    ],
)
def test_what_names_no_moment(text):
    assert time_in(text.encode()) is None
    assert time_in(b"\xff" + text.encode()) is None


def test_nbgrader_gets_what_it_reads(tmp_path):
    handed_in, copy = tmp_path / "in", tmp_path / "out"
    handed_in.mkdir()
    (handed_in / "timestamp.txt").write_text("5 November 2026 14:00 CEST")
    assert copy_ordinary_files(handed_in, copy) == []
    assert parse_utc((copy / "timestamp.txt").read_text()) == NOON.replace(tzinfo=None)
    (handed_in / "timestamp.txt").write_text("last week")
    assert copy_ordinary_files(handed_in, copy) == ["timestamp.txt is no time, so nothing is late"]
    assert not (copy / "timestamp.txt").exists()
    (handed_in / "timestamp.txt").write_text(" \n")
    assert copy_ordinary_files(handed_in, copy) == []
