"""IPython without a kernel: runs cells and keeps what they show, as a notebook would.

Both sides of an examination use it. It needs no sockets and no threads, so a process that has one
can be forked.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any as Anything

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

from course_lib.grading.examination.going_on import GoesOn, is_withheld
from course_lib.grading.examination.recorder import Recorder, Stream
from course_lib.grading.examination.surroundings import NAMES, is_missing

NO_INDEX = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}  # pip fails at once


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


class Shell(GoesOn, InteractiveShell):
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
        self.streams = Stream("stdout"), Stream("stderr")
        self.lines = []
        self.not_here = set(NAMES)

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

    def lacks(self, error: Exception) -> bool:
        if not self.at_home:
            return False
        if isinstance(error, AttributeError) and error.obj is self:  # the kernel of a notebook
            return True
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_globals is not self.user_global_ns:
            trace = trace.tb_next
        is_magic = trace is not None and "get_ipython" in trace.tb_frame.f_code.co_names
        return is_magic or is_missing(error) or is_withheld(error)

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


def new_shell() -> Shell:
    """A ``Shell`` for this process; pictures appear in the page, none in windows."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    Shell.clear_instance()
    return Shell.instance()
