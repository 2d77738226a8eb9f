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
"""Packages that every mutant imports anew; everything else is imported once."""
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
        elif isinstance(node, ast.Assign | ast.AnnAssign) and "__all__" not in ast.unparse(node):
            whole, decorators = ast.ClassDef("constant", [], [], [node], []), []
        else:
            continue
        for mutant in mutants(whole):
            (made,) = ast.parse(mutant.source).body
            assert isinstance(made, Definition)
            body: list[ast.stmt] = [made]
            if isinstance(node, Definition):
                made.decorator_list = decorators
                _restore_docstrings(node, made)
            else:
                body = made.body
            changed = ast.Module([*module.body[:place], *body, *module.body[place + 1 :]], [])
            name = node.name if isinstance(node, Definition) else ast.unparse(node).partition(" ")[0]
            yield Change(
                node.lineno,
                name,
                mutant.was,
                mutant.becomes,
                ast.fix_missing_locations(copy.deepcopy(changed)),
            )


def _without_notes(whole: Definition) -> Definition:
    """Without the strings that stand under a class's attributes."""
    for node in ast.walk(whole):
        if isinstance(node, ast.ClassDef):
            node.body = node.body[:1] + [one for one in node.body[1:] if not _is_text(one)]
    return whole


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _restore_docstrings(before: Definition, after: Definition) -> None:
    """Put docstrings back, which mutants lack: their examples are tests too."""
    for old, new in zip(ast.walk(before), ast.walk(after), strict=False):
        if isinstance(old, Definition) and isinstance(new, Definition) and ast.get_docstring(old) is not None:
            new.body.insert(0, old.body[0])


# Running the tests ---------------------------------------------------------------------------------------------


class _Instead(importlib.abc.MetaPathFinder):
    """Has one module imported from a tree in place of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path, self._tree = name, path, tree

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = SourceFileLoader(name, str(self._path))
        loader.get_code = lambda _: compile(self._tree, str(self._path), "exec")  # type: ignore[method-assign]
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


def _run(told: Connection, name: str, path: Path, tree: ast.Module | None, tests: Sequence[str]) -> None:
    """In a process of its own: whether the tests pass, and which modules that took."""
    for module in [one for one in sys.modules if one.partition(".")[0] in OURS and one != __name__]:
        del sys.modules[module]
    if tree is not None:
        sys.meta_path.insert(0, _Instead(name, path, tree))
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    with contextlib.suppress(BaseException):
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
        told.send((int(code), sorted(sys.modules)))
    os._exit(0)


def run(
    name: str, path: Path, tree: ast.Module | None, tests: Sequence[str], seconds: float
) -> tuple[int, list[str]]:
    """pytest's exit code, or -1 where there is none in time, and the modules that were imported."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_run, args=(theirs, name, path, tree, tests))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(seconds) else (-1, [])
    except EOFError:
        return -1, []
    finally:
        process.kill()
        process.join()
        ours.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "module", type=Path, help="a file of the project, such as grader/gradebook/lateness.py"
    )
    parser.add_argument("tests", nargs="+", help="test files or test names, as pytest takes them")
    parser.add_argument("--jobs", type=int, default=1, help="test runs at a time")
    parser.add_argument("--only", default="", help="mutate this function or class alone")
    given = parser.parse_args(arguments)
    name = ".".join(given.module.with_suffix("").parts)
    begun = time.monotonic()
    code, modules = run(name, given.module, None, given.tests, 600)
    if code != 0:
        print(f"the tests do not pass on {given.module} as it is; run them with pytest first")
        return 2
    once = time.monotonic() - begun
    if name not in modules:
        print(f"the tests never import {name}")
        return 2
    for module in modules:
        if module.partition(".")[0] not in OURS:
            with contextlib.suppress(Exception):
                importlib.import_module(module)
    explained = EXPLAINED.read_text(encoding="utf-8") if EXPLAINED.exists() else ""
    tree = ast.parse(given.module.read_text(encoding="utf-8"))
    found = [one for one in changes(tree) if given.only in ("", one.name)]

    def survives(change: Change) -> bool:
        return run(name, given.module, change.module, given.tests, 10 + 5 * once)[0] == 0

    with ThreadPoolExecutor(given.jobs) as pool:
        alive = [change for change, lives in zip(found, pool.map(survives, found), strict=True) if lives]
    for change in alive:
        if str(change) not in explained:
            print(f"{given.module}:{change.line}: {change}")
    caught = len(found) - len(alive)
    known = sum(str(change) in explained for change in alive)
    print(
        f"{given.module}: {caught} of {len(found)} mutants caught ({100 * caught / max(1, len(found)):.0f} %), "
        f"{known} of {len(alive)} survivors explained"
    )
    return 0 if known == len(alive) else 1


if __name__ == "__main__":
    sys.exit(main())
