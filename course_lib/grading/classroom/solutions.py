"""Write the solutions of an assignment as a page for students."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from nbformat import NotebookNode

from course_lib.grading import self_check
from course_lib.grading.classroom.course import Course
from course_lib.grading.classroom.whole_file import write_page
from course_lib.grading.errors import CourseProblem
from course_lib.grading.feedback.solution_page import solution_page
from course_lib.grading.submissions.reading import Unreadable, read

CELL_SECONDS = 600  # a solution may train for as long as its author lets it


def write_pages(
    course: Course, assignment: str, folder: Path, with_tests: bool = False
) -> list[Path]:
    """Run the solutions of ``assignment`` and write a page of each notebook into ``folder``.

    with_tests: see ``solution_page``. Returns the pages. ``CourseProblem`` if a solution does not
    run, or a page can't be written; then there is no new one.
    """
    course.check_assignment(assignment)
    pages = {
        folder / f"{path.stem}.html": solution_page(path.stem, _with_outputs(path), with_tests)
        for path in sorted(course.source(assignment).glob("*.ipynb"))
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseProblem(f"{folder} can't be written: {error}") from error
    for path, page in pages.items():
        write_page(path, page)
    return list(pages)


def _with_outputs(path: Path) -> NotebookNode:
    """The notebook as it runs; its cells have no outputs where it lies."""
    try:
        notebook = read(path)
    except Unreadable as problem:
        raise CourseProblem(str(problem)) from problem
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with closing(self_check.run(notebook, path.parent, CELL_SECONDS)) as ran:
        for cell, (executed, problems) in zip(code, ran, strict=True):
            if problems:
                raise CourseProblem(f"{path.name} does not run: {problems[0]}")
            cell.outputs = executed.outputs
    return notebook
