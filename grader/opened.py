"""A library's module in this process, as a test holds it."""

from __future__ import annotations

import types
from typing import Any

from grader.actions import act
from grader.kinds import Held, exchanged, made_here
from grader.libraries import is_module
from grader.operators import Operators, bare

__all__ = ["Opened", "opened"]


class Opened(Operators, Held):
    """Stands for a library's module in this process: what a test passes to it becomes the library's first."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return opened(getattr(self._inner, name))

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return opened(self._inner(*made_here(bare(arguments)), **made_here(bare(keywords))))

    def _operate(self, name: str, *operands: Any) -> Any:
        return opened(act(name, made_here(bare(operands))))


def opened(value: Any) -> Any:
    """The value with every module of a library in it, and every method of one, opened."""

    def one(part: Any) -> Any:
        method = isinstance(part, types.MethodType) and is_module(part.__self__)
        return Opened(part) if method or is_module(part) else part

    return exchanged(value, one)
