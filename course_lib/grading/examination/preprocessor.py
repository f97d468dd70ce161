"""What nbgrader runs in place of its own ``Execute``: the examination in two processes.

``configure(c)`` in ``nbgrader_config.py`` switches it on, for ``nbgrader autograde``, the
formgrader and ``NbGraderAPI`` alike.
"""

import os
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy.engine import make_url
from traitlets import Bool, Enum, Float, Integer, List, Unicode, default

from course_lib.grading.examination.exams import (
    examine,
    files_beside,
)
from course_lib.grading.examination.requirements import BUBBLEWRAP, NONE, Requirements, requirements
from course_lib.grading.examination.sandbox.limits import Limits

DEFAULT = Limits()
DANGER = (
    "NO SANDBOX: students' code runs with your rights. It can read the tests, write grades and "
    "reach the network."
)


class Examine(NbGraderPreprocessor):
    """Run the student's cells in a sandbox and the tests outside of it.

    It stands for nbgrader's ``Execute`` and keeps to what a course or a command says to that:
    ``--no-execute``, and ``Execute.timeout``, where None means as long as the notebook may take.
    """

    enabled = Bool(help="whether notebooks are run; as c.Execute.enabled says").tag(config=True)
    sandbox = Enum(
        (BUBBLEWRAP, NONE), BUBBLEWRAP, help='"bubblewrap", or "none" for no protection at all'
    ).tag(config=True)
    libraries = List(
        Unicode(),
        help="packages that students use and from which a notebook can withhold names; the "
        "originals are hidden from the student's process, which gets a copy",
    ).tag(config=True)
    timeout = Float(help="seconds that one cell may take; as c.Execute.timeout says").tag(
        config=True
    )
    call_timeout = Float(DEFAULT.call, help="seconds that one call from a test may take").tag(
        config=True
    )
    notebook_timeout = Float(DEFAULT.notebook, help="seconds that a notebook may take").tag(
        config=True
    )
    memory = Integer(DEFAULT.memory, help="bytes that a student's code may use").tag(config=True)
    disk = Integer(DEFAULT.disk, help="bytes that it may write").tag(config=True)
    processes = Integer(DEFAULT.processes, help="processes and threads that it may start").tag(
        config=True
    )
    visible = List(Unicode(), help="folders that it may read, besides Python's").tag(config=True)

    @default("enabled")
    def _enabled(self) -> bool:
        return bool(self.config.Execute.get("enabled", True))

    @default("timeout")
    def _timeout(self) -> float:
        seconds = self.config.Execute.get("timeout", DEFAULT.cell)
        return self.notebook_timeout if seconds in (None, -1) else float(seconds)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run ``nb``; what the instructor should know goes into the log."""
        about = resources["nbgrader"]
        directory = CourseDirectory(config=self.config)
        source = directory.format_path(directory.source_directory, ".", about["assignment"])
        required = self.requirements(Path(source) / f"{about['notebook']}.ipynb")
        if self.sandbox == NONE:
            self.log.warning(DANGER)
        limits = self.limits()
        files, left_out = files_beside(resources["metadata"]["path"], limits.files)
        examined = examine(required, nb, files, limits)
        for note in [*left_out, *examined.notes]:
            self.log.warning("Examination: %s", note)
        return examined.notebook, resources

    def requirements(self, source: Path) -> Requirements:
        """What submissions of the notebook at ``source`` require, by these settings."""
        return requirements(source, self.sandbox, self.visible, self.libraries, self._hidden())

    def _hidden(self) -> list[str]:
        """What students' code must not find, wherever it lies: all that nbgrader keeps."""
        directory = CourseDirectory(config=self.config)
        root = os.path.abspath(directory.root)
        steps = [name for name in directory.traits() if name.endswith("_directory")]
        found = [root, *(os.path.join(root, getattr(directory, name)) for name in steps)]
        found.append(Exchange(config=self.config).root)
        url = make_url(directory.db_url)
        if url.get_backend_name() == "sqlite" and url.database:
            found.append(os.path.join(root, url.database))
        return found

    def limits(self) -> Limits:
        """The traits as ``Limits``."""
        return Limits(
            cell=self.timeout,
            call=self.call_timeout,
            notebook=self.notebook_timeout,
            memory=self.memory,
            disk=self.disk,
            processes=self.processes,
        )
