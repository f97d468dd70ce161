"""Who is who: the students of a course, found by any name or number that a platform gives them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook

from course_lib.grading.errors import CourseProblem

# What Moodle, Canvas, nbgrader and people call a column; the first that is there and filled counts.
COLUMNS = {
    "id": ("student_id", "student id", "username", "sis login id", "id number", "sis user id"),
    "number": ("lms_user_id", "identifier", "id"),
    "name": ("full name", "name", "student", "student name"),
    "first": ("first_name", "first name", "given name", "vorname"),
    "last": ("last_name", "last name", "surname", "family name", "nachname"),
    "email": ("email", "email address", "e-mail", "e-mail address", "e-mail-adresse"),
}
NO_PERSON = ("points possible", "student, test")  # lines of a Canvas gradebook


@dataclass(frozen=True)
class Person:
    """A student. number: that of the learning platform."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    number: str = ""

    @property
    def names(self) -> set[str]:
        """All that this person may be called, simplified."""
        orders = (f"{self.first} {self.last}", f"{self.last} {self.first}")
        called = {self.id, self.email, self.email.partition("@")[0], *orders}
        simple = {simplified(name) for name in called}
        return (simple | {name.replace(" ", "") for name in simple}) - {""}


@dataclass
class Roster:
    """The students of a course; empty if nobody is known yet."""

    people: list[Person] = field(default_factory=list)

    @classmethod
    def of(cls, gradebook: Gradebook) -> Roster:
        """Those whom the gradebook knows."""
        return cls(
            [
                Person(
                    one.id,
                    one.first_name or "",
                    one.last_name or "",
                    one.email or "",
                    one.lms_user_id or "",
                )
                for one in gradebook.students
            ]
        )

    @classmethod
    def read(cls, path: str | Path) -> Roster:
        """A CSV file, such as Moodle's grading sheet or Canvas's gradebook, with names of columns.

        ``CourseProblem`` if it can't be read, says nothing of who is who, or has an id twice.
        """
        rows = _rows(Path(path))
        people = [person for row in rows if (person := _person(row)) is not None]
        if not people:
            columns = ", ".join(map(repr, rows[0])) if rows else "no lines"
            raise CourseProblem(
                f"--roster {path}: wanted a column with the students' ids, such as student_id, "
                f"'ID number', 'SIS Login ID' or 'Email address'; it has {columns}."
            )
        ids = [person.id for person in people]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise CourseProblem(f"--roster {path}: more than one line has the id {twice[0]!r}.")
        return cls(people)

    def find(self, who: str, number: str = "") -> tuple[str, str]:
        """The id of the person a platform calls ``who``, or "" and why there is none."""
        if not self.people:
            return who, ""
        by_number = [one.id for one in self.people if number and one.number == number]
        if len(by_number) == 1:
            return by_number[0], ""
        for wanted in _simplest(who):
            found = [one.id for one in self.people if wanted in one.names]
            if len(found) == 1:
                return found[0], ""
            if found:
                return "", f"{' and '.join(sorted(found))} are called that"
        return "", "nobody of the roster is called that"

    def save(self, gradebook: Gradebook) -> None:
        """Write names, e-mails and numbers into the gradebook."""
        for person in self.people:
            about = {"first_name": person.first, "last_name": person.last, "email": person.email}
            about["lms_user_id"] = person.number
            known = {name: value for name, value in about.items() if value}
            gradebook.update_or_create_student(person.id, **known)


def simplified(name: str) -> str:
    """Letters and digits alone, small and without accents, so that spellings of a name agree."""
    spread = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o")).casefold()
    kept = "".join(one for one in spread if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", kept.replace("'", "").replace("\u2019", "")))


def _simplest(who: str) -> Iterable[str]:
    """Spellings of a platform's name to look for: whole, without a group before it, in one word."""
    yield simplified(who)
    if "-" in who:
        yield simplified(who.partition("-")[2])
    yield simplified(who).replace(" ", "")


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CourseProblem(f"--roster {path} can't be read ({error.strerror}).") from error
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CourseProblem(f"--roster {path} is no text in UTF-8.")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [
        {str(name).strip(): value.strip() for name, value in row.items() if isinstance(value, str)}
        for row in reader
    ]


def _person(row: dict[str, str]) -> Person | None:
    """Who a line is about; None if it names nobody."""
    cells = {name.casefold(): value for name, value in row.items()}
    told = {
        what: next((cells[name] for name in names if cells.get(name)), "")
        for what, names in COLUMNS.items()
    }
    if told["name"].casefold() in NO_PERSON:
        return None
    student = told["id"] or told["email"] or (told["number"] if not told["name"] else "")
    if not student:
        return None
    first, last = told["first"], told["last"]
    if not (first or last) and told["name"]:
        last, comma, first = (part.strip() for part in told["name"].partition(","))
        if not comma:
            first, last = told["name"], ""
    number = re.sub(r"\D", "", told["number"])
    return Person(student, first, last, told["email"], number)
