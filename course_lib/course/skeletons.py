"""Skeletons of a new lecture and a new assignment: small, complete, and passing every test.

What they start as lies in ``templates/``. There NN_NAME, NN, NAME and TITLE stand for
13_plain_autoencoders, 13, plain_autoencoders and Plain autoencoders.
"""

import keyword
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

from course_lib.grading.classroom.course import Course
from course_lib.grading.errors import CourseProblem
from course_lib.grading.proof.answer_files import corpus_folder

TEMPLATES = Path(__file__).parent / "templates"
NAME = re.compile(r"\d\d_[a-z][a-z0-9_]*")
FIGURES = Path("course_lib", "viz", "lectures")
QUIET = Config(KernelManager={"transport_encryption": "auto"})  # kernels warn when it is off


def new_lecture(root: Path, name: str) -> list[Path]:
    """Write lecture ``name`` and its figures into the course at ``root``, and run the notebook.

    Returns what was written. ``CourseProblem`` if the name won't do or is taken; then nothing is.
    """
    _check_name(name, (root / "lectures").glob("*.ipynb"))
    if not (root / FIGURES).is_dir():
        raise CourseProblem(f"{root} has no folder {FIGURES}: is it the course's repository?")
    figures = root / FIGURES / f"{name[3:]}.py"
    notebook = root / "lectures" / f"{name}.ipynb"
    written = _write({figures: "figures.py.txt", notebook: "lecture.ipynb"}, name)
    _run(notebook)
    return written


def new_assignment(course: Course, name: str) -> list[Path]:
    """Write assignment ``name``: the solutions notebook, answers that prove its grades, survivors.

    Returns what was written. ``CourseProblem`` if the name won't do or is taken; then nothing is.
    """
    source = course.source(name)
    _check_name(name, source.parent.glob("*"))
    corpus = corpus_folder(course, name)
    files = {
        source / f"{name}.ipynb": "assignment.ipynb",
        corpus / "mean.py": "answers.py.txt",
        corpus / "survivors.toml": "survivors.toml",
    }
    return _write(files, name)


def _check_name(name: str, others: Iterable[Path]) -> None:
    """``CourseProblem`` if ``name`` is none, or one of the paths ``others`` has its number."""
    if not NAME.fullmatch(name):
        raise CourseProblem(
            f"The name is {name!r}, wanted two digits and small letters, such as 13_autoencoders."
        )
    if keyword.iskeyword(name[3:]):
        raise CourseProblem(
            f"The name is {name!r}, but {name[3:]!r} is a word of Python's own and can't name a "
            "file that is imported: choose another."
        )
    for other in others:
        if other.name[:3] == name[:3]:
            raise CourseProblem(f"Number {name[:2]} is taken: {other.stem} is there already.")


def _write(files: Mapping[Path, str], name: str) -> list[Path]:
    """Fill each template in, {where it goes: its name}; never over a file that is there."""
    if taken := [str(path) for path in files if path.exists()]:
        raise CourseProblem(f"{' and '.join(taken)} is there already: nothing was written.")
    for path, template in files.items():
        text = (TEMPLATES / template).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(text, name), encoding="utf-8")
    return list(files)


def _filled(text: str, name: str) -> str:
    title = name[3:].replace("_", " ").capitalize()
    for token, value in (
        ("NN_NAME", name),
        ("NN", name[:2]),
        ("NAME", name[3:]),
        ("TITLE", title),
    ):
        text = text.replace(token, value)
    return text


def _run(path: Path) -> None:
    """Run the notebook and save its outputs, as ``make lectures`` does."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        config=QUIET,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise CourseProblem(f"{path} was written, but did not run: {error}") from error
    nbformat.write(notebook, path)
