"""Outputs of cells as they go into the notebook: checked, because a student's process made them."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

from nbformat import NotebookNode, from_dict

from course_lib.grading.examination.protocol.handles import Garbage
from course_lib.grading.submissions.json_size import has_more_parts

# More than the shell lets a cell show, so whoever sends more is not the shell.
MAX_JSON = 32 * 2**20  # bytes
MAX_PARTS = 500_000  # values in there: what makes a small text large in memory
MAX_OUTPUTS = 2000  # of a cell; more are as long to read for people as for programs
MAX_ALL_JSON = 64 * 2**20  # bytes of the outputs of all cells
MAX_ALL = 10_000  # outputs of all cells
PRINTED = "printed while it was tested"  # how such an output is marked; students don't get it
JSON = re.compile(r"application/(.*\+)?json")  # data that may be more than text, to nbformat
NUMBER = re.compile(r"np\.\w+\((.+)\)")
KINDS: dict[str, dict[str, type]] = {
    "stream": {"name": str, "text": str},
    "error": {"ename": str, "evalue": str, "traceback": list},
    "display_data": {"data": dict, "metadata": dict},
    "execute_result": {"data": dict, "metadata": dict, "execution_count": int},
}


class Budget:
    """How much the cells of one notebook may still show, all together."""

    def __init__(self) -> None:
        self.bytes, self.outputs = MAX_ALL_JSON, MAX_ALL

    def spend(self, data: bytes | bytearray) -> list[NotebookNode]:
        """The outputs in ``data``, as ``from_json``; words in their place once it is used up."""
        self.bytes -= len(data)
        if min(self.bytes, self.outputs) < 0:
            return [error("TooMuch", "more was shown than is kept")]
        shown = from_json(data)
        self.outputs -= len(shown)
        return shown


def from_json(data: bytes | bytearray) -> list[NotebookNode]:
    """Outputs of a student's cell; ``Garbage`` unless they are as the shell makes them."""
    if len(data) > MAX_JSON or has_more_parts(data, MAX_PARTS):
        raise Garbage("more than a cell may show")
    try:
        outputs = json.loads(data, parse_constant=str)
        if type(outputs) is not list:
            raise Garbage("no list of outputs")
        if len(outputs) > MAX_OUTPUTS:
            raise Garbage("more than a cell may show")
        return [_checked(output) for output in outputs]
    except Garbage:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Garbage(f"no outputs ({type(error).__name__})") from error


def _checked(output: Any) -> NotebookNode:
    wanted: dict[str, type] = KINDS[output["output_type"]]
    if output.keys() != {"output_type", *wanted}:
        raise Garbage("an output with other parts than it has")
    for name, kind in wanted.items():
        if type(output[name]) is not kind:
            raise Garbage(f"an output whose {name} is no {kind.__name__}")
    if output["output_type"] == "stream" and output["name"] not in ("stdout", "stderr"):
        raise Garbage("an output to a stream that there is not")
    texts = output.get("traceback", [])
    for mime, shown in output.get("data", {}).items():
        if not JSON.fullmatch(mime):
            texts = [*texts, *(shown if type(shown) is list else [shown])]
    if not all(type(text) is str for text in texts):
        raise Garbage("an output that is no text")
    if "execution_count" in wanted:
        output["execution_count"] = None  # the grader counts
    return from_dict(readable(output))


def readable(value: Any) -> Any:
    """``value`` with a mark in place of each half character, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [readable(part) for part in value]
    if isinstance(value, dict):
        return {readable(name): readable(part) for name, part in value.items()}
    return value


def of_test(outputs: list[Any], max_points: float, scored: bool) -> list[NotebookNode]:
    """The outputs of a test cell, such that nbgrader takes from them the points that are meant.

    Anything on stderr would cost all points, a number above the maximum the whole submission, and
    a negative one would earn everything, as would no number where the test is ``scored`` by one.
    """
    kept = [from_dict(readable(one)) for one in outputs if one.get("name") != "stderr"]
    for output in kept:
        text = output.get("data", {}).get("text/plain", "")
        if output.output_type != "execute_result":
            continue
        named = NUMBER.fullmatch(text)
        with contextlib.suppress(ValueError):
            points = float(named[1] if named else text)
            if not points <= max_points:
                problem = f"the test gave {points:g} of {max_points:g} points: tell the instructor"
                return [error("WrongTest", problem)]
            output.data = {"text/plain": repr(max(points, 0.0))}
            scored = False
    if scored and not any(output.output_type == "error" for output in kept):
        return [*kept, error("NoPoints", "the test came to no result: tell the instructor")]
    return kept


def printed(text: str) -> NotebookNode:
    """What calls printed during a test, as an output for the instructor."""
    shown = {"text/plain": readable(text)}
    return from_dict({"output_type": "display_data", "data": shown, "metadata": {PRINTED: True}})


def error(kind: str, message: str) -> NotebookNode:
    """An error as the output of a cell."""
    return from_dict(
        {"output_type": "error", "ename": kind, "evalue": message, "traceback": [message]}
    )
