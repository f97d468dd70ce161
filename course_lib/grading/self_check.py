"""What a student asks before handing in: does my notebook pass what it can be checked for here?"""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbgrader.utils import determine_grade, is_grade, is_solution
from traitlets.config import Config

from course_lib.grading.errors import CourseProblem

CELL_SECONDS = 60
QUIET = Config(KernelManager={"transport_encryption": "auto"})  # kernels warn when it is off


@dataclass
class Answer:
    """One question: its test cell's name, whether all its checks passed, and the report."""

    name: str
    passed: bool
    report: str


def find_notebook(path):
    """The notebook ``path``, or the only one in the folder ``path``; ``CourseProblem`` if none."""
    path = Path(path)
    if path.is_dir():
        found = sorted(path.glob("*.ipynb"))
        if len(found) != 1:
            raise CourseProblem(f"{path} holds {len(found)} notebooks: name the one to check.")
        path = found[0]
    if not path.is_file():
        raise CourseProblem(f"There is no file {path}.")
    return path


def questions(path):
    """The notebook and its test cells; ``CourseProblem`` if it can't be read or has none."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # every sort of damage raises its own sort of error
        raise CourseProblem(f"{path} is no notebook: it can't be read as one.") from error
    tests = [cell for cell in notebook.cells if is_grade(cell) and not is_solution(cell)]
    if not tests:
        raise CourseProblem(f"{path} has no questions to check: is it an assignment?")
    return notebook, tests


def marked_by_hand(notebook):
    """The names of the answers that no test checks, in words or drawings."""
    cells = [cell for cell in notebook.cells if is_grade(cell) and is_solution(cell)]
    return [cell.metadata.nbgrader.grade_id for cell in cells]


def check(notebook, folder, seconds=CELL_SECONDS):
    """Run a copy of the notebook from top to bottom in ``folder``; yields an ``Answer`` per test.

    A cell that fails, or takes longer than ``seconds``, is named in the report of the next test.
    The file itself is not changed.
    """
    client = NotebookClient(
        nbformat.from_dict(notebook),
        timeout=seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        config=QUIET,
    )
    with client.setup_kernel():
        problems = []
        for place, cell in enumerate(client.nb.cells):
            if cell.cell_type != "code":
                continue
            problem = _run(client, cell, place)
            if is_grade(cell) and not is_solution(cell):
                yield _answer(cell, problems + problem)
                problems = []
            else:
                problems += problem


def _run(client, cell, place):
    """Run a cell; what went wrong, as a list of at most one line."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {place + 1}")
    try:
        client.execute_cell(cell, place)
    except DeadKernelError as error:
        raise CourseProblem(f"Python died in cell {name}: what does it do there?") from error
    except TimeoutError:
        return [f"cell {name} took longer than {client.timeout} s and was stopped"]
    for output in cell.outputs:
        if output.output_type == "error":
            return [f"cell {name}: {output.ename}: {output.evalue}"]
    return []


def _answer(cell, problems):
    score, points = determine_grade(cell)
    printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
    report = "\n".join([*problems, printed.strip()]).strip()
    return Answer(cell.metadata.nbgrader.grade_id, score == points, report)
