"""The environment check says what is there, whatever is there, and names no place on the disk."""

import subprocess
import sys
import zipfile
from importlib import metadata

import pytest

from course_lib.course import environment
from course_lib.course.environment import Part
from tests import ROOT
from tests.whole.test_installing import OFFLINE


@pytest.fixture
def installed(monkeypatch):
    """Pretend that exactly these versions are installed; fill the dict in the test."""
    versions = {}

    def version(name):
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(metadata, "version", version)
    return versions


@pytest.fixture
def constraints(tmp_path):
    file = tmp_path / "constraints.txt"
    pins = "".join(f"{name}==1.2.3\n" for name in environment.PACKAGES)
    file.write_text(
        f"# tested with Python 3.11, and numpy==0.0\n{pins}\nodd line\nOther == 4.5 # why\n"
        'split==1.0 ; python_full_version < "3.0"\nsplit==2.0; python_full_version >= "3.0"\n'
    )
    return file


@pytest.mark.parametrize(
    ("found", "tested", "verdict"),
    [
        ("1.2.3", "1.2.3", "as tested"),
        ("1.2.3+cpu", "1.2.3", "as tested"),
        ("1.2.30", "1.2.3", "another version than tested"),
        ("", "1.2.3", "not installed, and needed"),
        ("1.2.3", "", "installed"),
        ("", "", "not installed, and needed"),
    ],
)
def test_verdict_of_a_part(found, tested, verdict):
    assert Part("numpy", found, tested).verdict == verdict


def test_tested_versions_are_read_past_comments(constraints):
    tested = environment.pinned_versions(constraints)
    assert tested["numpy"] == "1.2.3"
    assert tested["other"] == "4.5"
    assert len(tested) == len(environment.PACKAGES) + 2


def test_a_pin_for_another_python_is_left_out(constraints):
    assert environment.pinned_versions(constraints)["split"] == "2.0"


def test_the_tested_versions_are_found_in_a_checkout():
    assert environment.constraints_file() == ROOT / "constraints.txt"
    assert "numpy" in environment.pinned_versions()


@pytest.mark.slow
def test_the_wheel_has_the_tested_versions_and_the_templates(tmp_path):
    build = [sys.executable, "-m", "uv", "build", "--wheel", "--quiet", "--out-dir", tmp_path, ROOT]
    done = subprocess.run(build, capture_output=True, text=True)
    if any(words in done.stderr for words in OFFLINE):
        pytest.skip("no package index can be reached for what builds the wheel")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        pinned = wheel.read("course_lib/constraints.txt")
    assert pinned == (ROOT / "constraints.txt").read_bytes()
    for name in ("py.typed", "course/templates/lecture.ipynb", "course/templates/answers.py.txt"):
        assert f"course_lib/{name}" in names


def test_a_wheel_reads_its_own_list(tmp_path, monkeypatch):
    (tmp_path / "constraints.txt").write_text("numpy==1.2.3\n")
    monkeypatch.setattr(environment, "PACKAGE", tmp_path)
    assert environment.pinned_versions() == {"numpy": "1.2.3"}


def test_no_list_of_tested_versions_is_no_mishap(tmp_path, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "9.9"))
    nowhere = tmp_path / "constraints.txt"
    assert environment.pinned_versions(nowhere) == {}
    assert "nothing was compared" in environment.advice(environment.parts(nowhere))


def test_all_as_tested(constraints, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "1.2.3"))
    assert environment.advice(environment.parts(constraints)).endswith("has the tested versions.")


def test_another_version_is_named(constraints, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "1.2.3"), numpy="2.0")
    advice = environment.advice(environment.parts(constraints))
    assert "tested version: numpy." in advice


def test_what_is_missing_is_named(constraints, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "1.2.3"))
    del installed["ipywidgets"]
    assert "Missing: ipywidgets." in environment.advice(environment.parts(constraints))
    assert "| ipywidgets | – | 1.2.3 | not installed, and needed |" in environment.check(
        constraints
    )


def test_colab_has_notebooks_of_its_own(constraints, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "1.2.3"))
    del installed["jupyterlab"], installed["nbgrader"]
    text = environment.check(constraints)
    assert "| nbgrader | – | 1.2.3 | not installed, for *Validate* and `course check` |" in text
    assert "Missing" not in text


def test_pytorch_may_be_missing(constraints, installed):
    installed.update(dict.fromkeys(environment.PACKAGES, "1.2.3"))
    del installed["torch"]
    text = environment.check(constraints)
    assert "| torch | – | 1.2.3 | not installed, for the lectures about PyTorch |" in text
    assert "Missing" not in text
    assert "can't tell without PyTorch" in text


def test_python_too_old():
    assert "3.10 is too old" in environment.python_verdict((3, 10, 9))
    assert "fine" in environment.python_verdict((3, 11, 0))
    assert "fine" in environment.python_verdict((3, 14, 9))


def test_python_newer_than_tested():
    assert "3.15 is newer than tested" in environment.python_verdict((3, 15, 0))


def test_gpu_is_named_when_there_is_one(monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: "a fast one")
    assert environment.gpu_verdict() == "GPU: a fast one, ready for PyTorch."
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "runs without one" in environment.gpu_verdict()


def test_pytorch_is_imported_only_when_asked_about_the_gpu():
    ask = (
        "import sys; from course_lib.course import environment as e; e.parts(); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert "numpy" not in loaded.stdout.split()
    assert "torch" not in loaded.stdout.split()


def test_the_check_names_no_place_on_this_computer(constraints):
    text = environment.check(constraints)
    assert str(constraints.parent) not in text
    assert str(environment.PACKAGE.parent) not in text
