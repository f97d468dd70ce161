"""What students get holds nothing hidden, is the same each time, and can be brought up to date."""

import os
import subprocess
import sys
from io import StringIO
from operator import attrgetter

import nbformat
import pytest

from course_lib.course.bundle import Bundled, bundle, commit, write_folder, write_zip
from course_lib.grading.errors import CourseProblem
from course_lib.grading.testing import contract
from tests import ROOT

A, B = Bundled(b"a\n"), Bundled(b"b\n", executable=True)


@pytest.fixture(scope="module")
def whole():
    return bundle(ROOT)


def parted(path):
    """The lines of a notebook of ours: what students see, and what they must not."""
    seen, hidden = set(), set()
    for cell in nbformat.read(path, as_version=4).cells:
        lines = [line.strip() for line in cell.source.split("\n")]
        inside = set()
        for begin, end in (
            (contract.BEGIN_SOLUTION, contract.END_SOLUTION),
            (contract.BEGIN_HIDDEN, contract.END_HIDDEN),
        ):
            inside |= contract.region(cell.source, begin, end)[0]
        hidden |= {lines[at] for at in inside}
        seen |= {line for at, line in enumerate(lines) if at not in inside}
    return seen, hidden


def test_it_has_all_parts_and_no_solution_test_or_answer(whole):
    tops = {name.partition("/")[0] for name in whole}
    assert {"lectures", "exercises", "course_lib", "binder", "README.md", "Makefile"} <= tops
    assert not {"solutions", "tests", "docs", ".git", "gradebook.db"} & tops
    assert whole["binder/postBuild"].executable


@pytest.mark.parametrize(
    "path", sorted((ROOT / "solutions").glob("*/*.ipynb")), ids=attrgetter("stem")
)
def test_no_line_of_a_solution_or_a_hidden_test_is_in_it(whole, path):
    seen, hidden = parted(path)
    telling = {line for line in hidden - seen if len(line) > 20}
    assert len(telling) > 20
    exercise = whole[f"exercises/{path.stem}/{path.name}"].content.decode()
    given, _ = parted(StringIO(exercise))
    assert not telling & given


def test_a_student_can_check_with_it_alone(whole, tmp_path):
    write_folder(whole, tmp_path / "course")
    code = (
        "import course_lib.viz, course_lib.experiments, course_lib.grading.self_check\n"
        "import sys; from course_lib.commands import main\n"
        f"assert course_lib.__file__.startswith({str(tmp_path)!r})\n"
        "sys.argv = ['course', 'check', '--help']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "course",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "course")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_same_bytes_each_time(whole, tmp_path):
    write_zip(whole, tmp_path / "course.zip")
    first = (tmp_path / "course.zip").read_bytes()
    write_zip(bundle(ROOT), tmp_path / "course.zip")
    assert (tmp_path / "course.zip").read_bytes() == first


def test_a_folder_is_brought_up_to_date_and_a_students_file_stays(tmp_path):
    folder = tmp_path / "out"
    write_folder({"x/a": A, "x/b": B}, folder)
    (folder / "x/mine").write_text("m")
    write_folder({"x/a": B}, folder)
    assert (folder / "x/a").read_bytes() == b"b\n"
    assert os.access(folder / "x/a", os.X_OK)
    assert sorted(path.name for path in (folder / "x").iterdir()) == ["a", "mine"]


def test_what_is_no_bundle_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("t")
    with pytest.raises(CourseProblem, match="is no bundle: nothing was written"):
        write_folder({"a": A}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def git(folder, *words):
    command = ["git", "-c", "user.name=s", "-c", "user.email=s@s", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_student_who_has_worked_pulls_and_keeps_the_work(tmp_path):
    """As nbgitpuller does: it commits what a student did, and merges with the student's version."""
    course = tmp_path / "course.git"
    text = [f"line {number}\n" for number in range(20)]
    files = {"exercises/a": Bundled("".join(text).encode()), "lectures/b": A}
    assert commit(files, course)
    assert not commit(files, course)
    git(tmp_path, "clone", "--quiet", str(course), "student")
    student = tmp_path / "student"
    answered = ["my answer\n", *text[1:]]
    (student / "exercises/a").write_text("".join(answered))
    (student / "lectures/b").write_text("opened and run\n")
    text[-1] = "a mended test\n"
    assert commit({"exercises/a": Bundled("".join(text).encode()), "lectures/b": B}, course)
    git(student, "commit", "--quiet", "--all", "--message", "mine")
    git(student, "fetch", "--quiet")
    git(student, "merge", "--quiet", "-Xours", "origin/main")
    assert (student / "exercises/a").read_text() == "".join([*answered[:-1], "a mended test\n"])
    assert (student / "lectures/b").read_text() == "opened and run\n"


def test_a_repository_that_somebody_works_in_is_refused(tmp_path):
    git(tmp_path, "init", "--quiet")
    with pytest.raises(CourseProblem, match="wanted a bare repository"):
        commit({"a": A}, tmp_path)


def test_outside_of_git_there_is_no_bundle(tmp_path):
    with pytest.raises(CourseProblem, match=r"git ls-files in .*: .*not a git repository"):
        bundle(tmp_path)
