"""Answers the worker's calls with the student's functions."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from grader.errors import WireError
from grader.kinds import type_name
from grader.notebook.frames import cell_and_line
from grader.notebook.output import whole
from grader.places import as_seen
from grader.sandbox.crossing.codec import FUNCTION, GENERATOR, HANDLE, INTO_THE_SANDBOX, Decoder, Encoder
from grader.sandbox.crossing.columns import Column, calls_of
from grader.sandbox.crossing.messages import (
    PROGRESS_SECONDS,
    CallBack,
    CallBackAnswer,
    Calls,
    Fault,
    Get,
    Keep,
    Outcome,
    Outcomes,
    Progress,
)
from grader.student import changes, copied, library_bases

__all__ = ["Answerer"]

MAX_MESSAGE = 2_000
MAX_HANDLES = 100_000


class Answerer:
    """Holds the objects that stay in the sandbox and answers one message at a time."""

    def __init__(self, channel: Any, namespace: Mapping[str, Any]) -> None:
        self._channel = channel
        self._namespace = namespace
        self._objects: list[Any] = []
        self._kept: dict[int, Any] = {}

    # Values ----------------------------------------------------------------------------------------------

    def _refer(self, value: Any) -> list[Any]:
        if len(self._objects) >= MAX_HANDLES:
            raise ValueError(f"more than {MAX_HANDLES:,} objects are held")
        self._objects.append(value)
        return [HANDLE, len(self._objects) - 1, type_name(value)[:200]]

    def _held(self, number: int) -> Any:
        return self._objects[number] if number >= 0 else self._kept[number]

    def _resolve(self, node: list[Any]) -> Any:
        match node:
            case [int(tag), int(number), *_] if tag == HANDLE:
                return self._held(number)
            case [int(tag), int(number)] if tag == FUNCTION:
                return self._call_back(number)
            case [int(tag), str(state), str(increment)] if tag == GENERATOR:
                return _generator(int(state, 16), int(increment, 16))
        raise WireError("malformed reference")

    def _call_back(self, number: int) -> Callable[..., Any]:
        def function(*arguments: Any, **keywords: Any) -> Any:
            encoder = Encoder(self._refer)
            positional, named = encoder.node(arguments), encoder.node(keywords)
            message = CallBack(arrays=encoder.headers, function=number, positional=positional, keywords=named)
            self._channel.send(message, encoder.buffers)
            answer, body = self._channel.receive()
            if not isinstance(answer, CallBackAnswer):
                raise WireError("unexpected answer to a call-back")
            if answer.error is not None:
                raise ValueError(answer.error)
            return Decoder(answer.arrays, body, self._resolve, room=INTO_THE_SANDBOX).value(answer.value)

        return function

    # Answers ---------------------------------------------------------------------------------------------

    def calls(self, message: Calls, body: bytearray) -> None:
        """Call a function once for each item of the batch and send the outcomes; stop at the first fault."""
        decoder = Decoder(message.arrays, body, self._resolve, room=INTO_THE_SANDBOX)
        batch: Iterable[tuple[Any, Any]]
        if message.columns:
            columns = [Column(column.shared, decoder.value(column.value)) for column in message.columns]
            batch = ((arguments, {}) for arguments in calls_of(columns, message.count))
        else:
            batch = [(decoder.value(positional), decoder.value(named)) for positional, named in message.batch]
        encoder = Encoder(self._refer)
        outcomes: list[Outcome] = []
        count = message.count or len(message.batch)
        told = time.monotonic()
        for arguments, keywords in batch:
            outcomes.append(self._call(message, arguments, keywords, encoder))
            if outcomes[-1].fault:
                break
            if (now := time.monotonic()) - told > PROGRESS_SECONDS and len(outcomes) < count:
                self._channel.send(Progress(done=len(outcomes)))
                told = now
        self._send(outcomes, encoder)

    def keep(self, message: Keep, body: bytearray) -> None:
        """Hold values that several calls will get, in place of those kept before."""
        decoder = Decoder(message.arrays, body, self._resolve, room=INTO_THE_SANDBOX)
        values = [decoder.value(node) for node in message.values]
        self._kept = {message.first - i: value for i, value in enumerate(values)}
        self._send([], Encoder(self._refer))

    def get(self, message: Get) -> None:
        """Send a global variable, or a held object or an attribute of it."""
        encoder = Encoder(self._refer)
        try:
            if message.handle is not None:
                value = self._held(message.handle)
                if message.name:
                    value = getattr(value, message.name)
            elif message.name in self._namespace:
                value = self._namespace[message.name]
            else:
                return self._send([Outcome(fault=Fault("missing"))], encoder)
        except (Exception, SystemExit) as error:
            return self._send([Outcome(fault=_fault(error))], encoder)
        return self._send([self._outcome(value, encoder)], encoder)

    def _call(
        self, message: Calls, arguments: tuple[Any, ...], keywords: dict[str, Any], encoder: Encoder
    ) -> Outcome:
        function: Callable[..., Any]
        if message.operator is not None:
            function = getattr(operator, message.operator)
        elif message.handle is not None:
            function = self._objects[message.handle]
        elif message.name is not None and message.name in self._namespace:
            function = self._namespace[message.name]
        else:
            return Outcome(fault=Fault("missing"))
        before, words = tuple(map(copied, arguments)), {key: copied(item) for key, item in keywords.items()}
        started = time.perf_counter()
        try:
            value = function(*arguments, **keywords)
        except (Exception, SystemExit) as error:
            return Outcome(fault=_fault(error))
        seconds = time.perf_counter() - started
        changed = changes(before, words, arguments, keywords)
        return self._outcome(value, encoder, changed, seconds)

    def _outcome(
        self, value: Any, encoder: Encoder, changed: Iterable[str] = (), seconds: float = 0.0
    ) -> Outcome:
        try:
            return Outcome(encoder.node(value), type_name(value)[:200], tuple(changed), seconds)
        except Exception as error:
            return Outcome(
                fault=Fault("unsendable", type_name=type_name(value)[:200], message=str(error)[:MAX_MESSAGE])
            )

    def _send(self, outcomes: list[Outcome], encoder: Encoder) -> None:
        try:
            self._channel.send(Outcomes(arrays=encoder.headers, outcomes=outcomes), encoder.buffers)
        except WireError as error:
            self._channel.send(Outcomes(outcomes=[Outcome(fault=Fault("unsendable", message=str(error)))]))


def _generator(state: int, increment: int) -> np.random.Generator:
    bits = np.random.PCG64()
    inner: Any = {"state": state, "inc": increment}
    bits.state = {"bit_generator": "PCG64", "state": inner, "has_uint32": 0, "uinteger": 0}
    return np.random.Generator(bits)


def _fault(error: BaseException) -> Fault:
    cell, line = cell_and_line(error)
    try:
        message = as_seen(str(error)[: 4 * MAX_MESSAGE])
    except Exception:
        message = ""
    bases = tuple(name[:200] for name in library_bases(error))
    lacks = error.name if isinstance(error, NameError) and isinstance(error.name, str) else ""
    return Fault(
        "raised",
        whole(type(error).__name__[:200]),
        whole(message[:MAX_MESSAGE]),
        cell,
        line,
        tuple(map(whole, bases)),
        whole(lacks[:200]),
    )
