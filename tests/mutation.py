"""Do a module's tests notice when it is wrong? Run them on copies of it with one small change each.

    python -m tests.mutation grader/gradebook/lateness.py tests/gradebook/test_lateness.py

Prints every change that no test noticed, and how many were caught. A survivor that no test can catch, or need not,
belongs in ``mutation_survivors.md`` beside this file, with the reason; its line is then left out of the list.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from grader.validate.mutants import mutants

EXPLAINED = Path(__file__).with_name("mutation_survivors.md")
OURS = ("grader", "reference", "tests", "psets")
"""Packages whose modules may import the one that is mutated; all other modules are imported once."""
FORK = multiprocessing.get_context("fork")
Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Change:
    """One small change to a module, and the module with it."""

    line: int
    """Where the changed function, class or constant begins."""
    name: str
    was: str
    becomes: str
    module: ast.Module

    def __str__(self) -> str:
        return f"`{self.name}`: `{_on_one_line(self.was)}` → `{_on_one_line(self.becomes)}`"


def _on_one_line(code: str) -> str:
    return " ".join(code.split()) or "(nothing)"


def changes(module: ast.Module) -> Iterator[Change]:
    """The module with one function, class or constant changed, one change at a time."""
    for place, node in enumerate(module.body):
        if isinstance(node, Definition):
            whole: Definition = _without_notes(copy.deepcopy(node))
            decorators, whole.decorator_list = whole.decorator_list, []
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not _names_a_type(node):
            whole, decorators = ast.ClassDef("constant", [], [], [node], []), []
        else:
            continue
        for mutant in mutants(whole):
            (made,) = ast.parse(mutant.source).body
            assert isinstance(made, Definition)
            if _without_annotations(made) == _without_annotations(whole):
                continue
            body: list[ast.stmt] = [made]
            if isinstance(node, Definition):
                made.decorator_list = decorators
                _restore_docstrings(node, made)
            else:
                body = made.body
            for statement in body:
                ast.fix_missing_locations(statement)
            changed = ast.Module([*module.body[:place], *body, *module.body[place + 1 :]], [])
            name = node.name if isinstance(node, Definition) else ast.unparse(node).partition(" ")[0]
            yield Change(node.lineno, name, mutant.was, mutant.becomes, changed)


def _without_notes(whole: Definition) -> Definition:
    """Without the strings that stand under attributes, of a class or of its instances."""
    for node in ast.walk(whole):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            node.body = node.body[:1] + [one for one in node.body[1:] if not _is_text(one)]
    return whole


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _names_a_type(node: ast.Assign | ast.AnnAssign) -> bool:
    """Whether the statement defines ``__all__`` or an alias such as ``Literal["a", "b"]``, which no test can notice."""
    value = node.value
    union = isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr)
    return union or isinstance(value, ast.Subscript) or "__all__" in ast.unparse(node)


def _without_annotations(whole: Definition) -> str:
    """The code without annotations and docstrings, of which tests check nothing."""
    bare = copy.deepcopy(whole)
    for node in ast.walk(bare):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("_")
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, Definition):
            node.body = [one for one in node.body if not _is_text(one)] or [ast.Pass()]
            if isinstance(node, ast.FunctionDef):
                node.returns = None
    return ast.unparse(ast.fix_missing_locations(bare))


def _restore_docstrings(before: Definition, after: Definition) -> None:
    """Put docstrings back, which mutants lack: their examples are tests too."""
    for old, new in zip(ast.walk(before), ast.walk(after), strict=False):
        if isinstance(old, Definition) and isinstance(new, Definition) and ast.get_docstring(old) is not None:
            new.body.insert(0, old.body[0])


# Running the tests ---------------------------------------------------------------------------------------------


class _Instead(importlib.abc.MetaPathFinder):
    """Imports one module from a tree, if there is one, in place of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module | None) -> None:
        self._name, self._path, self._tree = name, path, tree
        self.independent: list[str] = []
        """Modules that were imported in full before this one, and so do not import it."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name == self._name:
            self.independent = [
                one
                for one, module in sys.modules.items()
                if one.partition(".")[0] != "tests"
                and not getattr(getattr(module, "__spec__", None), "_initializing", False)
            ]
        if name != self._name or self._tree is None:
            return None
        loader = SourceFileLoader(name, str(self._path))
        loader.get_code = lambda _: compile(self._tree, str(self._path), "exec")  # type: ignore[method-assign]
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


@dataclass(frozen=True)
class Run:
    """pytest's exit code, or -1 if it did not end in time, and modules that can be imported once for all runs."""

    code: int = -1
    modules: Sequence[str] = ()
    found: bool = False
    """The tests imported the module."""


class Tests:
    """The tests of one module, each run in a process of its own."""

    def __init__(self, path: Path, tests: Sequence[str]) -> None:
        self._name, self._path, self._tests = ".".join(path.with_suffix("").parts), path, tests
        self._kept: set[str] = set()

    def warm_up(self, modules: Sequence[str]) -> None:
        """Import what every run needs and no mutant changes."""
        for module in modules:
            with contextlib.suppress(Exception):
                importlib.import_module(module)
        self._kept = set(modules)

    def run(self, tree: ast.Module | None, seconds: float) -> Run:
        ours, theirs = FORK.Pipe(duplex=False)
        process = FORK.Process(target=self._child, args=(theirs, tree))
        process.start()
        theirs.close()
        try:
            return ours.recv() if ours.poll(seconds) else Run()
        except EOFError:
            return Run()
        finally:
            process.kill()
            process.join()
            ours.close()

    def _child(self, told: Connection, tree: ast.Module | None) -> None:
        for module in [one for one in sys.modules if one.partition(".")[0] in OURS]:
            if module not in self._kept and module != "tests.mutation":
                del sys.modules[module]
        finder = _Instead(self._name, self._path, tree)
        sys.meta_path.insert(0, finder)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        with contextlib.suppress(BaseException):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *self._tests])
            others = [one for one in sys.modules if one.partition(".")[0] not in OURS]
            told.send(Run(int(code), [*finder.independent, *others], bool(finder.independent)))
        os._exit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "module", type=Path, help="a file of the project, such as grader/gradebook/lateness.py"
    )
    parser.add_argument("tests", nargs="+", help="test files or test names, as pytest takes them")
    parser.add_argument("--jobs", type=int, default=1, help="test runs at a time")
    parser.add_argument("--only", default="", help="mutate this function or class alone")
    parser.add_argument("--every", type=int, default=1, help="try every so manyth mutant, for a quicker look")
    given = parser.parse_args(arguments)
    tests, begun = Tests(given.module, given.tests), time.monotonic()
    first = tests.run(None, 600)
    if first.code != 0 or not first.found:
        what = "do not import it" if first.code == 0 else "do not pass on it as it is; run them with pytest"
        print(f"{given.module}: the tests {what}")
        return 2
    seconds = 10 + 5 * (time.monotonic() - begun)
    tests.warm_up(first.modules)
    explained = EXPLAINED.read_text(encoding="utf-8") if EXPLAINED.exists() else ""
    tree = ast.parse(given.module.read_text(encoding="utf-8"))
    found = [one for one in changes(tree) if given.only in ("", one.name)][:: given.every]

    def survives(change: Change) -> bool:
        return tests.run(change.module, seconds).code == 0

    alive = known = 0
    with ThreadPoolExecutor(given.jobs) as pool:
        for change, lives in zip(found, pool.map(survives, found), strict=True):
            alive += lives
            if lives and str(change) in explained:
                known += 1
            elif lives:
                print(f"{given.module}:{change.line}: {change}", flush=True)
    caught = len(found) - alive
    print(
        f"{given.module}: {caught} of {len(found)} mutants caught ({100 * caught / max(1, len(found)):.0f}%), "
        f"{known} of {alive} survivors explained"
    )
    return 0 if known == alive else 1


if __name__ == "__main__":
    sys.exit(main())
