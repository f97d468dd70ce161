import nbformat
import pytest

from course_lib.grading.proof.answer_files import Answer, fill, read_answers

GOOD = """# Answers to decide.

# %% right: a comparison
def decide(x):
    return x > 0


# %% wrong 1.5: at the threshold
def decide(x):
    return x >= 0

# %% wrong 0: nothing at all
pass
"""


def write(folder, text):
    path = folder / "decide.py"
    path.write_text(text)
    return path


def test_answers_come_in_order_with_points_and_source(tmp_path):
    answers = read_answers(write(tmp_path, GOOD))
    assert answers == [
        Answer("decide", "right", None, "a comparison", "def decide(x):\n    return x > 0"),
        Answer("decide", "wrong", 1.5, "at the threshold", "def decide(x):\n    return x >= 0"),
        Answer("decide", "wrong", 0.0, "nothing at all", "pass"),
    ]


def test_a_file_without_answers_is_empty(tmp_path):
    assert read_answers(write(tmp_path, "# none yet\n")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# %% rihgt: typo\npass", r"line 1: the header is '# %% rihgt: typo', wanted"),
        ("\n# %%right: no blank\npass", r"line 2: the header"),
        ("# %% right\npass", r"line 1: the header"),
        ("# %% right 2: generous\npass", r"line 1: a right answer has no points"),
        ("# %% wrong: how much?\npass", r"line 1: the points of a wrong answer are missing"),
        ("# %% wrong -1: negative\npass", r"line 1: the header"),
        ("# %% right: a\npass\n# %% right: b\n\n", r"line 3: no code under the header"),
        ("import numpy\n# %% right: a\npass", r"line 1: code before the first"),
    ],
)
def test_a_malformed_file_says_where_and_what(tmp_path, text, message):
    with pytest.raises(ValueError, match=rf"decide\.py, {message}"):
        read_answers(write(tmp_path, text))


def notebook():
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell("import numpy", metadata={"nbgrader": {"solution": False}}),
        nbformat.v4.new_markdown_cell("no metadata"),
        nbformat.v4.new_code_cell(
            "raise NotImplementedError",
            metadata={"nbgrader": {"solution": True, "grade_id": "decide"}},
        ),
    ]
    return book


def test_fill_writes_into_a_copy():
    empty = notebook()
    filled = fill(empty, {"decide": "pass"})
    assert [cell.source for cell in filled.cells] == ["import numpy", "no metadata", "pass"]
    assert empty.cells[2].source == "raise NotImplementedError"
    filled.cells[2].metadata.nbgrader.grade_id = "other"
    assert empty.cells[2].metadata.nbgrader.grade_id == "decide"


def test_fill_refuses_an_unknown_question():
    with pytest.raises(ValueError, match=r"sources has 'decode'.* solution cells are decide"):
        fill(notebook(), {"decode": "pass"})
