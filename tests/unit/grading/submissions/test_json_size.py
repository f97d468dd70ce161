"""What a JSON text would become is told before it is built, in a time that grows with its bytes."""

import json
import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.grading.submissions import json_size, reading
from course_lib.grading.submissions.json_size import TooLarge, has_more_parts, without_outputs

LIMITS = 10**8, 10**6
text = st.text(st.sampled_from('"\\[]{},: \n:aé\u2028') | st.characters(codec="utf-8"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(text | st.sampled_from(["outputs", "widgets", "cells"]), inner)
    ),
    max_leaves=20,
)
outputs = st.lists(plain, max_size=3) | st.dictionaries(text, plain, max_size=3)
fragments = st.lists(
    st.sampled_from([b'"', b"\\", b"[", b"]", b"{", b'"outputs":[', b'"widgets" : {'])
)


def notebook(cells, metadata=None):
    return {"cells": cells, "metadata": metadata or {}}


def emptied(value):
    return [] if isinstance(value, list) else {}


@given(
    st.lists(
        st.fixed_dictionaries({"source": text | st.lists(text), "outputs": outputs}), max_size=3
    ),
    outputs,
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_only_outputs_and_widgets_go(cells, widgets, indent, ascii_only):
    whole = notebook(cells, {"widgets": widgets, "kernelspec": {"widgets": [1], "x": [2]}})
    data = json.dumps(whole, indent=indent, ensure_ascii=ascii_only).encode()
    for cell in cells:
        cell["outputs"] = emptied(cell["outputs"])
    whole["metadata"]["widgets"] = emptied(widgets)
    whole["metadata"]["kernelspec"]["widgets"] = []
    assert json.loads(without_outputs(data, *LIMITS)) == whole


@given(st.binary(max_size=300) | fragments.map(b"".join))
def test_any_bytes_will_do(data):
    assert len(without_outputs(data, *LIMITS)) <= len(data) + 2 * (
        data.count(b"outputs") + data.count(b"widgets")
    )
    has_more_parts(data, 3)


def count(value):
    if isinstance(value, dict):
        return 1 + sum(1 + count(one) for one in value.values())
    return 1 + sum(map(count, value)) if isinstance(value, list) else 1


@given(plain)
def test_values_are_counted_and_texts_are_not_looked_into(value):
    assert not has_more_parts(json.dumps(value).encode(), 3 * count(value))
    assert not has_more_parts(json.dumps("[,{" * 1000).encode(), 10)
    assert has_more_parts(json.dumps([[]] * 20).encode(), 19)


SLOW = {
    "quotes": b'"' + b'\\"' * 10**7,
    "backslashes": b'"' + b"\\" * 10**7,
    "brackets": b"[" * 10**7,
    "outputs": b'{"cells": [{' + b'"outputs": [' * 10**6,
    "empty outputs": b'{"cells": [{' + b'"outputs": [], ' * 700_000,
    "strings": b'"",' * 3 * 10**6,
    "text": b'"' + b"a" * 10**7 + b'"',
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW)
def test_no_text_takes_long_or_much(data):
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(reading.Unreadable):
        reading.parse(data)
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 2**10


def test_limits_hold_for_what_is_kept(monkeypatch):
    data = json.dumps(notebook([{"source": "x" * 100, "outputs": ["y" * 1000]}])).encode()
    assert len(without_outputs(data, 200, 100)) < 200
    with pytest.raises(TooLarge, match="MB"):
        without_outputs(data, 100, 100)
    with pytest.raises(TooLarge, match="3 values"):
        without_outputs(data, 200, 3)
    monkeypatch.setattr(json_size, "MAX_BRACKETS", 10)
    with pytest.raises(TooLarge, match="lists in its outputs"):
        without_outputs(json.dumps(notebook([{"outputs": [[]] * 20}])).encode(), *LIMITS)


def test_a_notebook_of_outputs_is_read_without_them(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 10**5)
    monkeypatch.setattr(reading, "MAX_BYTES", 10**6)
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 3 * 10**6}}
    cells = [{"cell_type": "code", "source": "x = 1", "outputs": [picture], "metadata": {}}] * 2
    path = tmp_path / "film.ipynb"
    path.write_text(json.dumps(notebook(cells) | {"nbformat": 4, "nbformat_minor": 5}))
    assert [cell.source for cell in reading.read(path).cells] == ["x = 1"] * 2
    pasted = [{"cell_type": "markdown", "source": "A" * 2 * 10**6}]
    path.write_text(json.dumps(notebook(pasted)))
    with pytest.raises(reading.Unreadable, match=r"film\.ipynb is too large.*at most 1 MB"):
        reading.read(path)
