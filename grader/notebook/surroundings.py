"""Prepares the process that a notebook runs in: it has a user, but neither a screen nor a keyboard."""

from __future__ import annotations

import builtins
import getpass
import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

__all__ = ["be_somebody", "draw_without_a_screen", "without_a_keyboard"]


def without_a_keyboard() -> None:
    """Let functions that ask a person fail at once, with a reason, rather than wait."""

    def nobody(prompt: object = "", *_: Any, **__: Any) -> NoReturn:
        raise EOFError(
            "input() was called, but nobody can answer while a notebook is graded; remove the call"
        )

    builtins.input = nobody
    getpass.getpass = nobody


def be_somebody(name: str) -> None:
    """Give the process a named user, if the machine knows none."""
    for variable in ("USER", "LOGNAME", "USERNAME"):
        os.environ.setdefault(variable, name)
    os.getlogin = lambda: os.environ["USER"]
    try:
        import pwd
    except ImportError:
        return
    known = pwd.getpwuid

    def getpwuid(uid: int) -> Any:
        try:
            return known(uid)
        except KeyError:
            if uid != os.getuid():
                raise
            home = os.environ.get("HOME", "/")
            return pwd.struct_passwd((os.environ["USER"], "x", uid, os.getgid(), "", home, "/bin/sh"))

    pwd.getpwuid = getpwuid


def draw_without_a_screen() -> None:
    """Let matplotlib draw without a screen, whatever backend the notebook asks for, now or once it is imported."""
    os.environ["MPLBACKEND"] = "Agg"
    for name, patch in _PATCHES.items():
        if name in sys.modules:
            patch(sys.modules[name])
    if not any(isinstance(finder, _Patcher) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Patcher())


def _any_backend(matplotlib: types.ModuleType) -> None:
    def use(backend: str, *, force: bool = True) -> None:
        """Draw without a screen, whatever backend is asked for."""

    matplotlib.use = use  # type: ignore[attr-defined]


def _one_backend(pyplot: types.ModuleType) -> None:
    switch = pyplot.switch_backend

    def switch_backend(newbackend: str) -> None:
        """Draw without a screen, whatever backend is asked for."""
        switch("agg")

    pyplot.switch_backend = switch_backend  # type: ignore[attr-defined]


_PATCHES: dict[str, Callable[[types.ModuleType], None]] = {
    "matplotlib": _any_backend,
    "matplotlib.pyplot": _one_backend,
}


class _Patcher(importlib.abc.MetaPathFinder):
    """Patches modules when they are imported; the other finders find them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        patch = _PATCHES.get(fullname)
        if patch is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    _patch_after(spec.loader, patch)
                return spec
        return None


def _patch_after(loader: Any, patch: Callable[[types.ModuleType], None]) -> None:
    execute = loader.exec_module

    def exec_module(module: types.ModuleType) -> None:
        execute(module)
        patch(module)

    loader.exec_module = exec_module
