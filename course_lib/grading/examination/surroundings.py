"""What a statement may need that is at a student's home and not where it is graded."""

import bdb
import locale
import os
import re
import subprocess

# A module, a file, a network, somebody who types or debugs, a program, a language of the system.
ERRORS = (ImportError, OSError, EOFError, bdb.BdbQuit, subprocess.SubprocessError, locale.Error)
GPU = re.compile(r"CUDA|NVIDIA driver|\bMPS\b|\bXPU\b")
NAMES = ("__vsc_ipynb_file__", "__session__")  # that VS Code and JupyterLab define for a notebook
WINDOWS = ("TclError",)  # of tkinter, which is imported where it is used alone
MAX_MESSAGE = 1000  # characters in which a library says that it found no GPU


def is_missing(error: BaseException) -> bool:
    """Whether ``error`` says that one of these, or a screen, is not there."""
    if isinstance(error, KeyError):
        return _raised_in(error, vars(os))  # a variable of the environment
    if isinstance(error, (RuntimeError, AssertionError)):
        return bool(GPU.search(str(error)[:MAX_MESSAGE]))
    return isinstance(error, ERRORS) or type(error).__name__ in WINDOWS


def _raised_in(error: BaseException, module: dict[str, object]) -> bool:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals is module
