"""Put a student's notebook back in order before it is graded."""

from nbformat import from_dict
from nbgrader.preprocessors import OverwriteCells
from nbgrader.utils import is_grade, is_locked, is_solution


class RestoreCells(OverwriteCells):
    """nbgrader's ``OverwriteCells``, which also copes with several cells gone at once.

    nbgrader puts a deleted test cell back behind the cell before it, and fails when that one was
    deleted too, or when a copied cell has lost its name. Here a cell goes behind the nearest cell
    before it that is still there, and locked cells without points, such as the imports, come back
    too.
    """

    def add_missing_grade_cells(self, nb, resources):
        for cell in nb.cells:
            if "grade_id" not in cell.metadata.get("nbgrader", {"grade_id": ""}):
                del cell.metadata["nbgrader"]  # a copy: DeduplicateIds took its name
        source = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        points = {cell.name: cell.max_score for cell in source.grade_cells}
        answers = {cell.name for cell in source.solution_cells}
        place = 0
        for cell in source.source_cells:
            found = _position(nb, cell.name)
            if found is None and (cell.locked or cell.name in points):
                self.log.warning("Missing cell %s put back", cell.name)
                restored = self.missing_cell_transform(
                    cell, points.get(cell.name, 0), is_solution=cell.name in answers
                )
                if cell.name not in points:
                    restored["metadata"]["nbgrader"]["grade"] = False
                    del restored["metadata"]["nbgrader"]["points"]
                nb.cells.insert(place, from_dict(restored))
                found = place
            place = place if found is None else found + 1
        return nb, resources


def _position(nb, name):
    for place, cell in enumerate(nb.cells):
        named = is_grade(cell) or is_solution(cell) or is_locked(cell)
        if named and cell.metadata.nbgrader.get("grade_id") == name:
            return place
    return None
