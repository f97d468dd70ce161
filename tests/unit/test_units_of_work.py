"""What runs on one worker, in which order, and that it is still there."""

import pytest

from tests import ROOT
from tests.units_of_work import APART, LONGEST, TOGETHER, unit

ASSIGNMENTS = "tests/whole/notebooks/test_assignments.py"


@pytest.mark.parametrize(
    ("nodeid", "wanted"),
    [
        ("tests/whole/book/test_book.py::test_launch", "tests/whole/book/"),
        ("tests/whole/book/test_reading.py::test_axe[index.html-light]", "tests/whole/book/"),
        (f"{ASSIGNMENTS}::test_the_corpus_is_complete[02_x]", f"{ASSIGNMENTS}[02_x]"),
        (f"{ASSIGNMENTS}::test_another[02_x]", f"{ASSIGNMENTS}[02_x]"),
        (f"{ASSIGNMENTS}::test_another[03_x]", f"{ASSIGNMENTS}[03_x]"),
        ("tests/unit/nn/test_a.py::TestB::test_c", "tests/unit/nn/test_a.py::TestB"),
        ("lectures/02_x.ipynb::Cell 3", "lectures/02_x.ipynb"),
    ],
)
def test_the_unit_of_a_test(nodeid, wanted):
    assert unit(nodeid) == wanted


@pytest.mark.parametrize("name", sorted({*APART, *LONGEST, *TOGETHER}))
def test_what_is_named_is_there(name):
    assert (ROOT / name.removesuffix("::")).exists()
