"""Plain data as msgpack: what may pass between the student's process and the tests.

Numbers, strings, bytes, None, lists, tuples, dicts, sets, slices, ranges, NumPy arrays, scalars and
dtypes, random generators and torch tensors go by value and keep their exact types. Everything else
is the business of the two hooks of a ``Codec``: the student side hands out handles to its objects,
the test side takes its own apart by the rules of ``copy``. Nothing is ever pickled, and reading
never creates more than data.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import msgpack
import numpy as np

from course_lib.grading.examination.protocol.extensions import (
    ARRAY,
    ARRAY_KINDS,
    BIT_GENERATORS,
    BUILT,
    BYTEARRAY,
    COMPLEX,
    DTYPE,
    FROZENSET,
    HANDLE,
    INTEGER,
    NAME,
    NEW,
    OBJECTS,
    RANDOM,
    RANGE,
    READERS,
    SCALAR,
    SET,
    SINGLETON,
    SLICE,
    TENSOR,
    TORCH,
    TUPLE,
    TYPE,
    is_data_type,
)
from course_lib.grading.examination.protocol.handles import CantCross, Garbage, Handle, Name

Hook = Callable[[Any], Any]
MAX_BYTES = 64 * 2**20  # of one message
MAX_DEPTH = 48  # of tuples, objects and so on within each other; each level needs C stack


class Codec:
    """Values to bytes and back.

    export: what to send for an object that is no plain data, a ``Handle``, ``Name`` or ``Built``;
    raises ``CantCross``. admit: what to make of one of these that came, or of a ``New``. lent: ids
    of the arrays that are not to be sent as ``New``, None for all.
    """

    def __init__(self, export: Hook, admit: Hook) -> None:
        self.export, self.admit, self.depth = export, admit, 0
        self.lent: set[int] | None = None

    def pack(self, value: Any) -> bytes:
        """``value`` as bytes; ``CantCross`` if it is not plain, too deep or too large."""
        try:
            packed = self._pack(value)
        except (RecursionError, ValueError) as error:
            raise CantCross(f"a value nested too deeply, or within itself ({error})") from error
        if len(packed) > MAX_BYTES:
            raise CantCross(f"{len(packed) / 2**20:.0f} MB in one value, at most {MAX_BYTES >> 20}")
        return packed

    def unpack(self, data: bytes | bytearray) -> Any:
        """The value in ``data``; ``Garbage`` if there is none."""
        try:
            return self._unpack(data)
        except Garbage:
            raise
        except Exception as error:  # bytes can be wrong in any way
            raise Garbage(f"{type(error).__name__}: {error}") from error

    def _pack(self, value: Any) -> bytes:
        return msgpack.packb(
            value, default=self._plain, strict_types=True, unicode_errors="surrogatepass"
        )

    def _unpack(self, data: bytes | bytearray) -> Any:
        return msgpack.unpackb(
            data,
            ext_hook=self._restore,
            strict_map_key=False,
            unicode_errors="surrogatepass",
            max_ext_len=MAX_BYTES,
        )

    def _ext(self, code: int, *parts: Any) -> msgpack.ExtType:
        with self._deeper():
            return msgpack.ExtType(code, self._pack(list(parts)))

    @contextlib.contextmanager
    def _deeper(self) -> Iterator[None]:
        if self.depth == MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} levels")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def _plain(self, value: Any) -> Any:
        """What msgpack does not know, as one of our extensions."""
        kind = type(value)
        if kind in SENDERS:
            return SENDERS[kind](self, value)
        if isinstance(value, np.dtype):
            return self._ext(DTYPE, _dtype_name(value))
        for base, send in LOWERED:
            if isinstance(value, base):
                return send(self, value)
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._tensor(value)
        if torch is not None and isinstance(value, (torch.dtype, torch.device)):
            return self._ext(TORCH, kind.__name__, str(value))
        if isinstance(value, type) and is_data_type(value):
            return self._ext(TYPE, value.__module__, value.__qualname__)
        return self._exported(self.export(value))

    def _exported(self, sent: Any) -> msgpack.ExtType:
        if isinstance(sent, Handle):
            return self._ext(HANDLE, sent.number, sent.about)
        if isinstance(sent, Name):
            return self._ext(NAME, sent.module, sent.qualname)
        return self._ext(BUILT, sent.maker, sent.args, sent.state, sent.items, sent.pairs)

    @contextlib.contextmanager
    def _all_lent(self) -> Iterator[None]:
        lent, self.lent = self.lent, None
        try:
            yield
        finally:
            self.lent = lent

    def _array(self, value: Any) -> msgpack.ExtType:
        if self.lent is not None and id(value) not in self.lent:
            with self._all_lent():
                return self._ext(NEW, value)
        value = np.asarray(value) if type(value) is np.ndarray else value.view(np.ndarray)
        if value.dtype.kind == "O":
            return self._ext(OBJECTS, list(value.shape), value.ravel().tolist())
        if value.dtype.kind not in ARRAY_KINDS:
            raise CantCross(f"an array of dtype {value.dtype}")
        order = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
        return self._ext(
            ARRAY, value.dtype.str, list(value.shape), order, value.tobytes(order=order)
        )

    def _scalar(self, value: Any) -> msgpack.ExtType:
        if value.dtype.kind not in ARRAY_KINDS:
            raise CantCross(f"a {type(value).__name__}")
        return self._ext(SCALAR, value.dtype.str, value.tobytes())

    def _generator(self, value: Any) -> msgpack.ExtType:
        state = value.bit_generator.state
        if state["bit_generator"] not in BIT_GENERATORS:
            raise CantCross(f"a random generator on {state['bit_generator']}")
        return self._ext(RANDOM, state)

    def _tensor(self, value: Any) -> msgpack.ExtType:
        torch = sys.modules["torch"]
        if value.layout is not torch.strided or value.is_quantized:
            raise CantCross(f"a tensor with layout {value.layout}")
        plain = value.detach().to("cpu").contiguous()
        kind = str(plain.dtype).removeprefix("torch.")
        if plain.dtype is torch.bfloat16:
            plain = plain.view(torch.int16)
        leaf = value.grad if value.is_leaf else None
        parameter = isinstance(value, torch.nn.Parameter)
        with self._all_lent():  # the array is ours, made for the journey
            return self._ext(TENSOR, kind, plain.numpy(), value.requires_grad, parameter, leaf)

    def _restore(self, code: int, data: bytes) -> Any:
        with self._deeper():
            parts = self._unpack(data)
        if not 0 <= code < len(READERS) or type(parts) is not list:
            raise Garbage(f"an extension {code}")
        return READERS[code](self, *parts)


def _dtype_name(dtype: Any) -> str:
    if dtype.kind not in ARRAY_KINDS:
        raise CantCross(f"the dtype {dtype}")
    return dtype.str


def _lowered(base: Any) -> Callable[[Codec, Any], Any]:
    """How an instance of a subclass of a built-in type is sent: as the built-in type's."""
    return lambda codec, value: _sendable(codec, base, value)


def _sendable(codec: Codec, base: Any, value: Any) -> Any:
    # base's own methods, not the subclass's, and a new object of exactly that type
    if base is dict:
        return dict(dict.items(value))
    if base in (list, tuple, set, frozenset):
        plain = base(base.__iter__(value))
        return SENDERS[base](codec, plain) if base in SENDERS else plain
    if base is str:
        return str.__str__(value)
    if base is bytes:
        return bytes(memoryview(value))
    return {int: int.__int__, float: float.__float__}[base](value)


SENDERS = {
    tuple: lambda codec, value: codec._ext(TUPLE, *value),
    set: lambda codec, value: codec._ext(SET, *value),
    frozenset: lambda codec, value: codec._ext(FROZENSET, *value),
    complex: lambda codec, value: codec._ext(COMPLEX, value.real, value.imag),
    int: lambda codec, value: codec._ext(INTEGER, hex(value)),  # beyond 64 bits
    slice: lambda codec, value: codec._ext(SLICE, value.start, value.stop, value.step),
    range: lambda codec, value: codec._ext(RANGE, value.start, value.stop, value.step),
    type(Ellipsis): lambda codec, value: codec._ext(SINGLETON, "Ellipsis"),
    type(NotImplemented): lambda codec, value: codec._ext(SINGLETON, "NotImplemented"),
    bytearray: lambda codec, value: codec._ext(BYTEARRAY, bytes(value)),
    np.ndarray: Codec._array,
    np.random.Generator: Codec._generator,
}
LOWERED = [
    (np.generic, Codec._scalar),
    (np.ndarray, Codec._array),
    *((base, _lowered(base)) for base in (int, float, str, bytes, dict, list, tuple)),
    *((base, _lowered(base)) for base in (set, frozenset)),
]


def _refuse(value: Any) -> NoReturn:
    raise CantCross(f"a {type(value).__name__}")


PLAIN = Codec(_refuse, _refuse)  # nothing but data
