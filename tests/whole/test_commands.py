"""The ``course`` command: what it prints, and how it ends."""

import functools
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import sysconfig
from contextlib import closing
from pathlib import Path

import nbformat
import psutil
import pytest
from typer.testing import CliRunner

from course_lib.commands.app import app
from course_lib.grading.classroom import course as courses
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.release import release
from tests import ROOT
from tests.unit.grading.tiny_course import NAME, Class, wait_for

SCRIPTS = Path(sysconfig.get_path("scripts"))


def invoke(*args):
    return CliRunner().invoke(app, args, env={"COLUMNS": "120"})


def tree(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.fixture
def students(course):
    release(Course(course), NAME)
    return Class(course)


def test_help_imports_nothing_heavy():
    code = "import sys, course_lib.commands.app; print([m for m in sys.modules if m in %r])"
    heavy = ["numpy", "nbgrader", "matplotlib", "torch", "sqlalchemy", "IPython"]
    done = subprocess.run(
        [sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_release_all(course):
    done = invoke("release")
    assert done.exit_code == 0, done.output
    assert f"released exercises/{NAME}" in done.stdout
    assert (course / "exercises" / NAME / f"{NAME}.ipynb").exists()


def test_grade_and_export(students):
    students.hand_in("ada")
    students.hand_in_file("bob", b"Dear teacher")
    students.hand_in("cleo", double="return 2")
    done = invoke("grade", NAME)
    assert done.exit_code == 1
    for words in ("5 / 5", "4 / 5", "double", "/ 2", "3 submissions: 2 graded, 1 failed"):
        assert words in done.stdout
    assert "Mean: 4.50 of 5 points, those that failed left out." in done.stdout
    assert f"feedback/STUDENT/{NAME}/" in done.stdout
    assert f"1 needs a look:\n  bob: failed: {NAME}.ipynb is no notebook" in done.stdout
    assert "Traceback" not in done.output
    assert "NbGrader" not in done.output
    done = invoke("export", "--to", "points.csv")
    assert done.exit_code == 0
    assert "wrote points.csv" in done.stdout
    assert (students.root / "points.csv").read_text().count("\n") == 4


def test_verbose_shows_what_goes_into_the_log(students):
    students.hand_in("ada")
    quiet = invoke("grade", NAME)
    assert quiet.exit_code == 0, quiet.output
    told = invoke("grade", NAME, "--again", "--verbose")
    assert told.exit_code == 0, told.output
    line = r"\d{4}-\d\d-\d\d \S+ [A-Z]+ +.*ada"
    assert re.search(line, told.stderr)
    assert not re.search(line, quiet.stderr)


def test_check_runs_a_notebook_saved_with_a_kernel_that_is_not_here(students):
    students.hand_in("ada", triple="return 4 * x")
    path = students.folder("ada") / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.kernelspec = {"name": "conda-env-dl-py", "display_name": "Python [dl]"}
    nbformat.write(notebook, path)
    before = path.read_bytes()
    done = invoke("check", str(path.parent))
    assert done.exit_code == 1, done.output
    assert "1 of 2 questions pass" in done.stdout
    assert "Traceback" not in done.output
    assert path.read_bytes() == before


def test_grade_one_student_again(students):
    students.hand_in("ada")
    students.hand_in("bob")
    for _ in range(2):
        done = invoke("grade", NAME, "--student", "bob", "--student", "bob")
        assert done.exit_code == 0, done.output
        assert "1 submission: 1 graded." in done.stdout
    assert [path.name for path in (students.root / "autograded").iterdir()] == ["bob"]


BAD = {
    "a mistyped assignment": (("grade", "01_nubmers"), f"Did you mean {NAME}?"),
    "a mistyped release": (("release", NAME, "other"), "There is no assignment 'other'"),
    "no submissions": (("grade", NAME), f"Nobody has handed in {NAME}"),
    "an unknown rung": (("ladder", "sofmax"), "There is no rung 'sofmax'. There are: softmax, "),
    "nothing to export": (("export",), "gradebook is empty"),
    "nowhere to export": (("export", "--to", "no/grades.csv"), "there is no folder"),
    "a folder in use": (("demo", "--folder", "solutions"), "name another one"),
    "the course itself": (("demo", "--folder", "."), "name another one"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_sentence(course, case):
    args, words = BAD[case]
    before = tree(course)
    done = invoke(*args)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.output
    assert tree(course) == before


def test_an_unknown_student(students):
    students.hand_in("ada")
    done = invoke("grade", NAME, "--student", "adda")
    assert (done.exit_code, "Did you mean ada?" in done.stderr) == (2, True)


@pytest.mark.parametrize("args", [("release",), ("grade", NAME), ("export",), ("demo",)])
def test_outside_a_course(tmp_path, monkeypatch, args):
    monkeypatch.chdir(tmp_path)
    done = invoke(*args)
    assert done.exit_code == 2
    assert "is no course folder" in done.stderr
    assert tree(tmp_path) == []


@pytest.mark.parametrize("args", [("release",), ("grade", NAME), ("export",)])
def test_a_locked_gradebook_stops_before_anything_is_written(students, monkeypatch, args):
    monkeypatch.setattr(courses, "LOCK_SECONDS", 0.1)
    students.hand_in("ada")
    before = tree(students.root)
    with closing(sqlite3.connect(students.root / "gradebook.db")) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        done = invoke(*args)
    assert done.exit_code == 2
    assert f"{students.root / 'gradebook.db'} is locked by another program" in done.stderr
    assert tree(students.root) == before
    assert "Traceback" not in done.output


def test_ctrl_c_stops_the_students_code_and_keeps_what_was_done(students):
    students.hand_in("ada")
    students.hand_in("bob", double="while True: pass")
    students.hand_in("cleo")
    with open(students.root / "nbgrader_config.py", "a") as config:
        config.write("c.Examine.timeout = c.Examine.call_timeout = 100\n")
    with subprocess.Popen(
        [SCRIPTS / "course", "grade", NAME],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # a shell lets what it starts in the background ignore Ctrl-C, and the tests may run there
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as command:
        wait_for(lambda: (students.root / ".graded" / NAME / "cleo.json").is_file())
        started = psutil.Process(command.pid).children(recursive=True)
        os.kill(command.pid, signal.SIGINT)
        output = command.communicate(timeout=30)[0].decode()
    assert command.returncode == 130, output
    assert "Stopped." in output
    assert "5 / 5" in output
    assert "Traceback" not in output
    assert not psutil.wait_procs(started, timeout=20)[1]
    graded = sorted(path.name for path in (students.root / ".graded" / NAME).glob("*.json"))
    assert graded == ["ada.json", "cleo.json"]
    assert not (students.root / ".taken-in").exists()
    # bob was never recorded: his folder, which nbgrader makes then, is not there
    assert tree(students.root / "autograded") == [
        "ada",
        f"ada/{NAME}",
        f"ada/{NAME}/{NAME}.ipynb",
        "cleo",
        f"cleo/{NAME}",
        f"cleo/{NAME}/{NAME}.ipynb",
    ]


def nbgrader(*args):
    """Start an nbgrader command from an environment that is not activated."""
    return subprocess.Popen(
        [SCRIPTS / "nbgrader", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PATH": "/usr/bin:/bin"},
    )


def said(command):
    output = command.communicate()[0]
    assert command.returncode == 0, output
    return output


def test_nbgraders_own_commands(course):
    (course / "gradebook.db").unlink()
    said(nbgrader("generate_assignment", NAME))
    Class(course).hand_in("ada")
    grading = nbgrader("autograde", NAME)
    released = nbgrader("validate", f"exercises/{NAME}/{NAME}.ipynb")
    assert "VALIDATION FAILED ON 2 CELL(S)" in said(released)
    said(grading)
    feedback, export = nbgrader("generate_feedback", NAME), nbgrader("export")
    said(feedback), said(export)
    assert ",ada,,,,5.0,0.0,5.0,5.0" in (course / "grades.csv").read_text()
    assert (course / "feedback" / "ada" / NAME / f"{NAME}.html").exists()


CLASS = ("submitted/ada/notebook", "autograded/x", "feedback/x", ".graded/x", "gradebook.db")
CLASS += ("grades.csv", "grading.log", "downloaded/01_x/archive/class.zip")
MADE = (".venv/x", "demo/x", "ladder/x", "slides/x", "gpu-results/x")


def make(folder, target, answer=""):
    return subprocess.run(
        ["make", target], cwd=folder, input=answer, capture_output=True, text=True
    )


@pytest.fixture
def used(tmp_path):
    """A folder in which everything was made, and a class graded."""
    for name in (*CLASS, *MADE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def test_make_clean_keeps_the_class(used):
    done = make(used, "clean")
    assert done.returncode == 0, done.stderr
    assert not [name for name in MADE if (used / name).exists()]
    assert not [name for name in CLASS if not (used / name).exists()]


@pytest.mark.parametrize(("answer", "left"), [("yes\n", 0), ("y\n", len(CLASS)), ("", len(CLASS))])
def test_make_clean_class_asks(used, answer, left):
    done = make(used, "clean-class", answer)
    assert "submitted" in done.stdout
    assert (done.returncode == 0) == (left == 0)
    assert sum((used / name).exists() for name in CLASS) == left
