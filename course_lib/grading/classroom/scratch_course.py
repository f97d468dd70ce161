"""A course folder to try things in: release, hand in and grade, and nobody's gradebook changes.

The corpus, the demo, the benchmark and the tests all make their classes with this.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_lib.grading.classroom.course import CONFIG, Course
from course_lib.grading.classroom.grading import grade
from course_lib.grading.classroom.release import release
from course_lib.grading.classroom.result import Result
from course_lib.grading.errors import CourseProblem
from course_lib.grading.examination.exams import missing_sandbox
from course_lib.grading.examination.requirements import BUBBLEWRAP, NONE

OWN_GRADEBOOK = '\nget_config().CourseDirectory.db_url = "sqlite:///{path}"\n'


class ScratchCourse:
    """What instructor and students do in ``course``, which is there to be tried out."""

    def __init__(self, course: Course) -> None:
        self.course = course

    @classmethod
    def make(cls, folder: str | Path, configuration: str) -> "ScratchCourse":
        """A course in ``folder``, which is made if need be. configuration: Python, as in CONFIG.

        Its gradebook is its own, whatever the configuration says. ``CourseProblem`` if one of the
        course's folders would lie outside.
        """
        root = Path(folder).resolve()
        root.mkdir(parents=True, exist_ok=True)
        own = OWN_GRADEBOOK.format(path=root / "gradebook.db")
        (root / CONFIG).write_text(configuration + own, encoding="utf-8")
        course = Course(root)
        for place in (
            course.source("x"),
            course.release_folder("x"),
            course.submitted("x", "x"),
            course.autograded("x", "x"),
            course.feedback("x", "x"),
        ):
            if not place.is_relative_to(root):
                raise CourseProblem(f"The course keeps {place} outside of its own folder.")
        return cls(course)

    @classmethod
    def like(cls, course: Course, folder: str | Path, settings: str = "") -> "ScratchCourse":
        """Configured as ``course``, with ``settings``, more lines of configuration."""
        configuration = (course.root / CONFIG).read_text(encoding="utf-8")
        return cls.make(folder, f"{configuration}\n{settings}\n")

    def add(self, assignment: str, source: NotebookNode | Path) -> None:
        """Give the course an assignment: its notebook, or the folder of another course's source."""
        folder = self.course.source(assignment)
        if isinstance(source, Path):
            shutil.copytree(source, folder)
        else:
            folder.mkdir(parents=True)
            nbformat.write(source, folder / f"{assignment}.ipynb")

    def release(self, assignment: str) -> NotebookNode:
        """Release the assignment; returns the students' notebook."""
        folder = release(self.course, assignment)
        return nbformat.read(folder / f"{assignment}.ipynb", as_version=4)

    def hand_in(
        self, student: str, assignment: str, notebook: NotebookNode | bytes, name: str = ""
    ) -> Path:
        """Put a notebook, or what is to be its bytes, where a student hands in; returns the file.

        name: of the file, if it is not the assignment's notebook.
        """
        path = self.course.submitted(student, assignment) / (name or f"{assignment}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        content = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
        path.write_bytes(content)
        return path

    def grade(
        self, assignment: str, students: Iterable[str] | None = None, **how: Any
    ) -> Iterator[Result]:
        """Grade these students, all if None, as ``grading.grade`` does.

        Who hands in here is made up by ourselves: where there is no sandbox, it goes without.
        """
        students = self.course.students(assignment) if students is None else list(students)
        how = {"sandbox": NONE if missing_sandbox() else BUBBLEWRAP} | how
        return grade(self.course, assignment, students, **how)
