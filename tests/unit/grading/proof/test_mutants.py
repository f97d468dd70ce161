"""What solutions are changed into."""

import pytest

from course_lib.grading.proof.mutants import mutants


def after(line):
    """What may become of ``line`` of a function."""
    found = [mutant.change for mutant in mutants(f"def f(x, y):\n    {line}")]
    assert all(change.startswith(f"{line}  ->  ") for change in found)
    return {change.partition("  ->  ")[2] for change in found}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("return x + y", {"return x - y", "return x", "return y"}),
        ("return x - y", {"return x + y", "return y - x", "return x", "return y"}),
        ("return x @ y", {"return y @ x", "return x", "return y"}),
        ("return x ** y", {"return x * y", "return y ** x", "return x", "return y"}),
        ("return -x", {"return x"}),
        ("return not x", {"return x"}),
        ("return x < y", {"return x <= y", "return x > y"}),
        ("return x == y", {"return x != y"}),
        ("return x is y", {"return x is not y"}),
        ("return x and y", {"return x or y", "return x", "return y"}),
        ("return 3", {"return 4", "return 2"}),
        ("return 0.5", {"return 1.0", "return -0.5"}),
        ("return 0.0", {"return 1.0"}),
        ("return True", {"return False"}),
        ("return x.sum(axis=0)", {"return x.sum(axis=1)", "return x.sum()", "return x"}),
        ("return x.sum(axis=0)", {"return x.mean(axis=0)", "return x.sum(axis=-1)"}),
        ("return f(x, y)", {"return f(y, x)", "return f(x)"}),
        ("return f(x, y, 3)", {"return f(y, x, 3)", "return f(x, 3, y)", "return f(x, y)"}),
        ("return abs(x)", {"return x"}),
        ("return max(x, y)", {"return min(x, y)", "return max(y, x)", "return max(x)"}),
        ("return x.astype(int)", {"return x"}),
        ("return x.T", {"return x"}),
        ("return (x, y)", {"return (y, x)"}),
        ("return x[y:]", {"return x[:]", "return x"}),
        ("return x if y else 0", {"return x", "return 0", "return x if y else 1"}),
        ("x += y", {"x -= y", "x = y", "pass"}),
        ("x = y", {"pass"}),
        ("return f('ab,bc->ac', x)", {"return f('ba,bc->ac', x)", "return f('ab,bc->ca', x)"}),
        ("raise ValueError(x)", {"pass"}),
    ],
)
def test_what_is_changed(line, wanted):
    assert wanted <= after(line)


def test_an_if_is_always_or_never_and_its_block_is_dropped():
    changes = {mutant.change for mutant in mutants("def f(x, y):\n    if x:\n        y = 0")}
    assert {"if x:  ->  if True:", "if x:  ->  if False:", "y = 0  ->  pass"} <= changes


def test_a_mutant_runs_and_differs_in_one_place():
    source = "def f(x):\n    total = 0\n    for v in x:\n        total += 2 * v\n    return total"
    found = list(mutants(source))
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        lines = source.splitlines(), mutant.source.splitlines()
        if len(lines[0]) == len(lines[1]):  # else the loop was dropped
            assert sum(old != new for old, new in zip(*lines, strict=True)) == 1
        assert mutant.change.startswith(f"{source.splitlines()[mutant.line - 1].strip()}  ->  ")
    assert len({mutant.source for mutant in found} | {source}) == len(found) + 1


def test_words_and_what_students_are_given_are_left_alone():
    source = (
        'def f(x, y=2):\n    """Twice x."""\n    z = -x\n    ### BEGIN SOLUTION\n'
        '    words = f"{-x} of 3"\n    ### END SOLUTION\n    return z + 1'
    )
    assert [str(mutant) for mutant in mutants(source)] == ["line 5: words = f'{-x} of 3'  ->  pass"]


def test_a_change_made_twice_has_two_names():
    changes = [mutant.change for mutant in mutants("def f(x):\n    x += g\n    x += g\n")]
    assert "x += g  ->  x -= g" in changes
    assert "x += g  ->  x -= g  (#2)" in changes
    assert len(set(changes)) == len(changes)
