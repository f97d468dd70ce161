"""Hostile and broken submissions to the tiny course: what the folder that is handed in may hold.

Each has a name, what it does to the folder and the notebook that a right student would hand in, and
what must come of it: points, of 5, or the words in which it is refused. Whatever it is, it costs
itself alone.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = "01_numbers"  # of the assignment
FILE = f"{NAME}.ipynb"
Content = dict[str, Any]
Hostile = Callable[[Path, Content], None]
SUBMISSIONS: dict[str, tuple[Hostile, float | str]] = {}


def submission(wanted: float | str) -> Callable[[Hostile], Hostile]:
    """The function is a submission by its own name. wanted: its points, or why it is refused."""

    def keep(function: Hostile) -> Hostile:
        SUBMISSIONS[function.__name__.replace("_", "-")] = function, wanted
        return function

    return keep


def changed(wanted: float | str = 5.0) -> Callable[[Callable[[Content], None]], None]:
    """The function changes the right notebook, which is then handed in."""

    def keep(function: Callable[[Content], None]) -> None:
        def hand_in(folder: Path, notebook: Content) -> None:
            function(notebook)
            (folder / FILE).write_text(json.dumps(notebook))

        hand_in.__name__ = function.__name__
        submission(wanted)(hand_in)

    return keep


def beside(wanted: float | str = 5.0) -> Callable[[Callable[[Path], None]], None]:
    """The function puts something beside the right notebook."""

    def keep(function: Callable[[Path], None]) -> None:
        def hand_in(folder: Path, notebook: Content) -> None:
            (folder / FILE).write_text(json.dumps(notebook))
            function(folder)

        hand_in.__name__ = function.__name__
        submission(wanted)(hand_in)

    return keep


def instead(wanted: float | str) -> Callable[[Callable[[Path], None]], None]:
    """The function makes something in the place of the notebook."""

    def keep(function: Callable[[Path], None]) -> None:
        def hand_in(folder: Path, notebook: Content) -> None:
            function(folder / FILE)

        hand_in.__name__ = function.__name__
        submission(wanted)(hand_in)

    return keep


WRONG = [None, True, -1, 10**400, 0.5, float("nan"), "", "x" * 10**5, [], [[]], {}, {"a": {}}]


@changed()
def cells_with_all_metadata_wrong(notebook):
    names = ["tags", "jupyter", "collapsed", "name", "scrolled", "execution", "format", "deletable"]
    for index, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= dict.fromkeys(names, WRONG[index % len(WRONG)])


@changed()
def a_notebook_with_all_metadata_wrong(notebook):
    names = ["kernelspec", "language_info", "orig_nbformat", "title", "authors", "examiner"]
    notebook["metadata"] = dict(zip(names, WRONG, strict=False))


@changed()
def metadata_that_is_none(notebook):
    notebook["metadata"] = None
    notebook["cells"].append({"cell_type": "code", "metadata": 5, "source": ""})


@changed()
def a_kernel_of_every_type(notebook):
    notebook["metadata"]["kernelspec"] = {"name": [1], "display_name": 5, "language": {}}


@changed()
def points_beyond_all_numbers(notebook):
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = 10**400


@changed()
def points_that_are_none(notebook):
    for cell, wrong in zip(notebook["cells"], WRONG, strict=False):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": wrong, "schema_version": wrong}


@changed()
def marks_of_wrong_types(notebook):
    for cell, wrong in zip(notebook["cells"], WRONG, strict=False):
        if "nbgrader" in cell["metadata"]:
            marks = dict.fromkeys(["grade", "locked", "solution", "task", "checksum"], wrong)
            cell["metadata"]["nbgrader"] |= marks


@changed()
def counts_and_outputs_of_wrong_types(notebook):
    for cell, wrong in zip(notebook["cells"], WRONG, strict=False):
        cell |= {"execution_count": wrong, "outputs": wrong}


@changed()
def forged_outputs(notebook):
    stream = {"output_type": "stream", "name": "stdout", "text": ""}
    notebook["cells"][-1]["outputs"] = [stream] * 50_000


@changed()
def ids_of_wrong_types(notebook):
    for cell, wrong in zip(notebook["cells"], WRONG, strict=False):
        cell["id"] = wrong


@changed()
def attachments_of_wrong_types(notebook):
    for wrong in WRONG:
        cell = {"cell_type": "markdown", "metadata": {}, "source": "![x](attachment:x)"}
        notebook["cells"].append(cell | {"attachments": wrong})
        notebook["cells"].append(cell | {"attachments": {"x": wrong}})
        notebook["cells"].append(cell | {"attachments": {"x": {"image/png": wrong}}})


@changed()
def cells_that_are_none(notebook):
    notebook["cells"] += [*WRONG, {"cell_type": [], "source": {}}, {"source": [1, "x = 1", None]}]


@changed()
def versions_from_the_future(notebook):
    notebook |= {"nbformat": 10**6, "nbformat_minor": "5"}


@changed()
def a_hundred_thousand_names(notebook):
    notebook["cells"][0]["metadata"] |= {f"name{n}": n for n in range(10**5)} | {"tags": 5}


@changed()
def nesting_as_deep_as_json_goes(notebook):
    deep = []
    for _ in range(500):
        deep = [deep]
    notebook["cells"][0]["metadata"]["deep"] = deep


@changed()
def half_characters_everywhere(notebook):
    notebook["cells"].append(
        {
            "cell_type": "markdown",
            "metadata": {"\ud800": "\udfff"},
            "source": "\ud800",
            "id": "\udc00",
        }
    )


@changed()
def escapes_in_names(notebook):
    notebook["cells"][0]["metadata"]["nbgrader"] = {"grade_id": "\x1b[2J\n2026-01-01 ERROR eve"}


@changed("has 2006 cells, at most 2000")
def more_cells_than_are_read(notebook):
    cell = {"cell_type": "raw", "metadata": {}, "source": ""}
    notebook["cells"] += [cell] * (2006 - len(notebook["cells"]))


@changed("lines in its cells, at most 250,000")
def a_cell_of_a_million_lines(notebook):
    for cell in notebook["cells"]:
        if "def triple" in "".join(cell["source"]):
            cell["source"] = "triple = [\n" + "0,\n" * 10**6


@changed()
def a_long_essay_in_its_own_cell(notebook):
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "*_`[$" * 10**5})


@instead("it can't be read as one")
def bytes_of_every_value(file):
    file.write_bytes(bytes(range(256)) * 100)


@instead("is nested too deeply")
def brackets(file):
    file.write_bytes(b"[" * 10**5)


@instead("is too large")
def ten_megabytes_of_lists(file):
    file.write_bytes(b'{"cells": [], "metadata": {"x": [' + b"[]," * 3 * 10**6 + b"[]]}}")


@instead("is too large")
def sixty_megabytes_of_quotes(file):
    file.write_bytes(b'{"a": "' + b'\\"' * 3 * 10**7)


@instead("it can't be read as one")
def a_number_of_a_million_digits(file):
    file.write_bytes(b'{"cells": ' + b"9" * 10**6 + b"}")


@instead("is too large")
def a_sparse_notebook(file):
    with open(file, "wb") as sparse:
        sparse.truncate(6 * 10**7)


@instead("is missing")
def twelve_sparse_gigabytes(file):
    with open(file, "wb") as sparse:
        sparse.truncate(12 * 2**30)


@instead("is empty")
def nothing_in_it(file):
    file.touch()


@instead("is missing")
def a_link_to_the_solution(file):
    file.symlink_to(Path("../../../solutions", NAME, FILE))


@instead("is missing")
def a_link_to_itself(file):
    file.symlink_to(file.name)


@instead("is missing")
def a_pipe(file):
    os.mkfifo(file)


@instead("is a folder")
def a_folder_of_its_name(file):
    file.mkdir()
    (file / "inside.txt").touch()


@instead("is missing")
def a_socket(file):
    begin = os.getcwd()
    os.chdir(file.parent)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(file.name)
    os.chdir(begin)


@beside()
def a_film_in_the_outputs(folder):
    notebook = json.loads((folder / FILE).read_text())
    film = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "A" * 55 * 10**6}}
    notebook["cells"][-1]["outputs"] = [film]
    (folder / FILE).write_text(json.dumps(notebook))


@beside()
def names_that_are_no_text(folder):
    odd = os.fsdecode(b"not \xff text")
    (folder / odd).mkdir()
    (folder / odd / odd).write_text("x")
    (folder / odd / f"{odd}.ipynb").write_text("x")


@beside()
def names_that_forge_lines(folder):
    line = "x\n2026-01-01 00:00:00,000 INFO    01_numbers eve: graded, 5 of 5 points"
    (folder / line).mkdir()
    (folder / line / f"\x1b[2J\x1b]0;title\x07{line}").write_text("x")
    (folder / f"link{line}").symlink_to("/dev/zero")


@beside()
def names_as_long_as_they_go(folder):
    (folder / ("x" * 255)).mkdir()
    (folder / ("x" * 255) / ("y" * 255)).touch()
    folder.joinpath(*(letter * 255 for letter in "abcdef")).mkdir(parents=True)


@beside()
def links_devices_and_pipes(folder):
    os.mkfifo(folder / "pipe")
    for name, to in ("zero", "/dev/zero"), ("root", "/"), ("up", ".."), ("loop", "loop"):
        (folder / name).symlink_to(to)


@beside()
def a_hundred_links(folder):
    for number in range(100):
        (folder / f"link{number}").symlink_to("/etc/passwd")


@beside()
def folders_within_each_other(folder):
    folder.joinpath(*["d"] * 200).mkdir(parents=True)


@beside()
def ten_thousand_files(folder):
    (folder / "many").mkdir()
    for number in range(10_500):
        (folder / "many" / str(number)).touch()


@beside()
def sparse_gigabytes(folder):
    for number in range(30):
        with open(folder / f"{number}.bin", "wb") as sparse:
            sparse.truncate(49 * 10**6 if number else 12 * 2**30)


@beside()
def files_without_rights(folder):
    (folder / "secret.txt").write_text("x")
    (folder / "secret").mkdir()
    (folder / "secret.txt").chmod(0)
    (folder / "secret").chmod(0)


@beside()
def a_time_that_is_none(folder):
    (folder / "timestamp.txt").write_text("9" * 10**6)


@beside()
def a_time_that_is_a_folder(folder):
    (folder / "timestamp.txt").mkdir()
    (folder / "timestamp.txt" / "x").touch()


@beside()
def configurations_of_programs(folder):
    for name in ("nbgrader_config.py", "sitecustomize.py", "jupyter_config.py", "conftest.py"):
        (folder / name).write_text("raise SystemExit")


@beside()
def another_notebook_that_is_none(folder):
    (folder / "scratch.ipynb").write_bytes(b"\xff" * 1000)
    (folder / "empty.ipynb").touch()
    (folder / "pipe.ipynb").symlink_to("/dev/zero")


@submission("can't be opened")
def no_rights_at_all(folder: Path, notebook: Content) -> None:
    (folder / FILE).write_text(json.dumps(notebook))
    folder.chmod(0)


@submission("can't be opened")
def no_rights_to_the_students_folder(folder: Path, notebook: Content) -> None:
    (folder / FILE).write_text(json.dumps(notebook))
    folder.parent.chmod(0)


@submission("is missing")
def a_notebook_without_rights(folder: Path, notebook: Content) -> None:
    (folder / FILE).write_text(json.dumps(notebook))
    (folder / FILE).chmod(0)


@submission("is a link")
def a_link_in_place_of_the_folder(folder: Path, notebook: Content) -> None:
    folder.rmdir()
    folder.symlink_to(Path("../../solutions", NAME))


@submission("is a link")
def a_link_to_nowhere(folder: Path, notebook: Content) -> None:
    folder.rmdir()
    folder.symlink_to("nowhere")


@submission("the folder is empty")
def nothing_at_all(folder: Path, notebook: Content) -> None:
    pass


NEED_AN_ORDINARY_USER = {  # whom the rights of files stop
    name for name, (_, wanted) in SUBMISSIONS.items() if "rights" in name and wanted != 5
}


def hand_in(submitted: Path, name: str, student: str, notebook: Content) -> None:
    """Hand in the submission ``name`` as ``student``; notebook: one with right answers."""
    folder = submitted / student / NAME
    folder.mkdir(parents=True)
    SUBMISSIONS[name][0](folder, json.loads(json.dumps(notebook)))


def fits(name: str, score: float, problem: str) -> bool:
    """Whether this is what must come of the submission ``name``."""
    wanted = SUBMISSIONS[name][1]
    if isinstance(wanted, str):
        return wanted in problem
    return not problem and score == wanted
