"""What stands for objects in the messages of a session: handles, kept arguments, functions and random generators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import CourseError, WireError
from grader.kinds import AsLibrary, known_type
from grader.sandbox.crossing.arrays import ArrayHeader
from grader.sandbox.crossing.codec import (
    FUNCTION,
    GENERATOR,
    HANDLE,
    INTO_THE_SANDBOX,
    MARKED,
    Decoder,
    Encoder,
)
from grader.sandbox.crossing.generators import state_of
from grader.sandbox.outside.handle import Conversation, Handle, KeptThere
from grader.student import is_generator

__all__ = ["References"]


class References:
    """The objects that a session shares with its present process.

    Args:
        session: What handles and kept arguments talk to.
    """

    def __init__(self, session: Conversation) -> None:
        self._session = session
        self._generation = 0
        self._first_kept = self._next_kept = -1
        self.kept_headers: list[ArrayHeader] = []
        """Of the arrays among the kept arguments."""
        self.kept_bytes = 0

    def new_process(self) -> None:
        """From now on, objects of earlier processes are refused."""
        self._generation += 1

    def number(self, held: Handle | KeptThere) -> int:
        """The number of an object in its process.

        Raises:
            StudentCrashed: Its process is gone.
            CourseError: It was an argument that has been replaced.
        """
        if isinstance(held, KeptThere) and held.number > self._first_kept:
            raise CourseError(
                f"a test uses a kept argument of {held.name} after keeping others, which replaced it; "
                "keep all of them together"
            )
        return held.number_in(self._generation)

    def encoder(self, functions: list[Callable[..., Any]] | None = None) -> Encoder:
        """For a message into the sandbox; functions among its values are appended to ``functions``."""
        passed = [] if functions is None else functions

        def refer(value: Any) -> list[Any]:
            if isinstance(value, Handle | KeptThere):
                return [HANDLE, self.number(value)]
            return self.refer(value, passed)

        return Encoder(refer, room=INTO_THE_SANDBOX)

    @staticmethod
    def refer(value: Any, functions: list[Callable[..., Any]]) -> list[Any]:
        """The node of what is a test's own; functions are appended to ``functions``.

        Raises:
            TypeError: It cannot be passed.
        """
        if is_generator(value):
            return [GENERATOR, *state_of(value)]
        if callable(value):
            functions.append(value)
            return [FUNCTION, len(functions) - 1]
        raise TypeError(f"a {type(value).__name__} cannot be passed into the sandbox")

    def resolver(self, origin: str) -> Callable[[list[Any]], Handle]:
        """What makes handles of the references in an answer; ``origin`` is what messages call them."""

        def resolve(node: list[Any]) -> Handle:
            match node:
                case [int(tag), int(number), str(kind)] if tag == HANDLE:
                    return Handle(self._session, self._generation, number, origin, known_type(kind))
            raise WireError("it sent a malformed reference")

        return resolve

    def kept(self, name: str, encoder: Encoder, nodes: Sequence[Any]) -> list[KeptThere]:
        """New kept arguments of the function ``name``, in place of the earlier ones; ``encoder`` made their nodes."""
        body = bytearray(b"".join(encoder.buffers))
        resolve = self.resolver(name)

        def own(node: list[Any]) -> Any:
            match node:
                case [int(tag), str(library), (value, dict(options))] if tag == MARKED:
                    return AsLibrary(library, value, options)
            return resolve(node)

        sent = Decoder(encoder.headers, body, own, room=INTO_THE_SANDBOX)
        self._first_kept, self._next_kept = self._next_kept, self._next_kept - len(nodes)
        self.kept_headers, self.kept_bytes = encoder.headers, sent.nbytes
        return [
            KeptThere(self._session, self._generation, self._first_kept - i, sent.value(node), name)
            for i, node in enumerate(nodes)
        ]
