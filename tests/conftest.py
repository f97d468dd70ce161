"""Settings for the whole suite."""

import functools
import os
import sys

# Two workers, each with kernels of its own, on few cores: more threads would wait for each other.
# Set before NumPy and torch are loaded; kernels inherit it.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# As the command does: a second and more for each worker, and for whoever runs one file.
sys.modules.setdefault("rfc3987_syntax", None)

import hypothesis
import pytest
import torch

from course_lib.grading.examination.exams import missing_sandbox

pytest_plugins = ["tests.unit.grading.tiny_course", "tests.unit.grading.tiny_exam"]

# The first call of anything is slow on a busy machine; that is no failure. Examples are drawn from
# the test's own name, so that a run can be repeated.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True, max_examples=40)
hypothesis.settings.load_profile("course")
torch.set_num_threads(1)


missing = functools.cache(missing_sandbox)


def pytest_runtest_setup(item):
    """Skip what needs a sandbox where there can be none."""
    if item.get_closest_marker("sandbox") and (reason := missing()):
        pytest.skip(reason)
