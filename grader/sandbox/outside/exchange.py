"""One request to a submission's process: sent, its call-backs answered, until its outcomes arrive."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import CourseError, WireError
from grader.sandbox.crossing.channel import Body, ChannelTimeout, Holding
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.sandbox.crossing.messages import (
    PROGRESS_SECONDS,
    CallBack,
    Calls,
    FromSandbox,
    Get,
    Keep,
    Left,
    Outcome,
    Outcomes,
    Progress,
)
from grader.sandbox.outside.callbacks import answered, most_entries
from grader.sandbox.outside.loading import MESSAGE_SECONDS
from grader.sandbox.outside.process import Deadline, Process
from grader.sandbox.outside.references import References

__all__ = ["Exchange", "HeldBytes", "least_share"]

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
        self._send(request, encoder, shown)
        resolve = self._references.resolver(origin)
        count = len(request.batch) or request.count if isinstance(request, Calls) else 0
        room = CALL_BACK_BYTES + 2 * (sum(map(len, encoder.buffers)) + self._references.kept_bytes)
        most = most_entries([*encoder.headers, *self._references.kept_headers])
        for _ in range(MAX_CALL_BACKS):
            message, body = self._past_progress(count)
            self._held.add(body)
            if isinstance(message, Outcomes):
                return message.outcomes, Decoder(message.arrays, body, resolve)
            if not isinstance(message, CallBack):
                raise WireError("it answered something else than was asked")
            if len(body) > room:
                raise WireError("it called the function passed in with far more than that is made for")
            self._answer(message, Decoder(message.arrays, body, resolve), functions, most)
        raise WireError(f"it called the function passed in more than {MAX_CALL_BACKS:,} times")

    def _start_clock(self, seconds: float) -> None:
        self._deadline = Deadline(self._process, seconds, self._remaining)

    def _send(self, request: Calls | Get | Keep | Left, encoder: Encoder, shown: str) -> None:
        try:
            self._process.channel.send(request, encoder.buffers, timeout=self._seconds)
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

    def _answer(
        self, message: CallBack, decoder: Decoder, functions: Sequence[Callable[..., Any]], most: int
    ) -> None:
        answer, buffers = answered(message, decoder, functions, most, self._references.encoder())
        if (left := self._deadline.left()) <= 0:
            raise ChannelTimeout
        self._process.channel.send(answer, buffers, timeout=min(MESSAGE_SECONDS, left))


def least_share(elapsed: float, nbytes: int, calls: int) -> float:
    """Seconds that each call of a batch took at the very least, whatever the sandbox says."""
    allowance = TRANSPORT_SECONDS + nbytes / TRANSPORT_BYTES_PER_SECOND
    return max(elapsed - allowance, 0.0) / max(calls, 1)
