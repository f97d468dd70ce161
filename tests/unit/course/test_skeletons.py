"""A new lecture runs and is on the map, a new assignment's grades are proven; nothing is lost."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.course import outline, skeletons
from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from tests import ROOT

NUMBER = f"{int(outline.lectures(ROOT)[-1].number) + 1:02}"
NAME = f"{NUMBER}_plain_autoencoders"


def tree(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    """A copy of the course in which `course new lecture` was run."""
    root = tmp_path_factory.mktemp("copy")
    for part in ("course_lib", "lectures", "exercises"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, root / part, ignore=leave)
    for file in ("nbgrader_config.py", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / file, root)
    before = tree(root)
    done = subprocess.run(
        [sys.executable, "-c", "from course_lib.commands import main; main()",
         "new", "lecture", NAME],
        cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"wrote lectures/{NAME}.ipynb" in done.stdout
    return root, before


@pytest.mark.slow
class TestLecture:
    def test_it_touches_its_notebook_and_its_figures_alone(self, lecture):
        root, before = lecture
        after = {path: content for path, content in tree(root).items() if path.suffix != ".pyc"}
        assert before.items() <= after.items()
        assert {path.relative_to(root).as_posix() for path in after.keys() - before.keys()} == {
            f"lectures/{NAME}.ipynb",
            "course_lib/viz/lectures/plain_autoencoders.py",
        }

    def test_it_ran_and_shows_a_picture_with_a_text_alternative(self, lecture):
        notebook = nbformat.read(lecture[0] / "lectures" / f"{NAME}.ipynb", as_version=4)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert all(cell.execution_count for cell in code)
        outputs = [output for cell in code for output in cell.outputs]
        assert not [
            one for one in outputs if one.output_type == "error" or one.get("name") == "stderr"
        ]
        assert any('alt="The weight' in one.get("data", {}).get("text/html", "") for one in outputs)

    def test_it_is_on_the_map(self, lecture):
        assert f"[{NUMBER} Plain autoencoders](../lectures/{NAME}.ipynb)" in outline.course_map(
            lecture[0]
        )

    def test_what_it_wrote_is_in_style(self, lecture):
        files = [f"lectures/{NAME}.ipynb", "course_lib/viz/lectures/plain_autoencoders.py"]
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [sys.executable, "-m", "ruff", *command, *files],
                cwd=lecture[0], capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout

    def test_it_passes_the_tests_of_lectures(self, lecture):
        """The tests of every lecture, run on the new one."""
        root = lecture[0]
        shutil.copytree(ROOT / "tests", root / "tests", dirs_exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:nbval", "-p", "no:cacheprovider",
             "-o", "addopts=--strict-markers", "tests/whole/notebooks/test_lectures.py",
             "-k", NAME],
            cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


class TestAssignment:
    @pytest.fixture
    def written(self, course):
        """The tiny course with a new assignment."""
        done = CliRunner().invoke(app, ["new", "assignment", NAME], env={"COLUMNS": "120"})
        assert done.exit_code == 0, done.output
        assert f"wrote solutions/{NAME}/{NAME}.ipynb" in done.stdout
        return course

    @pytest.mark.slow
    def test_it_releases_and_its_corpus_is_clean(self, written):
        for command in ("release", "corpus"):
            done = CliRunner().invoke(app, [command, NAME], env={"COLUMNS": "120"})
            assert done.exit_code == 0, done.output
        released = (written / "exercises" / NAME / f"{NAME}.ipynb").read_text()
        assert "raise NotImplementedError" in released
        assert "negative numbers" not in released

    @pytest.mark.slow
    def test_the_tests_notice_every_mutant(self, written):
        done = CliRunner().invoke(app, ["mutants", NAME], env={"COLUMNS": "120"})
        assert done.exit_code == 0, done.output

    def test_it_has_answers_enough(self, written):
        answers = (written / "tests" / "corpus" / NAME / "mean.py").read_text()
        assert answers.count("# %% right") >= 3
        assert answers.count("# %% wrong") >= 8


BAD = ("autoencoders", "1_autoencoders", "13-autoencoders", "13_Autoencoders", "13_", "13_class",
       "13_a b", "../13_a", "")  # fmt: skip


@pytest.mark.parametrize("kind", ["lecture", "assignment"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_name_is_refused_in_a_sentence(course, kind, name):
    before = tree(course)
    done = CliRunner().invoke(app, ["new", kind, name])
    assert done.exit_code == 2
    assert f"The name is {name!r}" in done.stderr.replace("\n", "")
    assert tree(course) == before


def test_a_word_of_python_is_told_as_such(course):
    with pytest.raises(CourseProblem, match="'try' is a word of Python's own"):
        skeletons.new_assignment(Course(course), "19_try")


def test_a_number_that_is_taken_is_refused(course):
    before = tree(course)
    with pytest.raises(CourseProblem, match="01 is taken: 01_numbers is there"):
        skeletons.new_assignment(Course(course), "01_letters")
    assert tree(course) == before


def test_no_file_is_overwritten(course):
    mine = course / skeletons.FIGURES / "letters.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    answers = course / "tests" / "corpus" / "13_letters" / "mean.py"
    answers.parent.mkdir(parents=True)
    answers.write_text("mine")
    before = tree(course)
    for write, where in (
        (skeletons.new_lecture, course),
        (skeletons.new_assignment, Course(course)),
    ):
        with pytest.raises(CourseProblem, match="is there already: nothing was written"):
            write(where, "13_letters")
    assert tree(course) == before


def test_a_lecture_needs_the_repository(course):
    with pytest.raises(CourseProblem, match="is it the course's repository"):
        skeletons.new_lecture(course, "13_letters")
