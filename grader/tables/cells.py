"""Entries of columns of objects, such as lists and arrays: a form in which equal ones are equal, sizes, and copies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np

__all__ = ["CHANGING", "copied_cell", "form_of", "forms_of", "size_of"]

Array = np.ndarray[Any, Any]
_BYTES = 32
"""Of a form: nobody finds two values with one digest of that length."""
CHANGING = frozenset({np.ndarray, list, tuple, dict, set, bytearray})
"""Types of cells that may change in place, or whose parts may."""
_PER_PART = 8
"""Bytes of a number, or of a place in a list."""


def form_of(cell: Any) -> bytes:
    """A digest that two cells share if they have the same types and values; all nan are the same.

    No `repr` would do: numpy's leaves out the middle of a large array, and rounds.
    """
    kind = type(cell)
    if isinstance(cell, np.ndarray):
        return _digest("array", *_of_array(cell))
    if isinstance(cell, str):
        return _digest("str", cell.encode("utf-8", "surrogatepass"))
    if isinstance(cell, bytes | bytearray):
        return _digest("bytes", bytes(cell))
    if kind is int:
        return _digest("int", f"{cell:x}".encode())
    if isinstance(cell, list | tuple):
        return _digest(kind.__name__, *map(form_of, cell))
    if isinstance(cell, dict):
        return _digest("dict", *sorted(form_of(key) + form_of(part) for key, part in cell.items()))
    return _digest(kind.__name__, repr(cell).encode("utf-8", "surrogatepass"))


def forms_of(cells: Iterable[Any]) -> Array:
    """The forms of many cells, each made once where it is the same object."""
    cells = list(cells)
    known: dict[int, bytes] = {}
    made = np.empty(len(cells), object)
    for place, cell in enumerate(cells):
        found = known.get(id(cell))
        if found is None:
            found = known[id(cell)] = form_of(cell)
        made[place] = found
    return made


def _of_array(array: Array) -> Iterable[bytes]:
    kind, shape = array.dtype.kind, repr(array.shape).encode()
    if (
        kind in "UO" or array.dtype.char in "gG"
    ):  # of texts the width, of long doubles the padding is no value
        return (kind.encode(), shape, *map(form_of, array.ravel().tolist()))
    if kind in "fc" and (lacks := np.isnan(array)).any():
        array = array.copy()
        array[lacks] = np.nan
    return (array.dtype.str.encode(), shape, array.tobytes())


def _digest(kind: str, *parts: bytes) -> bytes:
    digest = hashlib.blake2b(f"{kind} {len(parts)}".encode(), digest_size=_BYTES)
    for part in parts:
        digest.update(b" %d " % len(part))
        digest.update(part)
    return digest.digest()


def size_of(cell: Any) -> int:
    """About how many bytes one cell holds."""
    if isinstance(cell, str):
        return len(cell) if cell.isascii() else len(cell.encode("utf-8", "surrogatepass"))
    if isinstance(cell, bytes | bytearray):
        return len(cell)
    if isinstance(cell, np.ndarray):
        return _PER_PART + cell.nbytes
    if isinstance(cell, list | tuple):
        return _PER_PART * (1 + len(cell)) + sum(map(size_of, cell))
    if isinstance(cell, dict):
        return _PER_PART + sum(_PER_PART + size_of(key) + size_of(part) for key, part in cell.items())
    return _PER_PART + (cell.bit_length() // 8 if isinstance(cell, int) else 0)


def copied_cell(cell: Any) -> Any:
    """A copy of a list, a dictionary or an array, down to its parts; anything else stays the same."""
    kind = type(cell)
    if kind is np.ndarray:
        return cell.copy(order="K")
    if kind is list or kind is tuple:
        return kind(map(copied_cell, cell))
    if kind is dict:
        return {key: copied_cell(part) for key, part in cell.items()}
    return kind(cell) if kind in (set, bytearray) else cell
