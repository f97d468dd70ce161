"""The source that a lecture shows is that of the installed library, as it stands there."""

import json
import re

import pytest

from course_lib import nn, training
from course_lib.viz.source_code import source
from tests import ROOT


@pytest.mark.parametrize("item", [nn.softmax, nn.linear, training.fit, nn.Linear.backward])
def test_source_is_that_of_the_file(item):
    shown = source(item).data
    path, code = re.search(r"`(.+?)`\n```python\n(.+?)\n```", shown, re.DOTALL).groups()
    in_file = ROOT / path
    unindented = [line.strip() for line in in_file.read_text().splitlines()]
    assert "\n".join(line.strip() for line in code.splitlines()) in "\n".join(unindented)
    compile(code, path, "exec")  # indentation included


def test_several_are_shown_one_after_the_other():
    shown = source(nn.softmax, nn.linear).data
    assert shown.index("def softmax") < shown.index("def linear")
    assert shown.count("```python") == 2


def test_other_peoples_code_is_refused():
    with pytest.raises(ValueError, match="dumps is defined outside course_lib"):
        source(json.dumps)
