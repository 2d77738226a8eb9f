"""The one format in which values cross the trust boundary.

A value becomes a *node*, a tree of msgpack's own types, and its arrays become raw bytes beside it::

    None, bool, int64, float, str              themselves
    [LIST, item...]  [TUPLE, item...]          containers
    [DICT, key, value, key, value...]
    [COMPLEX, real, imag]  [BIGINT, "hex"]
    [ARRAY, i]  [SCALAR, i]  [BYTES, i]        the i-th array of the message; its only element; its bytes
    [TIMES, i, "unit"]                         an array of times or durations since 1970, as 64-bit integers
    [TEXTS, i, j, shape...]                    an array of texts: all of them in one, and where each ends
    [TABLE, node]                              a DataFrame, a Series, an Index or a Table, column by column
    [SPARSE, node]                             an array of which only some entries are stored
    [HANDLE, id, type name]                    an object that stays in the sandbox
    [HANDLE, id, type name, node]              one that stands for a plain value, as a deque does for a list
    [FUNCTION, id]                             a test's function, which the sandbox may call back
    [SLICE, start, stop, step]  [SLICE]        a slice, the ellipsis, as an index; into the sandbox only
    [GENERATOR, "kind", node]                  a random generator's state; into the sandbox only
    [MARKED, "kind", node]                     what the sandbox makes of data, such as a tensor; into the sandbox only

Both sides run this module. A message's nodes are typed as `Node`, so that msgpack's maps and extensions, and nesting
too deep, are refused while they are read, before anything is hashed. From then on the trusted side relies on `Decoder`:
it allocates nothing that the received bytes do not already pay for, and it bounds depth, nodes, arrays and the cost of
dictionaries. (An array may be mentioned only once: a list of a thousand references to a large one would cost a thousand
copies as soon as somebody made an array of it.) There is no pickle and no object dtype.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy as np

from grader.errors import WireError
from grader.expressions import At
from grader.kinds import UNCHANGING, AsLibrary, Held, plain
from grader.libraries import Sparse
from grader.sandbox.crossing.arrays import ALIGNMENT, DTYPES, MAX_ARRAYS, ArrayHeader, arrays_of
from grader.sandbox.crossing.channel import Holding
from grader.sandbox.crossing.texts import MAX_TEXTS, MAX_WIDE_BYTES, packed, shaped, unpacked
from grader.tables import Table, Texts, is_table, nbytes, of_library, plain_of
from grader.units import is_quantity

__all__ = ["INTO_THE_SANDBOX", "MARKED", "Decoder", "Encoder", "Node"]

(
    LIST, TUPLE, DICT, COMPLEX, BIGINT, ARRAY, SCALAR, HANDLE, FUNCTION, GENERATOR, BYTES, TIMES, TEXTS, TABLE, SLICE,
    SPARSE, MARKED,
) = range(17)  # fmt: skip

MAX_DEPTH = 32
MAX_NODES = 200_000
# The hash of text depends on a secret of the process, but that of numbers does not, and building a dictionary whose
# keys share one hash takes time quadratic in its size. Honest keys hardly ever share one; -1 and -2 do.
MAX_DICT = 5_000
MAX_KEY_PARTS = 8
MAX_ALIKE = 64
"""Keys with the same hash in a message."""
MAX_BIGINT_DIGITS = 1_024
INTO_THE_SANDBOX = 2
"""How many times as much may go in as comes out: a test passes on what a submission returned, and adds its own."""

_TIMES = {
    f"{letter}8[{unit}]": np.dtype(f"{letter}8[{unit}]")
    for letter in "Mm"
    for unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")
}
_INT64 = range(-(2**63), 2**63)
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


def _no_reference(value: Any) -> list[Any]:
    raise TypeError(f"a {type(value).__name__} cannot be carried")


class Encoder:
    """Turns the values of one message into nodes and buffers.

    ``refer`` gives the node of an object that the codec does not carry, or raises TypeError. The message may hold
    ``room`` times as many nodes as an answer. What is of one of the types ``objects`` goes by reference, also where it
    derives from a list or another type of data.
    """

    def __init__(
        self,
        refer: Callable[[Any], list[Any]] = _no_reference,
        *,
        room: int = 1,
        objects: Collection[type] = (),
    ) -> None:
        self.headers: list[ArrayHeader] = []
        self.buffers: list[bytes | memoryview] = []
        self._refer, self._objects = refer, objects
        self._into = room > 1
        self._nodes, self._most_nodes = 0, room * MAX_NODES
        self._most_arrays = room * MAX_ARRAYS
        self._many_texts, self._most_texts = 0, room * MAX_TEXTS

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
        if self._objects and kind in self._objects:
            return self._own(value, kind, depth)
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
            if value.dtype.kind in "Mm":
                return self._times(np.asarray(value))
            return self.node(value.item(), depth + 1)
        if isinstance(value, np.ndarray):
            return self._other(value, depth) if is_quantity(value) else self._array_node(value, depth)
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
            parts = (part for key, item in value.items() for part in (self._as_key(key), item))
            return [DICT, *(self.node(part, depth + 1) for part in parts)]
        if isinstance(value, Texts):
            return self._texts(value.values)
        if is_table(value):
            return [TABLE, self.node(plain_of(value), depth + 1)]
        if isinstance(value, Sparse):
            return [SPARSE, self.node(value.plain(), depth + 1)]
        if isinstance(value, AsLibrary):
            return [MARKED, value.library, self.node((value.value, value.options), depth + 1)]
        if isinstance(value, At):
            return [MARKED, "at", self.node((value.points, value.own), depth + 1)]
        return self._other(value, depth)

    def _as_key(self, key: Any) -> Any:
        """What is sent for a dictionary's key."""
        return plain(key)

    def _own(self, value: Any, kind: type, depth: int) -> Any:
        """An object by reference, with its data where these never change."""
        for base in UNCHANGING:
            if issubclass(kind, base):
                return [*self._refer(value), self.node(base(value), depth + 1)]
        return self._refer(value)

    def _other(self, value: Any, depth: int) -> Any:
        """An object by reference, with the plain value it stands for; into the sandbox goes only that value."""
        if self._into and isinstance(value, slice):
            return [SLICE, *(self.node(part, depth + 1) for part in (value.start, value.stop, value.step))]
        if self._into and value is Ellipsis:
            return [SLICE]
        stands_for = value if isinstance(value, Held) else plain(value)
        if stands_for is value:
            reference = self._refer(value)
            return (
                [*reference[:2], self.node(reference[2], depth + 1)]
                if reference[0] == GENERATOR
                else reference
            )
        try:
            reference = self._refer(value)
        except TypeError:
            return self.node(stands_for, depth)
        return [*reference, self.node(stands_for, depth + 1)]

    def _times(self, array: np.ndarray) -> list[Any]:
        unit, _ = np.datetime_data(array.dtype)
        if unit == "generic":
            raise ValueError("it holds a time or a duration without a unit")
        name = f"{array.dtype.kind}8[{unit}]"
        return [TIMES, self._array(array.astype(name).view(np.int64)), name]

    def _texts(self, array: np.ndarray, shape: Sequence[int] = ()) -> list[Any]:
        ends, data = packed(array.ravel().tolist(), self._most_texts - self._many_texts)
        self._many_texts += len(ends)
        return [TEXTS, self._array(ends), self._array(data), *shape]

    def _array_node(self, array: np.ndarray, depth: int) -> Any:
        if type(array) is np.ndarray and array.dtype.kind in "Mm":
            return self._times(array)
        if type(array) is np.ndarray and array.dtype.kind == "U" and array.ndim:
            if array.nbytes > MAX_WIDE_BYTES:
                raise ValueError(f"it is an array of texts that takes more than {MAX_WIDE_BYTES >> 20} MB")
            return self._texts(array, array.shape)
        if type(array) is not np.ndarray or array.dtype.kind not in "biufc":
            made = plain(array)
            if not isinstance(made, np.ndarray) or made.dtype.kind not in "biufc":
                made = made.tolist() if isinstance(made, np.ndarray) else made
                return self.node(made, depth + 1)
            array = made
        return [ARRAY, self._array(array)]

    def _array(self, array: np.ndarray) -> int:
        if len(self.headers) >= self._most_arrays:
            raise ValueError(
                f"it holds more than {self._most_arrays:,} separate arrays; return one array instead"
            )
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
        self._into = room > 1
        self._nodes, self._most_nodes = 0, room * MAX_NODES
        self._hashes: Counter[int] = Counter()
        self._many_texts, self._most_texts = 0, room * MAX_TEXTS
        self.nbytes = len(body)
        self._holding: Holding | None = getattr(body, "holding", None)
        self._arrays: list[np.ndarray | None] = [*arrays_of(headers, body, room=room)]

    def value(self, node: Any, depth: int = 0) -> Any:
        """The value of ``node``."""
        self._count(depth)
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
            case [int(tag), int(i), str(unit)] if tag == TIMES and unit in _TIMES:
                return self._taken(i, np.dtype(np.int64)).view(_TIMES[unit])[()]
            case [int(tag), int(i), int(j), *shape] if tag == TEXTS:
                return self._texts(
                    self._taken(i, np.dtype(np.int64)), self._taken(j, np.dtype(np.uint8)), shape
                )
            case [int(tag), *ends] if tag == SLICE and self._into and len(ends) in (0, 3):
                return slice(*(self.value(end, depth + 1) for end in ends)) if ends else Ellipsis
            case [int(tag), inner] if tag == TABLE:
                table, size = _table(self.value(inner, depth + 1))
                return self._copied(table, size)
            case [int(tag), inner] if tag == SPARSE:
                sparse = _sparse(self.value(inner, depth + 1))
                return self._copied(sparse, sparse.nbytes)
            case [int(tag), str(mark), inner] if tag == MARKED and self._into:
                return self._resolve([MARKED, mark, self.value(inner, depth + 1)])
            case [int(tag), int(), str(), stands_for] if tag == HANDLE:
                held = self._resolve(node[:3])
                held._stands_for = self.value(stands_for, depth + 1)
                return held
            case [int(tag), str(kind_of), state] if tag == GENERATOR:
                return self._resolve([tag, kind_of, self.value(state, depth + 1)])
            case [int(tag), *_] if tag in (HANDLE, FUNCTION):
                return self._resolve(node)
        raise WireError("a value out of the sandbox is malformed")

    def _count(self, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > self._most_nodes:
            raise WireError("a value out of the sandbox is nested too deeply or holds too many items")

    def _copied(self, value: Any, size: int) -> Any:
        """A value that holds none of the message's bytes, but as many of its own."""
        if self._holding is not None:
            self._holding.extend(value, size)
        return value

    def _taken(self, number: int, dtype: np.dtype[Any]) -> np.ndarray:
        """An array of that type, which may be mentioned only once."""
        if 0 <= number < len(self._arrays):
            array, self._arrays[number] = self._arrays[number], None
            if array is not None and array.dtype == dtype:
                return array
        raise WireError("a value out of the sandbox is malformed")

    def _texts(self, ends: np.ndarray, data: np.ndarray, shape: list[Any]) -> Any:
        """An array of texts; one of objects for a table's column, whose shape is not given."""
        texts = unpacked(ends, data, self._most_texts - self._many_texts)
        self._many_texts += len(texts)
        if not shape:
            return Texts(texts)
        found = shaped(texts, shape)
        return self._copied(found, found.nbytes)

    def _dictionary(self, items: list[Any], depth: int) -> dict[Any, Any]:
        keys = [self._key(item, depth + 1) for item in items[::2]]
        values = [self.value(item, depth + 1) for item in items[1::2]]
        return dict(zip(keys, values, strict=True))

    def _key(self, node: Any, depth: int) -> Any:
        key = self.value(node, depth)
        if isinstance(key, str | bytes):
            return key
        parts = key if isinstance(key, tuple) else (key,)
        if len(parts) > MAX_KEY_PARTS or not all(map(self._is_hashed, parts)):
            raise WireError("a dictionary out of the sandbox has a key that is not carried")
        self._hashes[hash(key)] += 1
        if self._hashes[hash(key)] > MAX_ALIKE:
            raise WireError("a dictionary out of the sandbox has keys made to collide")
        return key

    def _is_hashed(self, part: Any) -> bool:
        """Whether a key, or a part of one, is of a kind that keys may be."""
        return part is None or isinstance(part, str | bytes | int | float | complex | np.generic)


def _table(given: Any) -> tuple[Any, int]:
    """The table of its plain form, as the library's own where that is installed, and about how many bytes it takes."""
    try:
        table = Table.of_plain(given)
        return of_library(table), nbytes(table)
    except Exception as error:  # whatever a library says of columns that it cannot put together
        raise WireError(f"a table out of the sandbox is malformed: {error!r}"[:300]) from None


def _sparse(given: Any) -> Sparse:
    try:
        return Sparse.of_plain(given)
    except ValueError:
        raise WireError("a sparse array out of the sandbox is malformed") from None
