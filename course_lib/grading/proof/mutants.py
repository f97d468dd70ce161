"""Small mechanical changes of a solution, each a slip that a student could make.

Whoever gets full points with one of them shows a gap in the tests, or a change that is none:
``mutation`` lists both.
"""

import ast
import itertools
import re
from dataclasses import dataclass

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

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
LONG, AROUND = 100, 30  # letters: a line that is shown in part, and how much around its change
CONVERSIONS = "astype", "reshape"
UNCHANGED = ast.JoinedStr, ast.Import, ast.ImportFrom  # the words of a message are free
NOT_DROPPED = ast.Return, ast.FunctionDef, ast.ClassDef, ast.If  # an if's condition changes


@dataclass(frozen=True)
class Mutant:
    """A solution cell with one change: the line where it is, and that line before and after."""

    source: str
    line: int
    change: str

    def __str__(self):
        return f"line {self.line}: {self.change}"


def mutants(source):
    """All mutants of ``source``, a solution cell; each is another program.

    Only what stands between the solution's marks is changed, if there are any: the rest is given
    to the students. ``change`` names its place without line numbers, and is unique.
    """
    tree = ast.parse(source)
    ours = _solution_lines(source)
    sources, changes = {ast.unparse(tree)}, {}
    for holder, key, statement in _places(tree, None):
        node = holder[key]
        if node.lineno not in ours:
            continue
        before = _header(statement)
        for replacement in _replacements(node):
            holder[key] = replacement
            after = _header(replacement if statement is node else statement)
            mutated = ast.unparse(tree)
            if mutated not in sources:
                sources.add(mutated)
                change = _shown(before, after)
                changes[change] = changes.get(change, 0) + 1
                again = f"  (#{changes[change]})" if changes[change] > 1 else ""
                yield Mutant(mutated, node.lineno, change + again)
        holder[key] = node


def _solution_lines(source):
    """Numbers of the lines between the marks, or of all if there is no mark."""
    lines, inside = set(), BEGIN not in source
    for number, line in enumerate(source.splitlines(), start=1):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside:
            lines.add(number)
    return lines


def _places(parent, statement):
    """Where the nodes under ``parent`` stand: (holder, key, statement), holder[key] the node."""
    for field, value in ast.iter_fields(parent):
        whole = isinstance(value, list)
        for key in range(len(value)) if whole else [field]:
            holder = value if whole else vars(parent)
            node = holder[key]
            if not isinstance(node, ast.AST) or isinstance(node, UNCHANGED) or _is_docstring(node):
                continue
            around = node if isinstance(node, ast.stmt) else statement
            if hasattr(node, "lineno"):
                yield holder, key, around
            yield from _places(node, around)


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _header(statement):
    """The statement in one line; of a block its first."""
    return ast.unparse(statement).splitlines()[0]


def _shown(before, after):
    """The change in words; of long lines only what surrounds it."""
    if max(len(before), len(after)) > LONG:
        start = _alike(before, after)
        end = _alike(before[start:][::-1], after[start:][::-1])
        before, after = (_cut(line, start, len(line) - end) for line in (before, after))
    return f"{before}  ->  {after}"


def _alike(one, other):
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cut(line, start, end):
    start, end = max(0, start - AROUND), end + AROUND
    return f"{'...' * (start > 0)}{line[start:end]}{'...' * (end < len(line))}"


def _replacements(node):
    """What may stand in the place of ``node``."""
    if isinstance(node, ast.stmt) and not isinstance(node, NOT_DROPPED):
        yield ast.Pass()
    rule = RULES.get(type(node))
    if rule:
        yield from rule(node)


def _with(node, **fields):
    return type(node)(**dict(ast.iter_fields(node)) | fields)


def _swapped(items):
    """``items`` with two neighbours swapped, for each pair of neighbours."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def _without_one(items):
    for i in range(len(items)):
        yield items[:i] + items[i + 1 :]


def _operation(node):
    kind = type(node.op)
    if kind in OPERATORS:
        yield _with(node, op=OPERATORS[kind]())
    if kind not in EITHER_WAY:
        yield _with(node, left=node.right, right=node.left)
    yield node.left
    yield node.right


def _update(node):
    if type(node.op) in OPERATORS:
        yield _with(node, op=OPERATORS[type(node.op)]())
    yield ast.Assign(targets=[node.target], value=node.value, lineno=node.lineno)


def _comparison(node):
    for i, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            yield _with(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def _and_or(node):
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for rest in _without_one(node.values):
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _sign(node):
    yield node.operand


def _constant(node):
    value = node.value
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1]
    elif isinstance(value, float):
        others = [2 * value, -value] if value else [1.0]
    elif isinstance(value, str) and "->" in value:  # einsum's
        ends = [end.start() for end in re.finditer(r"\w\w\b", value)]
        others = [f"{value[:i]}{value[i + 1]}{value[i]}{value[i + 2 :]}" for i in ends]
    else:
        others = []
    yield from map(ast.Constant, others)


def _call(node):
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


def _attribute(node):
    if node.attr in NAMES:
        yield _with(node, attr=NAMES[node.attr])
    if node.attr == "T":
        yield node.value


def _name(node):
    if node.id in NAMES:
        yield _with(node, id=NAMES[node.id])


def _tuple(node):
    if isinstance(node.ctx, ast.Load):
        for elements in _swapped(node.elts):
            yield _with(node, elts=elements)


def _subscript(node):
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _slice(node):
    for end in ("lower", "upper", "step"):
        if getattr(node, end):
            yield _with(node, **{end: None})


def _choice(node):
    yield node.body
    yield node.orelse


def _condition(node):
    for value in (True, False):
        yield _with(node, test=ast.Constant(value))


RULES = {
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
