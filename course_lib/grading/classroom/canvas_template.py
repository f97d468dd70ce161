"""A gradebook that Canvas exported, as a form to fill in: its students, its ids, its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Student

from course_lib.grading.errors import CourseProblem

POINTS, TEST_STUDENT = "Points Possible", "Student, Test"
IDS = ("ID", "SIS User ID", "SIS Login ID")  # how a student may be known in the gradebook
ABOUT = ("Student", *IDS, "Integration ID", "Root Account", "Section")


@dataclass(frozen=True)
class CanvasTemplate:
    """The rows of an exported file. head_rows: from the names of the columns to the points."""

    path: Path
    head_rows: list[list[str]]
    student_rows: list[list[str]]

    @classmethod
    def read(cls, path: str | Path) -> CanvasTemplate:
        """``CourseProblem`` if the file can't be read or is no export of Canvas's gradebook."""
        path = Path(path)
        try:
            with open(path, newline="", encoding="utf-8-sig") as file:
                rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CourseProblem(f"{path} can't be read: {error}") from error
        if not rows or "Student" not in rows[0] or not set(IDS) & set(rows[0]):
            raise CourseProblem(
                f"{path} is no gradebook exported from Canvas: its first row has no columns "
                "Student and ID."
            )
        rows = [row + [""] * (len(rows[0]) - len(row)) for row in rows]
        name = rows[0].index("Student")
        points = [i for i, row in enumerate(rows[:4]) if row[name].strip() == POINTS]
        first = points[0] + 1 if points else 1
        students = [row for row in rows[first:] if row[name].strip() != TEST_STUDENT]
        return cls(path, rows[:first], students)

    def columns_of(self, assignments: list[str]) -> list[int]:
        """The column of each assignment, which Canvas calls "NAME (12345)"."""
        header, found = self.head_rows[0], []
        named = [cell for cell in header if cell not in ABOUT]
        for assignment in assignments:
            pattern = re.compile(re.escape(assignment) + r"(?: \(\d+\))?", re.IGNORECASE)
            columns = [i for i, cell in enumerate(header) if pattern.fullmatch(cell.strip())]
            if len(columns) != 1:
                raise CourseProblem(
                    f"{self.path} has {len(columns)} columns for {assignment}, wanted one: make an "
                    f"assignment of that name in Canvas. It has: {', '.join(named) or 'none'}."
                )
            found += columns
        return found

    def head(self, columns: list[int]) -> Iterator[list[str]]:
        """The rows above the students, with these columns."""
        for row in self.head_rows:
            yield [*self.about(row), *(row[column] for column in columns)]

    def about(self, row: list[str]) -> list[str]:
        """The cells of a row that say who it is about."""
        return [cell for name, cell in zip(self.head_rows[0], row, strict=False) if name in ABOUT]

    def students(self, students: list[Student]) -> list[tuple[list[str], str | None]]:
        """Each row with the id that its student has in the gradebook, None if there is none."""
        by_number = {one.lms_user_id: one.id for one in students if one.lms_user_id}
        known = {one.id for one in students}
        return [(row, self._known(row, by_number, known)) for row in self.student_rows]

    def _known(self, row: list[str], by_number: dict[str, str], known: set[str]) -> str | None:
        ids: dict[str, Any] = dict(zip(self.head_rows[0], row, strict=False))
        if ids.get("ID") in by_number:
            return by_number[ids["ID"]]
        return next((ids[name] for name in IDS if ids.get(name) in known), None)
