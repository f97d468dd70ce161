import os
import subprocess
import sys

import pytest

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.withholding import copy_library

FILES = {
    "__init__.py": "from helpers_of_ours.maths import double, triple as three\n",
    "maths.py": (
        "def double(x):\n    return 2 * x\n\n\ndef triple(x):\n    return 3 * x\n\n\n"
        "class Answer:\n    def __init__(self):\n        self.value = 42\n\n"
        "    def tell(self):\n        return self.value\n"
    ),
    "data.npz": "no code",
}


@pytest.fixture
def library(tmp_path, monkeypatch):
    folder = tmp_path / "installed" / "helpers_of_ours"
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_text(content)
    monkeypatch.syspath_prepend(str(folder.parent))
    (tmp_path / "copy").mkdir()
    return folder


def copied(library, *withheld):
    to = library.parents[1] / "copy"
    return to, copy_library(["helpers_of_ours"], withheld, to)


def run(folder, code):
    """What a Python says that finds the copy first."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["maths.double", "double"])
def test_a_function_keeps_its_signature_and_loses_its_body(library, name):
    folder, hidden = copied(library, f"helpers_of_ours.{name}")
    assert hidden == [str(library)]
    said = run(folder, "import helpers_of_ours as h; print(h.three(2)); h.double(1)")
    assert said.startswith("6\n")
    assert f"helpers_of_ours.{name} is out of reach here" in said
    assert "2 * x" not in (folder / "helpers_of_ours/maths.py").read_text()
    assert "def double(x)" in (folder / "helpers_of_ours/maths.py").read_text()


def test_a_renamed_import_leads_to_the_function(library):
    folder, _ = copied(library, "helpers_of_ours.three")
    assert "3 * x" not in (folder / "helpers_of_ours/maths.py").read_text()


def test_a_class_can_neither_be_made_nor_read(library):
    folder, _ = copied(library, "helpers_of_ours.maths.Answer")
    assert "42" not in (folder / "helpers_of_ours/maths.py").read_text()
    said = run(folder, "from helpers_of_ours.maths import Answer; Answer()")
    assert "helpers_of_ours.maths.Answer is out of reach here" in said


def test_classes_of_fields_can_be_imported_and_no_more(library):
    (library / "fields.py").write_text(
        "from dataclasses import dataclass\nfrom enum import Enum\n"
        "from typing import NamedTuple, TypedDict\n\n\n"
        "class Pair(NamedTuple):\n    x: int = 42\n\n\n"
        "class Entry(TypedDict, total=False):\n    y: int\n\n\n"
        "@dataclass(frozen=True)\nclass Record:\n    z: int = 43\n\n\n"
        "class Kind(Enum):\n    A = 44\n"
    )
    folder, _ = copied(library, "helpers_of_ours.fields")
    for name in ("Pair", "Entry", "Record", "Kind"):
        said = run(folder, f"from helpers_of_ours.fields import {name}; print('ok'); {name}(1)")
        assert said.startswith("ok\n"), said
        assert f"helpers_of_ours.fields.{name} is out of reach here" in said
    assert "4" not in (folder / "helpers_of_ours/fields.py").read_text()


def test_the_original_stays_as_it_is_and_data_is_not_copied(library):
    folder, _ = copied(library, "helpers_of_ours.maths")
    assert (library / "maths.py").read_text() == FILES["maths.py"]
    copy = folder / "helpers_of_ours/data.npz"
    assert os.path.samefile(library / "data.npz", copy)
    assert not os.path.samefile(library / "maths.py", folder / "helpers_of_ours/maths.py")


def test_a_package_outside_the_libraries_is_withheld_as_a_whole(library):
    folder, hidden = copied(library, "json")
    assert any(path.endswith("json") for path in hidden)
    assert "json is out of reach here" in run(folder, "import json")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("helpers_of_ours.maths.quadruple", "there is no helpers_of_ours.maths.quadruple"),
        ("helpers_of_ours.nothing", "there is no helpers_of_ours.nothing"),
        (
            "other.thing",
            r"other.thing is in none of c.Examine.libraries, which are helpers_of_ours",
        ),
    ],
)
def test_a_name_that_is_not_there_is_said(library, name, words):
    with pytest.raises(CourseProblem, match=words):
        copied(library, name)


def test_a_library_that_is_not_installed_is_said(tmp_path):
    with pytest.raises(CourseProblem, match="no package nothing_of_the_kind is installed"):
        copy_library(["nothing_of_the_kind"], [], tmp_path)


def test_what_only_a_withheld_function_uses_goes_with_it(library):
    """From its parts an answer could be put together."""
    (library / "parts.py").write_text(
        "def weigh(x):\n    return deep(x)\n\n\ndef deep(x):\n    return 5 * x\n\n\n"
        "def shared(x):\n    return 7 * x\n\n\ndef offered(x):\n    return 9 * x\n\n\n"
        "def unused(x):\n    return 11 * x\n"
    )
    (library / "answer.py").write_text(
        "from helpers_of_ours.parts import weigh as w, shared, offered\n\n\n"
        "def _windows(x):\n    return 13 * x\n\n\n"
        "def answer(x):\n    return w(_windows(x)) + shared(x) + offered(x)\n\n\n"
        "def other(x):\n    return shared(x)\n"
    )
    (library / "elsewhere.py").write_text(
        "def _windows(x):\n    return 15 * x\n\n\ndef f(x):\n    return _windows(x)\n"
    )
    with open(library / "__init__.py", "a") as package:
        package.write("from helpers_of_ours.parts import offered\n")
    folder, _ = copied(library, "helpers_of_ours.answer.answer")
    copy = folder / "helpers_of_ours"
    text = (copy / "parts.py").read_text() + (copy / "answer.py").read_text()
    for gone in "5 * x", "13 * x", "return deep":
        assert gone not in text
    for kept in "7 * x", "9 * x", "11 * x", "return shared(x)":
        assert kept in text
    assert "15 * x" in (copy / "elsewhere.py").read_text()
    said = run(folder, "from helpers_of_ours.parts import weigh; weigh(1)")
    assert "helpers_of_ours.parts.weigh is out of reach here" in said


def test_a_file_that_is_no_python_of_today_stops_nobody(library):
    (library / "sums.py").write_text(
        "def half(x):\n    return x / 2\n\n\ndef quarter(x):\n    return half(half(x))\n"
    )
    (library / "old.py").write_text('print "halfway"\n')
    folder, _ = copied(library, "helpers_of_ours.sums.quarter")
    sums = (folder / "helpers_of_ours/sums.py").read_text()
    assert "x / 2" not in sums
    assert "half(half" not in sums
