"""What a cell calls of a grader's client: otter's, okpy's or gofer's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.adopt.otter.literals import read_python

__all__ = ["Calls", "calls_of", "client_names", "has_blank"]

_PACKAGES = {"otter", "client", "gofer", "okgrade", "gradememaybe"}
_USUAL = {"grader", "ok"}
"""What notebooks call the client, if no cell says."""
_CHECKS = {"check", "grade"}
_EVERYTHING = {"grade_all", "grade_notebook"}
_TEXT_CALL = re.compile(r"^[^#\n]*\b(?:check|grade)\(\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_TEXT_BLANK = re.compile(r"^[^#\n]*(?:=|\breturn\b|^)\s*\.\.\.\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Calls:
    """What a cell asks of the client."""

    keys: tuple[str, ...] = ()
    """What it checks by name."""
    all: bool = False
    """Whether it checks everything.

    ``check_all`` does not count: while otter grades, that call does nothing.
    """
    only: bool = False
    """Whether it does nothing else: starts the client, checks, or hands in."""


def client_names(sources: Iterable[str]) -> frozenset[str]:
    """The variables that hold a client and the functions imported from one, in all cells of a notebook."""
    found = set(_USUAL)
    for source in sources:
        for node in ast.walk(_tree(source) or ast.Module([], [])):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                    if _last(function) == "Notebook":
                        found.add(name)
                case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in _PACKAGES:
                    found |= {alias.asname or alias.name for alias in node.names}
    return frozenset(found)


def calls_of(source: str, client: frozenset[str]) -> Calls:
    """What the cell asks of a client with these names."""
    if not any(name in source for name in (*client, *_PACKAGES)):
        return Calls()
    tree = _tree(source)
    if tree is None:
        return Calls(tuple(_key(found) for found in _TEXT_CALL.findall(source)))
    keys, everything = [], False
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not _is_of_client(node.func, client):
            continue
        if (called := _last(node.func)) in _EVERYTHING:
            everything = True
        elif called in _CHECKS:
            match node.args or [keyword.value for keyword in node.keywords]:
                case [ast.Constant(value=str(name)), *_]:
                    keys.append(_key(name))
                case [_, *_]:
                    everything = True  # a loop over the names of all tests
    only = any(_concerns(statement, client) for statement in tree.body) and all(
        _is_for_client(statement, client) for statement in tree.body
    )
    return Calls(tuple(dict.fromkeys(keys)), everything, only)


def has_blank(source: str) -> bool:
    """Whether a cell has an ellipsis where something is to be filled in.

    >>> has_blank("def f(x):\\n    ..."), has_blank("y = ..."), has_blank("a[..., 0] = 1")
    (True, True, False)
    """
    if "NotImplementedError" in source:
        return True
    if "..." not in source:
        return False
    tree = _tree(source)
    if tree is None:
        return bool(_TEXT_BLANK.search(source))
    indices = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        for part in ast.walk(node.slice)
    }
    return any(
        isinstance(node, ast.Constant) and node.value is Ellipsis and id(node) not in indices
        for node in ast.walk(tree)
    )


def _tree(source: str) -> ast.Module | None:
    try:
        return read_python(source)
    except SyntaxError:
        return None


def _key(name: str) -> str:
    """What a check names: a question, or the path of its test file."""
    path = PurePosixPath(name)
    return path.stem if path.suffix == ".py" else name


def _last(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_of_client(function: ast.expr, client: frozenset[str]) -> bool:
    """Whether a function is one of the client, such as ``ok.grade``, ``check`` or ``gofer.ok.check``."""
    node = function
    while isinstance(node, ast.Attribute):
        node = node.value
    if isinstance(node, ast.Call):  # otter.Notebook().check("q1")
        return _last(node.func) == "Notebook"
    return isinstance(node, ast.Name) and (node.id in client or node.id in _PACKAGES)


def _concerns(statement: ast.stmt, client: frozenset[str]) -> bool:
    """Whether a statement imports or calls the client."""
    match statement:
        case ast.Import(names=names):
            return any(alias.name.partition(".")[0] in _PACKAGES for alias in names)
        case ast.ImportFrom(module=str(module)):
            return module.partition(".")[0] in _PACKAGES
        case ast.Assign(value=value) | ast.Expr(value=value):
            return _calls_client(value, client)
        case ast.For(body=body):
            return any(_calls_client(node, client) for one in body for node in ast.walk(one))
    return False


def _is_for_client(statement: ast.stmt, client: frozenset[str]) -> bool:
    """Whether a statement does nothing for the rest of the notebook."""
    if _concerns(statement, client):
        return not isinstance(statement, ast.Import) or len(statement.names) == 1
    match statement:
        case ast.Import(names=names):
            return all(alias.name in {"os", "glob", "sys"} for alias in names)
        case ast.ImportFrom(module="glob" | "os") | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True  # a line for IPython, such as the installation of the client, is a pass
    return False


def _calls_client(node: ast.AST, client: frozenset[str]) -> bool:
    match node:
        case ast.Call(func=function):
            if _is_of_client(function, client) or _last(function) == "Notebook":
                return True
            return any(_calls_client(one, client) for one in node.args)
        case (
            ast.ListComp(elt=part)
            | ast.GeneratorExp(elt=part)
            | ast.Starred(value=part)
            | ast.Attribute(value=part)
        ):
            return _calls_client(part, client)
    return False
