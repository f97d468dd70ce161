"""A copy of a library for the student's process, without what the assignment asks for.

The functions named keep their signature; their body becomes an error that says why. The source of
the originals is not in the copy, nor is anything compiled from it.
"""

import ast
import importlib.util
import shutil
from pathlib import Path

from course_lib.grading.errors import CourseProblem

REASON = "{} is out of reach here: this assignment asks you to write it"


def copy_library(packages, withheld, to):
    """Copy the installed ``packages`` into the folder ``to``, without the names ``withheld``.

    withheld: dotted names of functions, classes, modules or whole packages, as one imports them;
    where a package imports a function from a module of the same name, the function is meant.
    Returns the places of the originals, which must be hidden. ``CourseProblem`` if there is no such
    name.
    """
    to, originals = Path(to), []
    for package in packages:
        source = Path(importlib.util.find_spec(package).origin).parent
        shutil.copytree(source, to / package, ignore=shutil.ignore_patterns("__pycache__"))
        originals.append(str(source))
    for name in withheld:
        top = name.partition(".")[0]
        if top not in packages and top == name:
            (to / name).mkdir()
            (to / name / "__init__.py").write_text(f"raise ImportError({REASON.format(name)!r})\n")
            originals += _places(name)
            continue
        path, rest = _module(to, name.split("."))
        if path is None or not path.exists():
            raise CourseProblem(f"withheld: there is no {name}.")
        whole = path.name == "__init__.py" and not rest
        for file in path.parent.rglob("*.py") if whole else [path]:
            _redact(file, rest, name)
    return originals


def _places(package):
    """Where an installed package is, if it is."""
    found = importlib.util.find_spec(package)
    if found is None:
        return []
    return list(found.submodule_search_locations or [found.origin])


def _module(folder, parts):
    """The file that defines the name and the rest of the name in there; (None, ...) if none."""
    path, parts = folder / parts[0], parts[1:]
    while parts and (path / parts[0]).is_dir():
        path, parts = path / parts[0], parts[1:]
    if not parts:
        return path / "__init__.py", parts
    file, imported = path / f"{parts[0]}.py", (None, parts)
    if len(parts) == 1 and (path / "__init__.py").is_file():
        imported = _where_imported(folder, path / "__init__.py", parts)
    if imported[0] is not None or not file.is_file():
        return imported if len(parts) == 1 else (None, parts)
    return file, parts[1:]


def _where_imported(folder, file, parts):
    """Follow ``from ... import name`` to the file that defines the name."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if _find(tree, parts[0]) is not None:
        return file, parts
    package = list(file.parent.relative_to(folder).parts)
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for one in node.names:
            if (one.asname or one.name) == parts[0]:
                base = package[: len(package) - node.level + 1] if node.level else []
                module = [*base, *(node.module or "").split(".")]
                found, rest = _module(folder, [*filter(None, module), one.name])
                return found, [*rest, *parts[1:]]
    return None, parts


def _redact(path, parts, name):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not parts:
        chosen = [node for node in tree.body if isinstance(node, DEFINITIONS)]
    else:
        node = tree
        for part in parts:
            node = _find(node, part)
            if node is None:
                raise CourseProblem(f"withheld: there is no {name}.")
        chosen = [node]
    for node in chosen:
        _empty(node, name if parts else f"{name}.{node.name}")
    path.write_text(ast.unparse(tree) + "\n", encoding="utf-8")


def _find(tree, name):
    for node in tree.body:
        if isinstance(node, DEFINITIONS) and node.name == name:
            return node
    return None


def _empty(node, name):
    """Replace the body of a function, or of every method of a class."""
    error = ast.parse(f"raise RuntimeError({REASON.format(name)!r})").body
    if isinstance(node, ast.ClassDef):
        new = ast.parse(f"def __new__(cls, *args, **kwargs):\n    {ast.unparse(error)}").body
        methods = [one for one in node.body if isinstance(one, DEFINITIONS)]
        for method in methods:
            _empty(method, name)
        node.body = [*new, *(one for one in methods if one.name != "__new__")]
    else:
        node.body = error


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
