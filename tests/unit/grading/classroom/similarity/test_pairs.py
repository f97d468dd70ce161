"""Which answers are found alike: copies under other names, and never what everybody was given."""

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom.similarity.page import page, table
from course_lib.grading.classroom.similarity.pairs import compare
from course_lib.grading.classroom.similarity.tokens import Answer
from tests.unit.grading.tiny_course import NAME, cell, source_notebook

LOOP = """def mean(values):
    total = 0.0
    for value in values:
        if value != value:
            continue
        total = total + value * 1.0
    return total / max(len(values), 1)
"""
RENAMED = LOOP.replace("total", "s").replace("values", "xs").replace("value", "x")
COMMENTED = RENAMED.replace("    s = 0.0\n", "    # my own\n\n    s  =  0.0\n")
OTHER = """def mean(values):
    import numpy as np
    array = np.asarray(values, dtype=float)
    array = array[~np.isnan(array)]
    return array.sum() / max(array.size, 1) if array.size > 0 else float("nan")
"""


def found(known=(), **sources):
    work = {who: {"mean": Answer(source)} for who, source in sources.items()}
    return compare(work, {run for one in known for run in Answer(one).runs})


@pytest.mark.parametrize("copy", [LOOP, RENAMED, COMMENTED])
def test_a_copy_is_found_under_other_names_and_another_layout(copy):
    (pair,) = found(ada=LOOP, bob=copy, cleo=OTHER)
    assert pair.students == ("ada", "bob")
    assert [(one.question, one.share) for one in pair.alike] == [("mean", 1.0)]


def test_a_copied_part_of_a_longer_answer_is_found():
    (pair,) = found(ada=LOOP, bob=f"{OTHER}\n\n{RENAMED}")
    assert pair.alike[0].share == 1.0
    marked = pair.alike[0].answers[1].lines_of(set(pair.alike[0].runs))
    assert marked == set(range(7, 14))


def test_different_answers_are_not():
    assert found(ada=LOOP, bob=OTHER) == []


def test_what_everybody_was_given_does_not_count():
    assert found(ada=LOOP, bob=RENAMED, known=[LOOP]) == []


def test_what_many_of_the_class_wrote_does_not_count():
    assert len(found(ada=LOOP, bob=LOOP, cleo=LOOP)) == 3
    assert found(ada=LOOP, bob=LOOP, cleo=LOOP, dan=LOOP) == []


def test_what_is_too_short_says_nothing():
    short = "def mean(values):\n    return sum(values) / len(values)"
    assert found(ada=short, bob=short) == []


def test_texts_are_compared_by_their_words():
    text = (
        "A single line cannot part the corners, since both diagonals cross it in the middle twice."
    )
    work = {
        who: {"why": Answer(one, "markdown")}
        for who, one in (("ada", text), ("bob", f"**{text.upper()}**"), ("cleo", "It can't."))
    }
    (pair,) = compare(work, set())
    assert pair.students == ("ada", "bob")


def test_the_page_marks_what_both_have_and_runs_nothing():
    hostile = LOOP + "\n'</pre><script>x()</script>'"
    pairs = found(**{"ada<b>": hostile, "bob": RENAMED})
    shown = page(NAME, pairs)
    assert "<script>" not in shown
    assert "ada&lt;b&gt;" in shown
    assert "<mark>        s = s + x * 1.0</mark>" in shown
    assert "no finding" in shown
    assert table(pairs).row_count == 1
    assert "No two answers are." in page(NAME, [])


def put(course, student, double):
    folder = course / "autograded" / student / NAME
    (course / "submitted" / student / NAME).mkdir(parents=True)
    folder.mkdir(parents=True)
    notebook = source_notebook()
    cell(notebook, "double").source = double
    nbformat.write(notebook, folder / f"{NAME}.ipynb")


def test_the_command(course):
    answer = LOOP.replace("mean", "double")
    put(course, "ada", answer)
    put(course, "bob", answer)
    put(course, "cleo", OTHER)
    done = CliRunner().invoke(app, ["similar", NAME], env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    assert "ada and bob" in done.stdout
    assert "double 100%" in done.stdout
    assert "cleo" not in done.stdout
    assert "<mark>" in (course / f"similar-{NAME}.html").read_text()
    corpus = course / "tests" / "corpus" / NAME
    corpus.mkdir(parents=True)
    (corpus / "double.py").write_text(f"# %% right: a loop\n{answer}")
    done = CliRunner().invoke(app, ["similar", NAME])
    assert "No two of 3 submissions have answers that are alike." in done.stdout


def test_bad_input_is_a_sentence(course):
    for name, words in (("01_nubmers", f"Did you mean {NAME}?"), (NAME, "run `course grade")):
        done = CliRunner().invoke(app, ["similar", name])
        assert done.exit_code == 2
        assert words in " ".join(done.output.split())
    assert not list(course.glob("similar-*"))
