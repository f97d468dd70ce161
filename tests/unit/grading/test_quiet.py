import threading
import warnings

import pytest

from course_lib.grading.quiet import no_warnings


def test_threads_that_overlap_leave_the_filters_as_they_were():
    """The first to enter leaves first: the other is quiet to its end, and then nobody is."""
    entered, may_leave = threading.Event(), threading.Event()
    before = list(warnings.filters)
    heard = []

    def second():
        with no_warnings():
            entered.set()
            may_leave.wait(10)
            try:
                warnings.warn("in the second", UserWarning, stacklevel=1)
            except UserWarning as warning:
                heard.append(warning)

    thread = threading.Thread(target=second)
    with no_warnings():
        thread.start()
        entered.wait(10)
    may_leave.set()
    thread.join()
    assert heard == []
    assert warnings.filters == before
    with pytest.warns(UserWarning, match="afterwards"):
        warnings.warn("afterwards", UserWarning, stacklevel=1)
