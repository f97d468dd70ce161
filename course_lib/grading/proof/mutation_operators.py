"""What one node of a program may be replaced by: the slips that students make.

Slips with NumPy are the point, mean for sum, another axis, einsum's letters in another order; so
these rules are our own, not those of a tool for mutation testing.
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
EITHER_WAY = ast.Add, ast.Mult, ast.BitAnd, ast.BitOr  # swapped operands change nothing
PAIRS = (
    ("sum", "mean"),
    ("max", "min"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("std", "var"),
    ("floor", "ceil"),
    ("any", "all"),
    ("normal", "uniform"),
    ("train", "eval"),
)
NAMES = dict(PAIRS) | {there: here for here, there in PAIRS}
CONVERSIONS = "astype", "reshape"
NOT_DROPPED = ast.Return, ast.FunctionDef, ast.ClassDef, ast.If  # an if's condition changes


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of ``node``."""
    if isinstance(node, ast.stmt) and not isinstance(node, NOT_DROPPED):
        yield ast.Pass()
    rule = RULES.get(type(node))
    if rule:
        yield from rule(node)


def _with(node: Any, **fields: Any) -> Any:
    return type(node)(**dict(ast.iter_fields(node)) | fields)


def _swapped(items: list) -> Iterator[list]:
    """``items`` with two neighbours swapped, for each pair of neighbours."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def _without_one(items: list) -> Iterator[list]:
    for i in range(len(items)):
        yield items[:i] + items[i + 1 :]


def _operation(node: ast.BinOp) -> Iterator[ast.AST]:
    kind = type(node.op)
    if kind in OPERATORS:
        yield _with(node, op=OPERATORS[kind]())
    if kind not in EITHER_WAY:
        yield _with(node, left=node.right, right=node.left)
    yield node.left
    yield node.right


def _update(node: ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield _with(node, op=OPERATORS[type(node.op)]())
    yield ast.Assign(targets=[node.target], value=node.value, lineno=node.lineno)


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for i, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            yield _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def _and_or(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for rest in _without_one(node.values):
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value: Any = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from map(ast.Constant, (value + 1, value - 1))
    elif isinstance(value, float):
        yield from map(ast.Constant, (2 * value, -value) if value else (1.0,))
    elif isinstance(value, str) and "->" in value:  # einsum's
        for end in re.finditer(r"\w\w\b", value):
            i = end.start()
            yield ast.Constant(f"{value[:i]}{value[i + 1]}{value[i]}{value[i + 2 :]}")


def _call(node: ast.Call) -> Iterator[ast.AST]:
    for args in _swapped(node.args):
        yield _with(node, args=args)
    if len(node.args) > 1:
        yield _with(node, args=node.args[:-1])
    elif node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    for rest in _without_one(node.keywords):
        yield _with(node, keywords=rest)
    if isinstance(node.func, ast.Attribute) and (not node.args or node.func.attr in CONVERSIONS):
        yield node.func.value


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES:
        yield _with(node, attr=NAMES[node.attr])
    if node.attr == "T":
        yield node.value


def _name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES:
        yield _with(node, id=NAMES[node.id])


def _tuple(node: ast.Tuple) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load):
        for elements in _swapped(node.elts):
            yield _with(node, elts=elements)


def _subscript(node: ast.Subscript) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    for end in ("lower", "upper", "step"):
        if getattr(node, end):
            yield _with(node, **{end: None})


def _choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse


def _condition(node: ast.If) -> Iterator[ast.AST]:
    for value in (True, False):
        yield _with(node, test=ast.Constant(value))


RULES: dict[type, Callable[..., Iterator[ast.AST]]] = {
    ast.BinOp: _operation,
    ast.AugAssign: _update,
    ast.Compare: _comparison,
    ast.BoolOp: _and_or,
    ast.UnaryOp: _sign,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.Tuple: _tuple,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.IfExp: _choice,
    ast.If: _condition,
}
