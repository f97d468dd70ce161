"""Plain data as msgpack: what may pass between the student's process and the tests.

Numbers, strings, bytes, None, lists, tuples, dicts, sets, slices, ranges, NumPy arrays, scalars and
dtypes, random generators and torch tensors go by value and keep their exact types. Everything else
is the business of the two hooks of a ``Codec``: the student side hands out handles to its objects,
the test side takes its own apart by the rules of ``copy``. Nothing is ever pickled, and reading
never creates more than data.
"""

import contextlib
import math
import sys

import msgpack
import numpy as np

from course_lib.grading.examination.protocol.handles import (
    Built,
    CantCross,
    Garbage,
    Handle,
    Name,
    New,
)

MAX_BYTES = 64 * 2**20  # of one message
MAX_DEPTH = 48  # of tuples, objects and so on within each other; each level needs C stack
ARRAY_KINDS = "biufcSUmM"  # plain numbers, texts and times; no objects, no records
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
DATA_TYPES = (
    *(bool, int, float, complex, str, bytes, bytearray, object),
    *(list, tuple, dict, set, frozenset),
)
SINGLETONS = {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}

(TUPLE, SET, FROZENSET, COMPLEX, INTEGER, ARRAY, SCALAR, DTYPE, SLICE, RANGE, SINGLETON) = range(11)
(OBJECTS, TENSOR, TORCH, RANDOM, TYPE, HANDLE, NAME, BUILT, BYTEARRAY, NEW) = range(11, 21)


class Codec:
    """Values to bytes and back.

    export: what to send for an object that is no plain data, a ``Handle``, ``Name`` or ``Built``;
    raises ``CantCross``. admit: what to make of one of these that came, or of a ``New``. lent: ids
    of the arrays that are not to be sent as ``New``, None for all.
    """

    def __init__(self, export, admit):
        self.export, self.admit, self.lent, self.depth = export, admit, None, 0

    def pack(self, value):
        """``value`` as bytes; ``CantCross`` if it is not plain, too deep or too large."""
        try:
            packed = self._pack(value)
        except (RecursionError, ValueError) as error:
            raise CantCross(f"a value nested too deeply, or within itself ({error})") from error
        if len(packed) > MAX_BYTES:
            raise CantCross(f"{len(packed) / 2**20:.0f} MB in one value, at most {MAX_BYTES >> 20}")
        return packed

    def unpack(self, data):
        """The value in ``data``; ``Garbage`` if there is none."""
        try:
            return self._unpack(data)
        except Garbage:
            raise
        except Exception as error:  # bytes can be wrong in any way
            raise Garbage(f"{type(error).__name__}: {error}") from error

    def _pack(self, value):
        return msgpack.packb(
            value, default=self._plain, strict_types=True, unicode_errors="surrogatepass"
        )

    def _unpack(self, data):
        return msgpack.unpackb(
            data,
            ext_hook=self._restore,
            strict_map_key=False,
            unicode_errors="surrogatepass",
            max_ext_len=MAX_BYTES,
        )

    def _ext(self, code, *parts):
        with self._deeper():
            return msgpack.ExtType(code, self._pack(list(parts)))

    @contextlib.contextmanager
    def _deeper(self):
        if self.depth == MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} levels")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def _plain(self, value):
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
        if isinstance(value, type) and _is_data_type(value):
            return self._ext(TYPE, value.__module__, value.__qualname__)
        return self._exported(self.export(value))

    def _exported(self, sent):
        if isinstance(sent, Handle):
            return self._ext(HANDLE, sent.number, sent.about)
        if isinstance(sent, Name):
            return self._ext(NAME, sent.module, sent.qualname)
        return self._ext(BUILT, sent.maker, sent.args, sent.state, sent.items, sent.pairs)

    @contextlib.contextmanager
    def _all_lent(self):
        lent, self.lent = self.lent, None
        try:
            yield
        finally:
            self.lent = lent

    def _array(self, value):
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

    def _scalar(self, value):
        if value.dtype.kind not in ARRAY_KINDS:
            raise CantCross(f"a {type(value).__name__}")
        return self._ext(SCALAR, value.dtype.str, value.tobytes())

    def _generator(self, value):
        state = value.bit_generator.state
        if state["bit_generator"] not in BIT_GENERATORS:
            raise CantCross(f"a random generator on {state['bit_generator']}")
        return self._ext(RANDOM, state)

    def _tensor(self, value):
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

    def _restore(self, code, data):
        with self._deeper():
            parts = self._unpack(data)
        if not 0 <= code < len(READERS) or type(parts) is not list:
            raise Garbage(f"an extension {code}")
        return READERS[code](self, *parts)


def _read_array(codec, dtype, shape, order, data):
    dtype = np.dtype(dtype)
    if dtype.kind not in ARRAY_KINDS or math.prod(shape) * dtype.itemsize != len(data):
        raise Garbage(f"an array of {dtype} {shape} in {len(data)} bytes")
    return np.frombuffer(data, dtype).reshape(shape, order=order).copy(order=order)


def _read_scalar(codec, dtype, data):
    return _read_array(codec, dtype, [], "C", data)[()]


def _read_objects(codec, shape, values):
    array = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):  # array[:] = values would look into lists
        array[index] = value
    return array.reshape(shape)


def _read_tensor(codec, kind, array, requires_grad, parameter, grad):
    import torch

    tensor = torch.from_numpy(array)
    if kind == "bfloat16":
        tensor = tensor.view(torch.bfloat16)
    if parameter:
        tensor = torch.nn.Parameter(tensor, requires_grad=requires_grad)
    else:
        tensor.requires_grad_(requires_grad)
    tensor.grad = grad
    return tensor


def _read_torch(codec, kind, text):
    import torch

    if kind == "device":
        return torch.device(text)
    found = getattr(torch, text.removeprefix("torch."))
    if not isinstance(found, torch.dtype):
        raise Garbage(f"a torch dtype {text}")
    return found


def _read_generator(codec, state):
    if state["bit_generator"] not in BIT_GENERATORS:
        raise Garbage(f"a random generator on {state['bit_generator']}")
    inner = state["state"]
    positions = [
        (state.get("buffer_pos", 0), 4),
        (inner.get("pos", 0), 624),
    ]  # not checked by NumPy
    if not all(0 <= int(position) <= end for position, end in positions):
        raise Garbage("a random generator that reads outside of its memory")
    generator = getattr(np.random, state["bit_generator"])(0)
    generator.state = state
    return np.random.Generator(generator)


def _read_type(codec, module, name):
    found = getattr({"builtins": sys.modules["builtins"], "numpy": np}[module], name)
    if not isinstance(found, type) or not _is_data_type(found):
        raise Garbage(f"a type {module}.{name}")
    return found


def _is_data_type(kind):
    # not ndarray, memmap and the like: calling one could do more than make a value
    return kind in DATA_TYPES or (issubclass(kind, np.generic) and kind.__module__ == "numpy")


def _dtype_name(dtype):
    if dtype.kind not in ARRAY_KINDS:
        raise CantCross(f"the dtype {dtype}")
    return dtype.str


def _lowered(base):
    """How an instance of a subclass of a built-in type is sent: as the built-in type's."""
    return lambda codec, value: _sendable(codec, base, value)


def _sendable(codec, base, value):
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
READERS = {
    TUPLE: lambda codec, *values: values,
    SET: lambda codec, *values: set(values),
    FROZENSET: lambda codec, *values: frozenset(values),
    COMPLEX: lambda codec, real, imag: complex(real, imag),
    INTEGER: lambda codec, digits: int(digits, 16),
    ARRAY: _read_array,
    SCALAR: _read_scalar,
    DTYPE: lambda codec, name: np.dtype(name),
    SLICE: lambda codec, *limits: slice(*limits),
    RANGE: lambda codec, *limits: range(*limits),
    SINGLETON: lambda codec, name: SINGLETONS[name],
    OBJECTS: _read_objects,
    TENSOR: _read_tensor,
    TORCH: _read_torch,
    RANDOM: _read_generator,
    TYPE: _read_type,
    HANDLE: lambda codec, number, about: codec.admit(Handle(number, about)),
    NAME: lambda codec, module, qualname: codec.admit(Name(module, qualname)),
    BUILT: lambda codec, *parts: codec.admit(Built(*parts)),
    BYTEARRAY: lambda codec, data: bytearray(data),
    NEW: lambda codec, value: codec.admit(New(value)),
}


def _refuse(value):
    raise CantCross(f"a {type(value).__name__}")


PLAIN = Codec(_refuse, _refuse)  # nothing but data
