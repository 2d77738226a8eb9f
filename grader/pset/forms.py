"""Ways of writing a student's function: the solution's, those of alternatives, and what edits make of them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from grader.pset.edits import Edit, NoPlace, Trees, edited
from grader.pset.values import as_assigned, as_read

__all__ = ["Form", "Solution"]


class Form:
    """A function's definition with the helpers that it needs and no student is asked for.

    Args:
        function: The function's or class's name.
        trees: Definitions by name: the function, and its helpers.
        of: The solution that it belongs to.
    """

    def __init__(self, function: str, trees: Trees, of: Solution) -> None:
        self.function, self._trees, self._of = function, trees, of

    @property
    def of_values(self) -> bool:
        """Whether the solution has variables that students are asked for."""
        return bool(self._of.values)

    def instead(self, whole: ast.stmt) -> Form:
        """Another definition of the function, with the helpers of the solution that it needs."""
        return self._of.form(self.function, whole)

    def edited(self, edits: Sequence[Edit]) -> Form:
        """The form with all edits made.

        Raises:
            NoPlace: An edit's old code is not in the function or its helpers exactly once, or its new code uses a
                variable of the solution's that this form lacks.
        """
        form = Form(self.function, edited(self._trees, edits), self._of)
        if self._of.is_own(self):
            return form
        changed = [tree for name, tree in form._trees.items() if tree is not self._trees[name]]
        lacking = set().union(*map(_unbound, changed)) & self._of.variables(self.function)
        if lacking:
            raise NoPlace(f"{', '.join(sorted(lacking))} is not defined in it")
        return form

    @cached_property
    def definitions(self) -> list[ast.stmt]:
        """What to define so that the function is this form, and every other one stays what it is.

        A helper that was changed gets a name of its own.
        """
        own = self._own_helpers()
        if not own:
            return [self._trees[self.function]]
        names = {name: f"{name}_of_{self.function}" for name in own}
        renamed = _Renamed(names)
        order = [name for name in self._trees if name in own]
        return [renamed.visit(_copied(self._trees[name])) for name in (*order, self.function)]

    def _own_helpers(self) -> set[str]:
        """Helpers that were changed, and those that use one of them."""
        helpers = {name: tree for name, tree in self._trees.items() if name != self.function}
        own = {name for name, tree in helpers.items() if tree is not self._of.helper(name)}
        while more := {name for name, tree in helpers.items() if name not in own and _names(tree) & own}:
            own |= more
        return own

    @cached_property
    def module(self) -> ast.Module:
        """The same as a module."""
        return ast.Module(self.definitions, [])

    @cached_property
    def source(self) -> str:
        """Its code as the solution has it, with every helper that it needs."""
        return ast.unparse(ast.Module(self._whole(), [])) + "\n"

    @cached_property
    def cell(self) -> str:
        """The same as a cell of a student's notebook, where variables are bound and read."""
        values = self._of.values
        # A variable that the handout computes from answers is there, and no function.
        whole = [one for one in self._whole() if getattr(one, "name", "") not in values - {self.function}]
        if self.function in values:
            whole = as_assigned(whole, self.function, values)
        elif values:
            whole = as_read(whole, values)
        return ast.unparse(ast.Module(whole, [])) + "\n"

    def _whole(self) -> list[ast.stmt]:
        own = self._own_helpers()
        others = [tree for name, tree in self._trees.items() if name != self.function and name not in own]
        return [*others, *self.definitions]


class Solution:
    """The solution's definitions, and the forms of functions that they give.

    Args:
        definitions: Its functions and classes by name.
        asked: The names that students are asked for.
        values: Variables, each with a function that gives its value: those that are asked for, and those computed
            from them.
    """

    def __init__(
        self, definitions: Mapping[str, ast.stmt], asked: Collection[str], values: Collection[str] = ()
    ) -> None:
        self._definitions, self._asked, self.values = definitions, frozenset(asked), frozenset(values)
        self._helpers: dict[str, ast.stmt] = {}
        self._forms: dict[str, Form] = {}
        self._variables: dict[str, set[str]] = {}

    def __contains__(self, function: object) -> bool:
        return function in self._definitions

    def form(self, function: str, whole: ast.stmt | None = None) -> Form:
        """The solution's form of a function, the same object each time, or that of another definition of it.

        Raises:
            KeyError: The solution does not define it.
        """
        if whole is not None:
            return self._made(function, whole)
        if function not in self._forms:
            self._forms[function] = self._made(function, self._definitions[function])
        return self._forms[function]

    def is_own(self, form: Form) -> bool:
        """Whether a form is the solution's own, on which every edit was tried."""
        return self._forms.get(form.function) is form

    def variables(self, function: str) -> set[str]:
        """The local variables of a function and its helpers in the solution; empty if it lacks the function."""
        if function not in self._variables:
            trees = self.form(function)._trees.values() if function in self else ()
            self._variables[function] = (
                set().union(*map(_bound, trees)) - self._definitions.keys() - self._asked
            )
        return self._variables[function]

    def asked_in(self, function: str) -> set[str]:
        """The variables that a function of the solution asks for; those that it binds itself are its own."""
        own = set().union(*map(_bound, self.form(function)._trees.values()))
        return set(self.values - own)

    def helper(self, name: str) -> ast.stmt:
        """A helper as the solution has it, the same object each time, without docstrings."""
        if name not in self._helpers:
            self._helpers[name] = _without_docstrings(self._definitions[name])
        return self._helpers[name]

    def _made(self, function: str, definition: ast.stmt) -> Form:
        trees = {function: _without_docstrings(definition)}
        pending = [function]
        while pending:
            for name in sorted(_names(trees[pending.pop()]) - trees.keys() - self._asked):
                if name in self._definitions:
                    trees[name] = self.helper(name)
                    pending.append(name)
        ordered = {name: trees[name] for name in self._definitions if name in trees and name != function}
        return Form(function, {function: trees[function], **ordered}, self)


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _bound(tree: ast.AST) -> set[str]:
    """The names that a definition gives a value."""
    found = set[str]()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
    return found


def _unbound(tree: ast.AST) -> set[str]:
    """The names that a definition uses without giving them a value."""
    return _names(tree) - _bound(tree)


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._names.get(node.id, node.id)
        return node


def _copied(tree: ast.stmt) -> ast.stmt:
    """A copy of a tree that shares no node with it."""
    copy: ast.stmt = ast.parse(ast.unparse(tree)).body[0]
    return copy


def _without_docstrings(tree: ast.stmt) -> ast.stmt:
    """A copy without docstrings, which no edit needs to know."""
    copy = _copied(tree)
    for node in ast.walk(copy):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass(lineno=node.lineno, col_offset=0)]
    return copy
