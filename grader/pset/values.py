"""Answers in variables, as functions of no arguments.

``answer = 2 * slope`` is to the judge what ``def answer(): return 2 * slope`` would be: then mistakes are edits of it,
it is run again with another answer in place of ``slope``, and calls are recorded and compared, as for any function.
Wherever the solution reads a variable that is asked for, it calls that function.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from grader.notebook.magics import parsed
from grader.pset.definitions import definitions_of, is_for_notebooks
from grader.pset.reference import bound_names

__all__ = [
    "as_asked", "as_assigned", "as_read", "bound_in", "changed_by", "is_given", "is_python", "read_by",
    "solution_modules", "with_derived",
]  # fmt: skip

_DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def solution_modules(
    sources: Sequence[str], values: Collection[str], *, given: bool = False
) -> list[ast.Module]:
    """What grading runs of each cell of the solution: definitions, and a function for each variable that is asked for.

    A variable that the handout computes from answers gets a function, too. Other data that the handout gives, and the
    functions read, are bound by statements that `is_given` knows.

    Args:
        sources: The solved handout's code cells.
        values: The variables that are asked for.
        given: Whether the solution may read what the handout gives also where no variable is asked for.
    """
    if not values:
        modules = [ast.Module(definitions_of(source), []) for source in sources]
        _add_drawing(sources, modules)
        if given:
            _add_given(sources, modules, frozenset())
        return modules
    called = with_derived(sources, values)
    modules = [_module(source, called) for source in sources]
    _add_drawing(sources, modules)
    _add_given(sources, modules, called)
    asking = _Asking(called)
    for module in modules:
        asking.visit(module)
        ast.fix_missing_locations(module)
    return modules


def with_derived(sources: Iterable[str], values: Collection[str]) -> frozenset[str]:
    """The variables that are asked for, and those that other cells of the handout compute from them."""
    called = set(values)
    if not called:
        return frozenset()
    cells = [[one for one in parsed(source).body if not isinstance(one, _DEFINITIONS)] for source in sources]
    others = [one for cell in cells if not any(bound_in(step) & called for step in cell) for one in cell]
    while more := {name for one in others if read_by(one) & called for name in bound_in(one) - called}:
        called |= more
    return frozenset(called)


def is_given(statement: ast.stmt) -> bool:
    """Whether a statement of `solution_modules` binds data that the handout gives, which are the same each time."""
    return hasattr(statement, "_given")


def is_python(cell: str) -> bool:
    """Whether a cell can be read."""
    try:
        parsed(cell)
    except SyntaxError:
        return False
    return True


def bound_in(statement: ast.stmt) -> set[str]:
    """The names that a statement of a cell binds in the cell."""
    if isinstance(statement, _DEFINITIONS):
        return set(bound_names(statement))
    return {
        node.id for node in _here(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _here(statement: ast.stmt) -> Iterable[ast.AST]:
    """The nodes of a statement, without those in functions and comprehensions, whose names are their own."""
    pending: list[ast.AST] = [statement]
    inner = (
        ast.FunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.ListComp,
        ast.SetComp,
        ast.DictComp,
        ast.GeneratorExp,
    )
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, inner):
            pending += ast.iter_child_nodes(node)


def _module(source: str, called: frozenset[str]) -> ast.Module:
    body = parsed(source).body
    steps = [one for one in body if not isinstance(one, _DEFINITIONS)]
    own = {name for one in steps for name in bound_in(one)}
    answered = own & called
    if not answered:
        return ast.Module(definitions_of(source), [])
    steps = [one for one in steps if not isinstance(one, ast.Expr) or changed_by(one) & own]
    kept = [one for one in body if isinstance(one, _DEFINITIONS) and not is_for_notebooks(one)]
    order = dict.fromkeys(name for one in steps for name in sorted(bound_in(one) & answered))
    return ast.Module([*kept, *(_function(name, steps, answered) for name in order)], [])


def changed_by(statement: ast.stmt) -> set[str]:
    """The names that a statement binds, or whose values it changes: by an index, an attribute, a method or numpy."""
    found = bound_in(statement)
    for node in _here(statement):
        changed: ast.AST | None = None
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            changed = node
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            # A function that is called does not change; what a method belongs to may.
            changed = node.value.func if isinstance(node.value.func, ast.Attribute) else None
            if isinstance(changed, ast.Attribute) and changed.attr in _IN_PLACE and node.value.args:
                changed = node.value.args[0]
        while isinstance(changed, ast.Attribute | ast.Subscript):
            changed = changed.value
        if isinstance(changed, ast.Name):
            found.add(changed.id)
    return found


_IN_PLACE = {
    "copyto",
    "fill_diagonal",
    "heapify",
    "heappush",
    "place",
    "put",
    "put_along_axis",
    "putmask",
    "shuffle",
}
"""Functions of modules, and methods of generators, that change their first argument."""


def read_by(statement: ast.stmt) -> set[str]:
    """The names that a statement may read from elsewhere: those of a function without its own variables."""
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    if isinstance(statement, ast.FunctionDef):
        names -= {name for step in statement.body for name in bound_in(step)}
    return names


def _function(name: str, steps: Sequence[ast.stmt], answered: set[str]) -> ast.FunctionDef:
    """The function that gives a variable's value: the steps that it takes, up to where it is changed last.

    Another answer of the same cell is asked for, and not computed again.
    """
    last = max(number for number, step in enumerate(steps) if name in changed_by(step))
    needed, taken = {name}, list[ast.stmt]()
    for step in reversed(steps[: last + 1]):
        bound = changed_by(step)
        if name in bound or bound & needed - answered:
            taken.insert(0, step)
            needed |= {node.id for node in ast.walk(step) if isinstance(node, ast.Name)}
    body: list[ast.stmt] = [*_copies(taken), ast.Return(ast.Name(name, ast.Load()))]
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    made = ast.FunctionDef(name=name, args=nothing, body=body, decorator_list=[])
    made.__dict__.setdefault("type_params", [])  # from Python 3.12 on
    return ast.fix_missing_locations(ast.copy_location(made, steps[0]))


def _copies(steps: Sequence[ast.stmt]) -> list[ast.stmt]:
    return ast.parse(ast.unparse(ast.Module(list(steps), []))).body


def _add_drawing(sources: Sequence[str], modules: Sequence[ast.Module]) -> None:
    """Import what draws, if a definition uses it: most notebooks only draw in cells that grading does not run."""
    needed = {name for module in modules for one in module.body for name in read_by(one)}
    for source, module in zip(sources, modules, strict=True):
        imports = [one for one in parsed(source).body if is_for_notebooks(one) and bound_in(one) & needed]
        module.body[:0] = [one for one in imports if "otter" not in ast.unparse(one)]


def _add_given(sources: Sequence[str], modules: Sequence[ast.Module], called: frozenset[str]) -> None:
    """Put what the handout gives, and the functions read, in front of each cell's definitions."""
    needed = {name for module in modules for one in module.body for name in read_by(one)}
    defined = {name for module in modules for one in module.body for name in bound_in(one)} | called
    for source, module in zip(reversed(sources), reversed(modules), strict=True):
        for statement in reversed(parsed(source).body):
            changed = changed_by(statement)
            if isinstance(statement, _DEFINITIONS) or changed & called or not changed & needed - defined:
                continue
            statement._given = True  # type: ignore[attr-defined]
            module.body.append(statement)
            needed |= read_by(statement)
        module.body.sort(key=lambda one: one.lineno)


class _Asking(ast.NodeTransformer):
    """Calls the functions that give variables' values wherever these are read."""

    def __init__(self, values: Collection[str]) -> None:
        self._values = set(values)

    def _visit_scope(self, node: ast.AST, own: Collection[str]) -> ast.AST:
        """A node in which some names are its own."""
        hidden, self._values = self._values, self._values - set(own)
        self.generic_visit(node)
        self._values = hidden
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._visit_scope(
            node, _parameters(node.args) | {n for one in node.body for n in bound_in(one)}
        )

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return self._visit_scope(node, _parameters(node.args))

    def _visit_comprehension(self, node: Any) -> ast.AST:
        targets = [n for one in node.generators for n in ast.walk(one.target) if isinstance(n, ast.Name)]
        return self._visit_scope(node, {name.id for name in targets})

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id not in self._values or not isinstance(node.ctx, ast.Load):
            return node
        return ast.copy_location(ast.Call(node, [], []), node)


def _parameters(arguments: ast.arguments) -> set[str]:
    own = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return own | {one.arg for one in (arguments.vararg, arguments.kwarg) if one}


class _Reading(ast.NodeTransformer):
    """Reads variables again where `_Asking` calls functions."""

    def __init__(self, values: Collection[str]) -> None:
        self._values = frozenset(values)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        bare = not node.args and not node.keywords and isinstance(node.func, ast.Name)
        return node.func if bare and node.func.id in self._values else node  # type: ignore[attr-defined]


def as_asked(source: str, values: Collection[str]) -> str:
    """Code of a notebook, such as an edit's, as the solution has it: where variables are read, functions are called."""
    tree = ast.parse(source.strip())
    return ast.unparse(ast.fix_missing_locations(_Asking(values).visit(tree)))


def as_read(definitions: Sequence[ast.stmt], values: Collection[str]) -> list[ast.stmt]:
    """Definitions as a notebook has them, where variables are read and not called."""
    reading = _Reading(values)
    return [reading.visit(one) for one in _copies(definitions)]


def as_assigned(definitions: Sequence[ast.stmt], name: str, values: Collection[str]) -> list[ast.stmt]:
    """A variable's function as a cell of a notebook has it: statements that end with the variable bound."""
    *helpers, function = as_read(definitions, values)
    assert isinstance(function, ast.FunctionDef)
    *steps, last = function.body
    ends = isinstance(last, ast.Return) and isinstance(last.value, ast.Name) and last.value.id == name
    if ends and not any(isinstance(node, ast.Return) for step in steps for node in ast.walk(step)):
        return [*helpers, *steps]
    call = ast.Call(ast.Name(name, ast.Load()), [], [])
    bound = ast.Assign([ast.Name(name, ast.Store())], call)
    return [
        *helpers,
        ast.fix_missing_locations(function),
        ast.fix_missing_locations(ast.copy_location(bound, function)),
    ]
