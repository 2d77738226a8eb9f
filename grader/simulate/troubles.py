"""Code that fails without returning a wrong result: it does not parse, never ends, crashes, raises or attacks."""

from __future__ import annotations

import ast
from collections.abc import Collection

__all__ = ["HOSTILE_START", "crashing", "endless", "hostile", "raising", "unparsable"]


def _header(source: str, name: str) -> str | None:
    """``def name(arguments):`` of a function in ``source``; None for a variable."""
    found = (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == name)
    node = next(found, None)
    return f"def {name}({ast.unparse(node.args)}):\n" if node else None


def unparsable(source: str, name: str) -> str:
    """A bracket that is never closed."""
    header = _header(source, name)
    if header is None:
        return f"{name} = np.mean((1.0, 2.0)\n"
    return f"{header}    result = np.mean((1.0, 2.0)\n    return result\n"


def endless(source: str, name: str) -> str:
    """A loop whose counter is never counted."""
    header = _header(source, name)
    if header is None:
        return f"step = 0\nwhile step < 10:\n    pass\n{name} = step\n"
    return f"{header}    step = 0\n    while step < 10:\n        pass\n"


def crashing(source: str, name: str) -> str:
    """Reads the address zero: the process ends with a segmentation fault."""
    header = _header(source, name)
    if header is None:
        return f"import ctypes\n{name} = ctypes.string_at(0)\n"
    return f"{header}    import ctypes\n    return ctypes.string_at(0)\n"


def raising(source: str, name: str) -> str:
    """A name that was never defined."""
    header = _header(source, name)
    return f"{name} = undefined_result\n" if header is None else f"{header}    return undefined_result\n"


HOSTILE_START = '''
import os, sys, builtins, glob

class Agreeable(np.ndarray):
    """Equal to whatever it is compared with."""
    def __eq__(self, other): return True
    def __array_function__(self, function, types, args, kwargs): return True

def yes(*args, **kwargs): return True

np.allclose = np.array_equal = np.isclose = yes
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
np.abs = np.absolute = lambda x: 0.0
builtins.abs = lambda x: 0.0

for place in ["/proc/self/environ", f"/proc/{os.getppid()}/environ", f"/proc/{os.getppid()}/mem",
              *glob.glob("/**/suite/*.py", recursive=True), *glob.glob("/**/reference/*.py", recursive=True)]:
    try:
        print(place, open(place, "rb").read(100))
    except OSError as refused:
        print(place, refused)
'''


def hostile(names: list[str], values: Collection[str] = ()) -> str:
    """Patches what checks could rely on, looks for the answers, and returns objects that equal everything."""
    agreeable = "np.zeros(1).view(Agreeable)"
    answers = "".join(
        f"{name} = {agreeable if name in values else f'lambda *args, **kwargs: {agreeable}'}\n"
        for name in names
    )
    return f"{HOSTILE_START}\n{answers}"
