import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_lib.grading.errors import CourseProblem
from course_lib.grading.testing import contract
from course_lib.grading.testing.contract import Check
from tests.unit.grading.tiny_course import ESSAY, cell, source_notebook

TEST = """\
%matplotlib inline
question = Question(
    "decide", points=2.5
)
with question.check("one, two", points=1, hint="a (hint)"):
    question.call(decide, 'question.check("no")').returns(1)
with warnings.catch_warnings(), question.check(
    "a name "
    "in two parts"
):
    pass
    ### BEGIN HIDDEN TESTS
with question.check(name="hidden", points=0.5):
    ### END HIDDEN TESTS
    with open("x"):
        pass
question.result()  # the points
"""


def test_a_test_cell_is_read_as_python_is():
    assert contract.checks(TEST) == [
        Check("one, two", 1, False),
        Check("a name in two parts", 1, False),
        Check("hidden", 0.5, True),
    ]
    assert contract.declared_points(TEST) == 2.5
    assert contract.ends_in_result(TEST)
    assert not contract.waits_for_answers(new_code_cell(TEST))


@pytest.mark.parametrize(
    ("source", "ends"),
    [
        ("question.result()", True),
        ("q.result()\n\n# done\n", True),
        ("question.result();", True),
        ("question.result()\nx", False),
        ("points = question.result()", False),
        ("if x:\n    question.result()", False),
        ("question.result(1", False),
        ("result()", False),
        ("", False),
        ("assert double(1) == 2", False),
    ],
)
def test_whether_a_cell_ends_on_its_result(source, ends):
    assert contract.ends_in_result(source) == ends


def test_a_cell_that_waits_for_answers():
    shows = 'with when_done("f"):\n    f()'
    assert contract.waits_for_answers(new_code_cell(shows))
    answer = new_code_cell(shows, metadata={"nbgrader": {"solution": True}})
    for other in answer, new_code_cell('print("with when_done(")'), new_markdown_cell(shows):
        assert not contract.waits_for_answers(other)


def test_a_check_must_have_a_plain_name():
    with pytest.raises(CourseProblem, match="line 2 of a test cell has a name that is no plain"):
        contract.checks("for i in range(3):\n    with question.check(f'{i}'):\n        pass")


def test_plain_asserts_have_no_checks():
    assert contract.checks("assert double(1) == 2") == []
    assert contract.declared_points("assert double(1) == 2") is None


@pytest.mark.parametrize(
    ("source", "hidden", "marks"),
    [
        ("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc", {2}, {1, 3}),
        ("### BEGIN HIDDEN TESTS\nb\nc", {1, 2}, {0}),
        ("a\n### END HIDDEN TESTS\nb", set(), {1}),
        ("a", set(), set()),
    ],
)
def test_hidden_lines(source, hidden, marks):
    assert contract.region(source) == (hidden, marks)


def test_questions_solutions_and_graded_cells():
    notebook = source_notebook(ESSAY)
    assert list(contract.questions(notebook)) == ["double", "triple"]
    assert list(contract.solutions(notebook)) == ["double", "triple", "essay"]
    assert list(contract.graded_cells(notebook)) == ["test_double", "test_triple", "essay"]
    assert contract.questions(notebook)["double"] is cell(notebook, "test_double")
    assert contract.name_of_test("double") == "test_double"
    assert [contract.title(name) for name in ("test_f", "test-f", "essay")] == ["f", "f", "essay"]


@pytest.mark.parametrize("name", ["check_double", "test_twice", "double"])
def test_a_test_cell_must_be_named_after_a_solution(name):
    notebook = source_notebook()
    cell(notebook, "test_double").metadata.nbgrader.grade_id = name
    with pytest.raises(CourseProblem, match=f"'{name}' is named after no.*'test_' and one of doub"):
        contract.questions(notebook)


def test_a_notebook_without_nbgraders_marks_has_nothing():
    notebook = new_notebook(cells=[new_code_cell("1"), new_markdown_cell("x")])
    assert contract.questions(notebook) == contract.solutions(notebook) == {}
    assert contract.withheld(notebook) == []
    assert contract.cell_name(notebook.cells[0]) == ""
    notebook.metadata.examiner = {"withheld": ["torch"]}
    assert contract.withheld(notebook) == ["torch"]
