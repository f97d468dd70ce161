"""What a student may see of a graded notebook."""

from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution


class HideHiddenTests(ClearHiddenTests):
    """Take hidden tests out of a feedback page: their source, and tracebacks that quote it.

    Unlike nbgrader's own preprocessor it leaves the student's cells alone, whatever they contain.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            self._remove_hidden_test_region(cell)
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}".rstrip(": ")]
        return cell, resources
