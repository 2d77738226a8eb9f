"""Mechanical mutants of a reference: one small change each, such as a swapped operator or another axis.

Mutation libraries (mutmut, cosmic-ray) change a package's files and start a test process for each mutant. Here, a
mutant is one function in a namespace, and hundreds run in seconds. The rules are the usual ones, and some for arrays:
axes, reductions, transposes, slices, dropped terms.
"""

from __future__ import annotations

import ast
import copy
import difflib
import pickle
import warnings
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from grader.pset.values import as_asked, as_read

__all__ = ["Mutant", "mutants"]

# What each operator may turn into, by the names of its class in `ast`.
_OPERATORS = {
    "Add": "Sub", "Sub": "Add", "Mult": "Div Add", "Div": "Mult", "FloorDiv": "Div", "Mod": "FloorDiv",
    "Pow": "Mult", "MatMult": "Mult", "BitAnd": "BitOr", "BitOr": "BitAnd",
    "Lt": "LtE Gt", "LtE": "Lt GtE", "Gt": "GtE Lt", "GtE": "Gt LtE", "Eq": "NotEq", "NotEq": "Eq",
    "Is": "IsNot", "IsNot": "Is", "In": "NotIn", "NotIn": "In",
}  # fmt: skip
# What the name of a function may turn into.
_NAMES = {
    "sum": "mean", "mean": "sum", "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum",
    "argmax": "argmin", "argmin": "argmax", "exp": "exp2 expm1", "log": "log2 log1p", "log1p": "log",
    "sqrt": "square", "zeros": "ones", "ones": "zeros", "zeros_like": "ones_like", "ones_like": "zeros_like",
    "cumsum": "cumprod", "any": "all", "all": "any", "floor": "ceil", "tanh": "sin", "append": "remove",
}  # fmt: skip
_COUNTED = {"range", "arange", "eye", "linspace"}
"""Calls whose arguments count something, so that off-by-one slips are likely."""
_SYMMETRIC = {"max", "min", "maximum", "minimum", "add", "multiply", "equal", "array_equal", "logaddexp"}
"""Calls whose arguments may be in any order."""


@dataclass(frozen=True)
class Mutant:
    """A function of the reference with one thing changed."""

    function: str
    kind: str
    source: str
    was: str
    """The lines it changes, as `ast.unparse` writes them, without indentation."""
    becomes: str


def mutants(node: ast.FunctionDef | ast.ClassDef, values: Collection[str] = ()) -> list[Mutant]:
    """Every mutant of a function or class, in the order of the source and without repetition.

    Args:
        node: Its definition.
        values: Variables that students are asked for, for which it calls functions. Changes are shown without these
            calls, as a notebook has them.
    """
    (shown,) = as_read([node], values) if values else [copy.deepcopy(node)]
    assert isinstance(shown, ast.FunctionDef | ast.ClassDef)
    original = _without_docstrings(shown)
    before = ast.unparse(original)
    found: dict[str, Mutant] = {}
    for kind, changed in _changes(original):
        try:
            source = ast.unparse(ast.fix_missing_locations(changed))
            with warnings.catch_warnings():
                warnings.simplefilter("error", SyntaxWarning)  # such as an index of a text that is a text
                compile(source, "<mutant>", "exec")
        except (SyntaxError, ValueError, TypeError):
            continue
        if source != before and source not in found:
            was, becomes = _difference(before, source)
            run = as_asked(source, values) if values else source
            found[source] = Mutant(node.name, kind, run + "\n", was, becomes)
    return list(found.values())


def _without_docstrings(node: ast.FunctionDef | ast.ClassDef) -> ast.FunctionDef | ast.ClassDef:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(inner) is not None:
            inner.body = inner.body[1:] or [ast.Pass()]
        if isinstance(inner, ast.FunctionDef):
            inner.returns = None
            for argument in [*inner.args.args, *inner.args.kwonlyargs]:
                argument.annotation = None
    return node


def _difference(before: str, after: str) -> tuple[str, str]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    was = [line[2:].strip() for line in lines if line.startswith("- ")]
    becomes = [line[2:].strip() for line in lines if line.startswith("+ ")]
    return "\n".join(was), "\n".join(becomes)


# One change at a time ----------------------------------------------------------------------------------------

Edit = Callable[[ast.AST], ast.AST | None]


def _changes(original: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Copies of the tree with one node changed, which is found in the copy by its place in the walk."""
    # There are hundreds of copies, and pickle makes them five times as fast as deepcopy.
    pickled = pickle.dumps(original)
    for place, node in enumerate(ast.walk(original)):
        for kind, edit in _edits(node):
            tree = pickle.loads(pickled)
            target = next(n for i, n in enumerate(ast.walk(tree)) if i == place)
            replacement = edit(target)
            if replacement is not None and replacement is not target:
                _replace(tree, target, replacement)
            yield kind, tree


def _replace(tree: ast.AST, target: ast.AST, replacement: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, replacement)
                return
            if isinstance(value, list):
                for index, item in enumerate(value):
                    if item is target:
                        value[index] = replacement
                        return


def _edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    match node:
        case ast.BinOp():
            for operator in _turned(node.op):
                yield "operator", _setter("op", operator)
            yield "dropped term", lambda n: n.left  # type: ignore[attr-defined]
            yield "dropped term", lambda n: n.right  # type: ignore[attr-defined]
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield "sign", lambda n: n.operand  # type: ignore[attr-defined]
        case ast.Compare():
            for comparison in _turned(node.ops[0]):
                yield "comparison", _setter("ops", [comparison, *node.ops[1:]])
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "condition", _setter("op", other)
        case ast.Constant():
            yield from _constants(node)
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute():
            for name in _NAMES.get(node.attr, "").split():
                yield "function", _setter("attr", name)
            if node.attr in ("T", "real", "imag"):
                yield "transpose" if node.attr == "T" else "part", lambda n: n.value  # type: ignore[attr-defined]
        case ast.AugAssign():
            for operator in _turned(node.op):
                yield "operator", _setter("op", operator)
            yield "overwritten", lambda n: ast.Assign([n.target], n.value)  # type: ignore[attr-defined]
            yield "dropped statement", lambda _: ast.Pass()
        case ast.Assign() | ast.Expr() | ast.For() | ast.While():
            yield "dropped statement", lambda _: ast.Pass()
        case ast.If() | ast.IfExp():
            yield "condition", lambda n: _with(n, "test", ast.UnaryOp(ast.Not(), n.test))  # type: ignore[attr-defined]
            yield "condition", _setter("test", ast.Constant(True))
            yield "condition", _setter("test", ast.Constant(False))
        case ast.Tuple(ctx=ast.Load(), elts=[_, _, *_]):
            yield "order", lambda n: _with(n, "elts", [n.elts[1], n.elts[0], *n.elts[2:]])  # type: ignore[attr-defined]
        case ast.Slice():
            for part in ("lower", "upper", "step"):
                if getattr(node, part) is not None:
                    yield "slice", _setter(part, None)
        case ast.Return(value=ast.expr()):
            yield "returned nothing", _setter("value", ast.Constant(None))
        case ast.Break():
            yield "loop", lambda _: ast.Continue()
        case ast.Continue():
            yield "loop", lambda _: ast.Break()


def _turned(operator: ast.operator | ast.cmpop) -> list[ast.AST]:
    return [getattr(ast, name)() for name in _OPERATORS.get(type(operator).__name__, "").split()]


def _constants(node: ast.Constant) -> Iterator[tuple[str, Edit]]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", _setter("value", not value)
    elif isinstance(value, int):
        yield "off by one", _setter("value", value + 1)
        yield "off by one", lambda _: _integer(value - 1)
    elif isinstance(value, float):
        yield "constant", _setter("value", value * 2 if value else 1.0)
        yield "constant", _setter("value", value / 2 if value else -1.0)


def _integer(value: int) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _calls(node: ast.Call) -> Iterator[tuple[str, Edit]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    for index in range(len(node.keywords)):
        yield "keyword argument", _dropped_keyword(index)
    if isinstance(node.func, ast.Name):
        for other in _NAMES.get(name, "").split():
            yield "function", lambda n, o=other: _with(n, "func", ast.Name(o, ast.Load()))  # type: ignore[misc]
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield "dropped call", lambda n: n.args[0]  # type: ignore[attr-defined]
    if isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "np"
    ):
        yield "dropped call", lambda n: n.func.value  # type: ignore[attr-defined]
    if len(node.args) >= 2 and name not in _SYMMETRIC:
        yield "order", lambda n: _with(n, "args", [n.args[1], n.args[0], *n.args[2:]])  # type: ignore[attr-defined]
    if name in _COUNTED:
        for index, argument in enumerate(node.args):
            if not isinstance(argument, ast.Constant):
                yield "off by one", _shifted(index, ast.Add())
                yield "off by one", _shifted(index, ast.Sub())


def _dropped_keyword(index: int) -> Edit:
    def edit(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.Call)
        del node.keywords[index]
        return node

    return edit


def _shifted(index: int, operator: ast.operator) -> Edit:
    def edit(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.Call)
        node.args[index] = ast.BinOp(node.args[index], operator, ast.Constant(1))
        return node

    return edit


def _setter(field: str, value: object) -> Edit:
    return lambda node: _with(node, field, copy.deepcopy(value))


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    setattr(node, field, value)
    return node
