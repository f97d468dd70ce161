"""A cell that goes on after a statement which needs what is not here, and says so.

Grading and ``course check`` share it, so that a cell does the same in both.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Iterable
from types import CodeType
from typing import TYPE_CHECKING, Any

from course_lib.grading.examination.withholding import OUT_OF_REACH

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell as Shell
else:
    Shell = object  # a mixin stands before the shell that it is mixed into

STATEMENT_LEFT_OUT = "application/vnd.course.left-out+json"  # type of an output that names one
MAX_WHY = 300


class GoesOn(Shell):
    """Mixin: an IPython shell whose cells go on where ``lacks`` says so.

    not_here: names that the statements which were left out would have defined. lines: of the cell
    that runs.
    """

    not_here: set[str]
    lines: list[str]

    def lacks(self, error: Exception) -> bool:
        """Whether a statement failed only because something is not there that is there at home."""
        return is_withheld(error)

    async def run_code(
        self, code_obj: CodeType, result: Any = None, *, async_: bool = False
    ) -> bool:
        """Run a statement; whether it failed and ends its cell."""
        failed = await super().run_code(code_obj, result, async_=async_)
        error = getattr(result, "error_in_exec", None)
        if not failed or error is None or not self._can_do_without(error):
            return failed
        result.error_in_exec = None
        stored = dis.get_instructions(code_obj)
        self.not_here |= {one.argval for one in stored if one.opname.startswith("STORE_")}
        if not _is_shown(error):
            self._show_left_out(code_obj, error)
        return False

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Show the exception that is handled, unless the cell goes on without its statement."""
        error = sys.exc_info()[1]
        if _is_shown(error) or not self._can_do_without(error):
            super().showtraceback(*args, **kwargs)

    def _can_do_without(self, error: BaseException | None) -> bool:
        if isinstance(error, NameError):
            return error.name in self.not_here
        return isinstance(error, Exception) and self.lacks(error)

    def _show_left_out(self, code: CodeType, error: BaseException) -> None:
        numbers = [line for _, _, line in code.co_lines() if line]
        line = "".join(self.lines[min(numbers, default=1) - 1 :][:1]).strip()
        why = f"{type(error).__name__}: {error}".partition("\n")[0]
        text = f"{line[:MAX_WHY]} ({why[:MAX_WHY]})"
        shown = f"Left out, because it can't be done where this is graded: {text}"
        self.display_pub.publish({"text/plain": shown, STATEMENT_LEFT_OUT: text})


def is_withheld(error: BaseException | None) -> bool:
    """Whether something was imported or called that the assignment withholds."""
    kinds = RuntimeError, ImportError
    return isinstance(error, kinds) and str(error).endswith(OUT_OF_REACH)


def _is_shown(error: BaseException | None) -> bool:
    """Whether the exception itself says all: a call of what is withheld."""
    return isinstance(error, RuntimeError) and is_withheld(error)


def left_out(outputs: Iterable[Any]) -> list[str]:
    """The statements that a cell with these outputs went on without, and why."""
    outputs = list(outputs)
    marked = [one.data[STATEMENT_LEFT_OUT] for one in outputs if _is_marked(one)]
    said = [one.evalue for one in outputs if one.output_type == "error"]
    return [*marked, *(text for text in said if text.endswith(OUT_OF_REACH))]


def _is_marked(output: Any) -> bool:
    return STATEMENT_LEFT_OUT in output.get("data", {})


def load_ipython_extension(shell: Any) -> None:
    """Have the shell of a kernel go on without what is withheld: for ``course check``."""

    shell.__class__ = type("KernelShell", (GoesOn, type(shell)), {"not_here": set()})

    def remember(cell: Any) -> None:
        shell.lines = cell.raw_cell.splitlines()

    shell.events.register("pre_run_cell", remember)
