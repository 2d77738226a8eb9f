"""Which global names a notebook's functions use, and what a cell changed of everything that they depend on."""

from __future__ import annotations

import builtins
import dis
import math
import os
import random
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["DRAWS", "Uses", "World"]

MAX_NAMES = 2_000
MAX_MODULES = 40
DRAWS = "the seed"
"""The name of a change of the global random generators."""


class Uses:
    """The global names that functions use at this moment, directly and through each other.

    Args:
        functions: Their names.
        namespace: Where they are defined.
    """

    def __init__(self, functions: Iterable[str], namespace: Mapping[str, Any]) -> None:
        self.names: set[str] = set()
        self.awaited: set[str] = set()
        """Those of the names that are not defined yet."""
        self.modules = set(_EVERYBODYS)
        """Names of the modules among them, and of those that any code may use."""
        self.draw = False
        """Whether they may draw from a global random generator."""
        pending = list(functions)
        while pending and len(self.names) < MAX_NAMES:
            name = pending.pop()
            if name in self.names:
                continue
            self.names.add(name)
            if type(module := namespace.get(name)) is types.ModuleType:
                self.modules.add(module.__name__)
            if name not in namespace and not hasattr(builtins, name):
                self.awaited.add(name)
            for code in _codes_of(namespace.get(name), namespace):
                self.draw = self.draw or "random" in code.co_names
                pending += _globals_of(code)

    def concern(self, change: str) -> bool:
        """Whether they use what a change concerns, a name or something else."""
        if change == DRAWS:
            return self.draw
        module, dot, _ = change.rpartition(".")
        return change in self.names or (module in self.modules if dot else not change.isidentifier())

    def first_break(self, change: str, cells: Sequence[int], after: int) -> int | None:
        """The first cell after ``after``, of those that made a change, that affected these functions by it.

        A name that they use but that is not defined yet may be defined after them.
        """
        later = [cell for cell in cells if cell > after]
        if change in self.awaited:
            del later[:1]
        return later[0] if later and self.concern(change) else None


def _codes_of(value: Any, namespace: Mapping[str, Any], depth: int = 0) -> Iterator[types.CodeType]:
    """The code of a function or of a class's methods, and of functions wrapped in it."""
    if depth > 5:
        return
    if isinstance(value, types.FunctionType):
        yield value.__code__
        for cell in value.__closure__ or ():
            try:
                inner = cell.cell_contents
            except ValueError:
                continue
            if isinstance(inner, types.FunctionType):
                yield from _codes_of(inner, namespace, depth + 1)
        yield from _codes_of(vars(value).get("__wrapped__"), namespace, depth + 1)
    elif type(value) is type:
        for part in list(vars(value).values()):
            function = part.__func__ if isinstance(part, staticmethod | classmethod) else part
            yield from _codes_of(function, namespace, depth + 1)
    elif type(value).__module__ == "functools":
        for attribute in ("func", "__wrapped__"):
            yield from _codes_of(getattr(value, attribute, None), namespace, depth + 1)


def _globals_of(code: types.CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _globals_of(constant)


_EVERYBODYS = {
    "builtins": builtins, "math": math, "random": random, "numpy": np, "numpy.linalg": np.linalg,
    "numpy.random": np.random,
}  # fmt: skip
"""Modules that code may use without naming them."""


class World:
    """What cells can change besides their own names: modules' attributes, settings, the global generators' states."""

    def __init__(self) -> None:
        self._ids: dict[str, list[int]] = {}
        self._modules: dict[str, dict[str, int]] = {}
        self._settings: dict[str, Any] = {}

    def changes(self, namespace: Mapping[str, Any]) -> list[str]:
        """What has changed since the last call, such as ``numpy.exp`` or ``the working folder``."""
        changed: list[str] = []
        for name, module in self._watched(namespace):
            ids = list(map(id, vars(module).values()))
            if self._ids.get(name) == ids:
                continue
            now = {key: id(value) for key, value in list(vars(module).items()) if key[:1] != "_"}
            before = self._modules.get(name, {})
            self._ids[name], self._modules[name] = ids, now
            # New attributes are no change: they may be parts of the module that were imported only now.
            changed += [f"{name}.{key}" for key, value in before.items() if now.get(key) != value]
        settings = _settings()
        changed += [key for key, value in settings.items() if self._settings.get(key, value) != value]
        self._settings = settings
        return changed

    @staticmethod
    def _watched(namespace: Mapping[str, Any]) -> Iterator[tuple[str, types.ModuleType]]:
        yield from _EVERYBODYS.items()
        others = 0
        for value in list(namespace.values()):
            ours = type(value) is types.ModuleType and value.__name__ in _EVERYBODYS
            if type(value) is types.ModuleType and not ours and others < MAX_MODULES:
                others += 1
                yield value.__name__, value


def _generators() -> Any:
    state: Any = _numpy_state()
    return state[1].tobytes(), state[2:], hash(_python_state())


# Bound here, because a notebook may replace them.
_numpy_state, _numpy_errors, _python_state = np.random.get_state, np.geterr, random.getstate
_SETTINGS: dict[str, Callable[[], Any]] = {
    "what numpy does with errors": _numpy_errors,
    "the working folder": os.getcwd,
    "the limit on recursion": sys.getrecursionlimit,
    "what is done with warnings": lambda: list(map(id, warnings.filters)),
    DRAWS: _generators,
}


def _settings() -> dict[str, Any]:
    found = {}
    for name, ask in _SETTINGS.items():
        try:
            found[name] = ask()
        except Exception:  # what it reads may be gone by now, which is noted separately
            found[name] = None
    return found
