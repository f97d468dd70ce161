"""Experiments draw nothing: figures are viz's."""

import ast

import pytest

from tests import ROOT

FILES = sorted((ROOT / "course_lib" / "experiments").glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_drawn(file):
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    tops = {name.partition(".")[0] for name in names}
    assert not tops & {"matplotlib", "ipywidgets", "torch"}
    assert not any(name.startswith("course_lib.viz") for name in names)
