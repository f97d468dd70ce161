"""How the suite is shared out to its workers: in units, each on one worker, the longest first.

To xdist a file is a unit. Files that share what takes minutes to make are one here, or two workers
would make it; the assignments and the lectures of one file are a unit each, or one worker would go
on alone when the other has nothing left.
"""

import pytest

TOGETHER = ("tests/whole/book/",)
APART = ("tests/whole/browser/test_lectures.py::", "tests/whole/notebooks/test_assignments.py::")
LONGEST = (  # minutes each; the many short ones at the end keep both workers busy to the last
    "tests/whole/book/",
    "tests/unit/grading/proof/test_survivors.py",
    "tests/whole/test_nbgrader_suite.py",
    "tests/whole/notebooks/test_assignments.py",
    "tests/whole/browser/test_lectures.py",
    "lectures/",
    "tests/whole/test_demo.py",
)


def unit(nodeid):
    """The unit that a test belongs to."""
    for beginning in TOGETHER:
        if nodeid.startswith(beginning):
            return beginning
    if nodeid.startswith(APART) and nodeid.endswith("]"):
        file, _, test = nodeid.partition("::")
        return f"{file}[{test.partition('[')[2]}"
    return nodeid.rsplit("::", 1)[0]


def pytest_collection_modifyitems(items):
    def turn(item):
        long = (i for i, one in enumerate(LONGEST) if item.nodeid.startswith(one))
        return next(long, len(LONGEST))

    items.sort(key=turn)  # those of the same turn stay as they were


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByUnit(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return unit(nodeid)

    return ByUnit(config, log)
