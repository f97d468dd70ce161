"""Progress bars that fit where they are shown: a terminal, a notebook, or a log."""

import os
import sys
from collections.abc import Iterable
from typing import Any

WITHOUT_TIMES = "{l_bar}{bar}| {n_fmt}/{total_fmt}"


class _NotebookLine:
    """A file for tqdm that shows only the newest line, in one output of a notebook cell."""

    handle: Any = None

    def write(self, text: str) -> None:
        from IPython.display import display

        shown = {"text/plain": text.strip()}
        if text.strip() and self.handle is None:
            self.handle = display(shown, raw=True, display_id=True)
        elif text.strip():
            self.handle.update(shown, raw=True)

    def flush(self) -> None:
        pass


def progress(
    items: Iterable, *, label: str, total: int | None = None, show: bool = True
) -> Iterable:
    """Go through ``items`` with a bar that names the work, how far it is and the time left.

    In a notebook the bar is one line of text that stays as the cell's output; outside it goes to
    stderr, so that a command's output can still be piped. Without tqdm there is no bar. Of a team
    of ``torchrun`` the first process alone shows it. With ``COURSE_STATIC`` in the environment it
    shows no times, because a saved notebook would tell those of another machine.
    """
    if not (show and first_of_team()):
        return items
    try:
        from tqdm import tqdm
    except ModuleNotFoundError:  # NumPy alone is installed
        return items

    in_notebook = "ipykernel" in sys.modules and hasattr(sys.stdout, "parent_header")
    return tqdm(
        items,
        desc=label,
        total=total,
        file=_NotebookLine() if in_notebook else None,
        ncols=79,
        bar_format=WITHOUT_TIMES if "COURSE_STATIC" in os.environ else None,
        mininterval=0.2,
        dynamic_ncols=False,
    )


def first_of_team() -> bool:
    """Whether this process speaks for all: the first that ``torchrun`` started, or the only one."""
    return os.environ.get("RANK", "0") == "0"
