"""Is this computer ready for the course? What is installed, against what was tested."""

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import course_lib

CONSTRAINTS = Path(course_lib.__file__).parents[1] / "constraints.txt"
PACKAGES = ("numpy", "matplotlib", "ipywidgets", "jupyterlab", "nbgrader", "torch")
OPTIONAL = ("torch",)
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Part:
    """One thing the course needs: the version found and the one tested, "" where unknown."""

    name: str
    found: str
    tested: str

    @property
    def verdict(self):
        """What to make of it, in a few words."""
        if not self.found:
            return "not installed" + (", optional" if self.name in OPTIONAL else "")
        if not self.tested:
            return "installed"
        # PyTorch names its build after a plus: 2.13.0+cpu
        same = self.found.partition("+")[0] == self.tested
        return "as tested" if same else "another version than tested"


def pinned_versions(constraints=CONSTRAINTS):
    """The versions the course was tested with, {name: version}, from lines ``name==version``.

    Empty where there is no such file, as when the library was installed away from the course.
    """
    if not constraints.is_file():
        return {}
    lines = (line.partition("#")[0].strip() for line in constraints.read_text().splitlines())
    pairs = (line.split("==") for line in lines if "==" in line)
    return {name.strip().lower(): version.strip() for name, version in pairs}


def installed_version(name):
    """The version of an installed package, "" if it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def parts(constraints=CONSTRAINTS):
    """What was found of the packages that a student uses, a ``Part`` each."""
    tested = pinned_versions(constraints)
    return [Part(name, installed_version(name), tested.get(name, "")) for name in PACKAGES]


def python_verdict(version=sys.version_info):
    """A sentence on this Python."""
    found, oldest = (".".join(map(str, v[:2])) for v in (version, OLDEST_PYTHON))
    if tuple(version[:2]) < OLDEST_PYTHON:
        return f"Python {found} is too old: the course needs {oldest} or newer."
    return f"Python {found}: fine, the course needs {oldest} or newer."


def gpu_verdict():
    """A sentence on the GPU. Asks PyTorch, which takes a few seconds to import."""
    if not installed_version("torch"):
        return (
            "GPU: can't tell without PyTorch. Only the lectures about PyTorch need it; "
            'from the course\'s folder, `pip install -e ".[torch]"` adds it.'
        )
    from course_lib import pytorch

    device = pytorch.choose_device("auto")
    if device.type == "cpu":
        return "GPU: none that PyTorch can use. That is fine, the course runs without one."
    return f"GPU: {pytorch.describe(device)}, ready for PyTorch."


def check(constraints=CONSTRAINTS):
    """The whole check as Markdown: Python, each package against the tested version, the GPU."""
    found = parts(constraints)
    lines = [python_verdict(), "", "| package | found | tested | |", "|---|---|---|---|"]
    lines += [f"| {p.name} | {p.found or '–'} | {p.tested or '–'} | {p.verdict} |" for p in found]
    lines += ["", advice(found), "", gpu_verdict()]
    return "\n".join(lines)


def advice(found):
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
    return "Everything that is installed is as tested."
