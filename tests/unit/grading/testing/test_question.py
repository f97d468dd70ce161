import sys
import time
import warnings

import numpy as np
import pytest

from course_lib.grading import Question
from course_lib.grading.testing.call import Stopped
from course_lib.grading.testing.question import NotPassed


def double(x):
    return 2 * x


def todo(x):
    raise NotImplementedError("write your answer here")


def ask(function, *args, wanted=None, points=1, **options):
    """A question with one check, and its report."""
    question = Question("double", points)
    with question.check("twice as much", hint="Multiply by two."):
        question.call(function, *args, **options).returns(wanted)
    return question


def test_a_right_answer_gets_the_points(capsys):
    assert ask(double, np.array([1, 2]), wanted=[2, 4]).result() == 1
    assert capsys.readouterr().out == "double: 1 of 1 points\n  ok  twice as much\n"


def test_each_check_has_its_own_points(capsys):
    question = Question("double", 2)
    with question.check("one", points=0.5):
        question.call(double, 1).returns(2)
    with question.check("two", points=1.5):
        question.call(double, 1).returns(3)
    assert question.result() == 0.5
    assert "double: 0.5 of 2 points" in capsys.readouterr().out


def test_without_hidden_checks_the_visible_ones_count_in_proportion(capsys):
    question = Question("double", 4)
    for wanted in (2, 3):
        with question.check("once"):
            question.call(double, 1).returns(wanted)
    assert question.result() == 2
    shown = capsys.readouterr().out
    assert "double: 1 of 2 checks passed" in shown
    assert "Grading also tries inputs that are not shown here." in shown


def test_a_failure_shows_call_result_wanted_and_hint(capsys):
    def wrong(x, n=1):
        return x + n

    assert ask(wrong, np.array([1.0, 2.0]), wanted=[2, 4], n=1).result() == 0
    assert (
        capsys.readouterr().out
        == """double: 0 of 1 points
  --  twice as much
        called  wrong with
                  [1., 2.], array of shape (2,), float64
                  n=1
        got     [2., 3.], array of shape (2,), float64
        wanted  [2, 4]
        1 of 2 elements differ, the first at [1]: 3 instead of 4; largest
            difference 1
        hint: Multiply by two.
"""
    )


def test_an_error_of_the_student_costs_the_check_alone_and_shows_the_line(capsys):
    def wrong(x):
        return x / undefined  # noqa: F821

    question = Question("double", 3)
    with question.check("broken"):
        question.call(wrong, 1).returns(2)
    with question.check("whole"):
        question.call(double, 1).returns(2)
    with question.check("broken, and nobody looks at what comes back"):
        question.call(wrong, 1)
    assert question.result() == 1
    shown = capsys.readouterr().out
    assert "raised  NameError: name 'undefined' is not defined" in shown
    assert "in      wrong: return x / undefined" in shown


def test_what_is_not_done_yet_says_just_that(capsys):
    assert ask(todo, 1, wanted=2).result() == 0
    assert capsys.readouterr().out == "double: not done yet\n"


def test_a_cell_that_was_not_run_is_named(capsys):
    question = Question("double", 1)
    with question.check("twice"):
        question.call(never_defined, 1).returns(2)  # noqa: F821
    assert question.result() == 0
    assert "name 'never_defined' is not defined: has its cell been run?" in capsys.readouterr().out


def test_leaving_the_program_is_a_failed_check(capsys):
    assert ask(lambda x: sys.exit(), 1, wanted=2).result() == 0
    assert "raised  SystemExit" in capsys.readouterr().out


def test_warnings_and_stderr_are_kept_back(capsys):
    def noisy(x):
        warnings.warn("look out", stacklevel=1)
        print("oh", file=sys.stderr)
        return 2 * x

    assert ask(noisy, 1, wanted=2).result() == 1
    assert capsys.readouterr().err == ""


def test_inputs_are_copies_and_must_be_left_alone(capsys):
    def spoil(x, arrays=()):
        for array in (x, *arrays):
            array *= 2
        return x

    for args in (np.ones(2),), (np.zeros(2), [np.ones(1)]), (np.zeros(2), (np.ones(1),)):
        question = Question("double", 1)
        with question.check("inputs are left unchanged"):
            question.call(spoil, *args).leaves_inputs()
        assert question.result() == 0
        assert args[-1][-1] == 1
        assert f"argument {len(args)} was changed by the call" in capsys.readouterr().out
    question = Question("double", 1)
    with question.check("inputs are left unchanged"):
        question.call(double, np.ones(2)).returns([2, 2]).leaves_inputs()
    assert question.result() == 1


@pytest.mark.parametrize(
    ("value", "spoil"),
    [
        ({"W": np.ones(2)}, lambda x: x["W"].fill(0)),
        ({"W": 1}, lambda x: x.update(W=2)),
        ({"W": 1}, lambda x: x.pop("W")),
        ([1, 2], lambda x: x.reverse()),
        ([{"a": (np.ones(2),)}], lambda x: x[0]["a"][0].fill(0)),
        ({1, 2}, lambda x: x.discard(1)),
    ],
)
def test_inputs_are_looked_at_however_deep(value, spoil):
    for function, passes in (spoil, False), (lambda x: None, True):
        question = Question("f", 1)
        with question.check("inputs are left unchanged"):
            question.call(function, value).leaves_inputs()
        assert question.checks[0].passed == passes
        question = Question("f", 1)
        with question.check("also by name"):
            question.call(lambda *, x, f=function: f(x), x=value).leaves_inputs()
        assert question.checks[0].passed == passes


def test_what_comes_back_may_be_nested_and_of_numpy():
    question = Question("f", 1)
    with question.check("a dict of arrays"):
        question.call(lambda: {"W": np.ones(2), "name": np.str_("a")}).returns(
            {"W": [1, 1], "name": "a"}
        )
    assert question.report().points == 1


def test_a_wanted_error(capsys):
    def refuse(x):
        raise ValueError("x")

    question = Question("refuse", 3)
    with question.check("refuses"):
        question.raises(ValueError, refuse, 1)
    with question.check("refuses with another error"):
        question.raises(TypeError, refuse, 1)
    with question.check("does not refuse"):
        question.raises(ValueError, double, 1)
    assert question.result() == 1
    shown = capsys.readouterr().out
    assert "got     raised ValueError" in shown
    assert "got     2" in shown


def test_time_limit(capsys):
    question = Question("slow", 2)
    with question.check("fast enough"):
        question.call(double, 1).within(1)
    with question.check("too slow"):
        question.call(time.sleep, 0.02).within(0.01)
    assert question.result() == 1
    assert "took 0.0 s, wanted at most 0.01 s" in capsys.readouterr().out


def test_a_value_and_a_condition(capsys):
    question = Question("value", 4)
    with question.check("equal"):
        question.equal(np.float32(1), 1, what="w")
    with question.check("unequal"):
        question.equal([1, 2], [1, 3], what="w after fit")
    with question.check("true"):
        question.that(np.bool_(True), "no")
    with question.check("only True is true"):
        question.that("yes", "that is no condition")
    assert question.result() == 2
    shown = capsys.readouterr().out
    assert "looked at w after fit" in shown
    assert "that is no condition" in shown


@pytest.mark.parametrize(
    ("name", "points", "error", "words"),
    [
        ("f", 0, ValueError, "Question 'f': points is 0, wanted a number above 0"),
        ("f", -1, ValueError, "Question 'f': points is -1, wanted a number above 0"),
        ("f", float("nan"), ValueError, "Question 'f': points is nan"),
        ("f", np.inf, ValueError, "Question 'f': points is inf"),
        ("f", "2", TypeError, "Question 'f': points is '2', wanted a number"),
        ("f", True, TypeError, "Question 'f': points is True, wanted a number"),
        (3, 2, TypeError, "Question: name is 3, wanted text"),
        (" ", 2, ValueError, "Question: name is ' ', wanted some words"),
    ],
)
def test_a_slip_of_the_author_is_said(name, points, error, words):
    with pytest.raises(error, match=words):
        Question(name, points)
    question = Question("q", 1)
    words = words.replace("Question 'f'", "Question 'q', check 'f'").replace(
        "Question:", "Question 'q', check:"
    )
    with pytest.raises(error, match=words), question.check(name, points):
        pass


def test_a_question_without_checks_is_a_mistake_of_the_author():
    with pytest.raises(ValueError, match="'empty': there is no check"):
        Question("empty", 1).result()


def test_validate_shows_the_report_as_an_error_without_traceback(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert ask(double, 1, wanted=2).result() == 1
    with pytest.raises(NotPassed) as caught:
        ask(double, 1, wanted=3).result()
    lines = caught.value._render_traceback_()
    assert lines[0] == "double: 0 of 1 points"
    assert not any("Traceback" in line for line in lines)


def test_no_line_of_a_report_is_too_wide_for_validate(capsys):
    question = Question("wide", 1)
    with question.check("a name " * 30, hint="a hint " * 30):
        question.that(False, "word " * 40)
    question.result()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 6
    assert max(map(len, lines)) <= 80


def test_what_counts_beside_another_check_alone():
    """An answer that does nothing leaves its inputs as they were: no points for that."""
    for right, points in ((False, 0), (True, 2)):
        question = Question("f", points=2)
        with question.check("a value"):
            question.that(right, "no")
        with question.check("its inputs", alone=False):
            pass
        assert question.report().points == points
    assert question.report().failed == []


def test_nothing_but_numbers_is_an_array():
    class Fake:
        shape = (2,)

        def mean(self):
            return 0.0

    question = Question("f", points=1)
    for got in (Fake(), None, "12", [Fake()], [[1], [1, 2]], {"a": 1}):
        with question.check(f"{got!r:.20}"):
            question.array(got, what="the weights")
    assert len(question.report().failed) == 6
    mine = np.ones(2)
    array = question.array(mine, what="it")
    array[0] = 7
    assert mine.tolist() == [1, 1]


def test_a_failure_may_have_a_hint_of_its_own(capsys):
    def adds(x):
        x += x
        return x

    question = Question("double", 1)
    with question.check("right", points=0.5, hint="the check's"):
        question.call(double, np.ones(1)).returns([3], hint="of this failure")
    with question.check("left as it was", points=0.25):
        question.call(adds, np.ones(1)).leaves_inputs(hint="No x += x.")
    with question.check("raises", points=0.25):
        question.call(double, None).leaves_inputs(hint="No x += x.")
    question.result()
    shown = capsys.readouterr().out
    assert "hint: of this failure" in shown
    assert "the check's" not in shown
    assert shown.count("hint: No x += x.") == 1
    assert "argument 1 was changed" in shown


def test_a_check_that_needs_another_accuses_of_nothing_else(capsys):
    question = Question("double", 1)
    with question.check("a step", points=0.5):
        question.call(double, 1).returns(3)
    with question.check("two steps", points=0.25, hint="Keep it in self.", needs=["a step"]):
        question.call(double, 2).returns(5)
    with question.check("still right", points=0.25, needs=["a step"]):
        question.call(double, 2).returns(4)
    assert question.result() == 0.25
    shown = capsys.readouterr().out
    assert 'not examined: first comes "a step"' in shown
    assert "Keep it" not in shown
    with (
        pytest.raises(ValueError, match="needs has 'none'"),
        question.check("wrong", needs=["none"]),
    ):
        pass


def test_after_a_stop_the_earlier_checks_keep_their_points(capsys):
    def hangs(x):
        raise Stopped("a call took longer than 2 s")

    question = Question("double", 1)
    with question.check("before", points=0.5):
        question.call(double, 1).returns(2)
    with question.check("hangs", points=0.25, hint="Does the loop end?"):
        question.call(hangs, 7).returns(2)
    with question.check("after", points=0.25, hint="not this"):
        question.call(double, 1).returns(2)
    assert question.result() == 0.5
    shown = capsys.readouterr().out
    assert "called  hangs with" in shown
    assert "7" in shown
    assert "stopped: a call took" in shown
    assert "hint: Does the loop end?" in shown
    assert "not this" not in shown
    assert "not examined, because" in shown


WANTED = [1, 2, 4, 3, 7, 5, 8, 6]


def bounded(got, *, at_least=0.0, at_most=1.0):
    """A question of four points whose second check looks at ``got``, where WANTED is wanted."""
    question = Question("double", 4, at_least=at_least)
    with question.check("runs", points=1):
        question.that(True, "")
    with question.check("numbers", points=3, at_most=at_most):
        question.call(lambda x: got, np.ones(8)).returns(WANTED)
    return question.report()


def test_near_results_keep_a_share_and_say_so():
    doubled = [2 * number for number in WANTED]
    report = bounded(doubled, at_least=0.4)
    assert report.points == 1.6
    assert str(report).endswith("Many results are near what was wanted, which counts as well.")
    assert bounded(doubled, at_least=0.1).points == 1
    assert bounded(WANTED[::-1], at_least=0.4).points == 1
    assert bounded([1] * 8, at_least=0.4).points == 1
    assert bounded(WANTED, at_least=0.4).points == 4


def test_who_fails_the_main_thing_has_so_much_at_most():
    report = bounded([0] * 8, at_most=0.2)
    assert report.points == 0.8
    assert str(report).endswith('Without "numbers" there are 0.8 points at most.')
    assert bounded([0] * 8, at_most=0.3).points == 1
    assert bounded(WANTED, at_most=0.2).points == 4


def test_an_equal_that_fails_is_near_unless_it_is_what_went_in():
    def kept(change):
        question = Question("step", 2, at_least=0.5)
        with question.check("in place"):
            call = question.call(change, np.arange(1.0, 9))
            question.equal(call.used[0], 0.9 * np.arange(1.0, 9), what="the weights")
        return question.report().points

    def slip(x):
        x -= 0.2

    assert kept(slip) == 1
    assert kept(lambda x: None) == 0


@pytest.mark.parametrize("share", [-0.1, 1.1, True, "half"])
def test_a_share_is_from_0_to_1(share):
    with pytest.raises(ValueError, match=r"at_least is .*, wanted a share from 0 to 1"):
        Question("double", 1, at_least=share)
    question = Question("double", 1)
    with (
        pytest.raises(ValueError, match=r"at_most is .*, wanted a share from 0 to 1"),
        question.check("one", at_most=share),
    ):
        pass
