"""What a student asks before handing in: does my notebook pass what it can be checked for here?"""

import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution
from traitlets.config import Config

from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination import going_on
from course_lib.grading.examination.withholding import OUT_OF_REACH, copy_library
from course_lib.grading.submissions.reading import Unreadable, read
from course_lib.grading.testing.contract import PREFIX, cell_name, is_test, withheld
from course_lib.grading.testing.report import Report

CELL_SECONDS = 60
QUIET = Config(KernelManager={"transport_encryption": "auto"})  # kernels warn when it is off


PASSES, NOT_DONE, NOT_MET, NO_TEST = "passes", "not done yet", "not met", "its test is missing"


@dataclass
class Answer:
    """One question: its test cell's name, whether all its checks passed, and what to say of it.

    state: the same in a few words. points: what the checks that students have come to.
    """

    name: str
    passed: bool
    report: str
    state: str = NO_TEST
    points: float = 0
    max_points: float = 0


class ThisPython(AsyncKernelManager):
    """Starts this Python, whatever kernel the notebook was saved with.

    VS Code and conda name kernels that only they know, such as conda-env-dl-py.
    """

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(**get_kernel_dict())


def find_notebook(path: str | Path) -> Path:
    """The notebook ``path``, or the only one in the folder ``path``; ``CourseProblem`` if none."""
    path = Path(path)
    if path.is_dir():
        notebooks = sorted(one for one in path.glob("*.ipynb") if not one.name.startswith("."))
        if len(notebooks) != 1:
            raise CourseProblem(f"{path} holds {len(notebooks)} notebooks: name the one to check.")
        path = notebooks[0]
    if not path.is_file():
        raise CourseProblem(f"There is no file {path}.")
    return path


def read_questions(path: Path) -> tuple[NotebookNode, list[NotebookNode]]:
    """The notebook and its test cells; ``CourseProblem`` if it can't be read or has none."""
    try:
        notebook = read(path)  # as grading does
    except Unreadable as problem:
        raise CourseProblem(f"{path.parent}: {problem}") from problem
    tests = [cell for cell in notebook.cells if is_test(cell)]
    if not tests:
        raise CourseProblem(f"{path} has no questions to check: {_why_no_tests(notebook)}")
    return notebook, tests


def _why_no_tests(notebook: NotebookNode) -> str:
    if any("Question(" in cell.source for cell in notebook.cells):
        return (
            "its cells have lost the names that they were handed out with. Grading recognises them "
            "all the same; to check your answers, copy them into a fresh notebook."
        )
    return "is it an assignment?"


def missing_tests(notebook: NotebookNode) -> list[Answer]:
    """The answers whose test was deleted: grading puts it back, here it can't be asked."""
    there = {cell_name(cell) for cell in notebook.cells}
    named_after = any(name.startswith(PREFIX) for name in there)
    answers = [
        cell_name(cell)
        for cell in notebook.cells
        if cell.cell_type == "code" and is_solution(cell) and not is_grade(cell)
    ]
    return [
        Answer(
            f"{PREFIX}{name}",
            False,
            f"{name}: its test cell is missing, so it is not checked here. Grading asks it.",
        )
        for name in answers
        if named_after and name and f"{PREFIX}{name}" not in there
    ]


def is_untouched(notebook: NotebookNode) -> bool:
    """Whether all code is as it was handed out, so that there is nothing to run."""
    written = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    checksums = [cell.metadata.get("nbgrader", {}).get("checksum") for cell in written]
    return None not in checksums and checksums == [compute_checksum(cell) for cell in written]


def not_written(notebook: NotebookNode) -> list[str]:
    """The names of the answers that a person marks and that are as they were handed out."""
    cells = [cell for cell in notebook.cells if is_grade(cell) and is_solution(cell)]
    return [cell_name(cell) for cell in cells if determine_grade(cell)[0] == 0]


def marked_by_hand(notebook: NotebookNode) -> list[str]:
    """The names of the answers that no test checks, in words or drawings."""
    cells = [cell for cell in notebook.cells if is_grade(cell) and is_solution(cell)]
    return [cell_name(cell) for cell in cells]


def check(notebook: NotebookNode, folder: Path, seconds: float = CELL_SECONDS) -> Iterator[Answer]:
    """Run a copy of the notebook from top to bottom in ``folder``; yields an ``Answer`` per test.

    A cell that fails, or takes longer than ``seconds``, is named in the report of the next test.
    """
    problems: list[str] = []
    for cell, found in run(notebook, folder, seconds):
        problems += found
        if is_test(cell):
            yield _answer(cell, problems)
            problems = []


def run(
    notebook: NotebookNode, folder: Path, seconds: float = CELL_SECONDS
) -> Generator[tuple[NotebookNode, list[str]], None, None]:
    """Run a copy of the notebook in ``folder``: each code cell with its outputs, what went wrong.

    What the assignment withholds is out of reach, and a cell goes on without it, as in grading. A
    cell that takes longer than ``seconds`` is stopped. The file itself is not changed.
    ``CourseProblem`` if the Python that runs it dies.
    """
    client = NotebookClient(
        nbformat.from_dict(notebook),
        timeout=seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_manager_class=ThisPython,
        extra_arguments=[f"--InteractiveShellApp.extra_extensions={going_on.__name__}"],
        resources={"metadata": {"path": str(folder)}},
        config=QUIET,
    )
    with _without_withheld(notebook) as environment, client.setup_kernel(env=environment):
        for index, cell in enumerate(client.nb.cells):
            if cell.cell_type == "code":
                yield cell, _run(client, cell, index)


@contextmanager
def _without_withheld(notebook: NotebookNode) -> Iterator[dict[str, str]]:
    """An environment whose Python finds the libraries without what the assignment withholds."""
    environment = dict(os.environ)
    names = withheld(notebook)
    libraries = sorted({name.partition(".")[0] for name in names if "." in name})
    with tempfile.TemporaryDirectory(prefix="library-", ignore_cleanup_errors=True) as folder:
        try:
            copy_library(libraries, names, folder)
        except CourseProblem:  # another version of a library: then it is checked with all of it
            yield environment
            return
        paths = [folder, *filter(None, [environment.get("PYTHONPATH")])]
        yield environment | {"PYTHONPATH": os.pathsep.join(paths)}


def _run(client: NotebookClient, cell: NotebookNode, index: int) -> list[str]:
    """Run a cell; what went wrong, a line each."""
    name = cell_name(cell) or f"number {index + 1}"
    try:
        client.execute_cell(cell, index)
    except DeadKernelError as error:
        raise CourseProblem(f"Python died in cell {name}: what does it do there?") from error
    problems = [f"cell {name} ran without: {text}" for text in going_on.left_out(cell.outputs)]
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors and errors[-1].ename == "KeyboardInterrupt":  # sent when its time is over
        problems.append(f"cell {name} took longer than {client.timeout:g} s and was stopped")
    elif errors and not errors[-1].evalue.endswith(OUT_OF_REACH):  # the one that ended it
        problems.append(f"cell {name}: {errors[-1].ename}: {errors[-1].evalue}")
    return problems


def _answer(cell: NotebookNode, problems: list[str]) -> Answer:
    score, points = determine_grade(cell)
    report = Report.from_outputs(cell.outputs)
    printed = [output.text.rstrip() for output in cell.outputs if output.output_type == "stream"]
    lines = [*problems, *printed, *([str(report)] if report else [])]
    passed = score == points
    return Answer(
        cell_name(cell), passed, "\n".join(lines), _state(passed, report), score or 0, points
    )


def _state(passed: bool, report: Report | None) -> str:
    if passed:
        return PASSES
    if report is None:
        return NOT_MET
    met = len(report.checks) - len(report.failed)
    return NOT_DONE if report.not_done else f"{met} of {len(report.checks)} checks pass"
