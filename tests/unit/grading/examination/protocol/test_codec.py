"""What passes between the processes: exact values, and no more than values."""

import contextlib
import json
import math
import socket
import time

import msgpack
import nbformat
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading.examination import outputs
from course_lib.grading.examination.protocol import channel as wire
from course_lib.grading.examination.protocol.codec import MAX_DEPTH, PLAIN
from course_lib.grading.examination.protocol.handles import CantCross, Garbage

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers()
hashable = scalars | st.text() | st.binary()
values = st.recursive(
    hashable | st.builds(range, st.integers(-9, 9), st.integers(-9, 9)) | st.just(...),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.sets(hashable)
        | st.frozensets(hashable)
    ),
    max_leaves=12,
)
dtypes = (
    hnp.scalar_dtypes() | hnp.unicode_string_dtypes(max_len=4) | hnp.byte_string_dtypes(max_len=4)
)
arrays = dtypes.filter(lambda dtype: dtype.itemsize > 0 and dtype.char != "g").flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
)


def crossed(value):
    return PLAIN.unpack(PLAIN.pack(value))


def same(one, other):
    if isinstance(one, (list, tuple)):
        inner = len(one) == len(other) and all(map(same, one, other))
        return type(one) is type(other) and inner
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float):
        return type(other) is float and (one == other or (math.isnan(one) and math.isnan(other)))
    return type(one) is type(other) and repr(one) == repr(other)


@given(values)
def test_plain_values_come_back_exactly(value):
    back = crossed(value)
    assert (type(back), len(repr(back))) == (type(value), len(repr(value)))
    if not isinstance(value, (set, frozenset)):
        assert same(value, back) or "{" in repr(value)  # sets have no order


@given(arrays)
def test_arrays_come_back_exactly(array):
    back = crossed(array)
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
    assert back.flags.writeable
    assert crossed(array.T).flags.f_contiguous == array.T.flags.f_contiguous


@given(st.binary(max_size=200))
def test_bytes_make_data_or_garbage(data):
    with contextlib.suppress(Garbage):
        PLAIN.unpack(data)


@pytest.mark.parametrize(
    "value",
    [np.float32(1.5), np.int8(-3), np.bool_(True), np.dtype("f4"), float, np.float64, slice(1, 2)],
)
def test_small_things_keep_their_types(value):
    assert type(crossed(value)) is type(value)
    assert crossed(value) == value


def test_object_arrays_keep_lists_as_elements():
    array = np.empty(2, object)
    array[:] = [[1, 2], [3, 4]], None
    assert crossed(array).tolist() == [[[1, 2], [3, 4]], None]


def test_tensors_and_generators_keep_their_state():
    tensor = torch.tensor([1.0, 2.0], requires_grad=True)
    tensor.sum().backward()
    back = crossed(tensor)
    assert back.requires_grad
    assert torch.equal(back.grad, tensor.grad)
    rng = np.random.default_rng(3)
    rng.normal(size=5)
    assert crossed(rng).normal() == rng.normal()


@pytest.mark.parametrize(
    "value", [object(), open, lambda: 0, np.zeros(1, "f4,i4"), torch.nn.ReLU()]
)
def test_what_cannot_cross_says_so(value):
    with pytest.raises(CantCross):
        PLAIN.pack(value)


def test_a_value_within_itself_and_a_large_one_are_refused():
    loop = []
    loop.append(loop)
    with pytest.raises(CantCross, match="nested"):
        PLAIN.pack(loop)
    deep = ()
    for _ in range(MAX_DEPTH + 1):
        deep = (deep,)
    with pytest.raises(CantCross, match="levels"):
        PLAIN.pack(deep)
    with pytest.raises(CantCross, match="MB"):
        PLAIN.pack(np.zeros(2**24))


def test_extensions_within_each_other_do_not_crash_the_reader():
    body = msgpack.packb([])
    for _ in range(2000):
        body = msgpack.packb([msgpack.ExtType(0, body)])
    with pytest.raises(Garbage):
        PLAIN.unpack(body)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        (5, ["<f8", [-1], "C", b"\0" * 8]),
        (5, ["O", [1], "C", b"\0" * 8]),
        (5, ["<f8", [2**62], "C", b"\0" * 8]),
        (15, ["builtins", "eval"]),
        (15, ["numpy", "memmap"]),
        (16, ["os", "system"]),
        (99, []),
    ],
)
def test_lies_about_data_are_garbage(code, parts):
    with pytest.raises(Garbage):
        PLAIN.unpack(msgpack.packb(msgpack.ExtType(code, msgpack.packb(parts))))


@pytest.fixture
def pair():
    ends = [wire.Channel(end) for end in socket.socketpair()]
    yield ends
    for end in ends:
        end.close()


def test_a_frame_arrives_whole(pair):
    one, other = pair
    one.send(wire.Frame(wire.REQUEST, 7, b"x" * 1000))
    assert other.receive(time.monotonic() + 5) == wire.Frame(wire.REQUEST, 7, b"x" * 1000)


def test_the_deadline_holds_for_silence_and_for_a_trickle(pair):
    one, other = pair
    with pytest.raises(wire.TooLate):
        other.receive(time.monotonic() + 0.05)
    one.send(wire.Frame(wire.REQUEST, 7, b"x"))
    with pytest.raises(wire.TooLate):
        other.receive(time.monotonic() - 1)  # also when something is there to read


def test_what_watches_is_asked_even_when_there_is_something_to_read(pair):
    one, other = pair
    one.send(wire.Frame(wire.REQUEST, 7, b"x"))
    seen = []
    other.receive(time.monotonic() + 5, lambda: seen.append(1))
    assert seen


def test_a_closed_end_and_an_oversized_frame_are_told(pair):
    one, other = pair
    one.sock.sendall(wire.HEADER.pack(wire.REPLY, 1, 2**32 - 1))
    with pytest.raises(Garbage):
        other.receive(time.monotonic() + 5)
    one.close()
    with pytest.raises(wire.Closed):
        other.receive(time.monotonic() + 5)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 10**5,
        b"{}",
        b"not json",
        b'[{"output_type": "stream", "name": "stdout"}]',
        b'[{"output_type": "stream", "name": "stdin", "text": "x"}]',
        b'[{"output_type": "display_data", "data": {"text/plain": {}}, "metadata": {}}]',
    ],
)
def test_outputs_that_are_none_are_garbage(data):
    with pytest.raises(Garbage):
        outputs.from_json(data)


EMPTY = b'{"output_type": "stream", "name": "stdout", "text": ""}'


@pytest.mark.parametrize(
    "data",
    [
        b"[" + b"[]," * 10**6 + b"[]]",
        b"[" + b",".join([EMPTY] * (outputs.MAX_OUTPUTS + 1)) + b"]",
        b"[" + b",".join([EMPTY] * 10**5) + b"]",
        b'[{"output_type": "display_data", "metadata": {}, "data": {"x/json": ['
        + b"[]," * outputs.MAX_PARTS
        + b"[]]}}]",
    ],
    ids=["lists", "one more", "many", "parts"],
)
def test_more_than_a_cell_can_show_is_never_built(data):
    with pytest.raises(Garbage, match="more than a cell"):
        outputs.from_json(data)


def test_text_may_hold_as_many_commas_as_it_likes():
    text = "[1, 2], " * 300_000
    stream = {"output_type": "stream", "name": "stdout", "text": text}
    assert outputs.from_json(json.dumps([stream] * 2).encode())[1].text == text


@pytest.mark.parametrize("count", [-1, 0, 10**400, 7])
def test_a_forged_count_of_a_result_costs_nothing(count):
    result = {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}}
    (output,) = outputs.from_json(json.dumps([result | {"execution_count": count}]).encode())
    assert output.execution_count is None
    nbformat.validate(new_notebook(cells=[new_code_cell("x", outputs=[output])]))


def test_half_characters_are_marked():
    (output,) = outputs.from_json(
        b'[{"output_type": "stream", "name": "stdout", "text": "\\ud800!"}]'
    )
    assert output.text == "?!"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (np.random.MT19937, lambda state: state["state"].update(pos=700)),
        (np.random.MT19937, lambda state: state["state"].update(pos=-5)),
        (np.random.Philox, lambda state: state.update(buffer_pos=-5)),
        (np.random.Philox, lambda state: state.update(buffer_pos=5)),
    ],
)
def test_a_generator_that_reads_outside_of_its_memory_is_refused(kind, change):
    generator = np.random.Generator(kind(0))
    honest = PLAIN.unpack(PLAIN.pack(generator))
    assert honest.random() == np.random.Generator(kind(0)).random()
    state = generator.bit_generator.state
    change(state)
    generator.bit_generator.state = state
    with pytest.raises(Garbage, match="outside of its memory"):
        PLAIN.unpack(PLAIN.pack(generator))
