"""Folded test cells: one line says what they check, and nothing else about them changes."""

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum, determine_grade

from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from course_lib.grading.testing.collapsing import WIDTH, first_line
from course_lib.grading.testing.question import Question
from tests.unit.grading.tiny_course import NAME, Class, cell, make_course


def line_of(*names, hidden=()):
    lines = [f"with question.check({name!r}):\n    pass" for name in names]
    lines += ["### BEGIN HIDDEN TESTS"]
    lines += [f"with question.check({name!r}):\n    pass" for name in hidden]
    lines += ["### END HIDDEN TESTS", "question.result()"]
    return first_line(new_code_cell("\n".join(lines)))


def test_the_line_names_the_checks_that_students_have():
    assert (
        line_of("one", "a batch", hidden=["a secret"]) == "# Run this cell to check: one; a batch"
    )


def test_a_long_line_counts_those_that_it_has_no_room_for():
    names = [f"the case of {number} samples" for number in range(9)]
    line = line_of(*names)
    assert len(line) <= WIDTH
    named = line.count("the case")
    assert line.endswith(f"; {9 - named} more")
    assert named > 1
    assert line_of("x" * 200) == f"# Run this cell to check: {'x' * 200}"


def test_what_is_no_question_is_left_as_it_is():
    assert line_of() == line_of(hidden=["a secret"]) == ""
    assert first_line(new_code_cell("%%time\nwith question.check('a'):\n    pass")) == ""
    assert first_line(new_code_cell("with question.check(name):\n    pass")) == ""
    assert first_line(new_code_cell("assert double(1) == 2")) == ""


def test_a_release_is_folded_with_checksums_that_fit(course):
    folder = release(Course(course), NAME)
    notebook = nbformat.read(folder / f"{NAME}.ipynb", as_version=4)
    nbformat.validate(notebook)
    test = cell(notebook, "test_double")
    assert test.source.startswith("# Run this cell to check: one\nquestion = Question")
    assert test.metadata.jupyter == {"source_hidden": True}
    assert test.metadata.nbgrader.checksum == compute_checksum(test)
    assert "jupyter" not in cell(notebook, "double").metadata


def test_it_is_graded_without_a_word_about_it(course):
    release(Course(course), NAME)
    students = Class(course)
    students.hand_in("ada")
    students.hand_in("bob", change=unfold)
    for result in students.scratch.grade(NAME):
        assert (result.score, result.notes) == (5, [])


def unfold(notebook):
    """As JupyterLab does on a click: the source is shown, an empty entry may stay."""
    cell(notebook, "test_double").metadata.jupyter = {}
    del cell(notebook, "test_triple").metadata["jupyter"]


def test_what_was_handed_out_before_is_graded_too(tmp_path, monkeypatch, gradebook):
    monkeypatch.chdir(tmp_path)
    make_course(tmp_path, gradebook)
    config = tmp_path / "nbgrader_config.py"
    settings = config.read_text()
    config.write_text(f"{settings}\nc.CollapseTests.enabled = False\n")
    release(Course(tmp_path), NAME)
    Class(tmp_path).hand_in("ada")
    assert not cell(Class(tmp_path).released(), "test_double").metadata.get("jupyter")
    config.write_text(settings)
    release(Course(tmp_path), NAME)
    (result,) = Class(tmp_path).scratch.grade(NAME)
    assert (result.score, result.notes) == (5, [])


class TestNumber:
    def result(self, points, *passed):
        question = Question("double", points=points)
        for number, one in enumerate(passed):
            with question.check(str(number)):
                question.that(one, "no")
        return question.result()

    def test_it_says_what_it_means(self):
        value = self.result(3, True, False)
        assert value == 1.5
        assert value._repr_html_() == (
            "1.5 of 3 points by the checks shown here; grading also tries other inputs"
        )

    def test_where_nothing_is_hidden_it_is_the_points(self):
        assert self.result(2, True, True)._repr_html_() == "2 of 2 points"

    def test_nbgrader_reads_a_number(self):
        from IPython.core.formatters import DisplayFormatter

        data, _ = DisplayFormatter().format(self.result(3, True, False))
        assert data["text/plain"] == "1.5"
        output = nbformat.v4.new_output("execute_result", data)
        marks = {"grade": True, "solution": False, "points": 3, "grade_id": "a"}
        graded = new_code_cell("", metadata={"nbgrader": marks}, outputs=[output])
        assert determine_grade(graded) == (1.5, 3)
