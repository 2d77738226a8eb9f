"""A submission to another grader's assignment: its notebook stops at the places of the tests, which see all of it.

What comes back keeps its type (see `grader.sandbox.crossing.faithful`), an exception its own, and what a call printed
or changed in place comes with it. All of it is what the sandbox says, within bounds; who asks decides what it is worth.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from grader.errors import (
    CellError,
    CourseError,
    LimitHit,
    StudentCrashed,
    StudentError,
    StudentTimeout,
    WireError,
)
from grader.foreign import Ending, Foreign
from grader.notebook.run import FOR_CALLS
from grader.sandbox.crossing.channel import Body, ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.codec import FUNCTION, GENERATOR, HANDLE, INTO_THE_SANDBOX, Decoder, Encoder
from grader.sandbox.crossing.faithful import DATA, KIND, FaithfulDecoder, FaithfulEncoder
from grader.sandbox.crossing.generators import state_of
from grader.sandbox.crossing.messages import (
    Act,
    Adopted,
    CallBack,
    CallBackAnswer,
    Load,
    Seen,
    Tried,
    Try,
    Written,
)
from grader.sandbox.outside.believed import fault_of
from grader.sandbox.outside.exchange import Exchange
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import Killed, LoadReport, go_on
from grader.sandbox.outside.session import MAX_KILLED_CELLS, Session
from grader.student import is_generator
from grader.wording import took_longer

__all__ = ["AdoptedSession", "GlobalName", "Observed", "Reference", "Role"]

MAX_NAMES = 500
MAX_FUNCTIONS = 20_000
"""Of its own that the tests of a submission may pass to it."""
Held = Callable[["Reference"], Any]
Role = Literal["", "class", "object", "method", "part"]
"""What an object is to a test: a class that the author asks for, an object that the test made of one, a method of such
an object, a part or method of any other object, or none of these."""


@dataclass(frozen=True)
class Reference:
    """An object that stays in the sandbox, by its number in one of the session's processes."""

    generation: int
    number: int
    kind: str
    """What the sandbox calls its type: a hint, never evidence."""
    stands_for: Any = None
    """Its data, if its class derives from a type of data and it has some."""
    has_data: bool = False
    role: Role = ""
    told: bool = False
    """Whether it came of an operation that may have told the submission what the test expects."""


@dataclass(frozen=True)
class GlobalName:
    """An argument that is a global variable of the submission's: the call gets the very object, not a copy."""

    name: str


@dataclass
class Observed:
    """What one act gave."""

    value: Any = None
    error: StudentError | None = None
    """The exception that it ended with."""
    message: str = ""
    """What the exception says."""
    exception: str = ""
    """Its class's name, and in ``bases`` those of the library classes that it derives from."""
    bases: tuple[str, ...] = ()
    printed: str = ""
    errors: str = ""
    after: dict[str, Any] = field(default_factory=dict)
    """Arguments that were changed in place, by position or keyword, as they are now."""


class AdoptedSession(Session):
    """One submission in a sandbox, whose notebook runs as far as `go_to` says.

    Args:
        sandbox: Where it runs.
        files: The submission's files by relative path.
        name: The notebook's name.
        seed: Of the global random generators.
        adopted: How the notebook is run.
        hold: Makes of a reference what a test holds of an object.
        refer: Gives the reference of what `hold` made, or None for anything else.
        written: Questions whose answers should be found in the text.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        files: Mapping[str, bytes],
        name: str,
        seed: int,
        *,
        adopted: Adopted,
        hold: Held,
        refer: Callable[[Any], Reference | None],
        written: Sequence[Written] = (),
    ) -> None:
        super().__init__(sandbox, files, name, seed, written=written)
        self._adopted, self._hold, self._referred = adopted, hold, refer
        self._target = -1
        self._ran = -1
        self._generation = 0
        self._functions: list[Callable[..., Any]] = []

    # Running the notebook ---------------------------------------------------------------------------------------

    @property
    def cells(self) -> int:
        """How many code cells the notebook has."""
        return len(self.report.lines)

    @property
    def at(self) -> int:
        """The last cell that has run."""
        return self._ran

    def share_clock(self, other: AdoptedSession) -> None:
        """Have what is left of another run's time."""
        self._deadline = other._deadline

    def load(self) -> LoadReport:
        """Run the notebook in a fresh process, as far as it was told to."""
        self._generation += 1
        report = super().load()
        self._ran = min(self._target, self.cells - 1)
        return report

    def _request(self, encoder: Encoder, reserve: float) -> Load:
        made = super()._request(encoder, reserve)
        return Load(**{name: getattr(made, name) for name in made.__struct_fields__} | {
            "adopted": self._adopted, "until": self._target,
        })  # fmt: skip

    def _stay_with_first(self, report: LoadReport) -> None:
        """Keep what earlier runs said of cells."""
        report.failed = {**self._skip, **report.failed, **self.report.failed}

    def go_to(self, cell: int) -> None:
        """Have the notebook run as far as this cell; one that has run further stays where it is.

        Raises:
            StudentTimeout, StudentCrashed: It does not run as far, whichever cells are left out.
        """
        self._target = max(self._target, min(cell, self.cells - 1))
        if self._process is None:
            self.check_clock()
            self.load()
        if self._ran >= self._target or self._process is None:
            return
        cells = [number for number in range(self._ran + 1, self._target + 1) if number not in self._skip]
        try:
            go_on(
                self._process, cells, self._target, self.report, limits=self._limits, slow=self._slow,
                remaining=self.remaining, reserve=self._limits.submission_seconds * FOR_CALLS,
            )  # fmt: skip
        except Killed as killed:
            self.close()
            if killed.cell < 0 or len(self._skip) >= MAX_KILLED_CELLS:
                raise StudentCrashed(f"your notebook did not run to its end: {killed.reason}") from None
            self._skip[killed.cell] = CellError(reason=killed.reason)
            self.load()
        self._ran = self._target

    # Acts -------------------------------------------------------------------------------------------------------

    def fetch(self, names: Sequence[str]) -> dict[str, Any]:
        """The values that global names have now, without those that there are not."""
        asked = list(names)[:MAX_NAMES]
        seen, decoder = self._exchanged(
            asked[0] if len(asked) == 1 else "your notebook", Act(what="get", names=asked)
        )
        with self._readable("the values of your notebook cannot be read"):
            missing = set(seen.missing)
            values = decoder.value(seen.value)
            present = [name for name in asked if name not in missing]
            if not isinstance(values, list) or len(values) != len(present):
                raise WireError("it answered something else than was asked")
            return dict(zip(present, values, strict=True))

    def act(
        self,
        what: str,
        target: str | Reference,
        *,
        shown: str,
        name: str = "",
        arguments: Sequence[Any] = (),
        keywords: Mapping[str, Any] | None = None,
        random: Any = None,
    ) -> Observed:
        """Do one thing.

        Args:
            what: ``call``, ``attribute``, or an action that `grader.actions.act` knows.
            target: What it is done to: a global name, or an object.
            shown: What messages call it.
            name: The attribute.
            arguments: Of a call or an action.
            keywords: Of a call.
            random: The state of the global random generators, if they are to have one.

        Raises:
            StudentFault: It took too long, or ended its process.
            CourseError: An argument cannot be passed.
        """
        encoder = self._encoder()
        given = dict(keywords or {})
        try:
            positional, named = encoder.node(tuple(arguments)), encoder.node(given)
            state = None if random is None else encoder.node(random)
        except (TypeError, ValueError, RecursionError) as error:
            raise CourseError(f"{shown} gets an argument that cannot be passed: {error}") from None
        number = None if isinstance(target, str) else self._number(target)
        request = Act(
            arrays=encoder.headers,
            what=what,
            name=target if isinstance(target, str) else name,
            handle=number,
            positional=positional,
            keywords=named,
            random=state,
        )
        seen, decoder = self._exchanged(shown, request, encoder)
        with self._readable(f"`{shown}` sent back something that cannot be read"):
            return self._observed(shown, seen, decoder, len(arguments), given)

    def _observed(
        self, shown: str, seen: Seen, decoder: Decoder, count: int, keywords: Mapping[str, Any]
    ) -> Observed:
        made = Observed(printed=seen.printed, errors=seen.errors)
        if seen.fault is not None:
            fault = fault_of(shown, seen.fault, self.report, self._limits)
            made.error = fault if isinstance(fault, StudentError) else StudentError(str(fault))
            made.message, made.exception = seen.fault.message, seen.fault.type_name
            made.bases = tuple(seen.fault.bases[:20])
        else:
            made.value = decoder.value(seen.value)
        keys = {*map(str, range(count)), *keywords}
        made.after = {key: decoder.value(node) for key, node in seen.after if key in keys}
        return made

    def attempt(self, test: Foreign, *, keeps: bool = False) -> Ending:
        """Run a test inside the process: what it says of its end may be forged."""
        process = self._living()
        exchange = self._new_exchange(process)
        try:
            with self._readable("the test's end cannot be read"):
                message, _ = exchange.answer(Try(test=test, keeps=keeps), Tried, "the test")
        except ChannelTimeout:
            self.close()
            hit = LimitHit("call_seconds", self._limits.call_seconds, self._limits.call_seconds)
            raise StudentTimeout(took_longer("the test", hit), limit=hit) from None
        except ChannelClosed:
            self._process = None
            raise StudentCrashed(f"the test {process.how_it_ended()}") from None
        except BaseException:
            self.close()
            raise
        ending: Ending = message.ending
        return ending

    def _number(self, reference: Reference) -> int:
        if reference.generation != self._generation or self._process is None:
            raise StudentCrashed("the object that this test was using went with its process")
        return reference.number

    def _encoder(self) -> Encoder:
        def refer(value: Any) -> list[Any]:
            reference = self._referred(value)
            if reference is not None:
                return [HANDLE, self._number(reference)]
            if isinstance(value, GlobalName):
                return [KIND, "global", value.name]
            if named := _named(value):
                return [KIND, "named", named]
            if is_generator(value):
                return [GENERATOR, *state_of(value)]
            if callable(value):  # a later call may use what this one is given
                if len(self._functions) >= MAX_FUNCTIONS:
                    raise ValueError(f"a test passes more than {MAX_FUNCTIONS:,} functions")
                self._functions.append(value)
                return [FUNCTION, len(self._functions) - 1]
            raise TypeError(f"a {type(value).__name__} cannot be passed into the sandbox")

        return FaithfulEncoder(refer, room=INTO_THE_SANDBOX)

    def _resolver(self) -> Callable[[list[Any]], Any]:
        def resolve(node: list[Any]) -> Any:
            match node:
                case [int(tag), int(number), str(kind)] if tag == HANDLE and number >= 0:
                    return _Pending(self._hold, Reference(self._generation, number, kind[:200]))
            raise WireError("it sent a malformed reference")

        return resolve

    def _exchanged(
        self,
        shown: str,
        request: Act,
        encoder: Encoder | None = None,
    ) -> tuple[Seen, Decoder]:
        """What came of an act; if anything goes wrong with it, the process is ended."""
        self._check_stopped(shown)
        process = self._living()
        exchange = self._new_exchange(process)
        try:
            with self._readable(f"`{shown}` sent back something that cannot be read"):
                back = _Back(self._functions, self._encoder, self._decoder)
                message, body = exchange.answer(request, Seen, shown, encoder, back)
                return message, self._decoder(message.arrays, body)
        except ChannelTimeout:
            self.close()
            self.stopped[shown] += 1
            hit = LimitHit("call_seconds", self._limits.call_seconds, self._limits.call_seconds)
            raise StudentTimeout(
                took_longer(shown, self.clock() if self.remaining() <= 0 else hit), limit=hit
            ) from None
        except ChannelClosed:
            self._process = None
            self.stopped[shown] += 1
            raise StudentCrashed(f"`{shown}` {process.how_it_ended()}", limit=process.limit_hit()) from None
        except BaseException:
            self.close()
            raise

    def _decoder(self, headers: Any, body: Any) -> Decoder:
        return _Holding(headers, body, self._resolver())

    def _new_exchange(self, process: Any) -> Exchange:
        return Exchange(process, self._limits.call_seconds, self.remaining, self._references, self._held)


_LIBRARIES = (
    "builtins",
    "math",
    "cmath",
    "operator",
    "statistics",
    "numpy",
    "string",
    "itertools",
    "functools",
)
"""Modules of which a test may pass a function by its name; a submission has them too."""


def _named(value: Any) -> str:
    """The module and name of a library's function or class; empty for anything else."""
    module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else "")
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    if type(module) is not str or type(name) is not str or module.partition(".")[0] not in _LIBRARIES:
        return ""
    try:
        found = operator.attrgetter(name)(sys.modules[module])
    except (KeyError, AttributeError):
        return ""
    return f"{module}:{name}" if found is value else ""


@dataclass(frozen=True)
class _Back:
    """Answers calls of a test's functions, with whatever values they get: the judge's fork bounds what they do."""

    functions: Sequence[Callable[..., Any]]
    encoder: Callable[[], Encoder]
    decoder: Callable[[Any, Any], Decoder]
    room: int = 32 << 20

    def answered(self, message: CallBack, body: Body) -> tuple[CallBackAnswer, list[bytes | memoryview]]:
        decoder = self.decoder(message.arrays, body)
        positional, keywords = decoder.value(message.positional), decoder.value(message.keywords)
        if (
            not 0 <= message.function < len(self.functions)
            or not isinstance(positional, tuple)
            or not isinstance(keywords, dict)
            or not all(isinstance(key, str) for key in keywords)
        ):
            raise WireError("it called a function that was not passed in")
        encoder = self.encoder()
        try:
            value = encoder.node(self.functions[message.function](*positional, **keywords))
        except Exception as error:  # its text may tell what the test knows
            return CallBackAnswer(error=f"the function you were given raised {type(error).__name__}"), []
        return CallBackAnswer(arrays=encoder.headers, value=value), encoder.buffers


class _Pending:
    """A reference whose data have not been read yet."""

    def __init__(self, hold: Held, reference: Reference) -> None:
        self._hold, self._reference = hold, reference
        self._stands_for: Any = None

    def held(self, *, has_data: bool) -> Any:
        return self._hold(replace(self._reference, stands_for=self._stands_for, has_data=has_data))


class _Holding(FaithfulDecoder):
    """A decoder that gives a test what stands for an object."""

    def value(self, node: Any, depth: int = 0) -> Any:
        made = super().value(node, depth)
        if not isinstance(made, _Pending):
            return made
        if len(node) == 4 and not issubclass(type(made._stands_for), (*DATA, np.generic)):
            raise WireError("an object out of the sandbox stands for no data")
        return made.held(has_data=len(node) == 4)
