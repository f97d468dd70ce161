"""What an experiment hands to a live figure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class LiveRun:
    """``start`` is what the page begins with, plain data; ``shown`` what its picture shows."""

    start: dict
    shown: dict


def check_known(name: str, value: object, known: Collection) -> None:
    """``ValueError`` unless the value is one of those that are known."""
    if value not in known:
        raise ValueError(f"{name} is {value!r}, wanted one of {', '.join(map(str, known))}")
