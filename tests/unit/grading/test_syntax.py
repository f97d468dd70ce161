import ast
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.grading.syntax import parse, parse_cell


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
