"""A network as a plan: a list of tuples, from which all its sizes follow without a single weight.

``[("conv", 6, 5), ("max", 2), ("dense", 10)]`` is a plan; ``trace`` follows a picture through it.
What stands in a plan (padding, groups, ... may be left out):

- ``("conv", filters, size, stride=1, padding=0, groups=1, bias=True)``, square windows
- ``("max", size, stride=size, padding=0)`` and ``("mean", size, stride=size, padding=0)``
- ``("up", filters, size, stride, padding=0)``, a transposed convolution
- ``("norm",)``, batch normalization: two numbers a channel; ``("scale",)``, those two alone
- ``("partial_conv", (channels that each filter sees, ...), size)``, as in the LeNet-5 of 1998
- ``("global_mean",)`` and ``("dense", units, bias=True)``
- ``("branches", plan, plan, ...)``: all see the same, their channels are stacked; ``[]`` hands on
- ``("residual", plan, plan_of_the_shortcut=[])``: what both make of the same is added
- ``("skip", plan)``: what comes in is cropped to what the plan makes of it, and stacked before it

Activations and dropout change no size and are left out. ``architectures.py`` has the plans of
published networks.
"""

import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course_lib.checks import check_border, check_count, checked
from course_lib.nn import output_size

Plan = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Row:
    """What ``trace`` finds for one layer of a plan.

    shape: of what comes out, (C, H, W) or (units,). parameters: learnt numbers. macs: multiply-adds
    for one picture, biases and additions not counted. field: how many pixels of the input one
    output sees, along one axis; stride: how many pixels the neighbouring output sees further on.
    depth: layers with weights on the longest way so far. level: how deep inside other layers.
    """

    layer: str
    shape: tuple[int, ...]
    parameters: int = 0
    macs: int = 0
    field: float = 1
    stride: float = 1
    depth: int = 0
    level: int = 0


@dataclass(frozen=True)
class Summary:
    """The sums of a whole plan; see ``Row``. activations: numbers that all layers put out."""

    shape: tuple[int, ...]
    parameters: int
    macs: int
    activations: int
    field: float
    stride: float
    depth: int


def trace(plan: Plan, shape: tuple[int, ...]) -> list[Row]:
    """A row for every layer of the plan, in the order in which data meets them.

    shape: (C, H, W) of one picture. ``ValueError`` naming the place in the plan, for a window that
    does not fit, shapes that can't be joined, and what is no layer.
    """
    if len(shape) != 3:
        raise ValueError(f"shape is {shape}, wanted (C, H, W)")
    for size in shape:
        check_count("shape", size)
    return follow(plan, Row("input", tuple(shape)), "plan")


def summarize(plan: Plan, shape: tuple[int, ...]) -> Summary:
    """The sums over all rows of ``trace``, and the last one's shape, field, stride and depth."""
    rows = trace(plan, shape)
    last = rows[-1] if rows else Row("input", tuple(shape))
    return Summary(
        shape=last.shape,
        parameters=sum(row.parameters for row in rows),
        macs=sum(row.macs for row in rows),
        activations=sum(math.prod(row.shape) for row in rows),
        field=last.field,
        stride=last.stride,
        depth=last.depth,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as text in columns; layers inside others are indented."""
    lines = [f"{'layer':32}{'out':>16}{'parameters':>13}{'multiply-adds':>15}{'field':>7}"]
    for row in rows:
        out = " x ".join(map(str, row.shape))
        lines.append(
            f"{'  ' * row.level + row.layer:32}{out:>16}{row.parameters:>13,}{row.macs:>15,}"
            f"{row.field:>7g}"
        )
    return "\n".join(lines)


def follow(plan: Plan, before: Row, where: str) -> list[Row]:
    """The rows of a plan for what the layer ``before`` put out; ``where`` is how to find it."""
    rows: list[Row] = []
    for index, layer in enumerate(plan):
        here = f"{where}[{index}]"
        make = function_of(here, layer)
        if layer[0] in JOINED:
            rows += make(rows[-1] if rows else before, here, *layer[1:])
            continue
        try:
            rows.append(make(rows[-1] if rows else before, *layer[1:]))
        except (TypeError, ValueError) as error:
            raise type(error)(f"{here} is {layer!r}: {error}") from None
    return rows


def function_of(here: str, layer: Any) -> Callable[..., Any]:
    """The function of a layer's kind; ``ValueError`` for what is no layer, or lacks an argument."""
    known = isinstance(layer, tuple) and layer and isinstance(layer[0], str)
    if not (known and layer[0] in SIMPLE | JOINED):
        kinds = ", ".join(SIMPLE | JOINED)
        raise ValueError(f"{here} is {layer!r}, wanted a tuple that begins with one of {kinds}")
    kind, *arguments = layer
    make, ours = (JOINED[kind], 2) if kind in JOINED else (SIMPLE[kind], 1)
    signature = inspect.signature(make)
    try:
        signature.bind(*[None] * ours, *arguments)
    except TypeError:
        names = [str(p).split(":")[0] for p in signature.parameters.values()][ours:]
        wanted = ", ".join([repr(kind), *names])
        raise ValueError(f"{here} is {layer!r}, wanted ({wanted})") from None
    return make


# Layers: each takes the row before and returns its own


@checked(filters=check_count, size=check_count, stride=check_count, padding=check_border)
@checked(groups=check_count)
def _conv(
    before: Row,
    filters: int,
    size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
    bias: bool = True,
) -> Row:
    channels = before.shape[0]
    if channels % groups or filters % groups:
        raise ValueError(f"{groups} groups do not divide {channels} channels, {filters} filters")
    moved = _slide(before, size, stride, padding)
    weights = filters * (channels // groups) * size**2
    return replace(
        moved,
        layer=f"conv {filters}, {_window(size, stride)}" + (f", {groups} groups" * (groups > 1)),
        shape=(filters, *moved.shape[1:]),
        parameters=weights + filters * bias,
        macs=weights * math.prod(moved.shape[1:]),
        depth=before.depth + 1,
    )


@checked(size=check_count)
def _partial_conv(before: Row, seen: tuple[int, ...], size: int) -> Row:
    if not seen or max(seen) > before.shape[0]:
        raise ValueError(f"filters see {seen} channels, and there are {before.shape[0]}")
    moved = _slide(before, size, 1, 0)
    weights = sum(seen) * size**2
    return replace(
        moved,
        layer=f"partial conv {len(seen)}, {_window(size, 1)}",
        shape=(len(seen), *moved.shape[1:]),
        parameters=weights + len(seen),
        macs=weights * math.prod(moved.shape[1:]),
        depth=before.depth + 1,
    )


@checked(filters=check_count, size=check_count, stride=check_count, padding=check_border)
def _up(before: Row, filters: int, size: int, stride: int, padding: int = 0) -> Row:
    channels, *sides = _picture(before)
    larger = [(side - 1) * stride + size - 2 * padding for side in sides]
    if min(larger) < 1:
        raise ValueError(f"padding {padding} leaves nothing")
    weights = channels * filters * size**2
    return Row(
        layer=f"up-conv {filters}, {_window(size, stride)}",
        shape=(filters, *larger),
        parameters=weights + filters,
        macs=weights * math.prod(sides),
        field=before.field + (-(-size // stride) - 1) * before.stride,
        stride=before.stride / stride,
        depth=before.depth + 1,
    )


@checked(size=check_count, stride=check_count, padding=check_border)
def _max(before: Row, size: int, stride: int | None = None, padding: int = 0) -> Row:
    moved = _slide(before, size, stride or size, padding)
    return replace(moved, layer=f"max {_window(size, stride or size)}")


@checked(size=check_count, stride=check_count, padding=check_border)
def _mean(before: Row, size: int, stride: int | None = None, padding: int = 0) -> Row:
    moved = _slide(before, size, stride or size, padding)
    return replace(moved, layer=f"mean {_window(size, stride or size)}")


def _norm(before: Row) -> Row:
    return replace(before, layer="norm", parameters=2 * before.shape[0], macs=0, level=0)


def _scale(before: Row) -> Row:
    return replace(before, layer="scale", parameters=2 * before.shape[0], macs=0, level=0)


def _global_mean(before: Row) -> Row:
    channels = _picture(before)[0]
    return Row("global mean", (channels,), field=_all(before), stride=before.stride,
               depth=before.depth)  # fmt: skip


@checked(units=check_count)
def _dense(before: Row, units: int, bias: bool = True) -> Row:
    weights = math.prod(before.shape) * units
    return Row(
        layer=f"dense {units}",
        shape=(units,),
        parameters=weights + units * bias,
        macs=weights,
        field=_all(before),
        stride=before.stride,
        depth=before.depth + 1,
    )


# Layers made of plans: each takes the row before and where it stands, and returns all its rows


def _branches(before: Row, here: str, *plans: Plan) -> list[Row]:
    if not plans:
        raise ValueError(f"{here} has no branches, wanted at least one plan")
    parts = [follow(plan, before, f"{here}[{index}]") for index, plan in enumerate(plans, 1)]
    ends = [part[-1] if part else before for part in parts]
    sizes = {_picture(end, here)[1:] for end in ends}
    if len(sizes) > 1:
        raise ValueError(f"{here} stacks pictures of the sizes {sorted(sizes)}, wanted equal ones")
    shape = (sum(end.shape[0] for end in ends), *ends[0].shape[1:])
    return [*_inside(parts), _joined("concatenate", shape, ends)]


def _residual(before: Row, here: str, body: Plan, shortcut: Plan = ()) -> list[Row]:
    parts = [follow(body, before, f"{here}[1]"), follow(shortcut, before, f"{here}[2]")]
    ends = [part[-1] if part else before for part in parts]
    if ends[0].shape != ends[1].shape:
        raise ValueError(f"{here} adds {ends[0].shape} to {ends[1].shape}, wanted equal shapes")
    return [*_inside(parts), _joined("add", ends[0].shape, ends)]


def _skip(before: Row, here: str, plan: Plan) -> list[Row]:
    part = follow(plan, before, f"{here}[1]")
    end = part[-1] if part else before
    (channels, *sides), (more, *smaller) = _picture(before, here), _picture(end, here)
    rests = [side - small for side, small in zip(sides, smaller, strict=True)]
    if min(rests) < 0 or any(rest % 2 for rest in rests):
        raise ValueError(f"{here} would crop {tuple(sides)} to {tuple(smaller)} from both sides")
    name = f"concatenate, {rests[0] // 2} cropped" if any(rests) else "concatenate"
    return [*_inside([part]), _joined(name, (channels + more, *smaller), [before, end])]


SIMPLE: dict[str, Callable[..., Row]] = {
    "conv": _conv,
    "partial_conv": _partial_conv,
    "up": _up,
    "max": _max,
    "mean": _mean,
    "norm": _norm,
    "scale": _scale,
    "global_mean": _global_mean,
    "dense": _dense,
}
JOINED: dict[str, Callable[..., list[Row]]] = {
    "branches": _branches,
    "residual": _residual,
    "skip": _skip,
}


def places(size: int, window: int, stride: int, padding: int) -> int:
    """How many places a window has along one axis, if it leaves out no pixel that it could see.

    ``output_size`` rounds down. What is cut off then may be padding, or lie in a gap between
    windows that a stride larger than the window leaves anyway; ``ValueError`` if it is more.
    """
    count = output_size(size, window, stride, padding)
    rest = (size + 2 * padding - window) % stride
    if rest > padding + max(0, stride - window):
        exact = (size - window + 2 * padding) / stride + 1
        raise ValueError(
            f"the window does not fit: ({size} - {window} + 2 * {padding}) / {stride} + 1 ="
            f" {exact:g} is no whole number, and pixels would be left out"
        )
    return count


def _slide(before: Row, size: int, stride: int, padding: int) -> Row:
    """A window that moves over the picture: size, field and stride of what it sees."""
    channels, *sides = _picture(before)
    return Row(
        layer="window",
        shape=(channels, *(places(side, size, stride, padding) for side in sides)),
        field=before.field + (size - 1) * before.stride,
        stride=before.stride * stride,
        depth=before.depth,
    )


def _all(before: Row) -> float:
    """The field of one who sees the whole of what came before."""
    return before.field + (max(before.shape[1:], default=1) - 1) * before.stride


def _picture(before: Row, who: str = "it") -> tuple[int, ...]:
    if len(before.shape) != 3:
        raise ValueError(f"{who} gets the shape {before.shape}, wanted (C, H, W)")
    return before.shape


def _joined(name: str, shape: tuple[int, ...], ends: Sequence[Row]) -> Row:
    """Where several ways meet: the longest one counts."""
    field, depth = max(end.field for end in ends), max(end.depth for end in ends)
    return Row(name, shape, field=field, stride=ends[-1].stride, depth=depth)


def _inside(parts: Sequence[Sequence[Row]]) -> list[Row]:
    return [replace(row, level=row.level + 1) for part in parts for row in part]


def _window(size: int, stride: int) -> str:
    return f"{size} x {size}" + f" / {stride}" * (stride > 1)
