"""Put a student's notebook back in order before it is graded, and say so."""

import json
import re
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.preprocessors.clearmarkingscheme import ClearMarkScheme

from course_lib.grading.submissions import reading as intake
from course_lib.grading.submissions.matching import Realignment, Slot

REPAIRS = "repairs"  # the id of the cell on top that lists them
ODD = re.compile(r"[^\w .-]")


class RestoreCells(NbGraderPreprocessor):
    """Rebuild a submitted notebook from the release's cells and the student's answers.

    The first of ``c.Autograde.sanitize_preprocessors``, in place of nbgrader's ``ClearOutput``,
    ``DeduplicateIds``, ``OverwriteKernelspec`` and ``OverwriteCells``. Whatever had to be mended is
    logged, and listed in a cell on top for student and instructor.
    """

    def preprocess(self, nb, resources):
        told = resources["nbgrader"]
        with Gradebook(told["db_url"]) as gradebook:
            recorded = gradebook.find_notebook(told["notebook"], told["assignment"])
            slots = [self._slot(cell, recorded) for cell in recorded.source_cells]
            kernel = json.loads(recorded.kernelspec or "{}")
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        source = self._source(told)
        order = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in source}
        slots.sort(key=lambda slot: list(order).index(slot.name) if slot.name in order else 0)
        for slot in slots:
            slot.id = order.get(slot.name, {}).get("id", "")
        others = [cell.source for cell in source if not cell.metadata.get("nbgrader")]
        done = Realignment(nb.cells, slots, others)
        repairs = [*_of_the_whole(nb.metadata, kernel), *done.repairs]
        nb.metadata = {"kernelspec": kernel} if kernel else {}
        nb.cells = done.result
        for repair in repairs:
            self.log.warning("Repair: %s", repair)
        if repairs:
            nb.cells.insert(0, _report(repairs))
            intake.name_cells(nb.cells)
        return nb, resources

    def _slot(self, cell, recorded):
        points = {one.name: one.max_score for one in (*recorded.grade_cells, *recorded.task_cells)}
        marks = {
            "grade": any(one.name == cell.name for one in recorded.grade_cells),
            "solution": any(one.name == cell.name for one in recorded.solution_cells),
            "task": any(one.name == cell.name for one in recorded.task_cells),
            "locked": cell.locked,
            "grade_id": cell.name,
            "cell_type": cell.cell_type,
            "schema_version": 3,
        }
        if cell.name in points:
            marks["points"] = points[cell.name]
        if cell.checksum is not None:
            marks["checksum"] = cell.checksum
        return Slot(cell.name, cell.cell_type, cell.source, self._released(cell.source), marks)

    def _released(self, source):
        """What students got of a source: no hidden tests, no marking scheme."""
        cell = new_code_cell(source)
        ClearHiddenTests(parent=self)._remove_hidden_test_region(cell)
        ClearMarkScheme(parent=self)._remove_mark_scheme_region(cell)
        return cell.source

    def _source(self, told):
        """The cells of the source notebook, or of the release: the gradebook has no order."""
        directory = CourseDirectory(config=self.config)
        for step in directory.source_directory, directory.release_directory:
            folder = directory.format_path(step, ".", told["assignment"])
            path = Path(folder, f"{told['notebook']}.ipynb")
            if path.is_file():
                return intake.read(path).cells
        return []


def _of_the_whole(metadata, kernel):
    """What is not as it should be of a notebook as a whole."""
    if metadata.get("orig_nbformat") in (1, 2, 3):
        yield f"notebook in the old format {metadata['orig_nbformat']}; converted"
    asked = metadata.get("kernelspec")
    name = asked.get("name") if isinstance(asked, dict) else None
    if kernel and name != kernel.get("name"):
        asked = f"asked for the kernel {ODD.sub('', str(name))[:40]}" if name else "named no kernel"
        yield f"the notebook {asked}; run with {kernel.get('name')}"


def _report(repairs):
    lines = "\n".join(f"- {repair}" for repair in repairs)
    return new_markdown_cell(
        f"**Before it was graded, this notebook was put back in order**\n\n{lines}", id=REPAIRS
    )
