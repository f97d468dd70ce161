"""What stands for a class of this library on PyTorch, and how to add one of one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_lib.nn import Layer, Loss
from course_lib.optim import Optimizer


@dataclass(frozen=True)
class Counterpart:
    """How to make the counterpart of an object, and what its arrays are called on PyTorch."""

    make: Callable[..., Any]
    names: Mapping[str, str] = field(default_factory=dict)
    transposed: tuple[str, ...] = ()


COUNTERPARTS: dict[type, Counterpart] = {}


def register(
    kind: type,
    make: Callable[..., Any],
    *,
    names: Mapping[str, str] | None = None,
    transposed: tuple[str, ...] = (),
) -> None:
    """Let ``to_torch`` and ``fit`` take objects of the class ``kind``; its subclasses not.

    - A ``Layer``: ``make(layer)`` returns a ``torch.nn.Module``. ``names`` says what each of the
      layer's params and buffers is called in the module, such as ``{"W": "weight"}``, and
      ``transposed`` which of them PyTorch holds the other way round. A layer made of others keeps
      them in ``layers``; ``make`` passes each to ``to_torch``, and the module's children are
      theirs in the same order.
    - A ``Loss``: ``make(loss)`` returns a function of (outputs, targets), tensors of a mini-batch,
      whose mean loss it is.
    - An ``Optimizer``: ``make(optimizer, tensors)`` returns a ``torch.optim.Optimizer`` of the
      tensors. ``names`` says what each array of ``memory`` is called in its state, such as
      ``{"v": "momentum_buffer"}``: so training goes on where it stopped, on whatever device.

    ``TypeError`` for a ``kind`` that is none of these.
    """
    if not (isinstance(kind, type) and issubclass(kind, Layer | Loss | Optimizer)):
        raise TypeError(
            f"register: kind is {kind!r}, wanted a subclass of Layer, Loss or Optimizer"
        )
    COUNTERPARTS[kind] = Counterpart(make, dict(names or {}), tuple(transposed))


def counterpart(item: Layer | Loss | Optimizer, owner: str) -> Counterpart:
    """The counterpart of the object's class; ``TypeError`` if there is none: "model has a ..."."""
    if type(item) not in COUNTERPARTS:
        raise TypeError(
            f"{owner} a {type(item).__name__}, which has no counterpart in PyTorch:"
            " tell pytorch.register of one"
        )
    return COUNTERPARTS[type(item)]
