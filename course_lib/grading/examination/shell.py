"""IPython without a kernel: runs cells and keeps what they show, as a notebook would.

Both sides of an examination use it. It needs no sockets and no threads, so a process that has one
can be forked.
"""

from __future__ import annotations

import base64
import dis
import importlib
import os
import subprocess
import sys
from collections.abc import Iterable
from types import CodeType
from typing import Any as Anything
from typing import NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

from course_lib.grading.examination.protocol.channel import STATEMENT_LEFT_OUT
from course_lib.grading.examination.surroundings import is_missing
from course_lib.grading.examination.withholding import OUT_OF_REACH

MAX_OUTPUT = 10**6  # characters that one cell may show
NO_INDEX = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}  # pip fails at once
MAX_WHY = 300
MAX_OUTPUTS = 1000  # pieces in which it may: pictures, values, changes from one stream to another
MORE = "\n[more was shown than is kept]\n"


class Recorder:
    """The outputs of one cell, in notebook format, up to a limit."""

    def __init__(self, limit: int = MAX_OUTPUT) -> None:
        self.outputs: list[dict[str, Anything]] = []
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

    def show(
        self, kind: str, data: dict[str, Anything], metadata: Anything, **more: Anything
    ) -> None:
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

    def finished(self) -> list[dict[str, Anything]]:
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


def _weight(part: Anything) -> int:
    """How much of the limit it takes: pictures are large by nature, other data in memory."""
    return len(part) // 10 if isinstance(part, str) else len(str(part))


def _as_text(mime: Anything, part: Anything) -> Anything:
    if isinstance(part, bytes):
        return base64.b64encode(part).decode()
    return part if isinstance(part, str) or str(mime).endswith("json") else str(part)


class _Stream:
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


class _Display(DisplayPublisher):
    recorder = Any()

    def publish(self, data: Anything, metadata: Anything = None, **_: Anything) -> None:
        self.recorder.show("display_data", dict(data), metadata)


class _Result(DisplayHook):
    recorder = Any()

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Anything, md_dict: Anything = None) -> None:
        self.recorder.show(
            "execute_result", dict(format_dict), md_dict, execution_count=self.prompt_count
        )

    def finish_displayhook(self) -> None:
        pass


class Shell(InteractiveShell):
    """IPython that hands the outputs of each cell back.

    at_home: whether it runs a student's cells as they are run at home, see ``make_home``.
    """

    at_home = False
    display_pub_class = Type(_Display)
    displayhook_class = Type(_Result)
    recorder = Any()

    def __init__(self, **kwargs: Anything) -> None:
        settings = Config(HistoryManager={"enabled": False}, InteractiveShell={"colors": "nocolor"})
        super().__init__(config=settings, **kwargs)
        self.streams = _Stream("stdout"), _Stream("stderr")
        self.lines: list[str] = []  # of the cell that runs
        self.not_here: set[str] = (
            set()
        )  # names that statements would have defined that were left out

    def make_home(self) -> None:
        """Be to a student's cells what Jupyter is: for the process that runs them alone.

        Modules beside the notebook can be imported, and come after Python's own. What a statement
        needs that only another place has, such as Colab or a GUI, does not end its cell.
        """
        self.at_home = True
        packages = (
            os.path.basename(path) in ("site-packages", "dist-packages") for path in sys.path
        )
        sys.path.insert(next((i for i, found in enumerate(packages) if found), len(sys.path)), "")
        self.db: Anything = {}  # what %cd and others remember: the grader's home can't be written
        sys.dont_write_bytecode = True  # of a module that is written twice in a second
        os.environ.pop("PYTHONSAFEPATH", None)
        os.environ.update(NO_INDEX)

    def init_io(self) -> None:
        pass

    def system(self, cmd: str) -> None:
        """Run ``!cmd``; IPython would open a terminal for it, which the sandbox does not have."""
        command = self.var_expand(cmd, depth=1)
        done = subprocess.run(
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        print(done.stdout.decode(errors="replace"), end="")
        self.user_ns["_exit_code"] = done.returncode

    def enable_gui(self, gui: Anything = None) -> None:
        pass

    def _showtraceback(
        self, etype: type[BaseException], evalue: BaseException, stb: Iterable[str]
    ) -> None:
        self.recorder.error(etype.__name__, str(evalue), list(stb))

    async def run_code(
        self, code_obj: CodeType, result: Anything = None, *, async_: bool = False
    ) -> bool:
        """Run a statement; whether it failed and ends its cell."""
        failed = await super().run_code(code_obj, result, async_=async_)
        error = getattr(result, "error_in_exec", None)
        if not failed or error is None or not self._can_do_without(error):
            return failed
        result.error_in_exec = None
        stored = dis.get_instructions(code_obj)
        self.not_here |= {one.argval for one in stored if one.opname.startswith("STORE_")}
        if not _is_withheld(error):
            self._show_left_out(code_obj, error)
        return False

    def showtraceback(self, *args: Anything, **kwargs: Anything) -> None:
        """Show the exception that is handled, unless the cell goes on without its statement."""
        error = sys.exc_info()[1]
        if _is_withheld(error) or not self._can_do_without(error):
            super().showtraceback(*args, **kwargs)

    def _can_do_without(self, error: BaseException | None) -> bool:
        """Whether a statement failed only because something is not there that is there at home."""
        if not self.at_home or not isinstance(error, Exception):
            return False
        if isinstance(error, NameError):
            return error.name in self.not_here
        if isinstance(error, AttributeError) and error.obj is self:  # the kernel of a notebook
            return True
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_globals is not self.user_global_ns:
            trace = trace.tb_next
        is_magic = trace is not None and "get_ipython" in trace.tb_frame.f_code.co_names
        return is_magic or is_missing(error) or _is_withheld(error)

    def _show_left_out(self, code: CodeType, error: BaseException) -> None:
        numbers = [line for _, _, line in code.co_lines() if line]
        line = "".join(self.lines[min(numbers, default=1) - 1 :][:1]).strip()
        why = f"{type(error).__name__}: {error}".partition("\n")[0]
        text = f"{line[:MAX_WHY]} ({why[:MAX_WHY]})"
        shown = f"Left out, because it can't be done where this is graded: {text}"
        self.recorder.show("display_data", {"text/plain": shown, STATEMENT_LEFT_OUT: text}, None)

    def ask_exit(self) -> None:
        pass

    def record(self) -> Recorder:
        """A new ``Recorder`` for all that is shown from now on."""
        self.recorder = self.display_pub.recorder = self.displayhook.recorder = Recorder()
        for stream in self.streams:
            stream.recorder = self.recorder
        sys.stdout, sys.stderr = self.streams
        return self.recorder

    def run(self, source: str) -> list[dict[str, Anything]]:
        """Run a cell; returns its outputs."""
        recorder = self.record()
        self.lines = source.splitlines()
        if self.at_home and "import" in source:
            importlib.invalidate_caches()  # the cell before may have written a module
        done = self.run_cell(source, store_history=True)
        if not done.success and not any(out["output_type"] == "error" for out in recorder.outputs):
            error = done.error_before_exec or done.error_in_exec  # IPython keeps quiet about some
            recorder.error(type(error).__name__, str(error), [f"{type(error).__name__}: {error}"])
        return recorder.finished()


def _is_withheld(error: BaseException | None) -> bool:
    """Whether a function of the library was called that the assignment withholds."""
    return isinstance(error, RuntimeError) and str(error).endswith(OUT_OF_REACH)


def new_shell() -> Shell:
    """A ``Shell`` for this process; pictures appear in the page, none in windows."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    Shell.clear_instance()
    return Shell.instance()
