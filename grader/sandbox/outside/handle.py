"""What a test holds of objects that stay in the sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.errors import StudentCrashed, StudentError
from grader.kinds import Held
from grader.operators import Operators, require_class
from grader.student import Call, Kept, unchanged

__all__ = ["Handle", "KeptThere", "Operator"]


@dataclass(frozen=True)
class Operator:
    """An operator as the target of a call: the name of a function of the module `operator`."""

    name: str


class Conversation(Protocol):
    """The session with the process that an object lives in."""

    def calls(
        self,
        target: str | Handle | Operator,
        batch: Iterable[tuple[Sequence[Any], Mapping[str, Any]]],
        *,
        origin: str = "",
    ) -> list[Call]:
        """Call the target once for each pair of arguments and keywords."""

    def attribute(self, handle: Handle, name: str) -> Any:
        """The value of an attribute of a held object."""

    def read_back(self, kept: KeptThere) -> Any:
        """The value of a kept argument."""


class KeptThere(Kept):
    """An argument that stays in the sandbox.

    Args:
        session: The session whose process it is in.
        generation: Which of the session's processes that is.
        number: The argument's number in that process.
        sent: Its value when it crossed into the sandbox.
        name: The function whose argument it is, for messages.
    """

    def __init__(self, session: Conversation, generation: int, number: int, sent: Any, name: str) -> None:
        self._session = session
        self._generation = generation
        self.number = number
        self._sent = sent
        self.name = name

    def number_in(self, generation: int) -> int:
        """Its number in the session's process; raises StudentCrashed if the session has another one by now."""
        if generation != self._generation:
            raise StudentCrashed("the arguments that this test was using went with their process")
        return self.number

    def unchanged(self) -> bool:
        try:
            return unchanged(self._sent, self._session.read_back(self))
        except StudentError:  # it cannot be read any more, so it has changed
            return False


class Handle(Operators, Held):
    """An object that stays in the sandbox, where its attributes are read and its calls made.

    Data attributes come back as values, methods as handles to be called. Operators work on what a student's class
    made, and on what they give: see `grader.operators.require_class`.

    A handle is named after the test's own words (``Adam(...).step``), never by what the sandbox says. Its type is
    known only if it is a library's.
    """

    def __init__(
        self, session: Conversation, generation: int, number: int, origin: str, kind: str = "object"
    ) -> None:
        self._session = session
        self._generation = generation
        self._number = number
        self._origin = origin[:200]
        self._kind = kind

    def __repr__(self) -> str:
        return f"<{self._origin} in the sandbox>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._session.attribute(self, name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._session.calls(self, [(arguments, keywords)])[0].value

    @property
    def origin(self) -> str:
        """What the test did to get it, such as ``Adam(...).step``."""
        return self._origin

    def number_in(self, generation: int) -> int:
        """Its number in the session's process; raises StudentCrashed if the session has another one by now."""
        if generation != self._generation:
            raise StudentCrashed("the object that this test was using went with its process")
        return self._number

    def _operate(self, name: str, *operands: Any) -> Any:
        require_class(self._origin)
        target = Operator(name)
        return self._session.calls(target, [(operands, {})], origin=self._origin)[0].value
