"""What a cell shows, kept as a notebook keeps it, up to a limit."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, NoReturn

MAX_OUTPUT = 10**6  # characters that one cell may show
MAX_OUTPUTS = 1000  # pieces in which it may: pictures, values, changes from one stream to another
MORE = "\n[more was shown than is kept]\n"


class Recorder:
    """The outputs of one cell, in notebook format, up to a limit."""

    def __init__(self, limit: int = MAX_OUTPUT) -> None:
        self.outputs: list[dict[str, Any]] = []
        self.limit, self.size = limit, 0

    def text(self, name: str, text: str) -> None:
        """What was written to the stream ``name``."""
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") != name and self._is_full():
            return
        text = self._within_limit(text)
        if not text:
            return
        if last.get("name") == name:
            last["text"].append(text)
        else:
            self.size += 100  # a new output is more than its text
            self.outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def show(self, kind: str, data: dict[str, Any], metadata: Any, **more: Any) -> None:
        """A picture or a value, as a mime bundle."""
        if kind != "execute_result" and self._is_full():  # no result is left out
            return
        data = {str(mime): _as_text(mime, part) for mime, part in data.items()}
        size = 100 + sum(map(_weight, data.values()))
        left = self.limit if kind == "execute_result" else self.limit - self.size
        if size > left:
            data, size = {"text/plain": "[too large to keep]"}, 100
        self.size += size
        self.outputs.append({"output_type": kind, "data": data, "metadata": metadata or {}, **more})

    def error(self, kind: str, message: str, traceback: list[str]) -> None:
        """An exception that ended the cell."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": kind,
                "evalue": self._within_limit(message),
                "traceback": [self._within_limit(line) for line in traceback],
            }
        )

    def finished(self) -> list[dict[str, Any]]:
        """All outputs so far, the pieces of a stream joined."""
        for output in self.outputs:
            if isinstance(output.get("text"), list):
                output["text"] = "".join(output["text"])
        return self.outputs

    def _is_full(self) -> bool:
        """Whether there is no room for one more output; the last one says so."""
        if len(self.outputs) == MAX_OUTPUTS - 1:
            stream = {"output_type": "stream", "name": "stderr", "text": [MORE]}
            self.outputs.append(stream)
        return len(self.outputs) >= MAX_OUTPUTS

    def _within_limit(self, text: str) -> str:
        left = self.limit - self.size
        self.size += min(len(text), max(left, 0))
        if len(text) <= left:
            return text
        return text[: max(left, 0)] + (MORE if left > 0 else "")


def _weight(part: Any) -> int:
    """How much of the limit it takes: pictures are large by nature, other data in memory."""
    return len(part) // 10 if isinstance(part, str) else len(str(part))


def _as_text(mime: Any, part: Any) -> Any:
    if isinstance(part, bytes):
        return base64.b64encode(part).decode()
    return part if isinstance(part, str) or str(mime).endswith("json") else str(part)


class Stream:
    """Stands for ``sys.stdout`` or ``sys.stderr``."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, name: str) -> None:
        self.name, self.recorder = name, Recorder()

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.recorder.text(self.name, text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> NoReturn:
        raise OSError("the output of a cell is no file")
