"""What the examination of an assignment's notebook needs, told from the notebook."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_lib.grading.errors import CourseProblem
from course_lib.grading.submissions.language import other_language
from course_lib.grading.syntax import parse_cell
from course_lib.grading.testing.contract import is_test, replaced, withheld

BUBBLEWRAP, NONE = "bubblewrap", "none"


@dataclass(frozen=True)
class Requirements:
    """What the examination of a notebook needs.

    student_modules, test_modules: to import in advance in each process. withheld: names that the
    student's process must not find in the ``libraries``, packages that students use. replaced:
    (data file of a library, dotted name of the function that writes another one for the student's
    process) each. sandbox: "bubblewrap" or "none". visible: folders that can be read in there,
    besides Python's. hidden: paths that can't, wherever they lie, such as the course's. beside: the
    instructor's own modules beside the notebook, (path, content) each, which tests may import;
    students' files of that name never get there.
    """

    student_modules: tuple[str, ...]
    test_modules: tuple[str, ...]
    withheld: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    libraries: tuple[str, ...] = ()
    sandbox: str = BUBBLEWRAP
    visible: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()


def requirements(
    source: Path,
    sandbox: str,
    visible: Iterable[str] = (),
    libraries: Iterable[str] = (),
    hidden: Iterable[str] = (),
) -> Requirements:
    """What submissions of the notebook at ``source`` require.

    ``CourseProblem`` if it is not a Python notebook.
    """
    notebook = nbformat.read(source, as_version=4)
    if language := other_language(notebook.metadata):
        raise CourseProblem(
            f"{source.name} is written in {language}: only notebooks in Python can be examined."
        )
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    given = [cell for cell in code if not is_test(cell)]
    return Requirements(
        _imports(given),
        _imports(code),
        tuple(withheld(notebook)),
        tuple(replaced(notebook).items()),
        tuple(libraries),
        sandbox,
        tuple(visible),
        tuple(hidden),
        _modules_beside(source),
    )


def _modules_beside(source: Path) -> tuple[tuple[str, bytes], ...]:
    """The modules in the folder of ``source``, but none that would stand for one of Python's."""
    paths = sorted(source.parent.rglob("*.py"))
    names = [(path, path.relative_to(source.parent)) for path in paths]
    return tuple(
        (str(name), path.read_bytes())
        for path, name in names
        if name.parts[0].removesuffix(".py") not in sys.stdlib_module_names
    )


def _imports(cells: Iterable[NotebookNode]) -> tuple[str, ...]:
    """The modules that cells import, as far as they parse."""
    found = set()
    for cell in cells:
        for node in ast.walk(parse_cell(cell.source) or ast.Module([], [])):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return tuple(sorted(found))
