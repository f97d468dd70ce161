"""Is this computer ready for the course? What is installed, against what was tested."""

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import course_lib

PACKAGE = Path(course_lib.__file__).parent
PACKAGES = ("numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbgrader", "torch")
OPTIONAL = {  # what for: Colab has no JupyterLab, for one
    "jupyterlab": "for notebooks on your own computer",
    "nbgrader": "for *Validate* and `course check`",
    "torch": "for the lectures about PyTorch",
}
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)


@dataclass(frozen=True)
class Part:
    """One thing the course needs: the version found and the one tested, "" where unknown."""

    name: str
    found: str
    tested: str

    @property
    def verdict(self) -> str:
        """What to make of it, in a few words."""
        if not self.found:
            return f"not installed, {OPTIONAL.get(self.name, 'and needed')}"
        if not self.tested:
            return "installed"
        # PyTorch names its build after a plus: 2.13.0+cpu
        same = self.found.partition("+")[0] == self.tested
        return "as tested" if same else "another version than tested"


def constraints_file() -> Path:
    """The list of tested versions: in a wheel beside the code, in a checkout above it."""
    inside = PACKAGE / "constraints.txt"
    return inside if inside.is_file() else PACKAGE.parent / "constraints.txt"


def pinned_versions(constraints: Path | None = None) -> dict[str, str]:
    """The versions the course was tested with on this Python, {name: version}.

    constraints: a file with lines ``name==version ; marker``, by default the course's own.
    Empty where there is no such file.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    constraints = constraints or constraints_file()
    if not constraints.is_file():
        return {}
    pinned: dict[str, str] = {}
    for line in constraints.read_text(encoding="utf-8").splitlines():
        try:
            pin = Requirement(line.partition("#")[0].strip())
        except InvalidRequirement:  # a blank line, or an option of pip's
            continue
        if pin.marker is None or pin.marker.evaluate():
            pinned |= {pin.name.lower(): one.version for one in pin.specifier}
    return pinned


def installed_version(name: str) -> str:
    """The version of an installed package, "" if it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def parts(constraints: Path | None = None) -> list[Part]:
    """What was found of the packages that a student uses, a ``Part`` each."""
    tested = pinned_versions(constraints)
    return [Part(name, installed_version(name), tested.get(name, "")) for name in PACKAGES]


def python_verdict(version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """A sentence on this Python."""
    found, oldest, newest = (
        ".".join(map(str, one[:2])) for one in (version, OLDEST_PYTHON, NEWEST_PYTHON)
    )
    if tuple(version[:2]) < OLDEST_PYTHON:
        return f"Python {found} is too old: the course needs {oldest} or newer."
    if tuple(version[:2]) > NEWEST_PYTHON:
        return f"Python {found} is newer than tested: the course was run on {oldest} to {newest}."
    return f"Python {found}: fine, the course needs {oldest} to {newest}."


def gpu_verdict() -> str:
    """A sentence on the GPU. Asks PyTorch, which takes a few seconds to import."""
    if not installed_version("torch"):
        return (
            "GPU: can't tell without PyTorch. Only the lectures about PyTorch need it; "
            'in the course\'s folder, `.venv/bin/pip install -c constraints.txt -e ".[torch]"` '
            "adds it."
        )
    from course_lib import pytorch

    device = pytorch.choose_device("auto")
    if device.type == "cpu":
        return "GPU: none that PyTorch can use. That is fine, the course runs without one."
    return f"GPU: {pytorch.describe(device)}, ready for PyTorch."


def check(constraints: Path | None = None) -> str:
    """The whole check as Markdown: Python, each package against the tested version, the GPU."""
    found = parts(constraints)
    lines = [python_verdict(), "", "| package | found | tested | result |", "|---|---|---|---|"]
    lines += [f"| {p.name} | {p.found or '–'} | {p.tested or '–'} | {p.verdict} |" for p in found]
    lines += ["", advice(found), "", gpu_verdict()]
    return "\n".join(lines)


def advice(found: list[Part]) -> str:
    """What to do about the ``parts`` found, in a sentence."""
    missing = [part.name for part in found if not part.found and part.name not in OPTIONAL]
    others = [part.name for part in found if part.verdict == "another version than tested"]
    if missing:
        return f"Missing: {', '.join(missing)}. Install the course again, as its README says."
    if others:
        return (
            f"Not the tested version: {', '.join(others)}. It will most likely work; "
            "if a lecture shows other numbers than yours, this may be why."
        )
    if not any(part.tested for part in found):
        return "The list of tested versions, constraints.txt, is not here, so nothing was compared."
    return "What is installed has the tested versions."
