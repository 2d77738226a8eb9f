"""Answers the worker's calls with the student's functions."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from grader.actions import act
from grader.errors import WireError
from grader.expressions import At, answered_at
from grader.kinds import AsLibrary, known_type, type_name
from grader.notebook.frames import cell_and_line
from grader.output import whole
from grader.places import as_seen
from grader.raising import library_bases
from grader.sandbox.crossing.codec import (
    FUNCTION,
    GENERATOR,
    HANDLE,
    INTO_THE_SANDBOX,
    MARKED,
    Decoder,
    Encoder,
)
from grader.sandbox.crossing.columns import Column, calls_of
from grader.sandbox.crossing.generators import generator_of
from grader.sandbox.crossing.messages import (
    PROGRESS_SECONDS,
    CallBack,
    CallBackAnswer,
    Calls,
    Fault,
    Get,
    Keep,
    Left,
    Outcome,
    Outcomes,
    Progress,
)
from grader.seeding import seeded
from grader.student import changes, snapshot
from grader.traces import Trace, close_figures, read_file, traced

__all__ = ["Answerer", "fault_seen"]

MAX_MESSAGE = 2_000
MAX_HANDLES = 100_000


class Answerer:
    """Holds the objects that stay in the sandbox and answers one message at a time.

    ``values`` are the variables that the problem set asks for, which functions of no arguments stand for. ``left``
    gives what a question's cells left behind.
    """

    def __init__(
        self,
        channel: Any,
        namespace: Mapping[str, Any],
        values: Collection[str] = (),
        left: Callable[[Trace, str], Any] = lambda trace, question: None,
    ) -> None:
        self._channel, self._left = channel, left
        self._namespace, self._values = namespace, values
        self._objects: list[Any] = []
        self._kept: dict[int, Any] = {}
        self._classes: set[type] = set()
        """Those that tests have called: their objects are objects, whatever they derive from."""

    # Values ----------------------------------------------------------------------------------------------

    def _refer(self, value: Any) -> list[Any]:
        if len(self._objects) >= MAX_HANDLES:
            raise ValueError(f"more than {MAX_HANDLES:,} objects are held")
        self._note_class(value)
        self._objects.append(value)
        return [HANDLE, len(self._objects) - 1, type_name(value)[:200]]

    def _note_class(self, value: Any) -> None:
        with contextlib.suppress(Exception):  # a metaclass may raise anything
            if isinstance(value, type) and known_type(f"{value.__module__}.{value.__qualname__}") == "object":
                self._classes.add(value)

    def _encoder(self) -> Encoder:
        return Encoder(self._refer, objects=self._classes)

    def _held(self, number: int) -> Any:
        return self._objects[number] if number >= 0 else self._kept[number]

    def _resolve(self, node: list[Any]) -> Any:
        match node:
            case [int(tag), int(number), *_] if tag == HANDLE:
                return self._held(number)
            case [int(tag), int(number)] if tag == FUNCTION:
                return self._call_back(number)
            case [int(tag), str(kind), state] if tag == GENERATOR:
                return generator_of(kind, state)
            case [int(tag), "at", (dict(points), bool(own))] if tag == MARKED:
                return At(points, own=own)
            case [int(tag), str(library), (value, dict(options))] if tag == MARKED:
                return AsLibrary(library, value, options).made()
        raise WireError("malformed reference")

    def _call_back(self, number: int) -> Callable[..., Any]:
        def function(*arguments: Any, **keywords: Any) -> Any:
            encoder = self._encoder()
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
        encoder = self._encoder()
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
        self._send([], self._encoder())

    def get(self, message: Get) -> None:
        """Send a global variable, or a held object or an attribute of it."""
        encoder = self._encoder()
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
            return self._send([Outcome(fault=fault_seen(error))], encoder)
        return self._send([self._outcome(value, encoder)], encoder)

    def left(self, message: Left) -> None:
        """Send what a question's cells printed or drew, or a file of the notebook's."""
        encoder = Encoder(self._refer)
        if message.trace.kind == "file":
            value: Any = read_file(message.trace.path, message.trace.form)
        else:
            value = self._left(message.trace, message.question)
        self._send([self._outcome(value, encoder)], encoder)

    def _call(
        self, message: Calls, arguments: tuple[Any, ...], keywords: dict[str, Any], encoder: Encoder
    ) -> Outcome:
        function: Callable[..., Any]
        if message.operator is not None:
            action = message.operator
            function = lambda *operands: act(action, operands)  # noqa: E731
        elif message.handle is not None:
            function = self._objects[message.handle]
        elif message.name is not None and message.name in self._namespace:
            found = self._namespace[message.name]
            if message.name not in self._values and not callable(found):
                return Outcome(fault=Fault("uncallable"))
            function = (lambda: found) if message.name in self._values else found
            if arguments and isinstance(arguments[-1], At):
                function = lambda *given: answered_at(found, given)  # noqa: E731
        else:
            return Outcome(fault=Fault("missing"))
        self._note_class(function)
        before = tuple(map(self._before, arguments))
        words = {key: self._before(item) for key, item in keywords.items()}
        started = time.perf_counter()
        try:
            with seeded(message.seed):
                if message.trace is None:
                    value = returned = function(*arguments, **keywords)
                else:
                    value, returned = traced(message.trace, lambda: function(*arguments, **keywords))
        except (Exception, SystemExit) as error:
            return Outcome(fault=fault_seen(error))
        seconds = time.perf_counter() - started
        changed: tuple[str, ...] = ()
        with contextlib.suppress(Exception):  # a class that derives from a list may raise anything
            changed = changes(before, words, arguments, keywords)
        outcome = self._outcome(value, encoder, changed, seconds, type_name(returned))
        close_figures()
        return outcome

    def _before(self, value: Any) -> Any:
        """An argument as it is before a call; an object may change."""
        if type(value) in self._classes:
            return value
        try:
            return snapshot(value)
        except Exception:  # an object's own copying may raise anything
            return value

    def _outcome(
        self,
        value: Any,
        encoder: Encoder,
        changed: Iterable[str] = (),
        seconds: float = 0.0,
        kind: str | None = None,
    ) -> Outcome:
        kind = type_name(value) if kind is None else kind
        try:
            return Outcome(encoder.node(value), kind[:200], tuple(changed), seconds)
        except Exception as error:
            return Outcome(
                fault=Fault("unsendable", type_name=type_name(value)[:200], message=str(error)[:MAX_MESSAGE])
            )

    def _send(self, outcomes: list[Outcome], encoder: Encoder) -> None:
        try:
            self._channel.send(Outcomes(arrays=encoder.headers, outcomes=outcomes), encoder.buffers)
        except WireError as error:
            self._channel.send(Outcomes(outcomes=[Outcome(fault=Fault("unsendable", message=str(error)))]))


def fault_seen(error: BaseException) -> Fault:
    """What is told of an exception."""
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
