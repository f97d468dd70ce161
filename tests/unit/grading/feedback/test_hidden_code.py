"""What quotes a hidden test; with a notebook around it in test_redaction.py."""

import html

import pytest

from course_lib.grading.feedback.hidden_code import NOT_SHOWN, HiddenCode


def test_strings_of_a_hidden_test_are_no_secret():
    hint = "compare y.label - decision, then (w.T @ x)"
    hidden = f'question.check("a", points=1,\n    hint="{hint}",\n)'
    assert HiddenCode(hidden, "").taken_out_of(f"hint: {hint}") == f"hint: {hint}"


LINE = "compare(first < second, other & third)"


@pytest.mark.parametrize("text", [html.escape(LINE), "".join(f"\x1b[31m{c}\x1b[0m" for c in LINE)])
def test_no_disguise_of_printing_helps(text):
    assert HiddenCode(LINE, "").taken_out_of(text) == NOT_SHOWN
