"""Values of other libraries: the numbers that one stands for, and the other way, without needing any of them.

A library is looked at only if the process has imported it, which a value of it proves. torch's and jax's arrays become
numpy's, sparse matrices become `Sparse`, and sympy's numbers Python's. What a test passes in is marked by `AsLibrary`
and becomes the library's own where the student's code runs, so the process that judges needs none of them.
"""

from __future__ import annotations

import functools
import importlib
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.symbolic import expression_of

__all__ = [
    "IN_WORDS", "LIBRARIES", "MOST_DENSE", "Sparse", "copy_of", "gradients", "in_graph", "is_module", "kind_of",
    "library_value", "made_of", "of_a_library", "parameters", "set_parameters", "shapes",
]  # fmt: skip

_SPARSE = ("bsr", "coo", "csc", "csr", "dia", "dok", "lil")
IN_WORDS = {
    "torch.Tensor": "torch tensor",
    "torch.nn.Module": "torch module",
    "jax.Array": "jax array",
    "sympy.Basic": "sympy expression",
    **{
        f"scipy.sparse.{short}_{form}": f"sparse {form} ({short})"
        for short in _SPARSE
        for form in ("array", "matrix")
    },
}
"""The names that `kind_of` gives, and what messages call such a value."""
LIBRARIES = ("torch", "torch.nn", "jax", "scipy.sparse", "sympy")
MOST_DENSE = 16 << 20
"""Bytes of an array that is made of a sparse one, which a few bytes can ask for."""
MOST_AXES = 8
MOST_PARAMETERS = 1_000
"""Arrays that a module may have."""


def _from(library: str, name: str) -> Any:
    """A class of a library, if this process has imported it; otherwise an empty tuple, of which nothing is."""
    module = sys.modules.get(library)
    return getattr(module, name, ()) if module is not None else ()


def _is(value: object, library: str, name: str) -> bool:
    """Whether a value is of a library's class, by its type: what it says of its own class does not count."""
    kind = _from(library, name)
    return isinstance(kind, type) and issubclass(type(value), kind)


def _is_jax(value: object) -> bool:
    return str(type(value).__module__).partition(".")[0] in ("jax", "jaxlib") and _is_virtually(
        value, "jax", "Array"
    )


def _is_virtually(value: object, library: str, name: str) -> bool:
    kind = _from(library, name)
    return isinstance(kind, type) and isinstance(value, kind)


def is_module(value: object) -> bool:
    """Whether a value is a torch module, of the library's own class or of one derived from it."""
    return _is(value, "torch.nn", "Module")


def of_a_library(value: object) -> bool:
    """Whether a value is an array, a tensor or an expression that `library_value` or an expression's test can read."""
    return bool(kind_of(value)) and not is_module(value)


def kind_of(value: object) -> str:
    """One of the names of `IN_WORDS`, whatever class of the library a value is of; "" for any other value."""
    module = str(type(value).__module__)
    if _is(value, "torch", "Tensor"):
        return "torch.Tensor"
    if module.startswith("torch.") and is_module(value):
        return "torch.nn.Module"
    if _is(value, "sympy", "Basic") or _is(value, "sympy", "MatrixBase"):
        return "sympy.Basic"
    if module.startswith("scipy.sparse.") and f"scipy.sparse.{type(value).__name__}" in IN_WORDS:
        return f"scipy.sparse.{type(value).__name__}"
    return "jax.Array" if _is_jax(value) else ""


def library_value(value: Any) -> Any:
    """The array, number or `Sparse` that a library's value stands for; None where it stands for none.

    Raises:
        Exception: Whatever the library says of a value that it cannot convert.
    """
    kind = kind_of(value)
    if kind == "torch.Tensor":
        return _of_torch(value)
    if kind == "jax.Array":
        return _native(np.asarray(value))
    if kind.startswith("scipy.sparse."):
        return _of_scipy(value)
    return _of_sympy(value) if kind == "sympy.Basic" else None


def _of_torch(tensor: Any) -> Any:
    """A tensor's numbers, wherever they are and however they are stored; bfloat16 as the float32 that it shortens."""
    torch = sys.modules["torch"]
    bare = tensor.detach()
    if bare.device.type == "meta":
        return None
    if bare.layout != torch.strided:
        if math.prod(bare.shape) * bare.element_size() > MOST_DENSE:
            raise ValueError("a sparse tensor that is too large as a whole")
        bare = bare.to_dense()
    if bare.is_quantized:
        bare = bare.dequantize()
    if bare.dtype.is_floating_point and bare.dtype not in (torch.float16, torch.float32, torch.float64):
        bare = bare.to(torch.float32)
    elif bare.dtype is torch.complex32:
        bare = bare.to(torch.complex64)
    return np.asarray(bare.cpu().resolve_conj().resolve_neg().numpy())


def _native(array: np.ndarray) -> Any:
    """Numbers of a type that only an extension of numpy has, such as bfloat16, as float32."""
    return array if array.dtype.kind in "biufc" else array.astype(np.float32)


def _of_scipy(matrix: Any) -> Sparse:
    found = matrix.tocoo(copy=True)
    coordinates = getattr(found, "coords", None) or (found.row, found.col)
    return Sparse(tuple(map(int, found.shape)), tuple(coordinates), np.asarray(found.data))


def _of_sympy(value: Any) -> Any:
    """The number that an expression without symbols is, or the array that a matrix of such is; None for others."""
    if _is(value, "sympy", "MatrixBase"):
        found = [_of_sympy(entry) for entry in value]
        return None if any(one is None for one in found) else np.array(found).reshape(value.shape)
    if value.is_Boolean:
        return None if value.free_symbols else bool(value)
    if not value.is_number:
        return None
    if value.is_Integer:
        return int(value)
    number = complex(value)
    return number if number.imag else number.real


# Sparse arrays -----------------------------------------------------------------------------------------------


class Sparse:
    """An array of which only some entries are stored, the others being 0; a library's own is not needed for it.

    Entries are in C order, each at most once.

    Args:
        shape: Of the whole.
        coordinates: For each axis, where the entries are.
        values: The entries.

    Raises:
        ValueError: An entry is outside the shape, or the arrays do not belong together.
    """

    def __init__(self, shape: Sequence[int], coordinates: Sequence[np.ndarray], values: np.ndarray) -> None:
        values = np.asarray(values)
        axes = [np.asarray(axis) for axis in coordinates]
        if not 0 < len(shape) == len(axes) <= MOST_AXES or any(not 0 <= side < 2**62 for side in shape):
            raise ValueError("a sparse array has an impossible shape")
        if values.ndim != 1 or values.dtype.kind not in "biufc":
            raise ValueError("a sparse array does not hold numbers")
        for axis, side in zip(axes, shape, strict=True):
            if axis.shape != values.shape or axis.dtype.kind not in "iu":
                raise ValueError("a sparse array's entries have no places")
            if axis.size and not (int(axis.min()) >= 0 and int(axis.max()) < side):
                raise ValueError("a sparse array has an entry outside its shape")
        self.shape = tuple(int(side) for side in shape)
        order = np.lexsort(axes[::-1])
        axes = [axis[order].astype(np.int64) for axis in axes]
        values = values[order]
        new = np.ones(len(values), bool)
        if len(values):
            new[1:] = np.any([np.diff(axis) != 0 for axis in axes], axis=0)
            starts = np.flatnonzero(new)
            summed = np.logical_or if values.dtype.kind == "b" else np.add
            values = summed.reduceat(values, starts)
        self.coordinates = tuple(axis[new] for axis in axes)
        self.values = values

    def __repr__(self) -> str:
        return f"Sparse(shape={self.shape}, entries={len(self.values)})"

    def plain(self) -> dict[str, Any]:
        """All of it, as arrays and numbers."""
        return {"shape": self.shape, "coordinates": self.coordinates, "values": self.values}

    @classmethod
    def of_plain(cls, given: Any) -> Sparse:
        """The other way; raises ValueError if it cannot come from `plain`."""
        match given:
            case {"shape": tuple(shape), "coordinates": tuple(axes), "values": np.ndarray() as values}:
                if all(type(side) is int for side in shape) and all(
                    isinstance(one, np.ndarray) for one in axes
                ):
                    return cls(shape, axes, values)
        raise ValueError("a sparse array is malformed")

    @property
    def nbytes(self) -> int:
        """Of all that is stored."""
        return self.values.nbytes + sum(axis.nbytes for axis in self.coordinates)

    def dense(self) -> np.ndarray | None:
        """The whole as one array; None if that would take more than `MOST_DENSE` bytes."""
        if math.prod(self.shape) * self.values.dtype.itemsize > MOST_DENSE:
            return None
        whole = np.zeros(self.shape, self.values.dtype)
        whole[self.coordinates] = self.values
        return whole


# Into a library ----------------------------------------------------------------------------------------------


def made_of(library: str, value: Any, options: Mapping[str, Any]) -> Any:
    """The library's array of numbers, or sympy's expression of a text.

    Raises:
        ImportError: The library is not installed here.
        ValueError: There is no such library, option, type or layer; or it is no expression.
    """
    rest = dict(options)
    if library == "torch":
        torch = importlib.import_module("torch")
        dtype, requires_grad = rest.pop("dtype", None), rest.pop("requires_grad", False)
        _no_more(rest)
        kind = _dtype(torch, dtype) if dtype is not None else None
        made = value.to(kind) if isinstance(value, torch.Tensor) else torch.tensor(value, dtype=kind)
        return made.requires_grad_() if requires_grad else made
    if library == "torch.nn":
        return _network(value, rest)
    if library == "jax":
        numpy = importlib.import_module("jax.numpy")
        dtype = rest.pop("dtype", None)
        _no_more(rest)
        return numpy.asarray(value, dtype=dtype)
    if library == "scipy.sparse":
        sparse = importlib.import_module("scipy.sparse")
        form = rest.pop("form", "csr_array")
        _no_more(rest)
        if f"scipy.sparse.{form}" not in IN_WORDS:
            raise ValueError(f"scipy.sparse has no {form}")
        if isinstance(value, Sparse):
            made = sparse.coo_array((value.values, value.coordinates), shape=value.shape)
            return getattr(sparse, form)(made)
        return getattr(sparse, form)(value)
    if library == "sympy":
        sympy = importlib.import_module("sympy")
        _no_more(rest)
        if isinstance(value, str):
            return expression_of(value)
        return sympy.Matrix(value) if isinstance(value, np.ndarray) else sympy.sympify(value, strict=True)
    raise ValueError(f"nothing can be passed as {library}'s; only as one of {', '.join(LIBRARIES)}")


def _network(layers: Sequence[Sequence[Any]], options: dict[str, Any]) -> Any:
    """Layers of torch.nn one after the other, each as its class's name and arguments, such as ``("Linear", 4, 3)``."""
    torch, nn = importlib.import_module("torch"), importlib.import_module("torch.nn")
    values, dtype = options.pop("parameters", {}), options.pop("dtype", "float32")
    _no_more(options)
    made = nn.Sequential(*(_layer(nn, name)(*arguments) for name, *arguments in layers)).to(
        _dtype(torch, dtype)
    )
    lacking = {name for name, _ in made.named_parameters()} ^ set(values)
    if values and lacking:
        raise ValueError(
            f"parameters must hold one array for each of the network's: {min(lacking)} is missing or extra"
        )
    set_parameters(made, values)
    return made


def _layer(nn: Any, name: str) -> Any:
    found = getattr(nn, name, None)
    if not (isinstance(found, type) and issubclass(found, nn.Module)):
        raise ValueError(f"torch.nn has no layer {name}")
    return found


def _dtype(torch: Any, name: str) -> Any:
    found = getattr(torch, name, None)
    if not isinstance(found, torch.dtype):
        raise ValueError(f"torch has no dtype {name}")
    return found


def _no_more(options: Mapping[str, Any]) -> None:
    if options:
        raise ValueError(f"there is no option {next(iter(options))}")


def in_graph(value: object) -> bool:
    """Whether torch follows what is computed with a tensor: a copy of it would be another one."""
    return _is(value, "torch", "Tensor") and bool(getattr(value, "requires_grad", False))


def copy_of(value: Any) -> Any:
    """A copy of a library's array, as it is now; the value itself where nothing can change it."""
    kind = kind_of(value)
    if kind == "torch.Tensor":
        return value.detach().clone()
    if kind.startswith("scipy.sparse.") or (kind and _is(value, "sympy", "MatrixBase")):
        return value.copy()
    return value


# Modules -----------------------------------------------------------------------------------------------------
# Of a student's module, any part may be the student's own and raise anything: then there is nothing to tell.


def _parameters(module: Any) -> Iterator[tuple[str, Any]]:
    if not is_module(module):
        raise TypeError("no torch module")
    for count, (name, tensor) in enumerate(module.named_parameters()):
        if count >= MOST_PARAMETERS:
            raise ValueError(f"more than {MOST_PARAMETERS:,} parameters")
        if not isinstance(name, str):
            raise TypeError("a name that is no text")
        yield name, tensor


def _or_nothing(action: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any] | None]:
    @functools.wraps(action)
    def tried(*operands: Any) -> dict[str, Any] | None:
        try:
            return action(*operands)
        except Exception:
            return None

    return tried


@_or_nothing
def parameters(module: Any) -> dict[str, Any]:
    """A torch module's parameters by name, as arrays of their own; None where they cannot be read."""
    return {name: np.array(_of_torch(tensor)) for name, tensor in _parameters(module)}


@_or_nothing
def shapes(module: Any) -> dict[str, tuple[int, ...]]:
    """The shapes of a torch module's parameters by name; None where they cannot be read."""
    return {name: tuple(map(int, tensor.shape)) for name, tensor in _parameters(module)}


@_or_nothing
def gradients(module: Any, loss: Any) -> dict[str, Any]:
    """The gradients of a loss with respect to a torch module's parameters, by name; None where it depends on none."""
    for _, tensor in _parameters(module):
        tensor.grad = None
    if in_graph(loss):
        loss.backward()
    return {
        name: None if tensor.grad is None else np.array(_of_torch(tensor.grad))
        for name, tensor in _parameters(module)
    }


def set_parameters(module: Any, values: Mapping[str, Any]) -> None:
    """Put arrays in place of a torch module's parameters, by name; each keeps its dtype, and forgets its gradient."""
    torch = sys.modules["torch"]
    with torch.no_grad():
        for name, tensor in _parameters(module):
            if name in values:
                tensor.copy_(torch.as_tensor(np.array(values[name])))
                tensor.grad = None
