"""Every hostile submission in one class, whose grading is killed twice: each costs itself alone."""

import pytest

from tests.whole.hostile_class import HostileClass
from tests.whole.hostile_submissions import NEED_AN_ORDINARY_USER, SUBMISSIONS

HONEST = 12


@pytest.fixture(scope="module")
def graded(tmp_path_factory, gradebook):
    """The class after two runs that were killed and one that was not, and the results."""
    root = tmp_path_factory.mktemp("hostile") / "course"
    one = HostileClass.make(root, len(SUBMISSIONS) + HONEST, len(SUBMISSIONS))
    for until in (8, 24, None):
        one.run(workers=2, until=until)
    return one, one.results()


@pytest.mark.slow
@pytest.mark.sandbox
def test_nothing_is_lost_or_doubled_and_all_have_what_is_due(graded):
    one, results = graded
    assert one.problems(results) == []
    assert len(results) == len(SUBMISSIONS) + HONEST


@pytest.mark.slow
@pytest.mark.sandbox
def test_all_kinds_were_there(graded):
    one, _ = graded
    missing = SUBMISSIONS.keys() - set(one.students.values())
    assert missing <= NEED_AN_ORDINARY_USER


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_grader_stays_small(graded):
    one, _ = graded
    assert max(map(max, one.memory)) < 600 * 2**20
