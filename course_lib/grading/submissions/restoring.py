"""Put a student's notebook back in order before it is graded, and say so."""

from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.grading.submissions.cells import name_cells
from course_lib.grading.submissions.language import other_language
from course_lib.grading.submissions.matching import realign
from course_lib.grading.submissions.reading import Unreadable, keeps_outputs
from course_lib.grading.submissions.released import ReleasedNotebook, released_notebook
from course_lib.grading.testing.contract import cell_name

REPAIRS = "repairs"  # the id of the cell on top that lists them


class RestoreCells(NbGraderPreprocessor):
    """``restore`` as a preprocessor: what had to be mended is logged.

    The first of ``c.Autograde.sanitize_preprocessors``, in place of nbgrader's ``ClearOutput``,
    ``DeduplicateIds``, ``OverwriteKernelspec`` and ``OverwriteCells``.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        about = resources["nbgrader"]
        directory = CourseDirectory(config=self.config)
        with Gradebook(about["db_url"], directory.course_id) as gradebook:
            released = released_notebook(
                gradebook, directory, about["assignment"], about["notebook"]
            )
        outputs = {_key(cell): cell.outputs for cell in nb.cells if cell.cell_type == "code"}
        for repair in restore(nb, released):
            self.log.warning("Repair: %s", repair)
        if keeps_outputs(self.config):
            for cell in nb.cells:
                if cell.cell_type == "code":
                    cell.outputs = outputs.get(_key(cell), [])
        return nb, resources


def _key(cell: NotebookNode) -> str:
    """What tells that two cells are the same one: its name, or what it does."""
    return cell_name(cell) or cell.source


def restore(notebook: NotebookNode, released: ReleasedNotebook) -> list[str]:
    """Rebuild a submitted ``notebook`` from the release's cells and the student's answers.

    What had to be mended comes back as sentences, and is listed in a cell on top for student and
    instructor. Outputs are gone. ``Unreadable`` if it is in another language than Python and the
    release does not say which it was in.
    """
    language = other_language(notebook.metadata)
    if language and not released.kernelspec:
        raise Unreadable(
            f"The notebook is written in {language}: only notebooks in Python are graded."
        )
    kernel = released.kernelspec
    cells, repairs = realign(notebook.cells, list(released.slots), released.others)
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    repairs = [*_of_the_whole(notebook.metadata, kernel), *repairs]
    notebook.metadata = NotebookNode({"kernelspec": NotebookNode(kernel)} if kernel else {})
    notebook.cells = cells
    if repairs:
        notebook.cells.insert(0, _list_of(repairs))
        name_cells(notebook.cells)
    return repairs


def _of_the_whole(metadata: NotebookNode, kernel: dict[str, Any]) -> Iterator[str]:
    """What is not as it should be of a notebook as a whole."""
    if metadata.get("orig_nbformat") in (1, 2, 3):
        yield f"notebook in the old format {metadata['orig_nbformat']}; converted"
    if kernel and (language := other_language(metadata)):  # a kernel's name alone says nothing
        yield f"the notebook says that it is written in {language}; it was run as Python"


def _list_of(repairs: list[str]) -> NotebookNode:
    lines = "\n".join(f"- {repair}" for repair in repairs)
    return new_markdown_cell(
        f"**Before it was graded, this notebook was put back in order**\n\n{lines}", id=REPAIRS
    )
