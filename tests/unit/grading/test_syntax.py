import ast
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.grading.syntax import only_defines, parse, parse_cell


def test_threads_parse_one_after_the_other(monkeypatch):
    at_once, most = [], []

    def slow(source):
        at_once.append(source)
        most.append(len(at_once))
        time.sleep(0.01)
        at_once.remove(source)
        return ast.Module(body=[], type_ignores=[])

    monkeypatch.setattr(ast, "parse", slow)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(parse, map(str, range(8))))
    assert max(most) == 1


def test_what_is_no_python_is_refused():
    with pytest.raises(SyntaxError):
        parse("def f(:")


def test_lines_for_ipython_are_passed_over_where_they_stand():
    source = "%matplotlib inline\nif x:\n    !ls\n?print\n" + r"y = '\d'"
    assert ast.unparse(parse_cell(source)) == "pass\nif x:\n    pass\npass\n" + r"y = '\\d'"
    assert [node.lineno for node in parse_cell(source).body] == [1, 2, 4, 5]


@pytest.mark.parametrize("source", ["def f(:", "x = 1\0", "(" * 300 + ")" * 300, "-" * 10**5 + "1"])
def test_a_cell_that_is_no_python_is_none(source):
    assert parse_cell(source) is None


@pytest.mark.parametrize(
    ("source", "defines"),
    [
        ("import os\n\ndef f(): return g()\n\nclass A:\n    x = 1\nN = 3\n'''text'''", True),
        ("%matplotlib inline\nfrom a import b", True),
        ("", True),
        ("x = train()", False),
        ("x = [i for i in range(10**9)]", False),
        ("x = 9 ** 9 ** 9", False),
        ("!sleep 100", False),
        ("%time f()", False),
        ("for i in y: pass", False),
        ("def f(", False),
    ],
)
def test_a_cell_that_only_defines_something_is_known(source, defines):
    assert only_defines(source) == defines
