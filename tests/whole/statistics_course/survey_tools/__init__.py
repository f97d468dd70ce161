"""Helpers of the statistics course: what its students import, in part withheld from them."""

import csv
import io

from survey_tools.spread import quartiles


def read_table(text: str) -> dict[str, list[float]]:
    """The columns of a table in CSV."""
    rows = list(csv.DictReader(io.StringIO(text)))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}
