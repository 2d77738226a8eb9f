"""The ``student`` of a hidden test: every call goes into the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.errors import StudentFault
from grader.expressions import Expression
from grader.judge.objects import ITSELF, UNANSWERED, ObservedObject, Observer
from grader.operators import bare
from grader.recent import RECENT_CALLS
from grader.sandbox.outside.handle import Handle
from grader.sandbox.outside.session import Session
from grader.seeding import seed_of
from grader.student import Call, Kept, answered, any_kept
from grader.traces import Trace, Traceable, TraceableStudent

__all__ = ["RemoteFunction", "RemoteStudent"]


class RemoteFunction(Traceable):
    """A function of the submission."""

    def __init__(
        self, session: Session, name: str, record: Callable[[Call], None], seed: int | None = None
    ) -> None:
        self.name, self.seed = name, seed
        self._session = session
        self._record = record
        self._watch = Observer(name, record, lambda value: isinstance(value, Handle), copies=False)

    def __repr__(self) -> str:
        return f"<{self.name} of the submission>"

    @property
    def stopped(self) -> bool:
        return self.name in self._session.stopped

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        return self._calls([(arguments, keywords)])[0]

    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        return self._calls([(arguments, keywords)], trace)[0]

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.call(*arguments, **keywords).value

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [call.value for call in self._calls([(arguments, {}) for arguments in batch])]

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        return self._session.keep(self.name, values)

    def expression(self, *arguments: Any) -> Expression:
        return Expression(self.name, self, arguments)

    def itself(self) -> Any:
        """What stands for the class."""
        value = self._watch.held(self._session.variable(self.name))
        self._record(Call(self.name, (), {}, value, "", on=ITSELF))
        return value

    def seeded(self, seed: int) -> RemoteFunction:
        return RemoteFunction(self._session, self.name, self._record, seed_of(seed))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.itself(), name)

    def held(self, value: Any) -> Any:
        """A value with each object of the submission's in it held and observed."""
        return self._watch.held(value)

    def _calls(
        self, batch: list[tuple[Sequence[Any], dict[str, Any]]], trace: Trace | None = None
    ) -> list[Call]:
        seen: list[Call] = []
        known = not any(any_kept(arguments, keywords) for arguments, keywords in batch)

        def record(call: Call) -> None:
            seen.append(self._held(call, *batch[len(seen)]))
            if known:
                self._record(seen[-1])
                if call.error is None and trace is None:
                    RECENT_CALLS.note(seen[-1], self._again)

        try:
            pairs = [(bare(tuple(a)), bare(k)) for a, k in batch]
            self._session.calls(self.name, pairs, record, trace=trace, seed=self.seed)
        except StudentFault:
            # Record also a call that neither returned nor raised: there is a gap in what is known of its function.
            if known and (not seen or seen[-1].error is None):
                none = Call(self.name, (), {}, None, "", error=UNANSWERED, trace=trace, seed=self.seed)
                self._record(none)
            raise
        return seen

    def _again(self, batch: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Any]:
        pairs = [(bare(tuple(a)), bare(dict(k))) for a, k in batch]
        calls = self._session.calls(self.name, pairs, seed=self.seed)
        return [call.value for call in calls]

    def _held(self, call: Call, arguments: Sequence[Any], keywords: dict[str, Any]) -> Call:
        value = self._watch.held(call.value)
        if value is call.value and call.arguments is arguments and not call.keywords and not keywords:
            return call
        return replace(call, arguments=tuple(arguments), keywords=keywords, value=value)


class RemoteStudent(TraceableStudent):
    """The names that a submission defines, as attributes."""

    def __init__(self, session: Session, record: Callable[[Call], None]) -> None:
        self._session = session
        self._record = record
        RECENT_CALLS.forget()

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return RemoteFunction(self._session, name, self._record)

    def value(self, name: str) -> Any:
        function = RemoteFunction(self._session, name, self._record)
        if name in self._session.values:
            return answered(name, function())
        value = answered(name, function.held(self._session.variable(name)))
        if isinstance(value, ObservedObject):
            self._record(Call(name, (), {}, value, "", on=ITSELF))
        return value

    def left(self, trace: Trace, question: str = "") -> Any:
        return self._session.left(trace, question)

    def expression(self, name: str) -> Expression:
        return Expression(name, RemoteFunction(self._session, name, self._record))
