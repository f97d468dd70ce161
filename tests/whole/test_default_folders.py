"""The proofs and the demo in a course with nbgrader's own folder names, source/ and release/."""

import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.course.demo import run_demo
from course_lib.course.sample_class import STUDENTS
from course_lib.grading.classroom.scratch_course import ScratchCourse
from course_lib.grading.proof.answer_files import corpus_folder
from tests.unit.grading.tiny_course import NAME, source_notebook

CONFIGURATION = """\
from course_lib.grading import configure
c = get_config()
configure(c)
c.Examine.libraries = ["course_lib"]
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("write your answer here")'}
"""
CORPUS = """\
# %% right: by adding
def {name}(x): return {right}
# %% wrong {points}: one more
def {name}(x): return x + 1
"""
EXPLAINED = """\
[[triple]]
why = "one input is not enough to tell"
changes = "all"
"""


@pytest.fixture
def course(tmp_path, monkeypatch, gradebook):
    monkeypatch.chdir(tmp_path)
    scratch = ScratchCourse.make(tmp_path, CONFIGURATION)
    scratch.add(NAME, source_notebook())
    folder = corpus_folder(scratch.course, NAME)
    folder.mkdir(parents=True)
    for name, right, points in ("double", "x + x", 1), ("triple", "x + x + x", 0):
        text = CORPUS.format(name=name, right=right, points=points)
        (folder / f"{name}.py").write_text(text)
    (folder / "survivors.toml").write_text(EXPLAINED)
    assert (tmp_path / "source" / NAME).is_dir()
    return scratch.course


def run(*arguments):
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "120"})


def test_the_corpus_is_graded(course):
    done = run("corpus")
    assert done.exit_code == 0, done.output
    assert "double" in done.output


def test_the_mutants_are_tried(course):
    done = run("mutants", NAME, "--workers", "1")
    assert done.exit_code == 0, done.output
    assert "left out" in done.output


def test_the_demo_grades_a_class(course, monkeypatch, capfd):
    monkeypatch.setattr("course_lib.course.demo._train", lambda *_: True)
    sample = [student for student in STUDENTS if student.name in ("ada", "ivan")]
    assert run_demo(course, course.root / "demo", students=sample), capfd.readouterr().out
    page = course.root / "demo" / "class" / "feedback" / "ada" / NAME / f"{NAME}.html"
    assert "5 of 5 points" in page.read_text()
