"""The one format in which values cross the trust boundary.

A value becomes a *node*, a tree of msgpack's own types, and its arrays become raw bytes beside it::

    None, bool, int64, float, str              themselves
    [LIST, item...]  [TUPLE, item...]          containers
    [DICT, key, value, key, value...]
    [COMPLEX, real, imag]  [BIGINT, "hex"]
    [ARRAY, i]  [SCALAR, i]  [BYTES, i]        the i-th array of the message; its only element; its bytes
    [HANDLE, id, type name]                    an object that stays in the sandbox
    [HANDLE, id, type name, node]              one that stands for a plain value, as a deque does for a list
    [FUNCTION, id]                             a test's function, which the sandbox may call back
    [GENERATOR, "hex state", "hex increment"]  a numpy Generator over PCG64; into the sandbox only

Both sides run this module. A message's nodes are typed as `Node`, so that msgpack's maps and extensions, and nesting
too deep, are refused while they are read, before anything is hashed. From then on the trusted side relies on `Decoder`:
it allocates nothing that the received bytes do not already pay for, and it bounds depth, nodes, arrays and the cost of
dictionaries. (An array may be mentioned only once: a list of a thousand references to a large one would cost a thousand
copies as soon as somebody made an array of it.) There is no pickle and no object dtype.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Union

import msgspec
import numpy as np

from grader.errors import WireError
from grader.kinds import Held, plain

__all__ = ["INTO_THE_SANDBOX", "ArrayHeader", "Decoder", "Encoder", "Node", "arrays_of"]

LIST, TUPLE, DICT, COMPLEX, BIGINT, ARRAY, SCALAR, HANDLE, FUNCTION, GENERATOR, BYTES = range(11)

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_ARRAYS = 50_000
# The hash of text depends on a secret of the process, but that of numbers does not, and building a dictionary whose
# keys share one hash takes time quadratic in its size. Honest keys hardly ever share one; -1 and -2 do.
MAX_DICT = 5_000
MAX_KEY_PARTS = 8
MAX_ALIKE = 64
"""Keys with the same hash in a message."""
MAX_BIGINT_DIGITS = 1_024
INTO_THE_SANDBOX = 2
"""How many times as much may go in as comes out: a test passes on what a submission returned, and adds its own."""
MAX_NDIM = 32
ALIGNMENT = 16

DTYPES = {
    np.dtype(code).str: np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}
_INT64 = range(-(2**63), 2**63)
_BOOL = np.dtype("?")
_COPIED_BYTES = 1 << 14
"""Arrays up to this size are copied into the message: a view would cost more than the copy."""
_NO_BYTES = bytes(ALIGNMENT)
_PLAIN = {bool, int, float, str}
if TYPE_CHECKING:
    Node = Any
    """What a value is on the wire."""
else:
    Node = None | bool | int | float | str
    for _ in range(MAX_DEPTH + 1):
        Node = Union[None, bool, int, float, str, list[Node]]  # noqa: UP007 - a type made at run time


class ArrayHeader(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """dtype string such as ``<f8``, shape, and memory order, ``C`` or ``F``."""

    dtype: str
    shape: list[int]
    order: str


def padded(nbytes: int) -> int:
    """Length of a buffer on the wire: the next multiple of `ALIGNMENT`."""
    return -(-nbytes // ALIGNMENT) * ALIGNMENT


def _no_reference(value: Any) -> list[Any]:
    raise TypeError(f"a {type(value).__name__} cannot be carried")


class Encoder:
    """Turns the values of one message into nodes and buffers.

    ``refer`` gives the node of an object that the codec does not carry, or raises TypeError. The message may hold
    ``room`` times as many nodes as an answer.
    """

    def __init__(self, refer: Callable[[Any], list[Any]] = _no_reference, *, room: int = 1) -> None:
        self.headers: list[ArrayHeader] = []
        self.buffers: list[bytes | memoryview] = []
        self._refer = refer
        self._nodes, self._most_nodes = 0, room * MAX_NODES

    def node(self, value: Any, depth: int = 0) -> Any:
        """The node of ``value``; raises ValueError if it is too deep or too large to carry."""
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")
        if self._nodes > self._most_nodes:
            raise ValueError(
                f"it holds more than {self._most_nodes:,} separate items; return an array instead"
            )
        kind = type(value)
        if kind is np.ndarray:  # nearly everything is one of these
            return self._array_node(value, depth)
        if kind is float:
            return value
        if kind is tuple:
            return [TUPLE, *(self.node(item, depth + 1) for item in value)]
        if value is None or value is True or value is False:
            return value
        if isinstance(value, np.generic):
            if value.dtype.kind in "biufc":
                return [SCALAR, self._array(np.asarray(value))]
            return self.node(value.item(), depth + 1)
        if isinstance(value, np.ndarray):
            return self._array_node(value, depth)
        if isinstance(value, int):
            whole = int(value)
            if whole in _INT64:
                return whole
            if whole.bit_length() > 4 * (MAX_BIGINT_DIGITS - 1):
                raise ValueError(f"it holds an integer of {whole.bit_length():,} bits")
            return [BIGINT, f"{whole:x}"]
        if isinstance(value, float):
            return float(value)
        if isinstance(value, complex):
            return [COMPLEX, value.real, value.imag]
        if isinstance(value, str):
            return str(value).encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, bytes | bytearray):
            return [BYTES, self._array(np.frombuffer(bytes(value), np.uint8))]
        if isinstance(value, list):
            return [LIST, *(self.node(item, depth + 1) for item in value)]
        if isinstance(value, tuple):
            return [TUPLE, *(self.node(item, depth + 1) for item in value)]
        if isinstance(value, dict):
            if len(value) > MAX_DICT:
                raise ValueError(f"it is a dictionary of more than {MAX_DICT:,} keys")
            pairs = (self.node(part, depth + 1) for key, item in value.items() for part in (plain(key), item))
            return [DICT, *pairs]
        return self._other(value, depth)

    def _other(self, value: Any, depth: int) -> Any:
        """An object by reference, with the plain value it stands for; into the sandbox goes only that value."""
        stands_for = value if isinstance(value, Held) else plain(value)
        if stands_for is value:
            return self._refer(value)
        try:
            reference = self._refer(value)
        except TypeError:
            return self.node(stands_for, depth)
        return [*reference, self.node(stands_for, depth + 1)]

    def _array_node(self, array: np.ndarray, depth: int) -> Any:
        if type(array) is not np.ndarray or array.dtype.kind not in "biufc":
            made = plain(array)
            if not isinstance(made, np.ndarray) or made.dtype.kind not in "biufc":
                made = made.tolist() if isinstance(made, np.ndarray) else made
                return self.node(made, depth + 1)
            array = made
        return [ARRAY, self._array(array)]

    def _array(self, array: np.ndarray) -> int:
        if array.dtype.str not in DTYPES:  # long double, foreign byte order
            kind = {"f": "f8", "c": "c16"}.get(array.dtype.kind, array.dtype.newbyteorder("=").str)
            array = array.astype(kind)
        flags, nbytes = array.flags, array.nbytes
        order = "F" if not flags.c_contiguous and flags.f_contiguous else "C"
        self.headers.append(ArrayHeader(array.dtype.str, list(array.shape), order))
        if nbytes <= _COPIED_BYTES:
            self.buffers.append(array.tobytes("F" if order == "F" else "C"))
        else:
            flat = array.reshape(-1, order="F" if order == "F" else "C")
            self.buffers.append(np.ascontiguousarray(flat).view(np.uint8).data)
        if padding := -nbytes % ALIGNMENT:
            self.buffers.append(_NO_BYTES[:padding])
        return len(self.headers) - 1


class Decoder:
    """Turns the nodes of one message back into values.

    ``resolve`` gives the object that a `HANDLE`, `FUNCTION` or `GENERATOR` node stands for, or raises WireError.
    Raises WireError for anything that `Encoder` cannot have made.
    """

    def __init__(
        self,
        headers: Sequence[ArrayHeader],
        body: bytearray,
        resolve: Callable[[list[Any]], Any],
        *,
        room: int = 1,
    ) -> None:
        self._resolve = resolve
        self._nodes, self._most_nodes = 0, room * MAX_NODES
        self._hashes: Counter[int] = Counter()
        self.nbytes = len(body)
        self._arrays: list[np.ndarray | None] = [*arrays_of(headers, body, room=room)]

    def value(self, node: Any, depth: int = 0) -> Any:
        """The value of ``node``."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > self._most_nodes:
            raise WireError("a value out of the sandbox is nested too deeply or holds too many items")
        kind = type(node)
        if kind is not list:
            if node is None or kind in _PLAIN:
                return node
            raise WireError(f"a value out of the sandbox has the unknown form {type(node).__name__}")
        match node:
            case [int(tag), int(i)] if tag == ARRAY and 0 <= i < len(self._arrays):
                array, self._arrays[i] = self._arrays[i], None
                if array is not None:
                    return array
            case [int(tag), *items] if tag in (LIST, TUPLE):
                values = [self.value(item, depth + 1) for item in items]
                return values if tag == LIST else tuple(values)
            case [int(tag), *items] if tag == DICT and len(items) % 2 == 0 and len(items) <= 2 * MAX_DICT:
                return self._dictionary(items, depth)
            case [int(tag), float(real), float(imag)] if tag == COMPLEX:
                return complex(real, imag)
            case [int(tag), str(digits)] if tag == BIGINT and len(digits) <= MAX_BIGINT_DIGITS:
                try:
                    return int(digits, 16)
                except ValueError:
                    raise WireError(
                        "a value out of the sandbox is marked as an integer but is not one"
                    ) from None
            case [int(tag), int(i)] if tag == SCALAR and 0 <= i < len(self._arrays):
                array, self._arrays[i] = self._arrays[i], None
                if array is not None and array.shape == ():
                    return array[()]
            case [int(tag), int(i)] if tag == BYTES and 0 <= i < len(self._arrays):
                array, self._arrays[i] = self._arrays[i], None
                if array is not None and array.dtype == np.uint8 and array.ndim == 1:
                    return array.tobytes()
            case [int(tag), int(), str(), stands_for] if tag == HANDLE:
                held = self._resolve(node[:3])
                held._stands_for = self.value(stands_for, depth + 1)
                return held
            case [int(tag), *_] if tag in (HANDLE, FUNCTION, GENERATOR):
                return self._resolve(node)
        raise WireError("a value out of the sandbox is malformed")

    def _dictionary(self, items: list[Any], depth: int) -> dict[Any, Any]:
        keys = [self._key(item, depth + 1) for item in items[::2]]
        values = [self.value(item, depth + 1) for item in items[1::2]]
        return dict(zip(keys, values, strict=True))

    def _key(self, node: Any, depth: int) -> Any:
        key = self.value(node, depth)
        if isinstance(key, str | bytes):
            return key
        parts = key if isinstance(key, tuple) else (key,)
        plain = all(
            part is None or isinstance(part, str | bytes | int | float | complex | np.generic)
            for part in parts
        )
        if not plain or len(parts) > MAX_KEY_PARTS:
            raise WireError("a dictionary out of the sandbox has a key that is not carried")
        self._hashes[hash(key)] += 1
        if self._hashes[hash(key)] > MAX_ALIKE:
            raise WireError("a dictionary out of the sandbox has keys made to collide")
        return key


def arrays_of(headers: Sequence[ArrayHeader], body: bytearray, *, room: int = 1) -> list[np.ndarray]:
    """The arrays that follow a message, sharing its bytes."""
    arrays: list[np.ndarray] = []
    offset = 0
    if len(headers) > room * MAX_ARRAYS:
        raise WireError("a message out of the sandbox holds too many arrays")
    size = len(body)
    for header in headers:
        dtype, shape = DTYPES.get(header.dtype), header.shape
        if dtype is None or header.order not in ("C", "F") or len(shape) > MAX_NDIM:
            raise WireError("an array out of the sandbox has a type or shape that is not carried")
        nbytes = dtype.itemsize
        for side in shape:  # Python's integers: a hostile shape cannot overflow
            if not 0 <= side < 2**62:
                raise WireError("an array out of the sandbox has an impossible shape")
            nbytes *= side
        end = offset + padded(nbytes)
        if end > size:
            raise WireError("an array out of the sandbox is larger than the bytes that came with it")
        kind = np.uint8 if dtype is _BOOL else dtype
        try:
            array: np.ndarray = np.ndarray(
                shape, kind, body, offset, order="F" if header.order == "F" else "C"
            )
        except ValueError:
            raise WireError("an array out of the sandbox has an impossible shape") from None
        if dtype is _BOOL:
            # numpy does not check that a boolean's byte is 0 or 1. Done in place, since a copy would not be counted.
            array, raw = array.view(_BOOL), array
            np.not_equal(raw, 0, out=array)
        arrays.append(array)
        offset = end
    if offset != size:
        raise WireError("a message out of the sandbox carries bytes that belong to no array")
    return arrays
