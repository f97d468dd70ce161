"""Names lead where they seem to: no module is hidden by a function, __all__ is what it says."""

import importlib
import pkgutil
import subprocess
import sys
import types

import pytest

import course_lib
from course_lib import nn

PACKAGES = ["course_lib"] + [
    found.name for found in pkgutil.walk_packages(course_lib.__path__, "course_lib.") if found.ispkg
]
PUBLIC = ("course_lib.nn", "course_lib.optim", "course_lib.data")


def hidden_modules(package):
    """Names of modules in the package that, as its attributes, are something else."""
    names = [found.name for found in pkgutil.iter_modules(package.__path__)]
    modules = {name: importlib.import_module(f"{package.__name__}.{name}") for name in names}
    return [name for name, module in modules.items() if getattr(package, name) is not module]


@pytest.mark.parametrize("name", PACKAGES)
def test_no_module_is_hidden_by_another_object_of_its_name(name):
    assert hidden_modules(importlib.import_module(name)) == []


def test_a_hidden_module_is_found(monkeypatch):
    monkeypatch.setattr(nn, "layer", len)
    assert hidden_modules(nn) == ["layer"]


@pytest.mark.parametrize("name", PUBLIC)
def test_all_lists_what_the_package_gathers(name):
    package = importlib.import_module(name)
    gathered = [
        key
        for key, value in vars(package).items()
        if not key.startswith("_") and not isinstance(value, types.ModuleType)
    ]
    assert sorted(package.__all__) == sorted(gathered)


def loaded_by(statement):
    """Top names of the modules that a fresh Python has loaded after it, but the standard ones."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split()) - sys.stdlib_module_names


def test_course_lib_itself_costs_nothing():
    assert loaded_by("import course_lib") - loaded_by("pass") == {"course_lib"}


@pytest.mark.parametrize("name", [*PUBLIC, "course_lib.metrics", "course_lib.checks"])
def test_the_reference_needs_numpy_alone(name):
    assert loaded_by(f"import {name}") - loaded_by("import numpy") == {"course_lib"}
