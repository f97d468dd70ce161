import ast
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.grading.syntax import parse


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
