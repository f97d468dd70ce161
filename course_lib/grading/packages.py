"""Which packages a notebook imports that grading may lack. What the course needs is there."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_locked, is_solution
from packaging.requirements import Requirement

from course_lib.grading.syntax import parse_cell
from course_lib.grading.testing.contract import cell_name, withheld

THIS = __name__.partition(".")[0]
EXTRAS = ("", "lectures", "grading")  # of this distribution, which a grader has installed


def not_in_grading(notebook: NotebookNode, folder: Path) -> dict[str, str]:
    """{package: cell that imports it} of what the student's cells import and grading may lack.

    What the locked cells import is there, and so is what lies in ``folder`` or was withheld.
    """
    known = {*sys.stdlib_module_names, *(name.partition(".")[0] for name in withheld(notebook))}
    known |= {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    asked: dict[str, str] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        if is_locked(cell) and not is_solution(cell):
            known |= _imported(cell.source)
        for package in _imported(cell.source):
            asked.setdefault(package, f"Cell {cell_name(cell) or number}")
        known |= set(re.findall(r"^%%writefile +(?:-a +)?(\w+)\.py", cell.source))
    unknown = asked.keys() - known
    if unknown:
        unknown -= _of_this_course()
    return {package: cell for package, cell in asked.items() if package in unknown}


def _imported(source: str) -> set[str]:
    """The packages that a cell imports."""
    found = set()
    for node in ast.walk(parse_cell(source) or ast.Module([], [])):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _of_this_course() -> set[str]:
    """Packages of the distributions that this one needs, and they in turn."""
    packages = packages_distributions()
    waiting: list[tuple[str, tuple[str, ...]]] = [
        (name, EXTRAS) for name in packages.get(THIS, [THIS])
    ]  # in an editable install
    needed: set[str] = set()
    while waiting:
        name, extras = waiting.pop()
        if _key(name) in needed:
            continue
        needed.add(_key(name))
        for text in _requires(name):
            one = Requirement(text)
            if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append((one.name, ("", *one.extras)))
    return {name for name, makers in packages.items() if needed & set(map(_key, makers))}


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
