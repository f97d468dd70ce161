"""IPython without a kernel: runs cells and keeps what they show, as a notebook would.

Both sides of an examination use it. It needs no sockets and no threads, so a process that has one
can be forked.
"""

import base64
import os
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

MAX_OUTPUT = 10**6  # characters that one cell may show


class Recorder:
    """The outputs of one cell, in notebook format, up to a limit."""

    def __init__(self, limit=MAX_OUTPUT):
        self.outputs, self.limit, self.size = [], limit, 0

    def text(self, name, text):
        """What was written to the stream ``name``."""
        text = self._within_limit(text)
        if not text:
            return
        last = self.outputs[-1] if self.outputs else {}
        if last.get("name") == name:
            last["text"].append(text)
        else:
            self.size += 100  # a new output is more than its text
            self.outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def show(self, kind, data, metadata, **more):
        """A picture or a value, as a mime bundle."""
        data = {mime: _as_text(part) for mime, part in data.items()}
        size = 1000 + sum(len(part) for part in map(str, data.values()))
        limit = 10 * self.limit  # pictures are large by nature
        left = limit if kind == "execute_result" else limit - self.size  # no result is left out
        if size > left:
            data, size = {"text/plain": "[too large to keep]"}, 1000
        self.size += size // 10
        self.outputs.append({"output_type": kind, "data": data, "metadata": metadata or {}, **more})

    def error(self, kind, message, traceback):
        """An exception that ended the cell."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": kind,
                "evalue": self._within_limit(message),
                "traceback": [self._within_limit(line) for line in traceback],
            }
        )

    def finished(self):
        """All outputs so far, the pieces of a stream joined."""
        for output in self.outputs:
            if isinstance(output.get("text"), list):
                output["text"] = "".join(output["text"])
        return self.outputs

    def _within_limit(self, text):
        left = self.limit - self.size
        self.size += min(len(text), max(left, 0))
        if len(text) <= left:
            return text
        return text[: max(left, 0)] + ("\n[more was shown than is kept]\n" if left > 0 else "")


def _as_text(part):
    return base64.b64encode(part).decode() if isinstance(part, bytes) else part


class _Stream:
    """Stands for ``sys.stdout`` or ``sys.stderr``."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, name):
        self.name, self.recorder = name, Recorder()

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.recorder.text(self.name, text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def fileno(self):
        raise OSError("the output of a cell is no file")


class _Display(DisplayPublisher):
    recorder = Any()

    def publish(self, data, metadata=None, **_):
        self.recorder.show("display_data", dict(data), metadata)


class _Result(DisplayHook):
    recorder = Any()

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.recorder.show(
            "execute_result", dict(format_dict), md_dict, execution_count=self.prompt_count
        )

    def finish_displayhook(self):
        pass


class Shell(InteractiveShell):
    """IPython that hands the outputs of each cell back."""

    display_pub_class = Type(_Display)
    displayhook_class = Type(_Result)
    recorder = Any()

    def __init__(self, **kwargs):
        settings = Config(HistoryManager={"enabled": False}, InteractiveShell={"colors": "nocolor"})
        super().__init__(config=settings, **kwargs)
        self.streams = _Stream("stdout"), _Stream("stderr")
        self.system = self.system_piped

    def init_io(self):
        pass

    def enable_gui(self, gui=None):
        pass

    def _showtraceback(self, etype, evalue, stb):
        self.recorder.error(etype.__name__, str(evalue), list(stb))

    def ask_exit(self):
        pass

    def record(self):
        """A new ``Recorder`` for all that is shown from now on."""
        self.recorder = self.display_pub.recorder = self.displayhook.recorder = Recorder()
        for stream in self.streams:
            stream.recorder = self.recorder
        sys.stdout, sys.stderr = self.streams
        return self.recorder

    def run(self, source):
        """Run a cell; returns its outputs."""
        recorder = self.record()
        done = self.run_cell(source, store_history=True)
        if not done.success and not any(out["output_type"] == "error" for out in recorder.outputs):
            error = done.error_before_exec or done.error_in_exec  # IPython keeps quiet about some
            recorder.error(type(error).__name__, str(error), [f"{type(error).__name__}: {error}"])
        return recorder.finished()


def new_shell():
    """A ``Shell`` for this process; pictures appear in the page, none in windows."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    Shell.clear_instance()
    return Shell.instance()
