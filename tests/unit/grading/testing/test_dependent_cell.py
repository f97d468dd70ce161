import pytest

from course_lib.grading import when_done


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (NotImplementedError("x"), "This comes once you have done fit.\n"),
        (NameError("x"), "This comes once you have done fit.\n"),
        (TypeError("no w"), "This waits for fit. So far it ends with TypeError: no w\n"),
        (None, "shown\n"),
    ],
)
def test_the_reward_waits_for_the_work(capsys, error, line):
    with when_done("fit"):
        if error:
            raise error
        print("shown")
    assert capsys.readouterr().out == line
