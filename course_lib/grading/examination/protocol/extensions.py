"""What plain msgpack does not know: the numbers of our extensions, and how each is read.

Reading never creates more than data.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.grading.examination.protocol.handles import Built, Garbage, Handle, Name, New

if TYPE_CHECKING:
    from course_lib.grading.examination.protocol.codec import Codec

ARRAY_KINDS = "biufcSUmM"  # plain numbers, texts and times; no objects, no records
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
DATA_TYPES = (
    *(bool, int, float, complex, str, bytes, bytearray, object),
    *(list, tuple, dict, set, frozenset),
)
SINGLETONS = {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}

(TUPLE, SET, FROZENSET, COMPLEX, INTEGER, ARRAY, SCALAR, DTYPE, SLICE, RANGE, SINGLETON) = range(11)
(OBJECTS, TENSOR, TORCH, RANDOM, TYPE, HANDLE, NAME, BUILT, BYTEARRAY, NEW) = range(11, 21)


def is_data_type(kind: type) -> bool:
    """Whether it is the type of a value, and calling it does no more than make one."""
    # not ndarray, memmap and the like
    return kind in DATA_TYPES or (issubclass(kind, np.generic) and kind.__module__ == "numpy")


def _read_array(codec: Codec, dtype: Any, shape: Any, order: Any, data: bytes) -> Any:
    dtype = np.dtype(dtype)
    if dtype.kind not in ARRAY_KINDS or math.prod(shape) * dtype.itemsize != len(data):
        raise Garbage(f"an array of {dtype} {shape} in {len(data)} bytes")
    return np.frombuffer(data, dtype).reshape(shape, order=order).copy(order=order)


def _read_scalar(codec: Codec, dtype: Any, data: bytes) -> Any:
    return _read_array(codec, dtype, [], "C", data)[()]


def _read_objects(codec: Codec, shape: Any, values: list[Any]) -> Any:
    array = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):  # array[:] = values would look into lists
        array[index] = value
    return array.reshape(shape)


def _read_tensor(
    codec: Codec, kind: str, array: Any, requires_grad: bool, parameter: bool, grad: Any
) -> Any:
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


def _read_torch(codec: Codec, kind: str, text: str) -> Any:
    import torch

    if kind == "device":
        return torch.device(text)
    found = getattr(torch, text.removeprefix("torch."))
    if not isinstance(found, torch.dtype):
        raise Garbage(f"a torch dtype {text}")
    return found


def _read_generator(codec: Codec, state: Any) -> Any:
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


def _read_type(codec: Codec, module: str, name: str) -> type:
    found = getattr({"builtins": sys.modules["builtins"], "numpy": np}[module], name)
    if not isinstance(found, type) or not is_data_type(found):
        raise Garbage(f"a type {module}.{name}")
    return found


READERS: dict[int, Callable[..., Any]] = {
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
