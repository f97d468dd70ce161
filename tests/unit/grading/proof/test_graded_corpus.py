"""The corpus of a tiny course, which has nbgrader's own folders: source/, release/."""

import nbformat
import pytest

from course_lib.grading.classroom.course import CONFIG
from course_lib.grading.classroom.scratch_course import ScratchCourse
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import corpus_folder
from course_lib.grading.proof.graded_corpus import (
    FIRST,
    SOLUTION,
    UNTOUCHED,
    grade_corpus,
    prove,
)
from tests import ROOT
from tests.unit.grading.tiny_course import ESSAY, NAME, SOURCE, cell, source_notebook

DOUBLE = """
# %% right: by adding
def double(x): return x + x
# %% right: never more than 100
def double(x): return min(2 * x, 100)
# %% wrong 1: only small numbers
def double(x): return 2 * x if x < 10 else x
# %% wrong 0: the square
def double(x): return x ** 2
"""
TRIPLE = """
# %% right: by adding
def triple(x): return x + x + x
# %% wrong 0: right after all
def triple(x): return 3 * x
# %% wrong 1: double
def triple(x): return 2 * x
"""


@pytest.fixture
def course(tmp_path, gradebook):
    """With a corpus that has every fault."""
    lines = (ROOT / CONFIG).read_text().splitlines()
    settings = "\n".join(line for line in lines if "CourseDirectory" not in line)
    scratch = ScratchCourse.make(tmp_path / "course", settings)
    scratch.add(NAME, source_notebook(ESSAY))
    folder = corpus_folder(scratch.course, NAME)
    folder.mkdir(parents=True)
    for name, text in ("double", DOUBLE), ("triple", TRIPLE):
        (folder / f"{name}.py").write_text(text)
    return scratch.course


def test_every_fault_of_the_grades_is_found(course, tmp_path):
    assert course.source(NAME).parent.name == "source"
    graded = grade_corpus(course, NAME, tmp_path / "graded", workers=1)
    assert graded.points[SOLUTION] == {"test_double": 2, "test_triple": 3, "essay": None}
    assert graded.points[UNTOUCHED] == {"test_double": 0, "test_triple": 0, "essay": 0}
    assert str(graded.report(UNTOUCHED, "double")) == "double: not done yet"
    assert graded.checks("double") == ({"one"}, {"a secret"})
    double, triple = prove(graded)
    assert (double.right, double.wrong, double.holds) == (2, 2, False)
    assert double.marked_down == ["never more than 100"]
    assert double.full_marks == []
    assert double.unexercised == []
    (off,) = double.points_off
    assert off.startswith("right (never more than 100): got 1.0 of 2, wanted 2\ndouble: 1 of 2")
    assert triple.full_marks == ["right after all"]
    assert len(triple.points_off) == 2
    assert not course.autograded("solution", NAME).exists(), "the course itself is only read"


def test_a_hidden_check_that_stops_nothing_is_named(course, tmp_path):
    path = corpus_folder(course, NAME) / "double.py"
    path.write_text(DOUBLE[DOUBLE.index("# %% wrong 0") :])
    double, _ = prove(grade_corpus(course, NAME, tmp_path / "graded", workers=1))
    assert double.unexercised == ["a secret"]


def test_what_answers_make_is_run_for_the_solution_and_the_first_answers_alone(course, tmp_path):
    play = "from course_lib.grading import when_done\nwith when_done('double'):\n    double(2)"
    source = source_notebook(SOURCE | {"play": ("locked", 0, play)})
    nbformat.write(source, course.source(NAME) / f"{NAME}.ipynb")
    graded = grade_corpus(course, NAME, tmp_path / "graded", workers=1)
    names = {
        student: [one.metadata.get("nbgrader", {}).get("grade_id") for one in notebook.cells]
        for student in graded.points
        if (notebook := graded.graded(student))
    }
    assert names.keys() == {UNTOUCHED, SOLUTION, *(f"answers{k:02}" for k in range(4))}
    for student, there in names.items():
        assert ("play" in there) == (student in (UNTOUCHED, SOLUTION, FIRST)), student
        assert [one for one in there if one != "play"] == [None, *SOURCE], student


def test_a_test_cell_with_another_name_is_named(course, tmp_path):
    source = source_notebook()
    cell(source, "test_double").metadata.nbgrader.grade_id = "check_double"
    nbformat.write(source, course.source(NAME) / f"{NAME}.ipynb")
    with pytest.raises(CourseProblem, match="'check_double' is named after no solution cell"):
        grade_corpus(course, NAME, tmp_path / "graded")


def test_a_course_whose_folders_lie_elsewhere_is_left_alone(tmp_path):
    settings = f"c = get_config()\nc.CourseDirectory.submitted_directory = '{tmp_path}/real'\n"
    with pytest.raises(CourseProblem, match=r"real.* outside of its own folder"):
        ScratchCourse.make(tmp_path / "course", settings)


def test_the_gradebook_is_never_the_courses_own(tmp_path):
    settings = "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:////real/gradebook.db'\n"
    scratch = ScratchCourse.make(tmp_path / "course", settings)
    assert scratch.course.directory.db_url == f"sqlite:///{tmp_path}/course/gradebook.db"
