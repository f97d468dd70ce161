"""Work is found where students put it, and runs as at home: a class, graded once."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import BY_HAND, FAILED, GRADED
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import fill
from course_lib.grading.submissions import matching
from tests.unit.grading.tiny_course import (
    ESSAY,
    NAME,
    SOURCE,
    Class,
    cell,
    make_course,
    source_notebook,
)

SAID = "Because twice is one and one more."
ANSWERS = {
    "double": "def double(x):\n    return 2 * x",
    "triple": "def triple(x):\n    return 3 * x",
}


def essay(*new, above=False):
    def change(notebook):
        place = notebook.cells.index(cell(notebook, "essay")) + (not above)
        notebook.cells[place:place] = new

    return change


def written(notebook):
    cell(notebook, "essay").source = SAID


def stripped(notebook):
    """Deepnote and old VS Code: no metadata, no ids, a text in blocks, null counts."""
    place = notebook.cells.index(cell(notebook, "essay"))
    notebook.cells[place : place + 1] = [new_markdown_cell("### Why"), new_markdown_cell(SAID)]
    notebook.metadata = {}
    for number, one in enumerate(notebook.cells):
        one.metadata, one["id"] = {}, f"a{number}"
        one["execution_count"] = None


def before_double(source):
    def change(notebook):
        written(notebook)
        cell(notebook, "double").source = f"{source}\n{ANSWERS['double']}"

    return change


def own_cell(*sources):
    def change(notebook):
        written(notebook)
        place = notebook.cells.index(cell(notebook, "double"))
        notebook.cells[place:place] = [new_code_cell(source) for source in sources]
        cell(notebook, "double").source = "def double(x):\n    return 2 * x * one"

    return change


FOUND = "cell essay: answered in another cell"
RAN = "cell double ran without: "
# what a student does to the notebook; files beside it, by name; state, automatic points, a note
STUDENTS = {
    "essay below": (essay(new_markdown_cell(SAID)), {}, BY_HAND, 5, FOUND),
    "essay above": (essay(new_markdown_cell(SAID), above=True), {}, BY_HAND, 5, FOUND),
    "essay raw": (essay(new_raw_cell(SAID)), {}, BY_HAND, 5, FOUND),
    "essay as comment": (essay(new_code_cell(f"# {SAID}")), {}, BY_HAND, 5, FOUND),
    "essay far away": (
        lambda notebook: notebook.cells.insert(1, new_markdown_cell(SAID)),
        {},
        BY_HAND,
        5,
        "cell essay: left as handed out, but other cells have text",
    ),
    "nothing written": (None, {}, GRADED, 5, ""),
    "metadata lost": (stripped, {}, BY_HAND, 5, "cells setup, double, test_double, triple"),
    "helpers": (
        before_double("from helpers import one"),
        {"helpers.py": b"one = 1\n", "numpy.py": b"1 / 0\n", "random.py": b"1 / 0\n"},
        BY_HAND,
        5,
        "",
    ),
    "written module": (
        own_cell("%%writefile mine.py\nx = 1", "from mine import x as one"),
        {},
        BY_HAND,
        5,
        "",
    ),
    "widget": (before_double("%matplotlib widget"), {}, BY_HAND, 5, f"{RAN}%matplotlib widget ("),
    "colab": (
        before_double("from google.colab import drive\ndrive.mount('/content/drive')"),
        {},
        BY_HAND,
        5,
        f"{RAN}from google.colab import drive (ModuleNotFoundError",
    ),
    "conda": (
        lambda notebook: (written(notebook), notebook.metadata.kernelspec.update(name="conda-dl")),
        {},
        BY_HAND,
        5,
        "",
    ),
}
if sys.version_info < (3, 12):
    STUDENTS["newer"] = (
        before_double('print(f"{d["a"]}")'),
        {},
        BY_HAND,
        3,
        "cell double: uses an f-string with quotes or comments in its braces (Python 3.12",
    )
# files that are handed in: "solved", "untouched" or bytes; state, automatic points, a note
FOLDERS = {
    "a copy": ({f"{NAME}-Copy1.ipynb": "solved"}, BY_HAND, 5, f"{NAME}.ipynb is missing: "),
    "beside the original": (
        {f"{NAME}.ipynb": "untouched", f"{NAME} (1).ipynb": "solved"},
        BY_HAND,
        5,
        f"{NAME}.ipynb is as it was handed out: {NAME} (1).ipynb was graded",
    ),
    "a zip beside the original": (
        {f"{NAME}.ipynb": "untouched", "work/02.zip": b"PK", "._02.zip": b"", "timestamp.txt": b""},
        GRADED,
        0,
        f"{NAME}.ipynb has no answers. Look at the other files: work/02.zip",
    ),
    "an essay in a file": (
        {f"{NAME}.ipynb": "coded", "why.md": SAID.encode(), "helpers.py": b""},
        GRADED,
        5,
        "cell essay was left as handed out. Look at the other files: why.md",
    ),
    "a notebook that runs another": (
        {f"{NAME}.ipynb": "runs mine.ipynb", "mine.ipynb": "functions"},
        BY_HAND,
        5,
        "mine.ipynb was not graded: answers in it: 2",
    ),
    "too deep": (
        {f"{NAME}/{NAME}.ipynb": "solved", f"{NAME}/helpers.py": b""},
        BY_HAND,
        5,
        f"{NAME}.ipynb is missing: {NAME}/{NAME}.ipynb was graded",
    ),
    "a zip": (
        {"my work/02.zip": b"PK"},
        FAILED,
        0,
        f"{NAME}.ipynb is missing: there is only my work/02.zip.",
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, gradebook):
    root = make_course(tmp_path_factory.mktemp("course"), gradebook, ESSAY, timeout=20)
    release(Course(root), NAME)
    students = Class(root)
    for student, (change, files, *_) in STUDENTS.items():
        students.hand_in(student, change=change)
        for name, content in files.items():
            students.hand_in_file(student, content, name)
    untouched = (students.scratch.course.release_folder(NAME) / f"{NAME}.ipynb").read_bytes()
    solved = fill(students.released(), ANSWERS)
    written(solved)
    runs = fill(students.released(), dict.fromkeys(ANSWERS, "%run mine.ipynb"))
    written(runs)
    functions = new_notebook(cells=[new_code_cell(source) for source in ANSWERS.values()])
    coded = fill(students.released(), ANSWERS)
    notebooks = {"solved": solved, "coded": coded, "functions": functions, "runs mine.ipynb": runs}
    known = {name: nbformat.writes(one).encode() for name, one in notebooks.items()}
    known["untouched"] = untouched
    for student, (files, *_) in FOLDERS.items():
        for name, content in files.items():
            students.hand_in_file(student, known.get(content, content), name)
    names = sorted([*STUDENTS, *FOLDERS])
    yield root, {one.student: one for one in grading.grade(Course(root), NAME, names)}
    shutil.rmtree(root)


@pytest.mark.parametrize("student", [*STUDENTS, *FOLDERS])
def test_it_is_graded(graded, student):
    _, results = graded
    *_, state, points, note = STUDENTS.get(student) or FOLDERS[student]
    result = results[student]
    said = [result.problem] * bool(result.problem) + result.notes
    assert (result.state, result.score) == (state, points), said
    if note:
        assert any(one.startswith(note) for one in said), said
    else:
        assert said == []


@pytest.mark.parametrize("student", [one for one in STUDENTS if one.startswith(("essay", "meta"))])
def test_who_marks_finds_the_answer_in_its_cell(graded, student):
    path = graded[0] / "autograded" / student / NAME / f"{NAME}.ipynb"
    content = cell(nbformat.read(path, as_version=4), "essay").source
    assert ("another cell" if "far" in student else SAID) in content


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("essay below", "answered in another cell"),
        ("widget", "Left out, because it can&#x27;t be done where this is graded"),
        ("newer", "(Python 3.12 or newer); graded with Python 3."),
    ],
)
def test_the_student_reads_it_too(graded, student, words):
    if student in graded[1]:
        assert words in (graded[0] / "feedback" / student / NAME / f"{NAME}.html").read_text()


def test_the_students_own_files_come_along(graded):
    assert json.loads((graded[0] / "autograded" / "too deep" / NAME / f"{NAME}.ipynb").read_text())
    assert (graded[0] / "autograded" / "too deep" / NAME / "helpers.py").exists()


def test_a_question_renamed_after_collecting_has_a_way_out(course):
    """nbgrader refuses it while there are submissions; the message says what to do."""
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in("eve")
    assert grading.grade_submission(Course(course), NAME, "eve").score == 5
    cells = {("test_twice" if name == "test_double" else name): SOURCE[name] for name in SOURCE}
    nbformat.write(source_notebook(cells), course / "solutions" / NAME / f"{NAME}.ipynb")
    command = f"nbgrader db assignment remove {NAME} --force"
    with pytest.raises(CourseProblem, match=command):
        release(Course(course), NAME)
    run = [sys.executable, "-m", *command.split()]
    subprocess.run(run, cwd=course, check=True, capture_output=True, timeout=120)
    release(Course(course), NAME)
    result = grading.grade_submission(Course(course), NAME, "eve")
    assert result.points == {"test_twice": 2, "test_triple": 3}
    assert not any(matching.CHANGED in note for note in result.notes)


def test_a_header_that_was_released_is_no_students_text(tmp_path, gradebook):
    """nbgrader's header and footer are in the release alone."""
    root = make_course(tmp_path, gradebook, ESSAY)
    path = release(Course(root), NAME) / f"{NAME}.ipynb"
    students = Class(root)
    released = students.released()
    header = "Please write your name and the names of those with whom you worked."
    released.cells.insert(0, new_markdown_cell(header))
    nbformat.write(released, path)
    students.hand_in("eve")
    result = grading.grade_submission(Course(root), NAME, "eve")
    assert (result.state, result.notes) == (GRADED, [])
