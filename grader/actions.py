"""What a test does to an object of a submission, by name, so that it can be asked for where the object is."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Sequence
from typing import Any

from grader.kinds import NOTHING
from grader.libraries import gradients, parameters, set_parameters, shapes

__all__ = ["act", "in_words", "weight_of"]


def act(name: str, operands: Sequence[Any]) -> Any:
    """Do something to an object: an operator, by its name in the module `operator`, or another of the names above.

    Raises:
        KeyError: There is no such action.
    """
    return _ACTIONS[name](*operands)


def in_words(name: str, origin: str) -> str:
    """What messages call it.

    >>> in_words("len", "Stack(...)"), in_words("add", "Vector(...)"), in_words("leave", "Timer(...)")
    ('len(Stack(...))', 'Vector(...) + …', 'with Timer(...)')
    """
    if name in _SIGNS:
        return f"{origin} {_SIGNS[name]} …"
    return _FORMS.get(name, f"{name}({{}})").format(origin)


def weight_of(value: Any) -> int:
    """About how many bytes a value takes, without arrays, whose bytes the session counts while they are held."""
    if isinstance(value, str | bytes):
        return len(value) + 50
    if isinstance(value, list | tuple):
        return 50 + sum(map(weight_of, value))
    return 50 + (sum(map(weight_of, value.values())) if isinstance(value, dict) else 0)


def _next(iterator: Any) -> tuple[bool, Any]:
    """Whether there is another value, and the value: an iterator's end is no error."""
    value = next(iterator, NOTHING)
    return (False, None) if value is NOTHING else (True, value)


def _enter(manager: Any) -> Any:
    return type(manager).__enter__(manager)


def _leave(manager: Any, raised: str = "") -> None:
    """Leave a ``with`` statement, if an exception was raised in it with one of Python's own; what it says is unused."""
    kind = getattr(builtins, raised, None) if raised else None
    if isinstance(kind, type) and issubclass(kind, Exception):
        type(manager).__exit__(manager, kind, kind(), None)
    else:
        type(manager).__exit__(manager, None, None, None)


def _has_instance(kind: Any, value: Any) -> bool:
    return isinstance(value, kind)


def _has_subclass(kind: Any, derived: Any) -> bool:
    return issubclass(derived, kind)


def _names(value: Any) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")]


_ACTIONS: dict[str, Callable[..., Any]] = {
    **{
        name: getattr(operator, name)
        for name in (
            "add", "sub", "mul", "truediv", "floordiv", "mod", "matmul", "pow", "neg", "pos", "abs", "invert", "and_",
            "or_", "xor", "lshift", "rshift", "iadd", "isub", "imul", "itruediv", "ior", "iand", "getitem", "setitem",
            "delitem", "eq", "ne", "lt", "le", "gt", "ge", "contains",
        )
    },
    "len": len, "iter": iter, "next": _next, "reversed": reversed, "dir": _names, "setattr": setattr,
    "delattr": delattr, "enter": _enter, "leave": _leave, "float": float, "int": int, "complex": complex, "str": str,
    "repr": repr, "parameters": parameters, "set_parameters": set_parameters, "gradients": gradients, "shapes": shapes,
    "attributes": dir, "has_instance": _has_instance, "has_subclass": _has_subclass,
}  # fmt: skip
_SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "matmul": "@", "pow": "**",
    "and_": "&", "or_": "|", "xor": "^", "lshift": "<<", "rshift": ">>", "iadd": "+=", "isub": "-=", "imul": "*=",
    "itruediv": "/=", "ior": "|=", "iand": "&=", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
}  # fmt: skip
_FORMS = {
    "neg": "-{}", "pos": "+{}", "invert": "~{}", "getitem": "{}[…]", "setitem": "{}[…] = …", "delitem": "del {}[…]",
    "contains": "… in {}", "setattr": "{}.… = …", "delattr": "del {}.…", "enter": "with {}", "leave": "with {}",
}  # fmt: skip
