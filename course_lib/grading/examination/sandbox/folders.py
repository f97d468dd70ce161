"""What a sandbox shows of the files, as options of bubblewrap.

Of all paths that are shown or hidden the longest decides, and where they are equal, hiding does. So
a course below /usr is not there, and an environment inside this course is.
"""

import contextlib
import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf")
OF_AN_ENVIRONMENT = ("bin", "etc", "include", "lib", "lib32", "lib64", "libexec", "share", "ssl")
ON_IT = ("pyvenv.cfg", "conda-meta")


def pythons() -> list[str]:
    """The folders of this Python and its packages, and their parts, in case they are a course."""
    found = []
    for prefix in dict.fromkeys((sys.prefix, sys.base_prefix)):
        parts = [os.path.join(prefix, name) for name in (*OF_AN_ENVIRONMENT, *ON_IT)]
        found += [prefix, *filter(os.path.exists, parts)]
    return found


def options(shown: Iterable[str | Path], hidden: Iterable[str | Path]) -> list[str]:
    """bubblewrap's options that show the system's folders and ``shown``, without ``hidden``."""
    command, visible = [], dict.fromkeys(os.path.abspath(path) for path in shown)
    for path in SYSTEM:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            visible.setdefault(path)
    for path in SETTINGS:
        command += ["--ro-bind-try", path, path]
    command += _ways_to(visible)
    gone = _where_seen(filter(_can_be_hidden, map(os.path.realpath, hidden)), visible)
    empty = []
    for path in sorted({*visible, *gone}, key=lambda path: Path(path).parts):
        if path not in gone:
            command += ["--ro-bind", path, path]
        elif not os.path.isdir(path):
            command += ["--ro-bind", "/dev/null", path]
        else:
            command += ["--size", "4096", "--tmpfs", path]
            empty += ["--remount-ro", path]  # when what is shown in it has got its place
    return command + empty


def _ways_to(visible: Iterable[str]) -> list[str]:
    """Make the folders above, open to the student where the grader is root and theirs are not."""
    above = {str(parent) for path in visible for parent in list(Path(path).parents)[:-1]}
    inside = {path for path in above for shown in visible if _is_in(path, shown)}
    command = []
    for path in sorted(above - inside, key=lambda path: Path(path).parts):
        command += ["--perms", "0755", "--dir", path]
    return command


def _can_be_hidden(path: str) -> bool:
    """Whether the path is there, and no folder without which nothing would run."""
    return os.path.exists(path) and not any(_is_in(one, path) for one in _needed())


@cache  # sysconfig makes much of each path
def _needed() -> list[str]:
    """The folders without which nothing would run."""
    system = [os.path.realpath(one) for one in SYSTEM if os.path.isdir(one)]
    packages = [sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")]
    return [*system, *map(os.path.realpath, [*packages, *site.getsitepackages()])]


def _where_seen(hidden: Iterable[str], visible: Iterable[str]) -> set[str]:
    """The paths at which what lies at ``hidden`` would be seen through what is ``visible``."""
    found = set()
    real = {path: os.path.realpath(path) for path in visible}
    for path in hidden:
        for name in (path, *_other_names(path, real.values())):
            for shown, leads_to in real.items():
                if _is_in(name, leads_to):
                    found.add(
                        os.path.normpath(os.path.join(shown, os.path.relpath(name, leads_to)))
                    )
    return found


def _other_names(path: str, folders: Iterable[str]) -> Iterator[str]:
    """Where a path is found again because it, or what it is in, is mounted inside ``folders``."""
    above = [path, *map(str, Path(path).parents)]
    for mounted in _mount_points():
        if any(_is_in(mounted, folder) for folder in folders):
            for one in above:
                with contextlib.suppress(OSError):
                    if one != mounted and os.path.samefile(one, mounted):
                        yield os.path.normpath(os.path.join(mounted, os.path.relpath(path, one)))


def _mount_points() -> list[str]:
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
        points = [line.split(" ")[4] for line in mounts]
    for code, sign in ("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"):
        points = [point.replace(code, sign) for point in points]
    return points


def _is_in(path: str, folder: str) -> bool:
    """Whether a path is a folder or in it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")
