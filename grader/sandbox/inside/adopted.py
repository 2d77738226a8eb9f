"""Answers what tests of another grader's ask of a submission, with all that they would have seen beside it.

Such a test looks at more than a value: at what a call printed, which arguments it changed and to what, which exception
it raised. And it looks from a place in the notebook, so the notebook stops there and goes on when it is told to.
"""

from __future__ import annotations

import collections
import contextlib
import importlib
import operator
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.actions import act
from grader.errors import WireError
from grader.foreign import run_foreign, warned_as_usual
from grader.notebook import NotebookCell, Notes, Run, Shell
from grader.notebook.checks import checks_in
from grader.output import BoundedOutput
from grader.sandbox.crossing.channel import Channel, ChannelClosed
from grader.sandbox.crossing.codec import INTO_THE_SANDBOX, Encoder
from grader.sandbox.crossing.faithful import KIND, FaithfulDecoder, FaithfulEncoder
from grader.sandbox.crossing.messages import Act, Adopted, Fault, Go, Loaded, Seen, Tried, Try
from grader.sandbox.inside.calls import Answerer, fault_seen
from grader.student import snapshot, unchanged
from grader.traces import close_figures

__all__ = ["as_adopted", "prepared", "serve_adopted"]

MOST_PRINTED = 100_000
"""Characters that one call may print to be compared."""
_CHANGING = (list, dict, set, bytearray, collections.deque, np.ndarray)


# The notebook ---------------------------------------------------------------------------------------------------


def as_adopted(
    cells: Sequence[NotebookCell], adopted: Adopted
) -> tuple[list[NotebookCell], list[tuple[int, str]]]:
    """The cells as they are run, and which code cell checks what."""
    found = [
        cell._replace(source=adopted.restored[cell.identity], skipped=False)
        if cell.kind == "code" and cell.identity in adopted.restored
        else cell
        for cell in cells
    ]
    checks: list[tuple[int, str]] = []
    for number, cell in enumerate(cell for cell in found if cell.kind == "code"):
        if cell.identity:
            checks.append((number, cell.identity))
        checks += ((number, name) for name in ([] if cell.skipped else checks_in(cell.source)))
    return found, checks


@contextlib.contextmanager
def prepared(
    adopted: Adopted, namespace: dict[str, Any], clock: contextlib.AbstractContextManager[object]
) -> Iterator[None]:
    """Do what the other grader does before each cell, and run it."""
    with clock:
        if adopted.before:
            with contextlib.suppress(Exception):
                exec(adopted.before, namespace)
        yield


# The conversation -----------------------------------------------------------------------------------------------


def serve_adopted(
    channel: Channel[Any], shell: Shell, run: Run, loaded: Callable[[Notes], Loaded], first: Notes
) -> None:
    """Say that the notebook has stopped, and answer until the worker hangs up."""
    channel.send(loaded(first))
    observer = Observer(channel, shell.namespace)
    while True:
        try:
            request, body = channel.receive()
        except ChannelClosed:
            return
        if isinstance(request, Go):
            channel.send(loaded(run.go(seconds=request.seconds, until=request.until)))
        elif isinstance(request, Act):
            observer.act(request, body)
        elif isinstance(request, Try):
            observer.attempt(request)


class Observer(Answerer):
    """Does one thing at a time, and tells all of it."""

    def __init__(self, channel: Any, namespace: dict[str, Any]) -> None:
        super().__init__(channel, namespace)
        self._own = namespace

    def _encoder(self) -> Encoder:
        return FaithfulEncoder(self._refer, objects=())

    def _decoder(self, headers: Any, body: bytearray) -> FaithfulDecoder:
        return FaithfulDecoder(headers, body, self._resolve, room=INTO_THE_SANDBOX)

    def _resolve(self, node: list[Any]) -> Any:
        match node:
            case [int(tag), "global", str(name)] if tag == KIND:
                return self._own[name]
            case [int(tag), "named", str(name)] if tag == KIND:
                module, _, path = name.partition(":")
                return operator.attrgetter(path)(importlib.import_module(module))
        return super()._resolve(node)

    def act(self, message: Act, body: bytearray) -> None:
        """Do what is asked, and send what came of it."""
        decoder, encoder = self._decoder(message.arrays, body), self._encoder()
        if message.what == "get":
            self._reply(self._globals(message.names, encoder), encoder)
            return
        try:
            positional = decoder.value(message.positional) if message.positional is not None else ()
            keywords = decoder.value(message.keywords) if message.keywords is not None else {}
        except (
            KeyError,
            ImportError,
            AttributeError,
        ) as error:  # the submission has deleted what a test passes
            self._reply(Seen(fault=fault_seen(error)), encoder)
            return
        if message.random is not None:
            _set_random(decoder.value(message.random))
        printed, errors = BoundedOutput(MOST_PRINTED), BoundedOutput(MOST_PRINTED)
        before = [_before(value) for value in (*positional, *keywords.values())]
        fault: Fault | None = None
        value: Any = None
        with _seen(printed, errors):
            try:
                value = self._done(message, positional, keywords)
            except (Exception, SystemExit) as error:
                fault = fault_seen(error)
        after = []
        keys = (*map(str, range(len(positional))), *keywords)
        for key, was, now in zip(keys, before, (*positional, *keywords.values()), strict=True):
            if was is not _SAME and not _is_same(was, now):
                after.append((key, now))
        close_figures()
        try:
            seen = Seen(
                arrays=encoder.headers,
                value=None if fault else encoder.node(value),
                fault=fault,
                printed=printed.take(),
                errors=errors.take(),
                after=[(key, encoder.node(now)) for key, now in after],
            )
        except Exception as error:
            seen = Seen(fault=Fault("unsendable", message=str(error)[:1000]))
            encoder = self._encoder()
        self._reply(seen, encoder)

    def _done(self, message: Act, positional: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        if message.what == "attribute":
            return getattr(self._target(message), message.name)
        if message.what == "call":
            return self._target(message)(*positional, **keywords)
        return act(message.what, (self._target(message), *positional))

    def _target(self, message: Act) -> Any:
        if message.handle is not None:
            return self._held(message.handle)
        if message.name in self._own:
            return self._own[message.name]
        raise NameError(f"name {message.name!r} is not defined", name=message.name)

    def _globals(self, names: list[str], encoder: Encoder) -> Seen:
        """The values of global names; one that cannot be sent goes by reference."""
        missing = [name for name in names if name not in self._own]
        values = [self._sent(self._own[name], encoder) for name in names if name in self._own]
        return Seen(arrays=encoder.headers, value=[0, *values], missing=missing)

    def _sent(self, value: Any, encoder: Encoder) -> Any:
        trial = self._encoder()
        try:  # alone first: what fails half-way would leave its arrays in the message
            trial.node(value)
        except Exception:
            return self._refer(value)
        return encoder.node(value)

    def attempt(self, message: Try) -> None:
        """Run a test here, and send how it says that it ended."""
        names = self._own if message.keeps else dict(self._own)
        with _seen(BoundedOutput(0), BoundedOutput(0)):
            try:
                ending = run_foreign(message.test, names)
            finally:
                close_figures()
        self._channel.send(Tried(ending=ending))

    def _reply(self, seen: Seen, encoder: Encoder) -> None:
        try:
            self._channel.send(seen, encoder.buffers)
        except WireError as error:
            self._channel.send(Seen(fault=Fault("unsendable", message=str(error)[:1000])))


_SAME: Any = object()


def _before(value: Any) -> Any:
    """An argument as it is before a call, if it is of a kind that may change in place."""
    if isinstance(value, _CHANGING) or type(value).__module__.partition(".")[0] in ("pandas", "datascience"):
        with contextlib.suppress(Exception):
            return snapshot(value)
    return _SAME


def _is_same(before: Any, after: Any) -> bool:
    with contextlib.suppress(Exception):
        if isinstance(before, set | bytearray | collections.deque):
            return bool(type(before) is type(after) and before == after)
        return unchanged(before, after)
    return False


@contextlib.contextmanager
def _seen(printed: BoundedOutput, errors: BoundedOutput) -> Iterator[None]:
    """Keep what is printed, and warn as a new interpreter does."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = printed, errors
    try:
        with warned_as_usual():
            yield
    finally:
        sys.stdout, sys.stderr = before


def _set_random(state: Any) -> None:
    """Let the global random generators go on from the worker's."""
    of_numpy, (version, words, gauss) = state
    np.random.set_state(of_numpy)
    random.setstate((version, tuple(map(int, words)), gauss))
