"""A new version of nbgrader, nbconvert or IPython breaks here, by name, and nowhere else."""

import importlib
from importlib.metadata import version

import pytest

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
