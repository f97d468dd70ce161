"""Outputs whose words are the same and whose decimals are close are the same; no others."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests import ROOT
from tests.whole.notebooks.comparison import LOOSE_TAG, same

STORED = "epoch 3 of 10: loss 0.1234, 92.60% right, error 3e-07\nshape (100, 784)"


@pytest.mark.parametrize(
    "new",
    [
        STORED,
        STORED.replace("0.1234", "0.1241"),  # half a percent
        STORED.replace("0.1234", "1.241e-1"),
        STORED.replace("92.60", "92.48"),
        STORED.replace("loss 0", "loss  0"),  # a column that moved
    ],
)
def test_close_digits_are_the_same(new):
    assert same(STORED, new)


@pytest.mark.parametrize(
    "new",
    [
        STORED.replace("right", "wrong"),
        STORED.replace("0.1234", "0.1360"),  # 10 %
        STORED.replace("0.1234", "0.1110"),
        STORED.replace("0.1234", "-0.1234"),
        STORED.replace("0.1234", "nan"),
        STORED.replace("0.1234", "inf"),
        STORED.replace("0.1234", "0.1234 0.1234"),
        STORED.replace("loss 0.1234, ", ""),
        STORED.replace("3e-07", "3e-06"),
        STORED.replace("784", "783"),  # whole numbers are counts and shapes
        STORED.replace("784", "784.0"),
        STORED.replace("epoch 3", "epoch 4"),
        STORED + "\n0.5",
        STORED.replace("0.1234, 92.60", "92.60, 0.1234"),
        "",
    ],
)
def test_another_word_count_or_number_is_not(new):
    assert not same(STORED, new)
    assert not same(new, STORED)


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("torch 2.13.0", "torch 2.14.0"),
        ("Linear_1.50", "Linear_1.51"),
        ("x1.500", "x1.501"),
        ("[1. 2. 3.]", "[1. 2. 4.]"),
        ("12.50ms", "12.51ms"),  # with a unit attached it is a word
        ("1,234.5", "2,234.5"),
        ("0.5", "0.6"),  # one digit: in effect exact
        ("True", "False"),
        ("1.0 2.0", "1.02.0"),
    ],
)
def test_what_looks_like_a_number_and_is_none(stored, new):
    assert not same(stored, new)
    assert same(stored, stored)


def test_the_rounding_error_of_zero_is_zero():
    assert same("difference 2.22e-16", "difference -1.1e-17")
    assert same("[ 0.00e+00 1.5]", "[-4.4e-16 1.5]")
    assert not same("difference 2.22e-16", "difference 1e-07")


CELLS = [  # what the cell prints now, its tags, whether nbval takes it for the stored output
    ("loss 0.500, 3 steps", [], True),
    ("loss 0.505, 3 steps", [], True),
    ("loss 0.550, 3 steps", [], False),
    ("loss 0.550, 3 steps", [LOOSE_TAG], True),
    ("loss 0.800, 3 steps", [LOOSE_TAG], False),
    ("loss 0.500, 4 steps", [LOOSE_TAG], False),
    ("cost 0.500, 3 steps", [LOOSE_TAG], False),
]


def test_nbval_compares_so(tmp_path):
    stored = [new_output("stream", text="loss 0.500, 3 steps\n")]
    cells = [
        new_code_cell(
            f"print({prints!r})", execution_count=1, metadata={"tags": tags}, outputs=stored
        )
        for prints, tags, _ in CELLS
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "cells.ipynb")
    options = ["-rpf", "-o", "addopts=--nbval", "-p", "tests.whole.notebooks.comparison"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path / "cells.ipynb")]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    found = re.findall(r"^(PASSED|FAILED) .*::Cell (\d)", report, re.MULTILINE)
    passed = {int(number): verdict == "PASSED" for verdict, number in found}
    assert passed == {i: passes for i, (_, _, passes) in enumerate(CELLS)}, report
