"""Exams are kept while they are used, refuse what they can't do, and leave nothing behind."""

import os
import tempfile
from pathlib import Path

import nbformat
import pytest

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import exams
from course_lib.grading.examination.exams import (
    KEPT,
    Exams,
    examine,
    files_beside,
)
from course_lib.grading.examination.requirements import Requirements, requirements
from course_lib.grading.examination.sandbox import diagnosis
from tests.unit.grading.tiny_course import source_notebook
from tests.unit.grading.tiny_exam import LIMITS, POINTS, notebook, points, required


class NoExam:
    """In place of an ``Exam``, which takes a second to make."""

    alive = True

    def __init__(self, required):
        self.closed = False

    def close(self):
        self.closed = True


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(exams, "Exam", NoExam)
    return Exams()


def need(name):
    return Requirements((), (), withheld=(name,))


def test_an_exam_in_use_is_not_closed(kept):
    with kept.borrow(need("first")) as first:
        for number in range(KEPT + 2):
            with kept.borrow(need(str(number))):
                pass
        assert not first.closed
        with kept.borrow(need("first")) as again:
            assert again is first


def test_of_those_that_nobody_uses_a_few_are_kept(kept):
    made = []
    for number in range(KEPT + 2):
        with kept.borrow(need(str(number))) as exam:
            made.append(exam)
    assert [exam.closed for exam in made] == [True, True] + KEPT * [False]
    kept.close()
    assert all(exam.closed for exam in made)


def test_an_exam_whose_processes_died_is_made_anew(kept):
    with kept.borrow(need("a")) as dead:
        dead.alive = False
    with kept.borrow(need("a")) as fresh:
        assert fresh is not dead
    assert dead.closed


def test_an_exam_that_dies_while_it_is_used_costs_only_those_who_use_it(kept):
    with kept.borrow(need("a")) as dead:
        dead.alive = False
        with kept.borrow(need("a")) as fresh:
            assert fresh is not dead
            assert not dead.closed
        with kept.borrow(need("a")) as again:
            assert again is fresh
    assert dead.closed
    assert not fresh.closed
    kept.close()
    assert fresh.closed


@pytest.mark.sandbox
def test_those_who_share_processes_see_their_own_folders_alone():
    shared, made, seen = Exams(), [], []
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:  # /tmp is never seen
        os.chmod(folder, 0o755)
        secrets = [Path(folder, name, "secret") for name in ("first", "second")]
        for secret in secrets:
            secret.parent.mkdir()
            secret.touch()
        look = f"import os\nprint([os.path.exists(path) for path in {[*map(str, secrets)]}])"
        try:
            for own in secrets:
                needed = Requirements((), (), visible=(folder,), hidden=(str(own.parent),))
                handed_in = notebook(look)
                with shared.borrow(needed) as exam:
                    made.append(exam)
                    exam.examine(needed, handed_in, {}, LIMITS)
                seen.append(handed_in.cells[2].outputs[0].text)
        finally:
            shared.close()
    assert made[0] is made[1]
    assert seen == ["[False, True]\n", "[True, False]\n"]


def test_an_examination_leaves_notebook_and_disk_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answers = "import os\ndef double(x): os._exit(0)"
    handed_in = notebook(answers)
    before = nbformat.writes(handed_in)
    needed = required(sandbox="none")
    examined = examine(needed, handed_in, {"data.txt": b"7"}, LIMITS)
    exams.WARM.close()
    assert points(examined.notebook) == POINTS | {"double": 0}
    assert nbformat.writes(handed_in) == before
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_too_large_costs_no_other(tmp_path):
    for name, size in (("a.bin", 40), ("b.bin", 70), ("c.csv", 3)):
        (tmp_path / name).write_bytes(b"x" * size)
    files, left_out = files_beside(tmp_path, 100)
    assert list(files) == ["c.csv", "a.bin"]
    assert len(left_out) == 1
    assert left_out[0].startswith("b.bin was not there when the notebook ran")


@pytest.mark.parametrize(
    "kernel", [{"name": "ir", "language": "R"}, {"name": "julia-1.11", "language": "julia"}]
)
def test_another_language_is_refused_by_name(tmp_path, kernel):
    source = source_notebook()
    source.metadata.kernelspec = kernel
    nbformat.write(source, tmp_path / "01.ipynb")
    with pytest.raises(CourseProblem, match=rf"01\.ipynb is written in {kernel['language']}"):
        requirements(tmp_path / "01.ipynb", "none")


def test_whether_there_is_a_sandbox_is_asked_anew(monkeypatch):
    monkeypatch.setattr(diagnosis, "missing", lambda: "bubblewrap is not installed.")
    with pytest.raises(CourseProblem, match="bubblewrap is not installed"):
        exams.check_sandbox("bubblewrap")
    monkeypatch.setattr(diagnosis, "missing", lambda: "")
    exams.check_sandbox("bubblewrap")


@pytest.mark.sandbox
def test_a_course_without_a_library_needs_none():
    """What the student's process is made of can be read there, wherever it is installed."""
    examined = examine(Requirements((), ()), notebook("import secrets"), {}, LIMITS)
    assert points(examined.notebook) == POINTS
    exams.WARM.close()


@pytest.mark.sandbox
def test_a_library_of_the_courses_own_is_there_without_the_answers(tmp_path, monkeypatch):
    package = tmp_path / "their_course"
    package.mkdir()
    (package / "__init__.py").write_text("from their_course.work import answer, helper\n")
    (package / "work.py").write_text("def helper(): return 5\ndef answer(): return 'a secret'\n")
    (package / "table.csv").write_text("1,2")
    monkeypatch.syspath_prepend(tmp_path)
    needed = Requirements((), (), withheld=("their_course.answer",), libraries=("their_course",))
    look = (
        "import pathlib, their_course\n"
        "print(their_course.helper())\n"
        "print(pathlib.Path(their_course.__file__).with_name('table.csv').read_text())\n"
        f"print(pathlib.Path({str(package)!r}).exists())\n"
        "their_course.answer()"
    )
    examined = examine(needed, notebook(look), {}, LIMITS)
    shown, error = examined.notebook.cells[2].outputs
    assert shown.text == "5\n1,2\nFalse\n"
    assert error.evalue == (
        "their_course.answer is out of reach here: this assignment asks you to write it"
    )
    exams.WARM.close()


@pytest.mark.sandbox
def test_data_that_hidden_tests_use_are_replaced_for_students_alone(tmp_path, monkeypatch):
    package = tmp_path / "their_course"
    package.mkdir()
    (package / "__init__.py").write_text(
        "import pathlib\n"
        "def write(original, to): to.write_text(original.read_text().upper())\n"
        "table = pathlib.Path(__file__).with_name('table.csv').read_text()\n"
    )
    (package / "table.csv").write_text("secret")
    monkeypatch.syspath_prepend(tmp_path)
    needed = Requirements(
        (),
        (),
        replaced=(("their_course/table.csv", "their_course.write"),),
        libraries=("their_course",),
    )
    submission = notebook("import their_course\nprint(their_course.table)")
    submission.cells[-1].source += "\nimport their_course\nassert their_course.table == 'secret'"
    examined = examine(needed, submission, {}, LIMITS)
    assert examined.notebook.cells[2].outputs[0].text == "SECRET\n"
    assert points(examined.notebook)["last"] == POINTS["last"]
    assert (package / "table.csv").read_text() == "secret"
    exams.WARM.close()


@pytest.mark.parametrize(
    ("path", "name", "problem"),
    [
        ("course_lib/none.csv", "math.floor", "there is no course_lib/none.csv"),
        ("course_lib/py.typed", "math.no_such", "math.no_such can't be imported"),
        ("course_lib/py.typed", "no such", "no such can't be imported"),
    ],
)
def test_data_that_can_not_be_replaced_are_named(path, name, problem):
    with pytest.raises(CourseProblem, match=problem):
        exams.Exam(
            Requirements(
                (), (), replaced=((path, name),), libraries=("course_lib",), sandbox="none"
            )
        )


def test_a_name_in_no_library_cannot_be_withheld(tmp_path):
    with pytest.raises(CourseProblem, match=r"numpy\.dot is in none of c\.Examine\.libraries"):
        exams.Exam(Requirements((), (), withheld=("numpy.dot",), sandbox="none"))
    with pytest.raises(CourseProblem, match="no package not_there_at_all is installed"):
        exams.Exam(Requirements((), (), libraries=("not_there_at_all",), sandbox="none"))


def test_nothing_here_knows_the_name_of_this_course():
    """The grader serves any course. Its own package is known to it by ``__name__``."""
    folder = Path(exams.__file__).parents[1]
    packages = ("submissions", "examination", "classroom")
    for path in [file for name in packages for file in (folder / name).rglob("*.py")]:
        assert '"course_lib' not in path.read_text(), path
        assert "course_lib.viz" not in path.read_text(), path
        assert "solutions/" not in path.read_text(), path


@pytest.mark.sandbox
def test_tests_import_the_instructors_modules_and_no_students(tmp_path):
    """A student's file runs with the tests under no name at all."""
    source = notebook("")
    source.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(source, tmp_path / "01.ipynb")
    (tmp_path / "helpers.py").write_text("def twice(x):\n    return 2 * x\n")
    (tmp_path / "random.py").write_text("1 / 0")
    needed = requirements(tmp_path / "01.ipynb", "bubblewrap")
    assert [name for name, _ in needed.beside] == ["helpers.py"]
    bad = b"raise SystemExit('a student was here')\ntwice = None\n"
    files = {"helpers.py": bad, "numpy.py": bad, "theirs.py": bad}
    handed_in = notebook("double = 3")
    test = "from helpers import twice\nassert twice(2) == 4 and double == 3"
    handed_in.cells[3].source = test
    handed_in.cells[4].source = "import theirs"
    examined = examine(needed, handed_in, files, LIMITS)
    assert points(examined.notebook) == POINTS | {"square": 0}
    assert examined.notebook.cells[4].outputs[0].ename == "ModuleNotFoundError"
    exams.WARM.close()


@pytest.mark.sandbox
def test_a_locked_cell_that_imports_a_module_beside_the_notebook_runs(tmp_path):
    helpers = b"def twice(x):\n    return 2 * x\n"
    needed = Requirements((), (), beside=(("helpers.py", helpers),))
    setup = "import numpy as np\nfrom course_lib.grading import Question\nfrom helpers import twice"
    handed_in = notebook("def double(x):\n    return twice(x)", setup=setup)
    examined = examine(needed, handed_in, {"helpers.py": helpers}, LIMITS)
    assert points(examined.notebook) == POINTS
    exams.WARM.close()
