"""One submission being graded, seen from the trusted side.

The session keeps the clocks: one for each cell, each call and the whole submission. It survives the death
of the process it speaks to, by running the notebook again in a fresh one with the same seed.
"""

from __future__ import annotations

import builtins
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.errors import (
    CourseError,
    StudentCrashed,
    StudentError,
    StudentMissing,
    StudentTimeout,
    SubmissionRejected,
    WireError,
)
from grader.limits import how_it_ended
from grader.sandbox.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.codec import FUNCTION, GENERATOR, HANDLE, Decoder, Encoder
from grader.sandbox.host import Process, Sandbox
from grader.sandbox.messages import (
    CallBack,
    CallBackAnswer,
    Calls,
    CellFinished,
    CellStarted,
    Fault,
    Get,
    Load,
    Loaded,
    Outcome,
    Outcomes,
    Rejected,
)
from grader.student import Call

__all__ = ["Handle", "LoadReport", "Session"]

READ_SECONDS = 15.0
"""For reading the submission's files, before the first cell."""
GRACE_SECONDS = 1.0
"""Between asking a cell to stop and killing it."""
AGAIN_SECONDS = 2.0
"""For a cell that had to be stopped before, when the notebook is run again."""
MESSAGE_SECONDS = 10.0
"""For the rest of a message that has begun."""
MAX_KILLED_CELLS = 3
MAX_CALL_BACKS = 100_000
_EXCEPTIONS = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_EXCEPTIONS |= {"LinAlgError", "AxisError", "TooHardError", "DTypePromotionError"}


@dataclass
class LoadReport:
    """What running the notebook gave."""

    lines: list[int] = field(default_factory=list)
    """Lines of each code cell."""
    errors: dict[int, str] = field(default_factory=dict)
    """The error of each cell that failed, by the cell's number from 0."""
    output: str = ""
    output_dropped: int = 0


@dataclass(frozen=True)
class Operator:
    """An operator as the target of a call: the name of a function of the module `operator`."""

    name: str


class Handle:
    """An object that stays in the sandbox: its attributes and calls go there.

    Data attributes come back as values, methods as handles to be called.
    """

    def __init__(self, session: Session, generation: int, number: int, type_name: str) -> None:
        self._session = session
        self._generation = generation
        self._number = number
        self._type_name = type_name

    def __repr__(self) -> str:
        return f"<{self._type_name} in the sandbox>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._session.attribute(self, name)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._session.calls(self, [(arguments, keywords)])[0].value

    def _operate(self, operator: str, *operands: Any) -> Any:
        return self._session.calls(Operator(operator), [(operands, {})])[0].value

    def __add__(self, other: Any) -> Any:
        return self._operate("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self._operate("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self._operate("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self._operate("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self._operate("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self._operate("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self._operate("truediv", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._operate("truediv", other, self)

    def __matmul__(self, other: Any) -> Any:
        return self._operate("matmul", self, other)

    def __pow__(self, other: Any) -> Any:
        return self._operate("pow", self, other)

    def __neg__(self) -> Any:
        return self._operate("neg", self)

    def __getitem__(self, key: Any) -> Any:
        return self._operate("getitem", self, key)

    def node(self, generation: int) -> list[Any]:
        """The codec's name for it; raises StudentCrashed if its process is gone."""
        if generation != self._generation:
            raise StudentCrashed("the object that this test was using went with its process")
        return [HANDLE, self._number]


class Session:
    """One submission in a sandbox.

    Args:
        sandbox: Where it runs.
        files: The submission's files by relative path.
        name: The problem set's name.
        seed: Of the notebook's global random generators.
    """

    def __init__(self, sandbox: Sandbox, files: Mapping[str, bytes], name: str, seed: int) -> None:
        self._sandbox = sandbox
        self._limits = sandbox.limits
        self._files = dict(files)
        self._name = name
        self._seed = seed
        self._process: Process | None = None
        self._generation = 0
        self._skip: dict[int, str] = {}
        self._slow: set[int] = set()
        self._deadline = time.monotonic() + self._limits.submission_seconds
        self.report = LoadReport()

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
            self._process.end()
            self._process = None

    def remaining(self) -> float:
        """Seconds left of the submission's wall clock."""
        return self._deadline - time.monotonic()

    # Running the notebook ---------------------------------------------------------------------------------

    def load(self) -> LoadReport:
        """Run the notebook in a fresh process.

        Raises:
            SubmissionRejected: The files cannot be read as a submission.
            StudentTimeout, StudentCrashed: It does not get to its end, whatever cells are left out.
            SandboxError: The sandbox failed.
        """
        self.close()
        while True:
            self._check_deadline()
            self._process = self._sandbox.fork()
            self._generation += 1
            killer = self._run_cells(self._process)
            if killer is None:
                return self.report
            cell, reason = killer
            self.close()
            if cell < 0 or len(self._skip) >= MAX_KILLED_CELLS or cell in self._skip:
                raise StudentCrashed(f"your notebook cannot be run to its end: {reason}")
            self._skip[cell] = reason

    def _run_cells(self, process: Process) -> tuple[int, str] | None:
        """None when every cell has been run; else the cell that ended the process, and how."""
        report = LoadReport(errors=dict(self._skip))
        encoder = Encoder(self._refer_with([]))
        for content in self._files.values():
            encoder.node(np.frombuffer(content, np.uint8))
        load = Load(
            arrays=encoder.headers, paths=list(self._files), name=self._name, seed=self._seed, skip=sorted(self._skip)
        )
        cell, limit, interrupted = -1, READ_SECONDS, False
        deadline = time.monotonic() + limit
        try:
            process.channel.send(load, encoder.buffers, timeout=READ_SECONDS)
            while True:
                if not process.channel.wait(min(deadline - time.monotonic(), self.remaining())):
                    if interrupted or cell < 0 or self.remaining() <= 0:
                        return cell, f"it took longer than {limit:g} seconds and did not stop when asked to"
                    process.interrupt()
                    interrupted, deadline = True, time.monotonic() + GRACE_SECONDS
                    continue
                message, _ = process.channel.receive(timeout=MESSAGE_SECONDS)
                match message:
                    case CellStarted():
                        cell, limit, interrupted = message.cell, self._cell_seconds(message.cell), False
                        deadline = time.monotonic() + limit
                    case CellFinished():
                        if interrupted:
                            self._slow.add(message.cell)
                            seconds = self._limits.cell_seconds
                            report.errors[message.cell] = f"it was stopped after {seconds:g} seconds"
                        elif message.error is not None:
                            report.errors[message.cell] = message.error
                        limit, deadline = READ_SECONDS, time.monotonic() + READ_SECONDS
                    case Loaded():
                        report.lines, report.output = message.lines, message.output
                        report.output_dropped = message.output_dropped
                        self.report = report
                        return None
                    case Rejected():
                        raise SubmissionRejected(message.reason)
                    case _:
                        return cell, "it sent something that makes no sense here"
        except (ChannelClosed, ChannelTimeout):
            return cell, f"it {how_it_ended(process.end().exit_code, self._limits)}"
        except WireError as error:
            return cell, f"it sent something that cannot be read: {error}"

    def _cell_seconds(self, cell: int) -> float:
        """A cell that had to be stopped once is run again for what it defines, and not waited for."""
        return min(AGAIN_SECONDS, self._limits.cell_seconds) if cell in self._slow else self._limits.cell_seconds

    def _check_deadline(self) -> None:
        if self.remaining() <= 0:
            raise StudentTimeout(
                f"grading stopped, because your submission took longer than "
                f"{self._limits.submission_seconds:g} seconds in all"
            )

    # Calls ------------------------------------------------------------------------------------------------

    def calls(
        self,
        target: str | Handle | Operator,
        batch: Iterable[tuple[Sequence[Any], Mapping[str, Any]]],
        record: Callable[[Call], None] | None = None,
    ) -> list[Call]:
        """Call a function by name, or a held object, once for each pair of arguments and keywords.

        Each call that returned is given to ``record``, and so is the one that raised an exception, if any.

        Raises:
            StudentFault: One of the calls gave no value.
        """
        process = self._living()
        functions: list[Callable[..., Any]] = []
        encoder = Encoder(self._refer_with(functions))
        pairs = [(tuple(arguments), dict(keywords)) for arguments, keywords in batch]
        try:
            nodes = [(encoder.node(arguments), encoder.node(keywords)) for arguments, keywords in pairs]
        except (TypeError, ValueError) as error:
            raise CourseError(
                f"a test calls {target} with an argument that it cannot pass: {error}"
            ) from None
        request = Calls(
            arrays=encoder.headers,
            name=target if isinstance(target, str) else None,
            handle=target.node(self._generation)[1] if isinstance(target, Handle) else None,
            operator=target.name if isinstance(target, Operator) else None,
            batch=nodes,
        )
        shown = target if isinstance(target, str) else target.name if isinstance(target, Operator) else repr(target)
        outcomes, decoder = self._exchange(process, shown, request, encoder, functions)
        done: list[Call] = []
        try:
            for (arguments, keywords), outcome in zip(pairs, outcomes, strict=False):
                if outcome.fault is not None:
                    if record and outcome.fault.kind == "raised":
                        record(Call(shown, arguments, keywords, None, "", error=outcome.fault.type_name))
                    raise self._fault(shown, outcome.fault)
                value = decoder.value(outcome.value)
                done.append(
                    Call(
                        shown,
                        arguments,
                        keywords,
                        value,
                        outcome.type_name,
                        tuple(outcome.changed),
                        outcome.seconds,
                    )
                )
                if record:
                    record(done[-1])
            if len(done) != len(pairs):
                raise WireError("fewer values came back than calls were made")
        except WireError as error:
            self.close()
            raise StudentError(f"`{shown}` sent back something that cannot be read", str(error)) from None
        return done

    def variable(self, name: str) -> Any:
        """The value of a global variable of the notebook."""
        return self._get(name, Get(name=name))

    def attribute(self, handle: Handle, name: str) -> Any:
        """The value of an attribute of a held object."""
        return self._get(name, Get(handle=handle.node(self._generation)[1], name=name))

    def _get(self, name: str, request: Get) -> Any:
        process = self._living()
        outcomes, decoder = self._exchange(process, name, request, Encoder(self._refer_with([])), [])
        if len(outcomes) != 1:
            self.close()
            raise StudentError(f"`{name}` cannot be read")
        if outcomes[0].fault is not None:
            raise self._fault(name, outcomes[0].fault)
        try:
            return decoder.value(outcomes[0].value)
        except WireError as error:
            self.close()
            raise StudentError(f"`{name}` cannot be read", str(error)) from None

    def _living(self) -> Process:
        self._check_deadline()
        if self._process is None:
            self.load()
        assert self._process is not None
        return self._process

    def _exchange(
        self,
        process: Process,
        shown: str,
        request: Calls | Get,
        encoder: Encoder,
        functions: list[Callable[..., Any]],
    ) -> tuple[list[Outcome], Decoder]:
        """Send a request and serve call-backs until its outcomes arrive."""
        limit = min(self._limits.call_seconds, max(self.remaining(), 0.01))
        deadline = time.monotonic() + limit
        try:
            process.channel.send(request, encoder.buffers, timeout=limit)
            for _ in range(MAX_CALL_BACKS):
                message, body = process.channel.receive(timeout=max(deadline - time.monotonic(), 0.001))
                decoder = Decoder(message.arrays, body, self._resolve)
                if isinstance(message, Outcomes):
                    return message.outcomes, decoder
                if not isinstance(message, CallBack):
                    raise WireError("it answered something else than was asked")
                self._answer_call_back(process, message, decoder, functions)
            raise WireError(f"it called the function passed in more than {MAX_CALL_BACKS:,} times")
        except ChannelTimeout:
            self.close()
            raise StudentTimeout(f"`{shown}` took longer than {limit:.3g} seconds") from None
        except ChannelClosed:
            self._process = None
            raise StudentCrashed(f"`{shown}` {how_it_ended(process.end().exit_code, self._limits)}") from None
        except WireError as error:
            self.close()
            raise StudentError(f"`{shown}` sent back something that cannot be read", str(error)) from None

    def _answer_call_back(
        self, process: Process, message: CallBack, decoder: Decoder, functions: list[Callable[..., Any]]
    ) -> None:
        positional, keywords = decoder.value(message.positional), decoder.value(message.keywords)
        if (
            not 0 <= message.function < len(functions)
            or not isinstance(positional, tuple)
            or not isinstance(keywords, dict)
        ):
            raise WireError("it called a function that was not passed in")
        encoder = Encoder(self._refer_with([]))
        try:
            with np.errstate(all="ignore"):
                value = encoder.node(functions[message.function](*positional, **keywords))
            answer = CallBackAnswer(arrays=encoder.headers, value=value)
        except Exception as error:
            # Only the kind of the exception: its text may speak of what the test knows.
            text = f"the function you were given raised {type(error).__name__} for these arguments"
            answer, encoder = CallBackAnswer(error=text), Encoder(self._refer_with([]))
        process.channel.send(answer, encoder.buffers, timeout=MESSAGE_SECONDS)

    # References -------------------------------------------------------------------------------------------

    def _refer_with(self, functions: list[Callable[..., Any]]) -> Callable[[Any], list[Any]]:
        def refer(value: Any) -> list[Any]:
            if isinstance(value, Handle):
                return value.node(self._generation)
            if isinstance(value, np.random.Generator):
                return _generator_node(value)
            if callable(value):
                functions.append(value)
                return [FUNCTION, len(functions) - 1]
            raise TypeError(f"a {type(value).__name__} cannot be passed into the sandbox")

        return refer

    def _resolve(self, node: list[Any]) -> Handle:
        match node:
            case [int(tag), int(number), str(kind)] if tag == HANDLE:
                return Handle(self, self._generation, number, kind[:200])
        raise WireError("it sent a malformed reference")

    def _fault(self, shown: str, fault: Fault) -> StudentError | StudentMissing:
        if fault.kind == "missing":
            error = next((text for text in self.report.errors.values()), None)
            hint = f"; cell {min(self.report.errors) + 1} stopped with an error" if error else ""
            return StudentMissing(f"`{shown}` is not defined in your notebook{hint}", fault.message)
        if fault.kind == "unsendable":
            return StudentError(f"`{shown}` returned something that cannot be checked", fault.message)
        known = fault.type_name in _EXCEPTIONS
        kind = fault.type_name if known else "an exception of its own"
        # A line number is believed only within what the notebook was seen to have before any call was made.
        lines = self.report.lines
        place = 0 <= fault.cell < len(lines) and 1 <= fault.line <= lines[fault.cell]
        where = f" at line {fault.line} of code cell {fault.cell + 1}" if place else ""
        return StudentError(f"`{shown}` raised {kind}{where}", f"{fault.type_name}: {fault.message}")


def _generator_node(generator: np.random.Generator) -> list[Any]:
    state: Any = generator.bit_generator.state
    if state.get("bit_generator") != "PCG64" or state.get("has_uint32"):
        raise TypeError("only a generator fresh from numpy.random.default_rng can be passed into the sandbox")
    return [GENERATOR, f"{state['state']['state']:x}", f"{state['state']['inc']:x}"]
