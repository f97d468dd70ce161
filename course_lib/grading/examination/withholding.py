"""A copy of a library for the student's process, without what the assignment asks for.

The functions named keep their signature; their body becomes an error that says why. What only they
use goes with them, because an answer could be put together from it. The source of the originals is
not in the copy, nor is anything compiled from it.
"""

import ast
import contextlib
import functools
import importlib.util
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from course_lib.grading.errors import CourseProblem
from course_lib.grading.syntax import parse

CODE = (".py", ".pyi", ".pyw")
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Part = tuple[Path, str]  # a file of the copy, and the name of a function or class in it
# Bases that make a class of its body in a way of their own: no __new__ of ours has a place there.
MAKERS = {"NamedTuple", "TypedDict", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}
FILES = 2_000  # whose contents are remembered: a library's, before and after
OUT_OF_REACH = "is out of reach here: this assignment asks you to write it"
REASON = f"{{}} {OUT_OF_REACH}"


def copy_library(libraries: Iterable[str], withheld: Iterable[str], to: str | Path) -> list[str]:
    """Copy the installed ``libraries`` into the folder ``to``, without the names ``withheld``.

    withheld: dotted names of functions, classes, modules or whole packages, as one imports them;
    where a package imports a function from a module of the same name, the function is meant. A
    package that is in no library can be withheld as a whole. Data files are not copied if a second
    name for them will do. Returns the paths of the originals, which must be hidden.
    ``CourseProblem`` if there is no such library or name.
    """
    folder, originals, libraries = Path(to), [], list(libraries)
    parts: set[Part] = set()
    for library in libraries:
        source = package_folder(library)
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / library, ignore=ignore, copy_function=_link_data)
        else:
            shutil.copy(source, folder / source.name)
        originals.append(str(source))
    for name in withheld:
        top = name.partition(".")[0]
        if top not in libraries:
            if top != name:
                raise CourseProblem(
                    f"withheld: {name} is in none of c.Examine.libraries, which are "
                    f"{', '.join(libraries) or 'none'}."
                )
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(
                f"raise ImportError({REASON.format(name)!r})\n"
            )
            originals += _locations(name)
            continue
        path, rest = _module(folder, name.split("."))
        if path is None or not path.exists():
            raise CourseProblem(f"withheld: there is no {name}.")
        whole = path.name == "__init__.py" and not rest
        for file in path.parent.rglob("*.py") if whole else [path]:
            parts |= _redact(file, rest, name, folder)
    _redact_parts(folder, parts)
    return originals


def replace_data(files: Iterable[tuple[str, str]], folder: str | Path) -> None:
    """Write other data in place of those that hidden tests use, in a copy of the libraries.

    files: (path, dotted name of a function) each; the function is called with the path of the
    original and that of the file to write. ``CourseProblem`` if there is no such file or function.
    """
    for path, name in files:
        library, _, rest = path.partition("/")
        original, copied = package_folder(library) / rest, Path(folder, path)
        if not copied.is_file():
            raise CourseProblem(f"replaced: there is no {path} in c.Examine.libraries.")
        try:
            write = resolve_name(name)
        except (ImportError, AttributeError, ValueError) as error:
            raise CourseProblem(f"replaced: {name} can't be imported ({error}).") from error
        copied.unlink()  # it may be a second name of the original
        write(original, copied)


def package_folder(package: str) -> Path:
    """The folder of an installed package, or the file of a module."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise CourseProblem(f"c.Examine.libraries: no package {package} is installed.")
    return Path(found.origin).parent if found.submodule_search_locations else Path(found.origin)


def _link_data(source: str, target: str) -> None:
    """Copy a file of code; let what is no code, such as a data set, have a second name."""
    if not source.endswith(CODE):
        with contextlib.suppress(OSError):  # another disk, or no right to
            os.link(os.path.realpath(source), target)  # of a link, what it leads to
            return
    shutil.copy2(source, target)


def _locations(package: str) -> list[str]:
    """Where an installed package is, if it is."""
    found = importlib.util.find_spec(package)
    if found is None:
        return []
    return list(found.submodule_search_locations or filter(None, [found.origin]))


def _module(folder: Path, parts: list[str]) -> tuple[Path | None, list[str]]:
    """The file that defines the name and the rest of the name in there; (None, ...) if none."""
    if (folder / f"{parts[0]}.py").is_file():  # a library that is a single file
        return folder / f"{parts[0]}.py", parts[1:]
    path, parts = folder / parts[0], parts[1:]
    while parts and (path / parts[0]).is_dir():
        path, parts = path / parts[0], parts[1:]
    if not parts:
        return path / "__init__.py", parts
    file = path / f"{parts[0]}.py"
    imported: tuple[Path | None, list[str]] = (None, parts)
    if len(parts) == 1 and (path / "__init__.py").is_file():
        imported = _where_imported(folder, path / "__init__.py", parts)
    if imported[0] is not None or not file.is_file():
        return imported if len(parts) == 1 else (None, parts)
    return file, parts[1:]


def _where_imported(folder: Path, file: Path, parts: list[str]) -> tuple[Path | None, list[str]]:
    """Follow ``from ... import name`` to the file that defines the name."""
    contents = _contents(file.read_text(encoding="utf-8"))
    if parts[0] in contents.defined:
        return file, parts
    if parts[0] not in contents.imported:
        return None, parts
    dots, module, name = contents.imported[parts[0]]
    package = file.parent.relative_to(folder).parts
    base = package[: len(package) - dots + 1] if dots else ()
    found, rest = _module(folder, [*base, *filter(None, module.split(".")), name])
    return found, [*rest, *parts[1:]]


def _redact(path: Path, parts: list[str], name: str, folder: Path) -> set[Part]:
    """Empty a definition, or all of a module; returns what of the library it was made with."""
    tree: Any = parse(path.read_text(encoding="utf-8"))
    if not parts:
        chosen = [node for node in tree.body if isinstance(node, DEFINITIONS)]
    else:
        node = tree
        for part in parts:
            node = _find(node, part)
            if node is None:
                raise CourseProblem(f"withheld: there is no {name}.")
        chosen = [node]
    used = {found for node in chosen for found in _parts_of(node, path, folder)}
    for node in chosen:
        _empty(node, name if parts else f"{name}.{node.name}")
    path.write_text(ast.unparse(tree) + "\n", encoding="utf-8")
    return used


def _parts_of(node: ast.AST, path: Path, folder: Path) -> set[Part]:
    """The functions of the library that a definition in the file ``path`` uses by name."""
    found = set()
    for name in _names(node) - {getattr(node, "name", "")}:
        where, rest = _where_imported(folder, path, [name])
        if where is not None and len(rest) == 1:
            found.add((where, rest[0]))
    return found


def _names(node: ast.AST) -> set[str]:
    """The names that a piece of a program mentions."""
    inner = list(ast.walk(node))
    plain = {one.id for one in inner if isinstance(one, ast.Name)}
    return plain | {one.attr for one in inner if isinstance(one, ast.Attribute)}


def _redact_parts(folder: Path, parts: set[Part]) -> None:
    """Empty those of ``parts``, and of their own parts, that nothing in the library uses any more.

    What a package offers in its ``__init__`` is for everybody, and stays.
    """
    while parts:
        texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
        more: set[Part] = set()
        for path, name in sorted(parts):
            if not any(_uses(file, text, path, name) for file, text in texts.items()):
                shown = ".".join([*path.relative_to(folder).with_suffix("").parts, name])
                if REASON.format(shown) not in texts[path]:
                    more |= _redact(path, [name], shown, folder)
        parts = more


def _uses(file: Path, text: str, path: Path, name: str) -> bool:
    """Whether ``file`` mentions a name that ``path`` defines, but for its own definition."""
    if name not in text or not re.search(rf"\b{name}\b", text):  # the first is quick
        return False
    contents = _contents(text)
    if file != path and name in contents.defined:
        return False  # it has one of its own
    if file.name == "__init__.py" and name in contents.offered:
        return True
    return any(
        name in names
        for definition, names in contents.mentioned
        if not (file == path and definition == name)
    )


@dataclass(frozen=True)
class Contents:
    """Names in a file: those that it defines, those that it imports, those that it mentions.

    imported: {name: (dots, module, name there)} of ``from ... import``, wherever in the file.
    offered: imported for those who import the file. mentioned: by each other statement, behind the
    name of what the statement defines, "" if nothing.
    """

    defined: frozenset[str]
    imported: dict[str, tuple[int, str, str]]
    offered: frozenset[str]
    mentioned: tuple[tuple[str, set[str]], ...]


@functools.lru_cache(FILES)
def _contents(text: str) -> Contents:
    """What is in a file; the same text is parsed once, for all assignments."""
    tree = parse(text)
    definitions = [node for node in tree.body if isinstance(node, DEFINITIONS)]
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    imported: dict[str, tuple[int, str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                there = node.level, node.module or "", one.name
                imported.setdefault(one.asname or one.name, there)
    return Contents(
        frozenset(node.name for node in definitions),
        imported,
        frozenset(one.asname or one.name for node in imports for one in node.names),
        tuple(
            (node.name if node in definitions else "", _names(node))
            for node in tree.body
            if node not in imports
        ),
    )


def _find(tree: Any, name: str) -> Any:
    for node in tree.body:
        if isinstance(node, DEFINITIONS) and node.name == name:
            return node
    return None


def _empty(node: Any, name: str) -> None:
    """Give a function, or every method of a class, a body that says why it is empty."""
    error = parse(f"raise RuntimeError({REASON.format(name)!r})")
    if isinstance(node, ast.ClassDef):
        if MAKERS & {one for base in node.bases for one in _names(base)}:
            node.bases, node.keywords = [], []
        new = parse(f"def __new__(cls, *args, **kwargs):\n    {ast.unparse(error)}").body
        methods = [one for one in node.body if isinstance(one, DEFINITIONS)]
        for method in methods:
            _empty(method, name)
        node.body = [*new, *(one for one in methods if one.name != "__new__")]
    else:
        node.body = error.body
