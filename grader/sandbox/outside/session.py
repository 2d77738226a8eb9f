"""One submission being graded, seen from the trusted side.

The session keeps the clocks: one for each cell, each call and the whole submission. When the process it talks to
dies, it runs the notebook again in a fresh one with the same seed.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
from grader.notebook.regions import Region
from grader.notebook.run import FOR_CALLS, NOTICE_SECONDS
from grader.sandbox.crossing.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.codec import Decoder, Encoder
from grader.sandbox.crossing.files import encoded, sendable
from grader.sandbox.crossing.messages import Calls, Get, Keep, Left, Load, Outcome, Written
from grader.sandbox.outside.believed import changed_arguments, exception_of, fault_of, trace_of
from grader.sandbox.outside.exchange import Exchange, HeldBytes, least_share
from grader.sandbox.outside.handle import Handle, KeptThere, Operator
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import Killed, LoadReport, load_notebook
from grader.sandbox.outside.process import Process
from grader.sandbox.outside.references import References
from grader.sandbox.outside.requests import calls_request
from grader.student import Call
from grader.traces import Trace
from grader.wording import not_tried, took_longer, used_up

__all__ = ["Session"]

MAX_KILLED_CELLS = 3
MAX_STOPPED = 2
"""Calls of one function that may end or hang its process before it is not called any more."""


class Session:
    """One submission in a sandbox.

    Args:
        sandbox: Where it runs.
        files: The submission's files by relative path.
        name: The problem set's name.
        seed: Of the notebook's global random generators.
        written: Questions whose answers should be found in the text.
        asked: What the problem set asks for: questions, each with the names that answer it.
        values: Those of the names that are variables.
        regions: Questions of whose cells it is noted what they print and draw.
        own: Files of the student's variant, which replace those that the submission brings; None without variants.
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
        values: Collection[str] = (),
        regions: Sequence[Region] = (),
        own: Mapping[str, bytes] | None = None,
    ) -> None:
        self._own = own
        self._sandbox = sandbox
        self._limits = sandbox.limits
        self._files = dict(files)
        self._name = name
        self._seed = seed
        self._written = list(written)
        self._asked = [(question, list(functions)) for question, functions in asked]
        self.values, self._regions = frozenset(values), list(regions)
        self._until: int | None = None
        self._known: LoadReport | None = None
        self._process: Process | None = None
        self._references = References(self)
        self._held = HeldBytes()
        self._skip: dict[int, CellError] = {}
        self._slow: set[int] = set()
        self._deadline = time.monotonic() + self._limits.submission_seconds
        self._loaded = False
        self.stopped: Counter[str] = Counter()
        """How many calls of each function took too long or ended the process."""
        self.report = LoadReport()
        self.answers: dict[str, str] = {}
        """Written answers by question, found before any cell was run."""
        self.pictures: dict[str, bytes] = {}
        """What their cells drew when the notebook was first run, by the names in the answers."""

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
        """The same submission, in what is left of its time, without this cell and the ones after it."""
        words: Any = {"asked": self._asked, "values": self.values, "regions": self._regions, "own": self._own}
        earlier = Session(self._sandbox, self._files, self._name, self._seed, **words)
        earlier._until, earlier._deadline = cell - 1, self._deadline
        earlier._skip, earlier._slow = dict(self._skip), set(self._slow)
        earlier._known = self.report
        return earlier

    def load(self) -> LoadReport:
        """Run the notebook in a fresh process.

        If its cells together take too long, the rest is not run, so that a share of the time is left for calls.

        Raises:
            SubmissionRejected: The files cannot be read as a submission.
            StudentTimeout, StudentCrashed: It does not run to its end, whichever cells are left out.
            SandboxError: The sandbox failed.
        """
        self.close()
        # A notebook that ran before should get as far as it did then.
        reserve = self._limits.submission_seconds * FOR_CALLS
        reserve = 0.0 if self._loaded else min(reserve, self.remaining() / 2)
        encoder = encoded([*self._files.values(), *(self._own or {}).values()])
        while True:
            self.check_clock()
            self._process = self._sandbox.fork()
            self._references.new_process()
            try:
                report = load_notebook(
                    self._process,
                    self._request(encoder, reserve),
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
                    raise StudentCrashed(f"your notebook did not run to its end: {killed.reason}") from None
                self._skip[killed.cell] = CellError(reason=killed.reason)
            except BaseException:
                self.close()
                raise
            else:
                if not self._loaded:
                    self.answers, self.pictures = self.answers | report.answers, report.pictures
                self._stay_with_first(report)
                self.report, self._loaded = report, True
                return report

    def _request(self, encoder: Encoder, reserve: float) -> Load:
        unrun = self.report.notes.unrun
        return Load(
            arrays=encoder.headers,
            paths=sendable([*self._files, *(self._own or ())]),
            own=None if self._own is None else len(self._own),
            name=self._name,
            seed=self._seed,
            skip=sorted(self._skip),
            seconds=max(self.remaining() - reserve - NOTICE_SECONDS, 0.0),
            until=unrun - 1 if unrun >= 0 else self._until,
            asked=self._asked,
            values=sorted(self.values),
            written=self._written,
            regions=self._regions,
        )

    def _stay_with_first(self, report: LoadReport) -> None:
        """Replace what a later run says by what the first one said, which could not know what a test asks.

        Raises:
            StudentTimeout: The later run had no time for all of its cells.
        """
        if self._loaded:
            report.output, report.output_dropped = self.report.output, self.report.output_dropped
            if report.notes.unrun >= 0:
                self.close()
                raise self._used_up()
            report.failed, report.notes = {**self._skip, **self.report.failed}, self.report.notes
        elif self._known is not None:
            # Which functions are not written yet depends on how far the notebook has run.
            report.failed = self._known.failed
            report.notes = replace(
                self._known.notes, unanswered=report.notes.unanswered, unrun=report.notes.unrun
            )

    def check_clock(self) -> None:
        """Raise `StudentTimeout` once nothing is left of the submission's wall clock."""
        if self.remaining() <= 0:
            raise self._used_up()

    def _used_up(self) -> StudentTimeout:
        limit = self.clock()
        return StudentTimeout(f"grading stopped, because {used_up(limit)}", limit=limit)

    def clock(self) -> LimitHit:
        """The submission's time limit, used up."""
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
        trace: Trace | None = None,
        seed: int | None = None,
    ) -> list[Call]:
        """Call a function by name, or a held object, once for each pair of arguments and keywords.

        ``record`` gets each call that returned, and the one that raised an exception, if any.
        ``origin`` is what messages call the objects that come back, where the target's own name does not say it.
        ``trace`` says what their values are, if not what the calls return.
        With a ``seed``, each call begins with the global random generators seeded.

        Raises:
            StudentFault: One of the calls gave no value.
        """
        shown = _shown(target)
        self._check_stopped(shown)
        if isinstance(target, str) and (fault := blank_function(target, self.report.notes)) is not None:
            raise fault
        process = self._living()
        functions: list[Callable[..., Any]] = []
        encoder = self._references.encoder(functions)
        pairs = [(tuple(arguments), dict(keywords)) for arguments, keywords in batch]
        request, sent = calls_request(self._references, target, pairs, encoder, trace, seed)
        started = time.monotonic()
        outcomes, decoder = self._exchange(
            process, shown, request, encoder, origin or f"{shown}(...)", functions
        )
        share = least_share(time.monotonic() - started, sent + decoder.nbytes, len(outcomes))
        done: list[Call] = []
        with self._readable(f"`{shown}` sent back something that cannot be read"):
            for (arguments, keywords), outcome in zip(pairs, outcomes, strict=False):
                if outcome.fault is not None:
                    if record and outcome.fault.kind == "raised":
                        kind = exception_of(outcome.fault)
                        none = Call(shown, arguments, keywords, None, "", error=kind, trace=trace, seed=seed)
                        record(none)
                    raise fault_of(shown, outcome.fault, self.report, self._limits)
                value = trace_of(trace, decoder.value(outcome.value))
                changed = changed_arguments(outcome, arguments, keywords) if outcome.changed else ()
                seconds = outcome.seconds if outcome.seconds >= share else share  # also for nan
                kind = known_type(outcome.type_name)
                call = Call(shown, arguments, keywords, value, kind, changed, seconds, trace=trace, seed=seed)
                done.append(call)
                if record:
                    record(done[-1])
            if len(done) != len(pairs):
                raise WireError("fewer values came back than calls were made")
        return done

    def keep(self, name: str, values: Sequence[Any]) -> list[KeptThere]:
        """Keep data in the sandbox as arguments of several calls, in place of what was kept before.

        ``name`` is the function that they are for, in messages.
        """
        self._check_stopped(name)
        process = self._living()
        encoder = self._references.encoder()
        try:
            nodes = [encoder.node(value) for value in values]
        except (TypeError, ValueError) as error:
            raise CourseError(f"a test keeps an argument for {name} that it cannot pass: {error}") from None
        kept = self._references.kept(name, encoder, nodes)
        first = kept[0].number if kept else 0
        self._exchange(process, name, Keep(arrays=encoder.headers, values=nodes, first=first), encoder, name)
        return kept

    def read_back(self, kept: KeptThere) -> Any:
        """The value that a kept argument has now, as the process says."""
        return self._get(kept.name, kept.name, Get(handle=self._references.number(kept)))

    def variable(self, name: str) -> Any:
        """The value of a global variable of the notebook."""
        return self._get(name, name, Get(name=name))

    def attribute(self, handle: Handle, name: str) -> Any:
        """The value of an attribute of a held object."""
        request = Get(handle=self._references.number(handle), name=name)
        return self._get(name, f"{handle.origin}.{name}", request)

    def left(self, trace: Trace, question: str = "") -> Any:
        """What a question's cells printed or drew, or what is in a file of the notebook's now."""
        shown = trace.path or f"the cells of {question}"
        found = self._get(shown, shown, Left(trace=trace, question=question))
        with self._readable(f"`{shown}` cannot be read"):
            return trace_of(trace, found)

    def _get(self, name: str, origin: str, request: Get | Left) -> Any:
        self._check_stopped(name)
        process = self._living()
        outcomes, decoder = self._exchange(process, name, request, self._references.encoder(), origin)
        with self._readable(f"`{name}` cannot be read"):
            if len(outcomes) != 1:
                raise WireError("it answered something else than was asked")
            if outcomes[0].fault is not None:
                raise fault_of(name, outcomes[0].fault, self.report, self._limits)
            return decoder.value(outcomes[0].value)

    @contextlib.contextmanager
    def _readable(self, or_else: str) -> Iterator[None]:
        """Where an answer makes no sense, end the process and raise StudentError."""
        try:
            yield
        except WireError as error:
            self.close()
            raise StudentError(or_else, str(error)) from None

    def _check_stopped(self, shown: str) -> None:
        """Raise `StudentNotRun` for what has taken too long or ended its process too often."""
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
        request: Calls | Get | Keep | Left,
        encoder: Encoder,
        origin: str,
        functions: Sequence[Callable[..., Any]] = (),
    ) -> tuple[list[Outcome], Decoder]:
        """The outcomes of a request. If anything goes wrong with it, the process is ended."""
        exchange = Exchange(process, self._limits.call_seconds, self.remaining, self._references, self._held)
        try:
            with self._readable(f"`{shown}` sent back something that cannot be read"):
                return exchange.outcomes(request, encoder, shown, origin, functions)
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
        except BaseException:
            self.close()  # the conversation stopped half-way, so what comes next would be out of step
            raise


def _shown(target: str | Handle | Operator) -> str:
    """What messages call the target of a call."""
    if isinstance(target, Handle):
        return target.origin
    return target.shown if isinstance(target, Operator) else target
