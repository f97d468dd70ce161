"""The sample class hands in every sort of thing, made from the corpus or from the solution."""

import nbformat
import pytest

from course_lib.course.sample_class import MARKED_BY_HAND, STUDENTS, Question, questions
from tests.unit.grading.tiny_course import ESSAY, cell, source_notebook

NAMED = {student.name: student for student in STUDENTS}
ASKED = [
    Question("double", ["right", "in another way"], ["nearly", "not at all"]),
    Question("triple", ["fine"]),
]


def test_there_is_a_class_of_every_sort():
    assert len(NAMED) == len(STUDENTS) >= 12
    assert {student.expected for student in STUDENTS} == {"full", "zero", "failed", ""}


def test_the_corpus_answers_or_else_the_solution(tmp_path):
    (tmp_path / "double.py").write_text(
        "# %% right: a\nA\n# %% wrong 0: b\nB\n# %% wrong 1.5: c\nC\n"
    )
    double, triple, essay = questions(source_notebook(ESSAY), tmp_path)
    assert (double.right, double.wrong) == (["A"], ["C", "B"])  # the nearly right one first
    assert "return 3 * x" in triple.right[0]
    assert triple.wrong == []
    assert essay.right == [MARKED_BY_HAND]


@pytest.mark.parametrize(
    ("name", "double", "triple"),
    [
        ("ada", "right", "fine"),
        ("blaise", "in another way", "fine"),
        ("felix", "nearly", None),
        ("hedy", "not at all", None),
        ("karl", "while True:\n    pass\n\nright", "fine"),
    ],
)
def test_who_answers_what(name, double, triple):
    released = source_notebook()
    before = nbformat.writes(released)
    made = NAMED[name].make(released, ASKED)
    assert cell(made, "double").source == double
    assert cell(made, "triple").source == (triple or cell(released, "triple").source)
    assert nbformat.writes(released) == before


def test_who_hands_in_no_notebook():
    assert NAMED["olga"].make(source_notebook(), ASKED) == b""
    assert NAMED["ivan"].make(source_notebook(), ASKED) == source_notebook()


def test_who_changes_the_test_cells():
    tests = {
        name: [
            one.id
            for one in NAMED[name].make(source_notebook(), ASKED).cells
            if one.metadata.get("nbgrader", {}).get("grade")
        ]
        for name in ("ada", "lise", "maria")
    }
    assert tests == {
        "ada": ["test-double", "test-triple"],
        "lise": ["test-triple"],
        "maria": ["copy", "test-double", "test-triple"],
    }
