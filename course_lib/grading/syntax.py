"""Python's grammar for threads: students' cells are parsed while other submissions are graded."""

import ast
import re
import symtable
import threading

from course_lib.grading.quiet import no_warnings

MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)  # IPython's lines, which are no Python
QUICK = ("%matplotlib", "%config", "%load_ext", "%autoreload")
DEFINING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.Pass,
)

_turn = threading.Lock()


def parse(source: str) -> ast.Module:
    """``ast.parse``, one thread at a time and without warnings; raises what it raises.

    In CPython 3.11 threads that parse at once share a count of the depth, and one of them may end
    in ``SystemError: AST constructor recursion depth mismatch`` (gh-106905).
    """
    with _turn, no_warnings():
        return ast.parse(source)


def parse_cell(source: str) -> ast.Module | None:
    """A notebook's cell parsed, with ``pass`` for IPython's lines; None if it is no Python."""
    try:
        return parse(MAGIC.sub(r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def only_defines(source: str) -> bool:
    """Whether a cell does nothing but import, define functions and classes, and name constants."""
    magics = MAGIC.finditer(source)
    if not all(line[0].strip().startswith(QUICK) for line in magics):
        return False
    tree = parse_cell(source)
    return tree is not None and all(isinstance(one, DEFINING) or _names(one) for one in tree.body)


def _names(statement: ast.stmt) -> bool:
    """Whether a statement only gives a name to something that is there, or says a text."""
    if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)):
        return False
    works = (ast.Call, ast.ListComp, ast.SetComp, ast.DictComp, ast.BinOp, ast.Await)
    return not any(isinstance(node, works) for node in ast.walk(statement))


def names_of(source: str) -> tuple[set[str], set[str]]:
    """Names that a cell takes from its surroundings, and names that it defines for them."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except SyntaxError:
        return set(), set()
    symbols = table.get_symbols()
    needed = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    defined = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    inner = list(table.get_children())
    while inner:
        scope = inner.pop()
        inner += scope.get_children()
        needed |= {
            symbol.get_name()
            for symbol in scope.get_symbols()
            if symbol.is_global() and symbol.is_referenced()
        }
    return needed, defined
