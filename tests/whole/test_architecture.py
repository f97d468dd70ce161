"""The arrows between the packages, as docs/architecture.md draws them: never the other way."""

import ast
import importlib.util
import sys

import pytest

from tests import ROOT

LIBRARY = ROOT / "course_lib"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RULES = load(ROOT / "docs" / "architecture.py")
PACKAGES = sorted(path.stem for path in LIBRARY.iterdir() if path.is_dir() or path.suffix == ".py")
PACKAGES = [name for name in PACKAGES if not name.startswith("__") and name != "constraints"]


def imports(path):
    """What a file imports, wherever in it, as (name of the module, whether at the top).

    What is imported for annotations alone, under ``if TYPE_CHECKING``, is no arrow.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in without_annotations(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "course_lib":
            names = [f"course_lib.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports are not used here"
            names = [node.module]
        else:
            continue
        yield from ((name, node in tree.body) for name in names)


def without_annotations(node):
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING"):
            yield child
            yield from without_annotations(child)


def everything_imported(package):
    path = LIBRARY / package
    files = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    for file in files:
        for name, at_top in imports(file):
            yield file.relative_to(LIBRARY).as_posix(), name, at_top


def own(name):
    """The part of course_lib that a module belongs to, "" for another's module."""
    parts = name.split(".")
    return parts[1] if parts[0] == "course_lib" and len(parts) > 1 else ""


def test_every_package_has_its_arrows():
    assert sorted(RULES.ARROWS) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_stands_below_it(package):
    allowed = RULES.ARROWS[package] | {package, "", "__version__"}
    wrong = [
        f"{file} imports {name}"
        for file, name, _ in everything_imported(package)
        if own(name) not in allowed
    ]
    assert not wrong


def test_the_arrows_make_no_circle():
    def below(package, passed):
        assert package not in passed, f"a circle: {[*passed, package]}"
        for lower in RULES.ARROWS[package]:
            below(lower, [*passed, package])

    for package in RULES.ARROWS:
        below(package, [])


@pytest.mark.parametrize("package", RULES.EXTERNAL)
def test_a_package_needs_little_else(package):
    wrong = []
    for file, name, at_top in everything_imported(package):
        top = name.partition(".")[0]
        if top == "course_lib" or top in sys.stdlib_module_names:
            continue
        if top not in RULES.EXTERNAL[package] and (
            at_top or f"{top}*" not in RULES.EXTERNAL[package]
        ):
            wrong.append(f"{file} imports {name}")
    assert not wrong


def test_pytorch_is_imported_at_the_top_by_its_own_package_alone():
    found = {
        package
        for package in PACKAGES
        for _, name, at_top in everything_imported(package)
        if name.partition(".")[0] == "torch" and at_top
    }
    assert found == {"pytorch"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_lives_there(package):
    path = LIBRARY / package
    for folder in [path, *path.rglob("*")] if path.is_dir() else []:
        if folder.is_dir() and any(folder.glob("*.py")):
            text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
            assert text, f"{folder.relative_to(ROOT)} says nothing of itself"
            assert len(text) > 60, folder.relative_to(ROOT)


class TestPicture:
    def test_it_shows_every_package(self):
        picture = (ROOT / "docs" / "architecture.svg").read_text()
        assert set(RULES.BOXES) == set(PACKAGES)
        for name in PACKAGES:
            assert f">{name}</text>" in picture

    def test_it_is_what_the_script_draws(self, tmp_path):
        RULES.save(tmp_path / "now.svg")
        here = (ROOT / "docs" / "architecture.svg").read_text()
        assert (tmp_path / "now.svg").read_text() == here, "run docs/architecture.py"

    def test_its_arrows_are_allowed(self):
        for upper, lower, x in RULES.DRAWN:
            assert lower in RULES.ARROWS[upper]
            for name in (upper, lower):
                left, _, width, _ = RULES.BOXES[name]
                assert left <= x <= left + width, f"the arrow {upper}, {lower} misses {name}"
