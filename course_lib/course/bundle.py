"""What students get: lectures, exercises, library and environment; no solution, no test of ours.

A bundle is made of the files that git knows, so the same course gives the same bytes each time. As
a branch of a repository it can be pulled, by nbgitpuller too: it changes only what has changed.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.errors import CourseProblem

PARTS = (
    *("lectures", "exercises", "course_lib", "later_lectures", "binder"),
    *("LICENSE", "constraints.txt", "nbgrader_config.py", "pyproject.toml"),
)
README = "docs/students.md"
MAKEFILE = Path(__file__).with_name("templates") / "bundle_makefile.txt"
IGNORED = ".venv/\n.checked/\n.ipynb_checkpoints/\n__pycache__/\n*.egg-info/\n"
LISTED = ".bundle"  # in a folder: the files that are the bundle's, and not the student's
BRANCH = "refs/heads/main"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # an archive must have some time
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "course bundle"), ("EMAIL", "course@localhost"))
}


@dataclass(frozen=True)
class Bundled:
    """A file of the bundle. executable: whether it is a program."""

    content: bytes
    executable: bool = False


Bundle = Mapping[str, Bundled]


def bundle(root: Path) -> Bundle:
    """The bundle of the course at ``root``: {path: file}, sorted.

    ``CourseProblem`` if it is no git repository, or if it has none of the parts.
    """
    names = _git(root, "ls-files", "-z", "--", *PARTS, README).decode().split("\0")
    there = [name for name in names if name and (root / name).is_file()]
    if README not in there:
        raise CourseProblem(f"{root} has no {README}: is it the course's repository?")
    files = {
        name: Bundled((root / name).read_bytes(), os.access(root / name, os.X_OK))
        for name in there
        if name != README
    }
    files["README.md"] = Bundled((root / README).read_bytes())
    files["Makefile"] = Bundled(MAKEFILE.read_bytes())
    files[".gitignore"] = Bundled(IGNORED.encode())
    return dict(sorted(files.items()))


def write_folder(files: Bundle, folder: Path) -> None:
    """Write a bundle into ``folder``, new or empty, or over an older bundle there.

    What the older one had and the new one has not goes. ``CourseProblem`` if something else is
    there: it could be a student's.
    """
    listed = folder / LISTED
    older = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    if not older and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseProblem(f"{folder} is there already, and is no bundle: nothing was written.")
    for name in set(older) - set(files):
        (folder / name).unlink(missing_ok=True)
    for name, file in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        path.chmod(0o755 if file.executable else 0o644)
    listed.write_text("".join(f"{name}\n" for name in files), encoding="utf-8")


def write_zip(files: Bundle, path: Path) -> None:
    """Write a bundle as a zip file: the same bytes for the same files."""
    unfinished = path.with_name(f"{path.name}.part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if file.executable else 0o100644) << 16
            archive.writestr(entry, file.content)
    unfinished.replace(path)


def commit(files: Bundle, repository: Path) -> bool:
    """Add a bundle to branch main of a bare ``repository``, made if there is none.

    False if it is there already. ``CourseProblem`` if ``repository`` is something else.
    """
    if not repository.exists():
        _git(repository.parent, "init", "--quiet", "--bare", "--initial-branch=main", repository)
    if _git(repository, "rev-parse", "--is-bare-repository").strip() != b"true":
        raise CourseProblem(f"--git {repository}: wanted a bare repository, or a new place.")
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(files, Path(scratch, "bundle"))
        Path(scratch, "bundle", LISTED).unlink()
        index = {"GIT_INDEX_FILE": f"{scratch}/index"}
        work = f"--work-tree={scratch}/bundle"
        _git(repository, work, "add", "--all", "--force", **index)
        tree = _git(repository, "write-tree", **index).decode().strip()
    before = _git(repository, "for-each-ref", "--format=%(objectname)", BRANCH).decode().strip()
    if before and _git(repository, "rev-parse", f"{before}^{{tree}}").decode().strip() == tree:
        return False
    parent = ["-p", before] if before else []
    new = _git(repository, "commit-tree", tree, *parent, "-m", "The course", **WHO)
    _git(repository, "update-ref", BRANCH, new.decode().strip())
    return True


def _git(folder: Path, *words: str | Path, **environment: str) -> bytes:
    """What git says; ``CourseProblem`` with its reason if it can't."""
    folder = folder.absolute()
    place = [f"--git-dir={folder}"] if (folder / "HEAD").is_file() else []
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *place, *words],
            cwd=folder,
            env=clean | environment,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise CourseProblem(f"git is not installed, or there is no {folder}.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise CourseProblem(f"git {words[0]} in {folder}: {said}") from error
    return done.stdout
