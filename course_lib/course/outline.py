"""The map of the course, made from its notebooks: lectures, their assignments, the points."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LECTURE = re.compile(r"\d\d_\w+\.ipynb")  # not a copy that somebody made beside it
START, END = "<!-- the map: `make readme` writes it -->", "<!-- end of the map -->"


@dataclass(frozen=True)
class Lecture:
    """What a lecture says of itself, in the metadata of its notebook under the key ``course``.

    assignment: the name of its assignment, "" if there is none.
    """

    path: Path
    title: str
    about: str
    assignment: str = ""

    @property
    def number(self) -> str:
        """The two digits that its file name begins with, such as "04"."""
        return self.path.name[:2]


def lectures(root: str | Path) -> list[Lecture]:
    """The lectures of the course whose folder is ``root``, in their order.

    Raises ``ValueError`` if ``root`` has no folder lectures, or a lecture says nothing of itself.
    """
    folder = Path(root) / "lectures"
    if not folder.is_dir():
        raise ValueError(f"root is {str(root)!r}, wanted the course's folder")
    paths = sorted(path for path in folder.iterdir() if LECTURE.fullmatch(path.name))
    return [_lecture(path) for path in paths]


def course_map(root: str | Path = ".") -> str:
    """A Markdown table of the course, with links from a notebook in lectures/.

    An assignment that has not been released is marked as not written yet.
    """
    return _table(Path(root), above="../")


def write_readme(root: str | Path = ".") -> None:
    """Put the table into README.md of the course, between the two comments that mark its place."""
    path = Path(root, "README.md")
    before, _, rest = path.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{path} has no place for the map: {START} and, below it, {END}")
    table = _table(Path(root), above="")
    path.write_text(f"{before}{START}\n{table}\n{END}{after}", encoding="utf-8")


def _lecture(path: Path) -> Lecture:
    entry = _notebook(path)["metadata"].get("course", {})
    if not entry.get("title") or "about" not in entry:
        raise ValueError(
            f"the metadata of {path.name} lacks its line of the map, "
            '"course": {"title": ..., "about": ..., "assignment": ...}'
        )
    return Lecture(path, entry["title"], entry["about"], entry.get("assignment", ""))


def _table(root: Path, above: str) -> str:
    lines = ["| lecture | about | assignment | points |", "|---|---|---|---|"]
    for lecture in lectures(root):
        link = f"[{lecture.number} {lecture.title}]({above}lectures/{lecture.path.name})"
        assignment, points = _assignment(root, lecture.assignment, above)
        lines.append(f"| {link} | {lecture.about} | {assignment} | {points} |")
    return "\n".join(lines)


def _assignment(root: Path, name: str, above: str) -> tuple[str, str]:
    """An assignment's link and its points, as they stand in the table."""
    if not name:
        return "", ""
    path = Path("exercises", name, f"{name}.ipynb")
    if not (root / path).is_file():
        return f"{name} *(not written yet)*", ""
    return f"[{name}]({above}{path.as_posix()})", f"{_points(root / path):g}"


def _points(path: Path) -> float:
    """Points that can be earned in a released assignment."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in _notebook(path)["cells"]]
    return sum(mark.get("points", 0) for mark in marks if mark.get("grade"))


def _notebook(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    write_readme()
