"""Code that fails without returning a wrong result: it does not parse, never ends, crashes, raises or attacks."""

from __future__ import annotations

import ast

__all__ = ["HOSTILE_START", "crashing", "endless", "hostile", "raising", "unparsable"]


def _header(source: str, name: str) -> str:
    """``def name(arguments):`` of a function in ``source``."""
    node = next(n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == name)
    return f"def {name}({ast.unparse(node.args)}):\n"


def unparsable(source: str, name: str) -> str:
    """A bracket that is never closed."""
    return f"{_header(source, name)}    result = np.mean((1.0, 2.0)\n    return result\n"


def endless(source: str, name: str) -> str:
    """A loop whose counter is never counted."""
    return f"{_header(source, name)}    step = 0\n    while step < 10:\n        pass\n"


def crashing(source: str, name: str) -> str:
    """Reads the address zero: the process ends with a segmentation fault."""
    return f"{_header(source, name)}    import ctypes\n    return ctypes.string_at(0)\n"


def raising(source: str, name: str) -> str:
    """A name that was never defined."""
    return f"{_header(source, name)}    return undefined_result\n"


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


def hostile(names: list[str]) -> str:
    """Patches what checks could rely on, looks for the answers, and returns objects that equal everything."""
    answers = "".join(f"{name} = lambda *args, **kwargs: np.zeros(1).view(Agreeable)\n" for name in names)
    return f"{HOSTILE_START}\n{answers}"
