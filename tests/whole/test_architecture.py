"""The arrows between the packages, as docs/architecture.md draws them: never the other way."""

import ast

from tests import ROOT

LIBRARY = ROOT / "course_lib"


def imports(path):
    """What a file imports, wherever in it: (full name of the module, whether at the top)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in tree.body) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "course_lib":
            yield from ((f"course_lib.{alias.name}", node in tree.body) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports are not used here"
            yield node.module, node in tree.body
