"""What an experiment hands to a live figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LiveRun:
    """``start`` is what the page begins with, plain data; ``shown`` what its picture shows."""

    start: dict
    shown: dict
