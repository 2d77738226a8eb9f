"""One submission being graded, seen from the trusted side.

The session keeps the clocks: one for each cell, each call and the whole submission. It survives the death
of the process it speaks to, by running the notebook again in a fresh one with the same seed.
"""

from __future__ import annotations

import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.errors import (
    CellError,
    CourseError,
    LimitHit,
    StudentCrashed,
    StudentError,
    StudentNotRun,
    StudentTimeout,
    WireError,
)
from grader.kinds import known_type
from grader.notebook.causes import blank_function
from grader.notebook.run import FOR_CALLS, NOTICE_SECONDS
from grader.sandbox.crossing.channel import Body, ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.codec import (
    FUNCTION,
    GENERATOR,
    HANDLE,
    INTO_THE_SANDBOX,
    ArrayHeader,
    Decoder,
    Encoder,
)
from grader.sandbox.crossing.columns import Column, columns_of, nbytes
from grader.sandbox.crossing.messages import (
    PROGRESS_SECONDS,
    CallBack,
    Calls,
    FromSandbox,
    Get,
    Keep,
    Load,
    Outcome,
    Outcomes,
    Progress,
    Written,
)
from grader.sandbox.outside.believed import changed_arguments, exception_of, fault_of
from grader.sandbox.outside.callbacks import answered, most_entries
from grader.sandbox.outside.handle import Handle, KeptThere, Operator
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import MESSAGE_SECONDS, Killed, LoadReport, load_notebook
from grader.sandbox.outside.process import Deadline, Process
from grader.student import Call
from grader.wording import not_tried, took_longer, used_up

__all__ = ["Handle", "LoadReport", "Session"]

MAX_KILLED_CELLS = 3
MAX_STOPPED = 2
"""Calls of one function that may end or hang its process before it is not called any more."""
MAX_CALL_BACKS = 100_000
# What a call-back may bring, beside what the call itself brought: a function of a test is not made for more.
CALL_BACK_BYTES = 1 << 16
# How much longer a call may seem to the worker than to the sandbox: waking up, and copying its arrays.
TRANSPORT_SECONDS = 0.01
TRANSPORT_BYTES_PER_SECOND = 100e6
HELD_BYTES = 192 << 20
"""Of answers that a test, or anything else here, holds at one time: three of the largest messages."""


class Session:
    """One submission in a sandbox.

    Args:
        sandbox: Where it runs.
        files: The submission's files by relative path.
        name: The problem set's name.
        seed: Of the notebook's global random generators.
        written: Questions whose answers are to be found in the text.
        asked: What the problem set asks for: questions, each with the functions that answer it.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        files: Mapping[str, bytes],
        name: str,
        seed: int,
        *,
        written: Sequence[Written] = (),
        asked: Sequence[tuple[str, Sequence[str]]] = (),
    ) -> None:
        self._sandbox = sandbox
        self._limits = sandbox.limits
        self._files = dict(files)
        self._name = name
        self._seed = seed
        self._written = list(written)
        self._asked = [(question, list(functions)) for question, functions in asked]
        self._until: int | None = None
        self._known: LoadReport | None = None
        self._process: Process | None = None
        self._generation = 0
        self._skip: dict[int, CellError] = {}
        self._slow: set[int] = set()
        self._deadline = time.monotonic() + self._limits.submission_seconds
        self._loaded = False
        self._held: dict[int, tuple[weakref.ref[Body], int]] = {}
        self._next_kept = self._first_kept = -1
        self._arguments: list[ArrayHeader] = []
        """Of the arrays among the arguments that stay in the sandbox."""
        self._arguments_bytes = 0
        self.stopped: Counter[str] = Counter()
        """Functions of which calls took too long, or ended the process, and how many."""
        self.report = LoadReport()
        self.answers: dict[str, str] = {}
        """Written answers by question, found before anything was run."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether calls can be made without running the notebook again."""
        return self._process is not None

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.leave()
            self._process = None

    def remaining(self) -> float:
        """Seconds left of the submission's wall clock."""
        return self._deadline - time.monotonic()

    # Running the notebook ---------------------------------------------------------------------------------

    def as_before(self, cell: int) -> Session:
        """The same submission, in what is left of its time, without a cell and those behind it."""
        earlier = Session(self._sandbox, self._files, self._name, self._seed, asked=self._asked)
        earlier._until, earlier._deadline = cell - 1, self._deadline
        earlier._skip, earlier._slow = dict(self._skip), set(self._slow)
        earlier._known = self.report
        return earlier

    def load(self) -> LoadReport:
        """Run the notebook in a fresh process.

        Where its cells take too long all together, the rest is not run, and a share of the time stays for calls.

        Raises:
            SubmissionRejected: The files cannot be read as a submission.
            StudentTimeout, StudentCrashed: It does not get to its end, whatever cells are left out.
            SandboxError: The sandbox failed.
        """
        self.close()
        encoder = self._encoder()
        for content in self._files.values():
            encoder.node(np.frombuffer(content, np.uint8))
        # Run again, it is to get as far as it did.
        reserve = self._limits.submission_seconds * FOR_CALLS
        reserve = 0.0 if self._loaded else min(reserve, self.remaining() / 2)
        until = self.report.notes.unrun - 1 if self.report.notes.unrun >= 0 else self._until
        while True:
            self.check_clock()
            self._process = self._sandbox.fork()
            self._generation += 1
            request = Load(
                arrays=encoder.headers,
                # A file's name need not be text; what crosses the border must be.
                paths=[path.encode("utf-8", "replace").decode() for path in self._files],
                name=self._name,
                seed=self._seed,
                skip=sorted(self._skip),
                seconds=max(self.remaining() - reserve - NOTICE_SECONDS, 0.0),
                until=until,
                asked=self._asked,
                written=self._written,
            )
            try:
                report = load_notebook(
                    self._process,
                    request,
                    encoder.buffers,
                    limits=self._limits,
                    skipped=self._skip,
                    slow=self._slow,
                    answers=self.answers,
                    remaining=self.remaining,
                    reserve=reserve,
                )
            except Killed as killed:
                self.close()
                done = killed.cell < 0 or len(self._skip) >= MAX_KILLED_CELLS
                if done or self.remaining() <= reserve:
                    raise StudentCrashed(f"your notebook cannot be run to its end: {killed.reason}") from None
                self._skip[killed.cell] = CellError(reason=killed.reason)
                continue
            except BaseException:
                self.close()
                raise
            if self._loaded:
                # What a later run says could have been told by a test of ours; the first one knew none.
                report.output, report.output_dropped = self.report.output, self.report.output_dropped
                if report.notes.unrun >= 0:
                    self.close()
                    raise self._used_up()
                report.failed, report.notes = {**self._skip, **self.report.failed}, self.report.notes
            elif self._known is not None:
                # Likewise; which functions are not written yet is another thing in another state.
                report.failed = self._known.failed
                report.notes = replace(
                    self._known.notes, unanswered=report.notes.unanswered, unrun=report.notes.unrun
                )
            self.report, self._loaded = report, True
            return report

    def check_clock(self) -> None:
        """Raise `StudentTimeout` once nothing is left of the submission's wall clock."""
        if self.remaining() <= 0:
            raise self._used_up()

    def _used_up(self) -> StudentTimeout:
        limit = self.clock()
        return StudentTimeout(f"grading stopped, because {used_up(limit)}", limit=limit)

    def clock(self) -> LimitHit:
        """The submission's limit of time, once all of it is used."""
        return LimitHit(
            "submission_seconds", self._limits.submission_seconds, self._limits.submission_seconds
        )

    # Calls ------------------------------------------------------------------------------------------------

    def calls(
        self,
        target: str | Handle | Operator,
        batch: Iterable[tuple[Sequence[Any], Mapping[str, Any]]],
        record: Callable[[Call], None] | None = None,
        *,
        origin: str = "",
    ) -> list[Call]:
        """Call a function by name, or a held object, once for each pair of arguments and keywords.

        Each call that returned is given to ``record``, and so is the one that raised an exception, if any.
        ``origin`` is how objects that come back are called, where the target's own name does not say it.

        Raises:
            StudentFault: One of the calls gave no value.
        """
        shown = (
            target
            if isinstance(target, str)
            else target.name
            if isinstance(target, Operator)
            else target.origin
        )
        self._check_stopped(shown)
        if isinstance(target, str) and (fault := blank_function(target, self.report.notes)) is not None:
            raise fault
        process = self._living()
        functions: list[Callable[..., Any]] = []
        encoder = self._encoder(functions)
        pairs = [(tuple(arguments), dict(keywords)) for arguments, keywords in batch]
        alike = columns_of(pairs)
        try:
            if alike is None:
                batch, columns = (
                    [(encoder.node(arguments), encoder.node(words)) for arguments, words in pairs],
                    [],
                )
            else:
                batch, columns = [], [Column(column.shared, encoder.node(column.value)) for column in alike]
        except (TypeError, ValueError) as error:
            raise CourseError(
                f"a test calls {target} with an argument that it cannot pass: {error}"
            ) from None
        request = Calls(
            arrays=encoder.headers,
            name=target if isinstance(target, str) else None,
            handle=target.node(self._generation)[1] if isinstance(target, Handle) else None,
            operator=target.name if isinstance(target, Operator) else None,
            batch=batch,
            columns=columns,
            count=len(pairs),
        )
        started = time.monotonic()
        outcomes, decoder = self._exchange(
            process, shown, request, encoder, functions, origin or f"{shown}(...)"
        )
        sent = sum(map(len, encoder.buffers)) if alike is None else nbytes(alike, len(pairs))
        share = self._least_share(time.monotonic() - started, sent + decoder.nbytes, len(outcomes))
        done: list[Call] = []
        try:
            for (arguments, keywords), outcome in zip(pairs, outcomes, strict=False):
                if outcome.fault is not None:
                    if record and outcome.fault.kind == "raised":
                        record(Call(shown, arguments, keywords, None, "", error=exception_of(outcome.fault)))
                    raise fault_of(shown, outcome.fault, self.report, self._limits)
                value = decoder.value(outcome.value)
                changed = changed_arguments(outcome, arguments, keywords) if outcome.changed else ()
                seconds = outcome.seconds if outcome.seconds >= share else share  # nan is not
                done.append(
                    Call(shown, arguments, keywords, value, known_type(outcome.type_name), changed, seconds)
                )
                if record:
                    record(done[-1])
            if len(done) != len(pairs):
                raise WireError("fewer values came back than calls were made")
        except WireError as error:
            self.close()
            raise StudentError(f"`{shown}` sent back something that cannot be read", str(error)) from None
        return done

    def keep(self, name: str, values: Sequence[Any]) -> list[KeptThere]:
        """Put data into the sandbox to stay there, in place of what was kept before, as arguments of several calls.

        ``name`` is the function's that they are for, in messages.
        """
        self._check_stopped(name)
        process = self._living()
        encoder = self._encoder()
        try:
            nodes = [encoder.node(value) for value in values]
        except (TypeError, ValueError) as error:
            raise CourseError(f"a test keeps an argument for {name} that it cannot pass: {error}") from None
        sent = Decoder(
            encoder.headers,
            bytearray(b"".join(encoder.buffers)),
            self._resolve_with(name),
            room=INTO_THE_SANDBOX,
        )
        first, self._next_kept = self._next_kept, self._next_kept - len(nodes)
        self._first_kept, self._arguments, self._arguments_bytes = first, encoder.headers, sent.nbytes
        self._exchange(
            process, name, Keep(arrays=encoder.headers, values=nodes, first=first), encoder, [], name
        )
        return [
            KeptThere(self, self._generation, first - i, sent.value(node), name)
            for i, node in enumerate(nodes)
        ]

    def read_back(self, kept: KeptThere) -> Any:
        """The value of an argument that is kept in the sandbox, as the process there says."""
        return self._get(kept.name, kept.name, Get(handle=self._node_of(kept)[1]))

    def _node_of(self, kept: KeptThere) -> list[Any]:
        if kept.number > self._first_kept:
            raise CourseError(f"a test uses an argument of {kept.name} that went when it kept others")
        return kept.node(self._generation)

    def variable(self, name: str) -> Any:
        """The value of a global variable of the notebook."""
        return self._get(name, name, Get(name=name))

    def attribute(self, handle: Handle, name: str) -> Any:
        """The value of an attribute of a held object."""
        return self._get(
            name, f"{handle.origin}.{name}", Get(handle=handle.node(self._generation)[1], name=name)
        )

    def _get(self, name: str, origin: str, request: Get) -> Any:
        self._check_stopped(name)
        process = self._living()
        outcomes, decoder = self._exchange(process, name, request, self._encoder(), [], origin)
        if len(outcomes) != 1:
            self.close()
            raise StudentError(f"`{name}` cannot be read")
        if outcomes[0].fault is not None:
            raise fault_of(name, outcomes[0].fault, self.report, self._limits)
        try:
            return decoder.value(outcomes[0].value)
        except WireError as error:
            self.close()
            raise StudentError(f"`{name}` cannot be read", str(error)) from None

    def _check_stopped(self, shown: str) -> None:
        """Raise `StudentNotRun` for what took too long, or ended its process, too often to be asked for again."""
        if self.stopped[shown] >= MAX_STOPPED:
            raise StudentNotRun(not_tried(shown))

    def _living(self) -> Process:
        self.check_clock()
        if self._process is None:
            self.load()
        assert self._process is not None
        return self._process

    def _exchange(
        self,
        process: Process,
        shown: str,
        request: Calls | Get | Keep,
        encoder: Encoder,
        functions: list[Callable[..., Any]],
        origin: str,
    ) -> tuple[list[Outcome], Decoder]:
        """Send a request and serve call-backs until its outcomes arrive."""
        limit = min(self._limits.call_seconds, max(self.remaining(), 0.01))
        deadline = Deadline(process, limit, self.remaining)
        resolve = self._resolve_with(origin)
        done, count = 0, len(request.batch) or request.count if isinstance(request, Calls) else 0
        room = CALL_BACK_BYTES + 2 * (sum(map(len, encoder.buffers)) + self._arguments_bytes)
        most = most_entries([*encoder.headers, *self._arguments])
        try:
            self._send_request(process, shown, request, encoder, limit)
            for _ in range(MAX_CALL_BACKS):
                message, body = _next_message(process, deadline)
                while isinstance(message, Progress):
                    # Each call of a batch has its own time; no more than the batch has can be said to be done.
                    if not done < message.done < count:
                        raise WireError("it said that other calls are done than there are")
                    done = message.done
                    deadline = Deadline(process, limit + PROGRESS_SECONDS, self.remaining)
                    message, body = _next_message(process, deadline)
                self._hold(body)
                if isinstance(message, Outcomes):
                    return message.outcomes, Decoder(message.arrays, body, resolve)
                if not isinstance(message, CallBack):
                    raise WireError("it answered something else than was asked")
                if len(body) > room:
                    raise WireError("it called the function passed in with far more than that is made for")
                decoder = Decoder(message.arrays, body, resolve)
                self._answer_call_back(process, message, decoder, functions, most, deadline)
            raise WireError(f"it called the function passed in more than {MAX_CALL_BACKS:,} times")
        except ChannelTimeout:
            self.close()
            self.stopped[shown] += 1
            hit = LimitHit("call_seconds", self._limits.call_seconds, self._limits.call_seconds)
            if self.remaining() <= 0:
                hit = self.clock()
            raise StudentTimeout(took_longer(shown, hit), limit=hit) from None
        except ChannelClosed:
            self._process = None
            self.stopped[shown] += 1
            how = process.how_it_ended()
            raise StudentCrashed(f"`{shown}` {how}", limit=process.limit_hit()) from None
        except WireError as error:
            self.close()
            raise StudentError(f"`{shown}` sent back something that cannot be read", str(error)) from None
        except BaseException:
            self.close()  # the conversation stopped in the middle; what comes next would be out of step
            raise

    @staticmethod
    def _send_request(
        process: Process, shown: str, request: Calls | Get | Keep, encoder: Encoder, limit: float
    ) -> None:
        try:
            process.channel.send(request, encoder.buffers, timeout=limit)
        except WireError as error:
            raise CourseError(f"a test calls {shown} with too much: {error}") from None

    def _hold(self, body: Body) -> None:
        """Count a message's bytes for as long as anything refers to an array of them; raises WireError for too many."""
        if not body:
            return
        key = id(body)
        self._held[key] = weakref.ref(body, lambda _: self._held.pop(key, None)), len(body)
        if sum(size for _, size in self._held.values()) > HELD_BYTES:
            raise WireError("what it returned takes too much memory together with what it returned before")

    @staticmethod
    def _least_share(elapsed: float, nbytes: int, calls: int) -> float:
        """Seconds that each call of a batch took at the very least, whatever the sandbox says."""
        allowance = TRANSPORT_SECONDS + nbytes / TRANSPORT_BYTES_PER_SECOND
        return max(elapsed - allowance, 0.0) / max(calls, 1)

    def _answer_call_back(
        self,
        process: Process,
        message: CallBack,
        decoder: Decoder,
        functions: list[Callable[..., Any]],
        most: int,
        deadline: Deadline,
    ) -> None:
        encoder = self._encoder()
        answer, buffers = answered(message, decoder, functions, most, encoder)
        if (left := deadline.left()) <= 0:
            raise ChannelTimeout
        process.channel.send(answer, buffers, timeout=min(MESSAGE_SECONDS, left))

    # References -------------------------------------------------------------------------------------------

    def _encoder(self, functions: list[Callable[..., Any]] | None = None) -> Encoder:
        """Of a message into the sandbox; the test's functions in it are put into the list."""
        return Encoder(self._refer_with([] if functions is None else functions), room=INTO_THE_SANDBOX)

    def _refer_with(self, functions: list[Callable[..., Any]]) -> Callable[[Any], list[Any]]:
        def refer(value: Any) -> list[Any]:
            if isinstance(value, Handle):
                return value.node(self._generation)
            if isinstance(value, KeptThere):
                return self._node_of(value)
            if isinstance(value, np.random.Generator):
                return _generator_node(value)
            if callable(value):
                functions.append(value)
                return [FUNCTION, len(functions) - 1]
            raise TypeError(f"a {type(value).__name__} cannot be passed into the sandbox")

        return refer

    def _resolve_with(self, origin: str) -> Callable[[list[Any]], Handle]:
        def resolve(node: list[Any]) -> Handle:
            match node:
                case [int(tag), int(number), str(kind)] if tag == HANDLE:
                    return Handle(self, self._generation, number, origin, known_type(kind))
            raise WireError("it sent a malformed reference")

        return resolve


def _next_message(process: Process, deadline: Deadline) -> tuple[FromSandbox, Body]:
    """The next message of a call; call-backs that follow each other closely do not put the deadline off."""
    while (left := deadline.left()) > 0:
        if process.channel.wait(left):
            return process.channel.receive(timeout=left)
    raise ChannelTimeout


def _generator_node(generator: np.random.Generator) -> list[Any]:
    state: Any = generator.bit_generator.state
    if state.get("bit_generator") != "PCG64" or state.get("has_uint32"):
        raise TypeError("only a generator fresh from numpy.random.default_rng can be passed into the sandbox")
    return [GENERATOR, f"{state['state']['state']:x}", f"{state['state']['inc']:x}"]
