"""What a sandbox shows: never the course, wherever it lies, and always what runs students' code.

Courses are put below /usr by bind mounts in a mount namespace of the test's own.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy
import pytest

from course_lib.grading.examination.sandbox import bubblewrap, folders
from course_lib.grading.examination.sandbox.limits import Limits


def seen(path, shown, hidden):
    """Whether there is something at a path in a sandbox, as its first process sees it."""
    sandbox = bubblewrap.Sandbox(shown, Limits(), hidden)
    try:
        return os.path.lexists(f"/proc/{sandbox.pid}/root{path}")
    finally:
        sandbox.close()


@pytest.fixture
def course(tmp_path):
    """A folder that holds a course and an environment."""
    for name in ("course/solutions/01", "course/.venv/lib", "course/data", "environment/share"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "course/solutions/01/01.ipynb").write_text("a secret")
    (tmp_path / "course/data/table.csv").write_text("1,2")
    (tmp_path / "course/gradebook.db").write_text("points")
    return tmp_path


@pytest.mark.sandbox
def test_a_course_in_a_shown_folder_is_hidden_and_the_environment_in_it_is_not(course):
    root = course / "course"
    given = [course, root / ".venv"], [root]
    assert not seen(root / "solutions", *given)
    assert not seen(root / "gradebook.db", *given)
    assert seen(root / ".venv/lib", *given)
    assert seen(course / "environment/share", *given)


@pytest.mark.sandbox
def test_hiding_wins_where_the_course_itself_is_shown(course):
    root = course / "course"
    given = [root, root / "data", root / "solutions"], [root, root / "solutions"]
    assert not seen(root / "solutions/01", *given)
    assert not seen(root / "gradebook.db", *given)
    assert seen(root / "data/table.csv", *given)


@pytest.mark.sandbox
def test_a_single_file_is_hidden(course):
    sandbox = bubblewrap.Sandbox([course], Limits(), [course / "course/gradebook.db"])
    try:
        inside = Path(f"/proc/{sandbox.pid}/root{course}/course/gradebook.db")
        assert not inside.is_file()
    finally:
        sandbox.close()


@pytest.mark.sandbox
def test_a_course_is_hidden_under_each_of_its_names(course):
    """The environment is known by a link; the course by its real path, or the other way round."""
    (course / "link").symlink_to(course / "course")
    (course / "home").symlink_to(course)
    root = course / "course"
    assert not seen(f"{course}/home/course/solutions", [f"{course}/home"], [root])
    assert not seen(root / "solutions", [course], [course / "link"])
    assert not seen(f"{course}/home/course/solutions", [f"{course}/home"], [course / "link"])


def hidden_as_seen_by(script):
    """The options made by ``script`` in a mount namespace of its own, where mounting is allowed."""
    private = ["unshare", "--user", "--map-root-user", "--mount", "--", "sh", "-ec", script]
    done = subprocess.run(private, capture_output=True, text=True)
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no mounts of our own: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return done.stdout


PRINT = (
    "from course_lib.grading.examination.sandbox import folders; "
    "print(chr(10).join(folders.options([], [{!r}])))"
)


@pytest.mark.sandbox
@pytest.mark.parametrize("place", ["/usr/src", "/usr/lib", "/usr/share"])
def test_a_course_that_is_mounted_below_the_systems_folders_is_hidden(course, place):
    """It lies there and is known by that path; or it is known by another one."""
    for known in place, course / "course":
        ask = PRINT.format(f"{known}/solutions")
        script = f"mkdir -p {place} 2>/dev/null || true; mount --bind {course / 'course'} {place}; "
        if place == "/usr/lib":  # what Python needs is there
            script = script.replace(f" {place}; ", " /usr/lib/games; ").replace("mkdir", "true")
            ask = PRINT.format(f"{'/usr/lib/games' if known == place else known}/solutions")
            if not os.path.isdir("/usr/lib/games"):
                pytest.skip("no folder to mount it on")
        script += f"{sys.executable} -c '{ask.replace(chr(39), chr(34))}'"
        told = hidden_as_seen_by(script).splitlines()
        inside = "/usr/lib/games" if place == "/usr/lib" else place
        at = told.index(f"{inside}/solutions")
        assert told[at - 1] == "--tmpfs", told


def test_a_folder_without_which_nothing_runs_is_not_hidden(tmp_path):
    for needed in ("/", "/usr", "/usr/lib", sysconfig.get_path("purelib"), sys.base_prefix):
        told = folders.options([sys.prefix, sys.base_prefix], [needed])
        assert "--tmpfs" not in told, needed
    inside = Path(sysconfig.get_path("purelib"), "no_such_course")
    assert str(inside) not in folders.options([sys.prefix], [inside])
    package = Path(numpy.__file__).parent
    told = folders.options([sys.prefix], [package])
    assert told[told.index(os.path.realpath(package)) - 1] == "--tmpfs"


def test_the_parts_of_an_environment_are_shown_where_the_course_lies_in_it(tmp_path, monkeypatch):
    """A course whose folder is an environment: ``python -m venv .``"""
    for name in ("bin", "lib", "solutions"):
        (tmp_path / name).mkdir()
    (tmp_path / "pyvenv.cfg").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    told = folders.options(folders.pythons(), [tmp_path])
    assert told[told.index(str(tmp_path)) - 1] == "--tmpfs"
    for name in ("bin", "lib", "pyvenv.cfg"):
        assert told[told.index(str(tmp_path / name)) - 1] == "--ro-bind"
    assert str(tmp_path / "solutions") not in told
