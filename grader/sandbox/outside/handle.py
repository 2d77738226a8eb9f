"""What a test holds of objects that stay in the sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.actions import in_words
from grader.errors import CourseError, StudentCrashed, StudentError
from grader.operators import Originated, as_expected
from grader.student import Call, Kept, unchanged

__all__ = ["Handle", "KeptThere", "Operator"]


@dataclass(frozen=True)
class Operator:
    """Something that is done to an object, as the target of a call."""

    name: str
    """As `grader.actions.act` knows it."""
    shown: str
    """What messages call it."""


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

    def done(self, action: str, *operands: Any) -> Any:
        return self._session.calls(
            Operator(action, in_words(action, self.name)), [((self, *operands), {})], origin=self.name
        )[0].value


class Handle(Originated):
    """An object that stays in the sandbox, where its attributes are read and its calls made.

    Data attributes come back as values, methods as handles to be called. Operators work on what a student's class
    made, and on what they give: see `grader.operators.Originated`.

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

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._session.attribute(self, name)
        except StudentError as fault:
            raise as_expected("", fault) from None

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

    def _act(self, name: str, operands: Sequence[Any]) -> Any:
        target = Operator(name, in_words(name, self._origin))
        try:
            return self._session.calls(target, [(operands, {})], origin=self._origin)[0].value
        except CourseError:  # such as pytest's ``approx``, to which it is compared in the place of a number
            raise StudentError(
                f"`{self._origin}` is an object, but a number or an array was expected"
            ) from None
