"""The time in ``timestamp.txt``, however a learning platform or a person writes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dateutil.parser import parse
from dateutil.tz import gettz

HOURS = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2},
    **{"MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11, "EST": -5},
    **{"EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
ZONES = {name: hours * 3600 for name, hours in HOURS.items()}
REGION = re.compile(r"\s([A-Z]\w+/[A-Z][\w/+-]+)$")
DAY_FIRST = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")
MOMENTS = datetime(2001, 1, 1), datetime(2002, 2, 2)  # what a text leaves open would come from here
FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # as nbgrader's exchange writes it


def time_in(data: bytes) -> datetime | None:
    """The moment, in UTC, that the text ``data`` names; None if it names no day, or none surely.

    Without a zone it is UTC, as for nbgrader. What is refused, nbgrader would take for something
    else: a zone that it doesn't know for UTC, a part of a date for a day of this month.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    text = text.strip()
    region = REGION.search(text)
    zone = gettz(region[1]) if region else None
    if region and zone is not None:
        text = text[: region.start()]
    try:
        first = bool(DAY_FIRST.match(text))
        found = [parse(text, default=d, dayfirst=first, tzinfos=_zone) for d in MOMENTS]
        if found[0] != found[1] or (region and zone is None):
            return None
        moment = found[0]
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone or UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def _zone(name: str | None, offset: int | None) -> int | None:
    """Seconds east of Greenwich; ``ValueError`` for a name that is not known."""
    if name in ZONES:
        return ZONES[name]
    if name and offset is None:
        raise ValueError(f"no known time zone: {name}")
    return offset
