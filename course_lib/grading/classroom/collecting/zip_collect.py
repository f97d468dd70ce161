"""``nbgrader zip_collect`` with the names that Moodle and Canvas give to files."""

from __future__ import annotations

from pathlib import PurePosixPath

from nbgrader.plugins.zipcollect import FileNameCollectorPlugin

from course_lib.grading.classroom.collecting.layouts import canvas, moodle, without_number


class PlatformCollector(FileNameCollectorPlugin):
    """Tells from a file's name whose it is; by ``named_regexp``, if that is set."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Student and file, as nbgrader wants them; None for what has no notebook's ending."""
        if self.named_regexp:
            found: dict[str, str] | None = super().collect(submitted_file)
            return found
        path = PurePosixPath(submitted_file)
        if path.suffix not in self.valid_ext:
            return None
        for at in range(len(path.parts) - 1, -1, -1):  # the course's own folders come last
            inner = PurePosixPath(*path.parts[at:])
            if handed := moodle(inner, "") or canvas(inner, ""):
                name, _ = without_number(handed.path.name)
                return {"student_id": handed.who, "file_id": name}
        return None
