"""Every way in which a notebook comes back damaged, and what is made of it."""

import json
import subprocess
import sys
from typing import NamedTuple

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.grading.classroom import grading
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from course_lib.grading.submissions import files, matching, reading
from course_lib.grading.submissions.cells import make_cell
from course_lib.grading.submissions.matching import realign
from course_lib.grading.submissions.released import ReleasedNotebook, Slot
from course_lib.grading.submissions.restoring import REPAIRS, restore
from tests.unit.grading.tiny_course import NAME, Class, cell

STUB = "def {}(x):\n    raise NotImplementedError"
HIDDEN = "\nassert double(7) == 14  # hidden"


def slot(name, kind="code", text="", grade=False, solution=False, locked=False, hidden=""):
    marks = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    marks |= {"grade_id": name, "cell_type": kind, "schema_version": 3}
    if grade:
        marks["points"] = 2.0
    return Slot(name, kind, text + hidden, text, marks, id=f"id-{name}")


SLOTS = [
    slot("setup", text="import math", locked=True),
    slot("double", text=STUB.format("double"), solution=True),
    slot("test_double", text="assert double(1) == 2", grade=True, locked=True, hidden=HIDDEN),
    slot("triple", text=STUB.format("triple"), solution=True),
    slot("test_triple", text="assert triple(1) == 3", grade=True, locked=True),
    slot("essay", "markdown", "*Write here.*", grade=True, solution=True),
]
ANSWERS = {
    "double": "def double(x):\n    return 2 * x",
    "triple": "def triple(x):\n    return 3 * x",
    "essay": "Because.",
}
NAMES = [slot.name for slot in SLOTS]
ABOUT = "## About double"


def answered():
    """The cells of a student who did all that was asked."""
    cells = []
    for one in SLOTS:
        text = ANSWERS.get(one.name, one.released)
        cells.append(one.cell())
        cells[-1].source = text
    cells.insert(1, new_markdown_cell(ABOUT, id="about"))
    return cells


def named(cells, name):
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


class Done(NamedTuple):
    result: list
    repairs: list


def done(cells):
    return Done(*realign(cells, SLOTS, [ABOUT]))


def names(cells):
    return [c.metadata.get("nbgrader", {}).get("grade_id", c.source) for c in cells]


def everything_there(result):
    """Slots in order, fixed ones as the instructor wrote them, answers as the student did."""
    found = [c for c in result if "nbgrader" in c.metadata]
    assert [c.metadata.nbgrader.grade_id for c in found] == NAMES
    for one, c in zip(SLOTS, found, strict=True):
        assert c.source == ANSWERS.get(one.name, one.text)
        assert (c.cell_type, c.metadata.nbgrader) == (one.kind, one.marks)


def test_an_intact_notebook_stays_as_it_is():
    cells = answered()
    cells.insert(3, new_code_cell("print(double(2))", id="mine"))
    before = names(cells)
    after = done(cells)
    assert (names(after.result), after.repairs) == (before, [])
    everything_there(after.result)


def test_a_notebook_that_was_not_touched_has_no_repairs():
    assert done([one.cell() for one in SLOTS]).repairs == []


def move(cells):
    cells.reverse()


def retype(cells):
    for name, make in ("double", new_markdown_cell), ("test_double", new_markdown_cell):
        old = named(cells, name)
        new = make(old.source, metadata=old.metadata)
        new["id"] = old.id
        cells[cells.index(old)] = new
    old = named(cells, "essay")
    cells[cells.index(old)] = new_code_cell(old.source, metadata=old.metadata, id=old.id)


def edit(cells):
    named(cells, "test_double").source = "2.0"
    named(cells, "setup").source = "import os"


def delete(cells):
    for name in "setup", "test_double", "test_triple":
        cells.remove(named(cells, name))


def forget_names(cells):
    for c in cells:
        c.metadata.pop("nbgrader", None)


def forget_names_and_ids(cells):
    forget_names(cells)
    for number, c in enumerate(cells):
        c["id"] = f"new-{number}"


def rename(cells):
    for number, c in enumerate(cells):
        if "nbgrader" in c.metadata:
            c.metadata.nbgrader.grade_id = f"bonus{number}"


def damage(cells):
    garbage = [[], 7, None, "x", {"grade": True}, {"grade_id": []}]
    for c, mark in zip(cells, garbage, strict=False):
        c.metadata["nbgrader"] = mark


def many_points(cells):
    named(cells, "test_double").metadata.nbgrader.points = "a"
    named(cells, "double").metadata.nbgrader.grade = True
    named(cells, "test_triple").metadata.nbgrader = {"grade_id": "test_triple"}


def older_marks(cells):
    for c in cells:
        if "nbgrader" in c.metadata:
            del c.metadata.nbgrader["schema_version"], c.metadata.nbgrader["task"]


def copy_all(cells):
    cells[:] = [nbformat.from_dict(dict(c)) for c in cells for _ in range(2)]


def copy_stubs(cells):
    cells += [one.cell() for one in SLOTS if one.name in ANSWERS]


def cut(cells):
    old = named(cells, "double")
    first, second = old.source.split("\n")
    old.source = first
    cells.insert(cells.index(old) + 1, nbformat.from_dict(dict(old) | {"source": second}))


def cut_without_marks(cells):
    old = named(cells, "double")
    first, second = old.source.split("\n")
    old.source = first
    cells.insert(cells.index(old) + 1, new_code_cell(second, id="half"))


DAMAGES = {
    move: [matching.ORDER],
    retype: [f"cells double, test_double, essay: {matching.TYPE}"],
    edit: [f"cells setup, test_double: {matching.CHANGED}"],
    delete: [f"cells setup, test_double, test_triple: {matching.PUT_BACK}"],
    forget_names: [f"cells {', '.join(NAMES)}: {matching.NAMELESS}"],
    forget_names_and_ids: [f"cells {', '.join(NAMES)}: {matching.NAMELESS}"],
    rename: [matching.FOREIGN, f"cells {', '.join(NAMES)}: {matching.NAMELESS}"],
    damage: [f"cells setup, double, test_double, triple, test_triple: {matching.NAMELESS}"],
    many_points: [f"cells double, test_double, test_triple: {matching.MARKS}"],
    older_marks: [],
    copy_all: [f"cells {', '.join(NAMES)}: {matching.TWICE}"],
    copy_stubs: [f"cells double, triple, essay: {matching.TWICE}"],
    cut: [f"cell double: {matching.PIECES}"],
    cut_without_marks: [f"cell double: {matching.PIECES}"],
}


@pytest.mark.parametrize("change", DAMAGES, ids=lambda change: change.__name__)
def test_a_damage_is_mended_and_named(change):
    cells = answered()
    change(cells)
    after = done(cells)
    everything_there(after.result)
    assert {c.source for c in after.result if "nbgrader" not in c.metadata} == {ABOUT}
    assert after.repairs == DAMAGES[change]
    assert len({c.id for c in after.result}) == len(after.result)


def test_a_deleted_answer_does_not_come_back_to_overwrite_another():
    cells = answered()
    cells.remove(named(cells, "triple"))
    named(cells, "double").source += "\n\n" + ANSWERS["triple"]
    after = done(cells)
    assert names(after.result) == ["setup", ABOUT, *(n for n in NAMES[1:] if n != "triple")]
    assert after.repairs == [f"cell triple: {matching.NO_ANSWER}"]


def test_a_deleted_essay_is_put_back_empty():
    cells = answered()
    cells.remove(named(cells, "essay"))
    assert named(done(cells).result, "essay").source == "*Write here.*"


def test_the_students_own_cells_stay_beside_their_neighbours():
    cells = answered()
    cells.insert(cells.index(named(cells, "double")), new_code_cell("helper = 1", id="helper"))
    cells.insert(cells.index(named(cells, "triple")), new_code_cell("try_it()", id="try"))
    cells.remove(named(cells, "test_double"))
    found = names(done(cells).result)
    assert found[1:6] == [ABOUT, "helper = 1", "double", "try_it()", "test_double"]


def test_a_deleted_test_is_put_back_above_the_next_heading():
    cells = answered()
    at = cells.index(named(cells, "triple"))
    cells[at:at] = [
        new_code_cell("# try it\ndouble(2)", id="try"),
        new_markdown_cell("## Triple", id="heading"),
        new_code_cell("factor = 3", id="factor"),
    ]
    cells.remove(named(cells, "test_double"))
    found = names(done(cells).result)
    assert found[2:7] == ["double", "# try it\ndouble(2)", "test_double", "## Triple", "factor = 3"]


def test_an_answer_that_moved_takes_the_cell_before_it_along():
    cells = answered()
    triple = named(cells, "triple")
    cells.remove(triple)
    cells += [new_code_cell("factor = 3", id="factor"), triple]
    found = names(done(cells).result)
    assert found.index("factor = 3") == found.index("triple") - 1


def test_two_different_answers_both_run_and_the_last_one_has_the_name():
    cells = answered()
    second = nbformat.from_dict(dict(named(cells, "double")) | {"source": "def double(x):\n    1"})
    cells.insert(3, second)
    result = done(cells).result
    assert named(result, "double").source == second.source
    assert ANSWERS["double"] in names(result)


def test_what_a_student_wrote_into_a_copy_of_a_locked_cell_is_kept():
    cells = answered()
    mine = nbformat.from_dict(dict(cells[0]) | {"source": "import math, os"})
    after = done([mine, *cells])
    assert names(after.result)[:2] == ["import math, os", "setup"]


def test_an_edited_locked_cell_without_its_name_is_recognised_by_its_id():
    cells = answered()
    mine = named(cells, "test_double")
    mine.source = "2.0"
    del mine.metadata["nbgrader"]
    assert "2.0" not in names(done(cells).result)


def test_an_essay_without_its_name_is_what_is_not_from_the_release():
    cells = answered()
    mine = named(cells, "essay")
    mine.id = "new"
    del mine.metadata["nbgrader"]
    cells.insert(cells.index(mine), new_markdown_cell(ABOUT, id="again"))
    cells.insert(0, new_markdown_cell("My name is Eve.", id="name"))
    assert named(done(cells).result, "essay").source == ANSWERS["essay"]


def test_a_test_that_was_mended_since_is_no_students_fault():
    """Its checksum says that the student left it as it was handed out."""
    from nbgrader.utils import compute_checksum

    cells = answered()
    old = named(cells, "test_double")
    old.source = "assert double(1) == 3"
    old.metadata.nbgrader.checksum = compute_checksum(old)
    after = done(cells)
    assert (after.repairs, named(after.result, "test_double").source) == ([], SLOTS[2].text)


def released_before(cells, **marks):
    """As nbgrader hands out: with a checksum, which goes along when the student writes."""
    from nbgrader.utils import compute_checksum

    for one in cells:
        if one.metadata.get("nbgrader", {}).get("grade"):
            one.metadata.nbgrader.update(marks)
            source = one.source
            one.source = "*Write here.*" if source == ANSWERS["essay"] else source
            one.metadata.nbgrader.checksum = compute_checksum(one)
            one.source = source


def test_points_that_were_changed_since_are_no_students_fault():
    cells = answered()
    released_before(cells, points=7.0)
    after = done(cells)
    assert after.repairs == []
    assert named(after.result, "essay").metadata.nbgrader.points == 2


def test_points_that_a_student_changed_are_named():
    cells = answered()
    released_before(cells)
    for name in ("essay", "test_double"):
        named(cells, name).metadata.nbgrader.points = 7.0
    assert done(cells).repairs == [f"cells test_double, essay: {matching.MARKS}"]


@pytest.mark.parametrize("changed", [False, True])
def test_only_who_had_todays_cell_can_have_changed_it(changed):
    """Of an older one, or one without its marks, nobody knows who changed it."""
    cells = answered()
    mine = named(cells, "test_double")
    if changed:
        released_before(cells)
        mine.source = "2.0"
        wanted = matching.CHANGED
    else:
        mine.source = "assert double(1) == 3"
        released_before(cells)
        mine.source += "  # formatted"
        wanted = matching.OLDER
    after = done(cells)
    assert after.repairs == [f"cell test_double: {wanted}"]
    assert named(after.result, "test_double").source == SLOTS[2].text


def test_a_mended_test_whose_marks_are_lost_is_no_students_fault():
    cells = answered()
    mine = named(cells, "test_double")
    mine.source = "assert double(1) == 3"
    del mine.metadata["nbgrader"]
    assert done(cells).repairs == [
        f"cell test_double: {matching.NAMELESS}",
        f"cell test_double: {matching.OLDER}",
    ]


NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def as_bytes(**changes):
    return json.dumps(NOTEBOOK | changes).encode()


REFUSED = {
    b"\n<!DOCTYPE html><title>Log in</title>": "no notebook: it is a web page",
    b"PK\3\4...": "no notebook: it is a zip archive",
    b"\x1f\x8b\x08...": "no notebook: it is a gzip archive",
    b"%PDF-1.7": "no notebook: it is a PDF",
    b'{"cells": [\n<<<<<<< HEAD\n]}': "no notebook: git left marks of a conflict in it",
    b"[]": "no notebook: it can't be read",
    b"7": "no notebook: it can't be read",
    b"\xff\xfe\x00\xd8": "no notebook: it can't be read",
    b"\x81\x8d\x8f": "no notebook: it can't be read",
    b"[" * 10**5: "nested too deeply",
    b'{"cells": 3}': "no list of cells",
    b'{"nbformat": 3}': "no notebook",
    b'{"nbformat": 3, "worksheets": 5}': "no list of cells",
    as_bytes(cells=[{}] * (reading.MAX_CELLS + 1)): "has 2001 cells, at most 2000",
    b'{"x": ' + b"1" * 5000 + b"}": "no notebook: it can't be read",
}


@pytest.mark.parametrize("data", REFUSED, ids=REFUSED.values())
def test_what_is_no_notebook_is_refused_in_a_sentence(data):
    with pytest.raises(reading.Unreadable, match=REFUSED[data]):
        reading.parse(data)


ODD = [
    7,
    None,
    {},
    {"cell_type": [], "source": {}, "metadata": [], "id": 3},
    {"cell_type": "code", "source": ["a = 1\n", 5, "b = '\ud800'"], "outputs": 5, "id": "x y"},
    {"cell_type": "markdown", "source": "text", "attachments": {"a": 1}, "id": "same"},
    {"cell_type": "markdown", "source": "pic", "attachments": {"a": {"image/png": "x"}}},
    {"cell_type": "code", "source": "x", "metadata": {"n": float("nan"), "t": [1]}, "id": "same"},
    {"cell_type": "heading", "level": 2, "source": "old"},
]


def test_odd_cells_become_valid_ones():
    deep = {"deep": {}}
    for _ in range(300):
        deep = {"deep": deep}
    data = as_bytes(cells=[*ODD, {"cell_type": "raw", "metadata": deep}], metadata=[1])
    notebook = reading.parse(data)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook).encode()
    assert [c.source for c in notebook.cells][2:5] == ["a = 1\nb = '?'", "text", "pic"]
    assert "attachments" in notebook.cells[4]
    assert len(str(notebook.cells[-1].metadata)) < 100
    assert notebook.cells[5].metadata == {"n": None, "t": [1]}


WRONG = [  # of a cell and of a notebook: what nbformat's schema refuses
    *({"tags": 5}, {"tags": ["x", "x"]}, {"jupyter": None}, {"collapsed": None}, {"name": ""}),
    *({"scrolled": [3]}, {"execution": 3}, {"format": 3}),
    *({"kernelspec": {}}, {"kernelspec": 4}, {"language_info": {}}, {"orig_nbformat": None}),
    *({"title": 4}, {"authors": 5}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_metadata_of_a_wrong_type_is_left_out_and_nothing_else(wrong, kind):
    good = {"nbgrader": {"grade_id": "a"}, "mine": 1}
    cell = {"cell_type": kind, "source": "x = 1", "metadata": good | wrong}
    notebook = reading.parse(as_bytes(cells=[cell], metadata=good | wrong))
    nbformat.validate(notebook)
    for metadata in (notebook.metadata, notebook.cells[0].metadata):
        assert {name: metadata[name] for name in good} == good
    make_cell("code", "x", notebook.cells[0].metadata)  # it was of another type before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_any_encoding_will_do(encoding):
    text = json.dumps(NOTEBOOK | {"cells": [{"source": "größer"}]}, ensure_ascii=False)
    assert reading.parse(text.encode(encoding)).cells[0].source == "größer"


@pytest.mark.parametrize(("before", "after"), [(b"\xef\xbb\xbf" * 2, b""), (b"", b"\0" * 512)])
def test_what_a_tool_or_a_full_disk_added_is_not_looked_at(before, after):
    assert reading.parse(before + json.dumps(NOTEBOOK).encode() + after).cells == []


@pytest.mark.parametrize(
    "lines", ["a = 1\nb = 2", ["a = 1\n", "b = 2"]], ids=["text", "as on disk"]
)
def test_format_3_is_converted(lines):
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [{"cell_type": "code", "input": lines, "language": "python", **MARKED}],
            }
        ],
    }
    notebook = reading.parse(json.dumps(old).encode())
    assert notebook.cells[0].source == "a = 1\nb = 2"
    assert notebook.cells[0].metadata.nbgrader.grade_id == "a"
    assert notebook.metadata.orig_nbformat == 3


MARKED = {"metadata": {"nbgrader": {"grade_id": "a"}}, "outputs": [], "collapsed": False}
ODD_OLD = [  # what a notebook of format 3 may lack, or have else
    {},
    {"metadata": None},
    {"nbformat_minor": "0"},
    {"nbformat": None},
    {"nbformat": 4, "nbformat_minor": 5},
    {"orig_nbformat": 4},
]


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("odd", ODD_OLD, ids=str)
def test_what_nbformat_writes_in_an_old_format_is_read(version, odd):
    """Its downgrade makes headings of what begins with a hash; on disk all sources are lists."""
    cells = answered()
    cells.insert(0, new_markdown_cell("# Numbers"))
    for one in cells:
        if one.cell_type == "code":
            one.outputs = [new_output("stream", text="a\nb\n")]
    sources = [one.source for one in cells]
    text = nbformat.writes(new_notebook(cells=cells), version=version)  # changes the cells
    content = json.loads(text) | odd
    del content["worksheets"][0]["cells"][1]["outputs"]
    notebook = reading.parse(json.dumps(content).encode())
    nbformat.validate(notebook)
    assert [one.source for one in notebook.cells] == sources
    assert notebook.metadata.orig_nbformat in (2, 3)
    everything_there(done(notebook.cells).result)


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    import os

    here = tmp_path / "here"
    (here / "folder.ipynb").mkdir(parents=True)
    os.mkfifo(here / "pipe.ipynb")
    (tmp_path / "gradebook.db").write_text("grades")
    (here / "link.ipynb").symlink_to(tmp_path / "gradebook.db")
    (here / "zero").symlink_to("/dev/zero")
    (here / "all").symlink_to(tmp_path)
    (here / "empty.ipynb").touch()
    with open(here / "large.ipynb", "wb") as large:
        large.truncate(files.MAX_NOTEBOOK + 1)
    words = {
        "folder": "is a folder",
        "pipe": "is no ordinary file",
        "link": "is a link",
        "empty": "is empty: a file of 0 bytes",
        "large": "is too large: 300 MB, at most 300 MB",
    }
    for name, said in words.items():
        with pytest.raises(reading.Unreadable, match=f"{name}.ipynb {said}"):
            reading.read(here / f"{name}.ipynb")
    left_out = files.copy_ordinary_files(here, tmp_path / "copy")
    assert sorted(left_out) == [
        "all is no ordinary file",
        "large.ipynb is larger than 300 MB",
        "link.ipynb is no ordinary file",
        "pipe.ipynb is no ordinary file",
        "zero is no ordinary file",
    ]
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["empty.ipynb"]


PYTHON3 = {"name": "python3", "display_name": "Python 3", "language": "python"}
IR = {"name": "ir", "display_name": "R"}
IN_R = "the notebook says that it is written in R (kernel ir); it was run as Python"


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"kernelspec": PYTHON3 | {"name": "conda-env-dl-py"}}, []),
        ({"kernelspec": {"name": ".venv", "display_name": ".venv (Python 3.12.3)"}}, []),
        ({"kernelspec": IR, "language_info": {"name": "python"}}, []),
        ({}, []),
        ({"kernelspec": IR | {"language": "R"}}, [IN_R]),
        ({"kernelspec": IR, "language_info": {"name": "R"}}, [IN_R]),
    ],
)
def test_the_name_of_a_kernel_alone_is_nothing_to_look_at(metadata, said):
    notebook = nbformat.v4.new_notebook(cells=answered(), metadata=metadata)
    repairs = restore(notebook, ReleasedNotebook(tuple(SLOTS), (ABOUT,), PYTHON3))
    assert repairs == said
    assert notebook.metadata == {"kernelspec": PYTHON3}


def foreign_kernel(notebook):
    notebook.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}


def test_nbgraders_own_command_mends_and_refuses(course):
    """And tells the student on a cell of its own, on top."""
    release(Course(course), NAME)
    students = Class(course)

    def change(notebook):
        foreign_kernel(notebook)
        notebook.cells.reverse()
        cell(notebook, "test_double").metadata.nbgrader.points = "a"

    students.hand_in("eve", change=change)
    folder = students.folder("bob")
    (folder / f"{NAME}.ipynb").symlink_to(course / "solutions" / NAME / f"{NAME}.ipynb")
    students.hand_in_file("zoe", b"[" * 10**5)
    students.hand_in("kim")
    (students.folder("kim") / "grades.txt").symlink_to(course / "gradebook.db")
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert f"{NAME}.ipynb is a link, not the file itself." in run.stderr
    assert "nested too deeply" in run.stderr
    assert "Beside the notebook, grades.txt is no ordinary file." in run.stderr
    graded = nbformat.read(course / "autograded" / "eve" / NAME / f"{NAME}.ipynb", as_version=4)
    assert graded.metadata.kernelspec.name == "python3"
    for words in "it was run as Python", matching.ORDER, matching.MARKS:
        assert words in run.stderr
        assert words in graded.cells[0].source
    assert graded.cells[0].id == REPAIRS
    assert [p.parts[-3] for p in (course / "autograded").glob("*/*/*")] == ["eve"]
    assert grading.grade_submission(Course(course), NAME, "eve").score == 5


@pytest.mark.parametrize("student", ["Zoë Ångström", "-rf", "a[b]*?", ".dot", "x{y}", "end "])
def test_any_student_id_will_do(course, student):
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in(student)
    students.hand_in_file(student, b"x", "notes.txt")
    students.hand_in_file(student, b"{}", "scratch.ipynb")
    result = grading.grade_submission(Course(course), NAME, student)
    assert (result.problem, result.score) == ("", 5)
    names = {path.name for path in (course / "feedback" / student / NAME).iterdir()}
    assert names == {f"{NAME}.html", "notes.txt"}
    assert not (course / ".taken-in").exists()


def test_links_beside_the_notebook_are_not_followed(course):
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in("eve")
    (students.folder("eve") / "grades.txt").symlink_to(course / "gradebook.db")
    result = grading.grade_submission(Course(course), NAME, "eve")
    assert (result.score, result.notes) == (5, ["grades.txt is no ordinary file: left out"])
    assert not list((course / "autograded").rglob("grades.txt"))


@pytest.mark.parametrize(
    ("time", "points_off", "words"),
    [
        (b"2026-01-01 12:00:00 UTC", 0, ""),
        (b"2026-01-03 12:00:00 UTC", 1.5, ""),
        (b"yesterday, I think", 0, "timestamp.txt is no time"),
        (b"9" * 400, 0, "timestamp.txt is no time"),
        (bytes(range(256)), 0, "timestamp.txt is no time"),
        (b"", 0, ""),
    ],
)
def test_the_time_of_a_submission_counts_if_it_is_one(course, time, points_off, words):
    release(Course(course), NAME)
    (course / "late.py").write_text(LATE)
    with open(course / "nbgrader_config.py", "a") as config:
        config.write("\nimport sys\nsys.path.insert(0, str(__import__('os').getcwd()))\n")
        config.write("c.AssignLatePenalties.plugin_class = 'late.Late'\n")
    with Course(course).gradebook() as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-02 12:00:00 UTC")
    students = Class(course)
    students.hand_in("eve")
    students.hand_in_file("eve", time, "timestamp.txt")
    result = grading.grade_submission(Course(course), NAME, "eve")
    assert (result.problem, "; ".join(result.notes)[: len(words)]) == ("", words)
    page = (course / "feedback" / "eve" / NAME / f"{NAME}.html").read_text()
    assert f"<b>{5 - points_off:g} of 5 points</b>" in page
    assert (f"{points_off} points were taken off" in page) == (points_off > 0)


LATE = """
from nbgrader.plugins import LateSubmissionPlugin

class Late(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.5
"""
