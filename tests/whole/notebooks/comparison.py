"""nbval compares outputs word by word; here it learns what a number is.

Honest digits differ a little between processors, BLAS kernels and numbers of threads, because sums
are added up in another order. Words, shapes, counts and how many numbers there are stay the same.
So whole numbers are compared as words, and decimals (1.25, 3e-07, 92.6%) by their values.
A decimal that is printed with three digits or more has room for its last digit to move; one with
fewer is in effect compared exactly.
"""

import math
import re

RELATIVE = 0.02  # what training moves by between one and four threads and two BLAS kernels
ABSOLUTE = 1e-9  # below it a number is the rounding error of float64
LOOSE = 0.2  # in cells with this tag, whose training amplifies the last digit
LOOSE_TAG = "loose-numbers"

# Not within a word (x1, conv2d), a version (2.13.0) or a unit (1.5ms): those are words.
DECIMAL = re.compile(
    r"(?<![\w.])[-+]?(?:(?:\d+\.\d*|\.\d+)(?:e[-+]?\d+)?|\d+e[-+]?\d+)(?!\w|\.\d)", re.IGNORECASE
)


def same(stored: str, new: str, rtol: float = RELATIVE) -> bool:
    """Whether two outputs hold the same words, and as many decimals, each close to the other's.

    How many spaces stand between two words doesn't matter: columns move with a minus sign.
    """
    if words(stored) != words(new):
        return False
    pairs = zip(DECIMAL.findall(stored), DECIMAL.findall(new), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=rtol, abs_tol=ABSOLUTE) for a, b in pairs)


def words(text: str) -> list[list[str]]:
    """The words before, between and after the decimals."""
    return [between.split() for between in DECIMAL.split(text)]


class Output(str):
    """The text of an output, as nbval compares it: it asks whether the stored ``!=`` the new."""

    rtol = RELATIVE

    def __ne__(self, other: object) -> bool:
        return not same(self, str(other), self.rtol)


class LooseOutput(Output):
    rtol = LOOSE


def pytest_configure(config):
    if not config.pluginmanager.hasplugin("nbval"):
        return
    from nbval.plugin import IPyNbCell

    def sanitize(cell, value, plain=IPyNbCell.sanitize):
        """nbval calls it with each stored and each new output before it compares them."""
        kind = LooseOutput if LOOSE_TAG in cell.cell.metadata.get("tags", []) else Output
        clean = plain(cell, value)
        return kind(clean) if isinstance(clean, str) else clean

    IPyNbCell.sanitize = sanitize
