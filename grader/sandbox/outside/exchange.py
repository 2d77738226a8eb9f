"""One request to a submission's process: sent, its call-backs answered, until its outcomes arrive."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from grader.errors import CourseError, WireError
from grader.sandbox.crossing.arrays import ArrayHeader
from grader.sandbox.crossing.channel import Body, ChannelTimeout, Holding
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.sandbox.crossing.messages import (
    PROGRESS_SECONDS,
    Act,
    CallBack,
    CallBackAnswer,
    Calls,
    FromSandbox,
    Get,
    Keep,
    Left,
    Outcome,
    Outcomes,
    Progress,
    Try,
)
from grader.sandbox.outside.callbacks import answered, most_entries
from grader.sandbox.outside.loading import MESSAGE_SECONDS
from grader.sandbox.outside.process import Deadline, Process
from grader.sandbox.outside.references import References

__all__ = ["CallsBack", "Exchange", "HeldBytes", "least_share"]

Answer = TypeVar("Answer", bound=FromSandbox)

MAX_CALL_BACKS = 100_000
CALL_BACK_BYTES = 1 << 16
"""What a call-back may bring on top of what the call itself brought; a test's functions are made for no more."""
HELD_BYTES = 192 << 20
"""Of answers that a test, or anything else here, holds at one time: three of the largest messages."""

# How much longer a call may seem to the worker than to the sandbox: waking up, and copying its arrays.
TRANSPORT_SECONDS = 0.01
TRANSPORT_BYTES_PER_SECOND = 100e6


class HeldBytes:
    """Counts the bytes of messages for as long as an array of theirs is held, or a table made of one."""

    def __init__(self) -> None:
        self._held: dict[int, weakref.ref[Holding]] = {}

    def add(self, body: Body) -> None:
        """Count a message's bytes; raises WireError where they are too many together with what is held."""
        if not body:
            return
        body.holding = Holding(len(body))
        key = id(body.holding)
        self._held[key] = weakref.ref(body.holding, lambda _: self._held.pop(key, None))
        if (
            sum(one.size for reference in [*self._held.values()] if (one := reference()) is not None)
            > HELD_BYTES
        ):
            raise WireError("what it returned takes too much memory together with what it returned before")


class Exchange:
    """One request and what follows it.

    Args:
        process: The submission's process.
        seconds: What one call may take.
        remaining: Seconds left of the submission's wall clock.
        references: The session's objects.
        held: The answers that are held so far.
    """

    def __init__(
        self,
        process: Process,
        seconds: float,
        remaining: Callable[[], float],
        references: References,
        held: HeldBytes,
    ) -> None:
        self._process, self._references, self._held = process, references, held
        self._seconds, self._remaining = min(seconds, max(remaining(), 0.01)), remaining
        self._done = 0
        self._start_clock(self._seconds)

    def outcomes(
        self,
        request: Calls | Get | Keep | Left,
        encoder: Encoder,
        shown: str,
        origin: str,
        functions: Sequence[Callable[..., Any]] = (),
    ) -> tuple[list[Outcome], Decoder]:
        """Send the request; what came of it, and the decoder of its values.

        Args:
            request: Made with ``encoder``.
            encoder: Holds the request's arrays.
            shown: What is called or read, in messages.
            origin: What messages call the objects that come back.
            functions: Those that the submission may call back.

        Raises:
            ChannelTimeout: It took too long.
            ChannelClosed: The process ended.
            WireError: An answer makes no sense, or is too large.
            CourseError: The request is too large.
        """
        resolve = self._references.resolver(origin)

        def decoder(headers: list[ArrayHeader], body: Body) -> Decoder:
            return Decoder(headers, body, resolve)

        count = len(request.batch) or request.count if isinstance(request, Calls) else 0
        room = CALL_BACK_BYTES + 2 * (sum(map(len, encoder.buffers)) + self._references.kept_bytes)
        most = most_entries([*encoder.headers, *self._references.kept_headers])
        back = _Back(functions, self._references.encoder, decoder, most, room)
        message, body = self.answer(request, Outcomes, shown, encoder, back, count)
        return message.outcomes, decoder(message.arrays, body)

    def answer(
        self,
        request: Calls | Get | Keep | Left | Act | Try,
        kind: type[Answer],
        shown: str,
        encoder: Encoder | None = None,
        back: CallsBack | None = None,
        count: int = 0,
    ) -> tuple[Answer, Body]:
        """Send the request; the answer, which is of that kind, and its bytes.

        Args:
            request: Made with ``encoder``, if it has arrays.
            kind: Of the answer.
            shown: What is called or read, in messages.
            encoder: Holds the request's arrays.
            back: Answers what the submission calls back.
            count: How many calls the request makes.

        Raises:
            ChannelTimeout: It took too long.
            ChannelClosed: The process ended.
            WireError: An answer makes no sense, or is too large.
            CourseError: The request is too large.
        """
        self._send(request, encoder, shown)
        for _ in range(MAX_CALL_BACKS):
            message, body = self._past_progress(count)
            self._held.add(body)
            if isinstance(message, kind):
                return message, body
            if not isinstance(message, CallBack) or back is None:
                raise WireError("it answered something else than was asked")
            if len(body) > back.room:
                raise WireError("it called the function passed in with far more than that is made for")
            answer, buffers = back.answered(message, body)
            if (left := self._deadline.left()) <= 0:
                raise ChannelTimeout
            self._process.channel.send(answer, buffers, timeout=min(MESSAGE_SECONDS, left))
        raise WireError(f"it called the function passed in more than {MAX_CALL_BACKS:,} times")

    def _start_clock(self, seconds: float) -> None:
        self._deadline = Deadline(self._process, seconds, self._remaining)

    def _send(self, request: Any, encoder: Encoder | None, shown: str) -> None:
        try:
            buffers = encoder.buffers if encoder is not None else []
            self._process.channel.send(request, buffers, timeout=self._seconds)
        except WireError as error:
            raise CourseError(f"a test calls {shown} with too much: {error}") from None

    def _past_progress(self, count: int) -> tuple[FromSandbox, Body]:
        """The next message that is not about progress. Each call of a batch has its own time."""
        message, body = self._next()
        while isinstance(message, Progress):
            # A submission that lies about progress gains no more time than its whole batch has.
            if not self._done < message.done < count:
                raise WireError("it said that other calls are done than there are")
            self._done = message.done
            self._start_clock(self._seconds + PROGRESS_SECONDS)
            message, body = self._next()
        return message, body

    def _next(self) -> tuple[FromSandbox, Body]:
        """The next message; call-backs in quick succession do not extend the deadline."""
        while (left := self._deadline.left()) > 0:
            if self._process.channel.wait(left):
                return self._process.channel.receive(timeout=left)
        raise ChannelTimeout


class CallsBack(Protocol):
    """Answers calls of a test's functions."""

    @property
    def room(self) -> int:
        """Most bytes that one may bring."""

    def answered(self, message: CallBack, body: Body) -> tuple[CallBackAnswer, list[bytes | memoryview]]:
        """The answer, and the buffers of its arrays."""


@dataclass(frozen=True)
class _Back:
    """Answers calls of functions that are made for numbers."""

    functions: Sequence[Callable[..., Any]]
    encoder: Callable[[], Encoder]
    decoder: Callable[[list[ArrayHeader], Body], Decoder]
    most: int
    room: int

    def answered(self, message: CallBack, body: Body) -> tuple[CallBackAnswer, list[bytes | memoryview]]:
        return answered(
            message, self.decoder(message.arrays, body), self.functions, self.most, self.encoder()
        )


def least_share(elapsed: float, nbytes: int, calls: int) -> float:
    """Seconds that each call of a batch took at the very least, whatever the sandbox says."""
    allowance = TRANSPORT_SECONDS + nbytes / TRANSPORT_BYTES_PER_SECOND
    return max(elapsed - allowance, 0.0) / max(calls, 1)
