"""The notebook is found under another name, in another folder and beside copies of it."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.submissions.finding import contents, find_notebooks, other_files
from course_lib.grading.submissions.reading import other_notebooks
from course_lib.grading.submissions.released import ReleasedNotebook
from tests.unit.grading.submissions.test_restoring import ABOUT, ANSWERS, SLOTS, answered

RELEASED = {"02_x": ReleasedNotebook(tuple(SLOTS), (ABOUT,), {})}
UNTOUCHED = [one.cell() for one in SLOTS]
HALF = [one.cell(ANSWERS["double"] if one.name == "double" else None) for one in SLOTS]
OTHER = [new_markdown_cell("# Shopping"), new_code_cell("milk = 2")]


def stripped(cells):
    """Without names and ids, as some editors leave it."""
    cells = copy.deepcopy(cells)
    for number, cell in enumerate(cells):
        cell.metadata, cell["id"] = {}, f"n{number}"
    return cells


SOLVED = answered()
BARE = [new_code_cell(ANSWERS[name]) for name in ("double", "triple")]
# what is in the folder; which is graded; what is said of it
CASES = {
    "alone": ({"02_x.ipynb": SOLVED}, "02_x.ipynb", []),
    "a copy alone": (
        {"02_x-Copy1.ipynb": SOLVED},
        "02_x-Copy1.ipynb",
        ["02_x.ipynb is missing: 02_x-Copy1.ipynb was graded"],
    ),
    "a name of its own": (
        {"my FINAL (2).ipynb": SOLVED},
        "my FINAL (2).ipynb",
        ["02_x.ipynb is missing: my FINAL (2).ipynb was graded"],
    ),
    "untouched under another name": (
        {"Copy of 02_x.ipynb": UNTOUCHED},
        "Copy of 02_x.ipynb",
        ["02_x.ipynb is missing: Copy of 02_x.ipynb was graded"],
    ),
    "metadata gone": (
        {"02_x (1).ipynb": stripped(SOLVED)},
        "02_x (1).ipynb",
        ["02_x.ipynb is missing: 02_x (1).ipynb was graded"],
    ),
    "written anew": (
        {"scratch.ipynb": BARE},
        "scratch.ipynb",
        ["02_x.ipynb is missing: scratch.ipynb was graded"],
    ),
    "another ending": (
        {"02_X.ipynb.txt": SOLVED},
        "02_X.ipynb.txt",
        ["02_x.ipynb is missing: 02_X.ipynb.txt was graded"],
    ),
    "beside the original": (
        {"02_x.ipynb": UNTOUCHED, "02_x-1.ipynb": SOLVED},
        "02_x-1.ipynb",
        ["02_x.ipynb is as it was handed out: 02_x-1.ipynb was graded"],
    ),
    "beside a broken one": (
        {"02_x.ipynb": b"", "02_x-Copy1.ipynb": SOLVED},
        "02_x-Copy1.ipynb",
        ["02_x.ipynb can't be read: 02_x-Copy1.ipynb was graded"],
    ),
    "several copies": (
        {"02_x.ipynb": UNTOUCHED, "02_x-Copy1.ipynb": HALF, "02_x-Copy2.ipynb": SOLVED},
        "02_x-Copy2.ipynb",
        [
            "02_x.ipynb is as it was handed out: 02_x-Copy2.ipynb was graded",
            "02_x-Copy1.ipynb was not graded: answers in it: 1, in 02_x.ipynb as it was graded: 3",
        ],
    ),
    "copies that are alike": (
        {"02_x-Copy2.ipynb": SOLVED, "02_x-Copy10.ipynb": SOLVED},
        "02_x-Copy10.ipynb",
        ["02_x.ipynb is missing: 02_x-Copy10.ipynb was graded"],
    ),
    "its own name counts": (
        {"02_x.ipynb": HALF, "02_x-Copy1.ipynb": SOLVED},
        "02_x.ipynb",
        ["02_x-Copy1.ipynb was not graded: answers in it: 3, in 02_x.ipynb as it was graded: 1"],
    ),
    "a copy of the same": ({"02_x.ipynb": SOLVED, "02_x-Copy1.ipynb": SOLVED}, "02_x.ipynb", []),
    "an untouched copy": ({"02_x.ipynb": HALF, "02_x-Copy1.ipynb": UNTOUCHED}, "02_x.ipynb", []),
    "a broken copy": (
        {"02_x.ipynb": UNTOUCHED, "02_x-Copy1.ipynb": b"x"},
        "02_x.ipynb",
        ["02_x-Copy1.ipynb was not looked at: 02_x-Copy1.ipynb is no notebook"],
    ),
    "beside a scratch": ({"02_x.ipynb": UNTOUCHED, "scratch.ipynb": OTHER}, "02_x.ipynb", []),
    "only a scratch": ({"scratch.ipynb": OTHER}, None, []),
    "a folder too deep": (
        {"02_x/02_x.ipynb": SOLVED},
        "02_x/02_x.ipynb",
        ["02_x.ipynb is missing: 02_x/02_x.ipynb was graded"],
    ),
    "two folders too deep, by a Mac": (
        {
            "Work/02_x/02_x.ipynb": SOLVED,
            "__MACOSX/Work/02_x/._02_x.ipynb": b"\0\5\26\7",
            "._02_x.ipynb": b"\0\5\26\7",
            "Work/02_x/.ipynb_checkpoints/02_x-checkpoint.ipynb": HALF,
        },
        "Work/02_x/02_x.ipynb",
        ["02_x.ipynb is missing: Work/02_x/02_x.ipynb was graded"],
    ),
    "deeper and the original": (
        {"02_x.ipynb": UNTOUCHED, "02_x/02_x.ipynb": SOLVED},
        "02_x/02_x.ipynb",
        ["02_x.ipynb is as it was handed out: 02_x/02_x.ipynb was graded"],
    ),
}


def put(folder, files):
    contents = {}
    for name, cells in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = cells
        if not isinstance(cells, bytes):
            notebook = nbformat.writes(new_notebook(cells=copy.deepcopy(cells))).encode()
        path.write_bytes(notebook)
        contents[name] = notebook
    return contents


@pytest.mark.parametrize(("files", "wanted", "said"), CASES.values(), ids=CASES)
def test_the_notebook_is_found(tmp_path, files, wanted, said):
    handed_in = put(tmp_path, files)
    found, notes = find_notebooks(tmp_path, RELEASED)
    if wanted is None:
        assert found == {}
    else:
        assert found == {"02_x": tmp_path / "02_x.ipynb"}
        assert found["02_x"].read_bytes() == handed_in[wanted]
    assert [note[: len(words)] for note, words in zip(notes, said, strict=True)] == said


def test_what_lay_beside_a_notebook_comes_along(tmp_path):
    put(tmp_path, {"Work/02_x.ipynb": SOLVED, "Work/helpers.py": b"new", "helpers.py": b"old"})
    put(tmp_path, {"Work/data/a.csv": b"1", "Work/timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    find_notebooks(tmp_path, RELEASED)
    assert (tmp_path / "data" / "a.csv").read_bytes() == b"1"
    assert (tmp_path / "helpers.py").read_bytes() == b"old"
    assert not (tmp_path / "timestamp.txt").exists()  # it says how late a submission is


def test_of_two_notebooks_each_is_found(tmp_path):
    other = [one.cell("x = 1" if one.name == "double" else None) for one in SLOTS[:3]]
    second = ReleasedNotebook(tuple(SLOTS[:3]), (), {})
    put(tmp_path, {"02_x.ipynb": SOLVED, "sub/02_y.ipynb": other})
    found, _ = find_notebooks(tmp_path, RELEASED | {"02_y": second})
    assert list(found) == ["02_x", "02_y"]
    assert "x = 1" in found["02_y"].read_text()


def test_of_two_renamed_notebooks_none_is_said_to_be_left(tmp_path):
    """Each is like the other in a part: a cell without a name may be an answer to either."""
    half = [one.cell("x = 1" if one.name == "double" else None) for one in SLOTS[:3]]
    released = RELEASED | {"02_y": ReleasedNotebook(tuple(SLOTS[:3]), (), {})}
    put(tmp_path, {"02_x (1).ipynb": SOLVED, "02_y (1).ipynb": half})
    found, notes = find_notebooks(tmp_path, released)
    assert list(found) == ["02_x", "02_y"]
    assert notes == [f"02_{n}.ipynb is missing: 02_{n} (1).ipynb was graded" for n in "xy"]


def test_a_message_names_what_is_there(tmp_path):
    assert contents(tmp_path) == ""
    put(tmp_path, {"a/b/work.zip": b"PK"})
    assert contents(tmp_path) == "there is only a/b/work.zip"
    put(tmp_path, {f"{number:02}.txt": b"" for number in range(20)})
    assert contents(tmp_path).endswith("09.txt and 11 more")


WORDS = ["why.rst", "scan.tiff", "why.pages", "why", "why.ODT", "a.svg", "why.ipynb", "why.xlsx"]


@pytest.mark.parametrize("name", WORDS)
def test_a_text_that_is_missing_may_be_in_a_file_beside(tmp_path, name):
    """Whatever its kind, but in no code, data or settings."""
    cells = [one.cell(ANSWERS.get(one.name) if one.kind == "code" else None) for one in SLOTS]
    put(tmp_path, {"02_x.ipynb": cells, name: b"x", "helpers.py": b"", "data/A.CSV": b"1"})
    path = tmp_path / "02_x.ipynb"
    (note,) = other_files(path, nbformat.read(path, 4), RELEASED["02_x"], {"02_x.ipynb"})
    assert note.endswith(f"was left as handed out. Look at the other files: {name}")


def test_what_nbgrader_does_not_look_into_is_named(tmp_path):
    put(tmp_path, {"02_x.ipynb": HALF, "02_x (1).ipynb": SOLVED, "02_x.ipynb.txt": SOLVED})
    put(tmp_path, {"Work/02_x.ipynb": SOLVED, "._02_x.ipynb": b"\0", "why.md": b"x"})
    found = ["02_x (1).ipynb", "02_x.ipynb.txt", "Work/02_x.ipynb"]
    assert other_notebooks(tmp_path, {"02_x.ipynb"}) == found
