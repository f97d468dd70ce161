"""Who is who, in the tables that platforms export and by the names that they use."""

import pytest

from course_lib.grading.classroom.collecting.roster import Person, Roster
from course_lib.grading.errors import CourseProblem

ROSTER = Roster(
    [
        Person("u1", "Änne", "O'Brien", "aenne@a.org", "11"),
        Person("u2", "Jean-Luc", "de la Tour", "jl@a.org", "12"),
        Person("u3", "Wei", "Li", "wei@a.org", "13"),
        Person("u4", "Wei", "Li", "li@a.org", "14"),
        Person("u5", "Jörg", "Groß", "jg@a.org"),
    ]
)


@pytest.mark.parametrize(
    ("who", "number", "found"),
    [
        ("Änne O'Brien", "", "u1"),
        ("A\u0308nne O\u2019Brien", "", "u1"),  # an accent by itself, a typographic apostrophe
        ("O'Brien Änne", "", "u1"),
        ("obrienanne", "", "u1"),
        ("de la Tour Jean-Luc", "", "u2"),
        ("Group 3-Jean-Luc de la Tour", "", "u2"),
        ("delatourjeanluc", "", "u2"),
        ("Li Wei", "14", "u4"),
        ("Participant 13", "13", "u3"),
        ("JOERG GROSS", "", ""),
        ("jörg gross", "", "u5"),
        ("u3", "", "u3"),
        ("wei@a.org", "", "u3"),
    ],
)
def test_finds_a_person_by_what_platforms_call_them(who, number, found):
    assert ROSTER.find(who, number)[0] == found


def test_two_of_one_name_are_named_and_nobody_guessed():
    assert ROSTER.find("Wei Li") == ("", "u3 and u4 are called that")
    assert ROSTER.find("Nobody Else", "99") == ("", "nobody of the roster is called that")


def test_without_a_roster_everybody_keeps_the_platforms_name():
    assert Roster().find("Änne O'Brien", "11") == ("Änne O'Brien", "")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (  # Canvas's gradebook
            "Student,ID,SIS User ID,SIS Login ID,Section,Lab (9)\n    Points Possible,,,,,10\n"
            '"Müller, Anna",4711,s9,amueller,A,\n',
            Person("amueller", "Anna", "Müller", "", "4711"),
        ),
        (  # Moodle's grading sheet
            "Identifier,Full name,ID number,Email address,Status\n"
            "Participant 123,Anna Müller,s9,a@b.org,Submitted\n",
            Person("s9", "Anna Müller", "", "a@b.org", "123"),
        ),
        (
            "First name;Surname;Email address\nAnna;Müller;a@b.org\n",
            Person("a@b.org", "Anna", "Müller", "a@b.org"),
        ),
        ("student_id\tfirst_name\tlast_name\n007\tJ\tB\n", Person("007", "J", "B")),
        ("id,first_name,last_name,email\n007,J,B,j@b\n", Person("j@b", "J", "B", "j@b", "007")),
    ],
)
def test_reads_the_tables_that_platforms_export(tmp_path, text, person):
    (tmp_path / "roster.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Roster.read(tmp_path / "roster.csv").people == [person]


def test_reads_what_a_spreadsheet_writes(tmp_path):
    path = tmp_path / "roster.csv"
    for encoding in "utf-16", "cp1252":
        path.write_bytes("username,Name\r\namu,Anna Müller\r\n".encode(encoding))
        assert Roster.read(path).people == [Person("amu", "Anna Müller")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour,size\nred,3\n", "wanted a column with the students' ids.*it has 'colour', 'size'"),
        ("", "it has no lines"),
        ("username\na\na\n", "more than one line has the id 'a'"),
    ],
)
def test_a_table_that_says_nothing_is_refused(tmp_path, text, problem):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(CourseProblem, match=problem):
        Roster.read(tmp_path / "roster.csv")


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CourseProblem, match=r"none\.csv can't be read"):
        Roster.read(tmp_path / "none.csv")
