"""A new version of nbgrader, nbconvert or IPython breaks here, by name, and nowhere else."""

import importlib
import os
import subprocess
import sysconfig
from importlib.metadata import version

import pytest

from course_lib.grading import nbgrader_private
from course_lib.grading.nbgrader_private import PRIVATE_NAMES, SEEN

NAMES = [
    pytest.param(distribution, module, name, id=name)
    for distribution, names in PRIVATE_NAMES.items()
    for module, name in names
]


@pytest.mark.parametrize(("distribution", "module", "name"), NAMES)
def test_what_is_not_public_is_still_there(distribution, module, name):
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    assert found is not None, (
        f"{distribution} {version(distribution)} has no {module}.{name}; last seen in "
        f"{distribution} {SEEN[distribution]}. See course_lib/grading/nbgrader_private.py."
    )


def test_the_schema_of_a_new_gradebook_is_the_one_that_alembic_names(monkeypatch):
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    with nbgrader_private.dbutil._temp_alembic_ini("sqlite://") as settings:
        command = ["alembic", "-c", settings, "heads"]
        named = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    nbgrader_private.open_gradebooks_quickly()
    assert f"{nbgrader_private.api.get_alembic_version()} (head)" == named.strip()
