"""Which name of a test is whose, read from the author's files: nothing is run for it.

A name is looked up among the test's own first, then among the judge's builtins, then among what the author's notebook
imports, which the judge imports for itself, and only then in the sandbox. So a submission that binds ``np``, ``sum`` or
``isinstance`` changes nothing in the judge.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from grader.adopt.assignment import Assignment, Test
from grader.foreign import python_of
from grader.notebook.magics import tree

__all__ = ["CONVENTIONAL", "GRADERS", "Roles", "code_of", "free_names", "names_bound", "roles_of"]

CONVENTIONAL = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "math": "import math",
    "random": "import random",
    "re": "import re",
    "stats": "from scipy import stats",
    "sns": "import seaborn as sns",
    "Table": "from datascience import Table",
    "make_array": "from datascience import make_array",
    "are": "from datascience import are",
}
"""What these names mean where no notebook of the author's says so."""
_BUILTINS = frozenset(dir(builtins))
GRADERS = frozenset({"otter", "client", "gofer", "nbgrader", "okgrade", "IPython"})
"""Whose imports a test has no use for."""


@dataclass(frozen=True)
class Roles:
    """The names of one assignment."""

    imports: tuple[str, ...]
    """The author's import statements, in order."""
    imported: frozenset[str]
    """The names that they bind, without those of ``from … import *``."""
    stars: tuple[str, ...]
    """The modules of which everything is imported."""
    student: frozenset[str]
    """The names that the notebook's other cells bind, which a submission may answer."""
    functions: frozenset[str]
    """Those of them that a ``def`` binds."""
    classes: frozenset[str]
    read_in_functions: frozenset[str]
    """Global names that the notebook's functions read."""

    @cached_property
    def judges(self) -> frozenset[str]:
        """Names that the judge answers without looking at a submission."""
        return (self.imported | _BUILTINS) - (self.student & _BUILTINS)


def roles_of(assignment: Assignment) -> Roles:
    """The roles of an assignment's names."""
    imports: list[str] = []
    imported: set[str] = set()
    stars: list[str] = []
    student: set[str] = set()
    functions: set[str] = set()
    classes: set[str] = set()
    read: set[str] = set()
    for cell in assignment.cells:
        for source in {cell.source, cell.solution or cell.source}:
            module = tree(python_of(source))
            if module is None:
                continue
            for statement in _imports(module):
                names, star = _names_of(statement)
                if names or star:
                    imports.append(ast.unparse(statement))
                imported |= names
                stars += star
            if cell.part != "test":
                student |= names_bound(module)
                functions |= {one.name for one in ast.walk(module) if isinstance(one, ast.FunctionDef)}
                classes |= {one.name for one in module.body if isinstance(one, ast.ClassDef)}
            read |= _read_in_functions(module)
    wanted = set().union(*(_asked(test) for question in assignment.questions for test in question.tests))
    usual = [name for name in CONVENTIONAL if name in wanted - imported - student]
    imports = [
        *(CONVENTIONAL[name] for name in usual),
        *imports,
    ]  # first: the author's may bind them otherwise
    imported |= set(usual)
    return Roles(
        tuple(dict.fromkeys(imports)),
        frozenset(imported - student),
        tuple(dict.fromkeys(stars)),
        frozenset(student),
        frozenset(functions),
        frozenset(classes),
        frozenset(read),
    )


def _imports(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports of a cell, also those under ``if`` or ``try``."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            if not {alias.name.partition(".")[0] for alias in node.names} & GRADERS:
                yield node
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module
            and not node.level
            and node.module.partition(".")[0] not in {*GRADERS, "__future__"}
        ):
            yield node


def _names_of(statement: ast.Import | ast.ImportFrom) -> tuple[set[str], list[str]]:
    """The names that an import binds, and the module of which it imports everything."""
    if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
        return set(), [statement.module or ""]
    whole = isinstance(statement, ast.Import)
    return {
        alias.asname or (alias.name.partition(".")[0] if whole else alias.name) for alias in statement.names
    }, []


def names_bound(module: ast.AST) -> set[str]:
    """The global names that code binds other than by importing."""
    found: set[str] = set()
    for node in _at_top(module):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
    for node in ast.walk(module):
        if isinstance(node, ast.Global):
            found.update(node.names)
    return found


def _at_top(node: ast.AST) -> Iterator[ast.AST]:
    """What is in the module's own scope."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(child, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        yield from _at_top(child)


def _read_in_functions(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            inner = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
            stored = {part.id for part in inner if isinstance(part.ctx, ast.Store)}
            given = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
            found |= {part.id for part in inner if isinstance(part.ctx, ast.Load)} - stored - given
    return found


def code_of(test: Test) -> str:
    """A test's code as Python: the statements of a doctest without prompts and output."""
    if test.kind != "doctest":
        return python_of(test.source)
    import doctest

    parts = doctest.DocTestParser().parse(test.source, test.name)
    return "".join(part.source for part in parts if isinstance(part, doctest.Example))


def free_names(test: Test) -> set[str]:
    """The names that a test may ask of somebody else; empty if it cannot be read."""
    try:
        module = ast.parse(code_of(test))
    except (SyntaxError, ValueError, RecursionError):
        return set()
    read = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    for node in ast.walk(module):  # 'x' in globals()
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            left = node.left.value if isinstance(node.left, ast.Constant) else None
            read |= {left} if isinstance(left, str) and left.isidentifier() else set()
    if test.kind == "function":
        read |= _arguments_of(module, test.function)
    return read


def _asked(test: Test) -> set[str]:
    """The names that a test does not bind itself."""
    asked = free_names(test)
    if not asked & CONVENTIONAL.keys():
        return set()
    module = ast.parse(code_of(test))
    own = {name for statement in _imports(module) for name in _names_of(statement)[0]}
    return asked - own - names_bound(module)


def _arguments_of(module: ast.Module, function: str) -> set[str]:
    found: Iterable[ast.FunctionDef] = (
        node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == function
    )
    return {argument.arg for node in found for argument in (*node.args.args, *node.args.kwonlyargs)} - {"env"}
