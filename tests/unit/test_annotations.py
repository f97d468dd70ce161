"""Every function says what it takes and returns; every public name says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import course_lib

ROOT = Path(course_lib.__file__).parent
TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef, bool]]:
    """(name, function, whether it is a method) of what a module and its classes define."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node, False
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    yield f"{node.name}.{method.name}", method, True


def without_annotation(function: ast.FunctionDef, method: bool) -> list[str]:
    """The arguments of a function that have no type, and "return" if the result has none."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    static = any(ast.unparse(line) == "staticmethod" for line in function.decorator_list)
    named = named[1:] if method and not static else named
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    missing = [argument.arg for argument in named if argument.annotation is None]
    return missing + ["return"] * (function.returns is None and function.name != "__init__")


def is_public(name: str) -> bool:
    return not any(part.startswith("_") for part in name.split("."))


DOCUMENTED = {  # methods that some class explains for all that have them, such as Layer.forward
    node.name
    for tree in TREES.values()
    for name, node, method in functions(tree)
    if method and ast.get_docstring(node)
}


@pytest.mark.parametrize("path", TREES)
def test_every_function_is_annotated(path):
    missing = {
        name: without_annotation(node, method)
        for name, node, method in functions(TREES[path])
        if without_annotation(node, method)
    }
    assert missing == {}


# What grading overrides of nbgrader, nbconvert and IPython is explained there.
@pytest.mark.parametrize("path", [path for path in TREES if not path.startswith("grading")])
def test_every_public_name_is_documented(path):
    tree = TREES[path]
    assert ast.get_docstring(tree), "the module does not say what lives there"
    classes = [(node.name, node, False) for node in tree.body if isinstance(node, ast.ClassDef)]
    silent = [
        name
        for name, node, method in [*functions(tree), *classes]
        if is_public(name)
        and not ast.get_docstring(node)
        and not (method and node.name in DOCUMENTED)
    ]
    assert silent == []


def test_what_is_missing_is_found():
    tree = ast.parse("class A:\n    def f(self, x, *y: int, **z):\n        pass\ndef g(): ...")
    found = {name: without_annotation(node, method) for name, node, method in functions(tree)}
    assert found == {"A.f": ["x", "z", "return"], "g": ["return"]}
