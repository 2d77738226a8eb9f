"""The operators that an object of a submission has, one list for all that stand for such an object."""

from __future__ import annotations

from typing import Any

__all__ = ["Operators"]


class Operators:
    """Passes each operator on to `_operate`, by its name in the module `operator`, with the operands in their order.

    There is no iteration and no membership: Python would make them up from indices.
    """

    __iter__ = None
    __contains__ = None

    def _operate(self, name: str, *operands: Any) -> Any:
        raise NotImplementedError

    def __add__(self, other: Any) -> Any:
        return self._operate("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self._operate("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self._operate("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self._operate("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self._operate("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self._operate("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self._operate("truediv", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._operate("truediv", other, self)

    def __matmul__(self, other: Any) -> Any:
        return self._operate("matmul", self, other)

    def __pow__(self, other: Any) -> Any:
        return self._operate("pow", self, other)

    def __neg__(self) -> Any:
        return self._operate("neg", self)

    def __getitem__(self, key: Any) -> Any:
        return self._operate("getitem", self, key)
