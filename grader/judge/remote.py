"""The ``student`` of a hidden test: every call goes into the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grader.errors import StudentFault
from grader.judge.objects import UNANSWERED, Observer
from grader.operators import bare
from grader.sandbox.outside.handle import Handle
from grader.sandbox.outside.session import Session
from grader.student import RECENT_CALLS, Call, Kept, any_kept

__all__ = ["RemoteFunction", "RemoteStudent"]


class RemoteFunction:
    """A function of the submission."""

    def __init__(self, session: Session, name: str, record: Callable[[Call], None]) -> None:
        self.name = name
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

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.call(*arguments, **keywords).value

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [call.value for call in self._calls([(arguments, {}) for arguments in batch])]

    def keep(self, values: Sequence[Any]) -> Sequence[Kept]:
        return self._session.keep(self.name, values)

    def _calls(self, batch: list[tuple[Sequence[Any], dict[str, Any]]]) -> list[Call]:
        seen: list[Call] = []
        known = not any(any_kept(arguments, keywords) for arguments, keywords in batch)

        def record(call: Call) -> None:
            seen.append(self._held(call, *batch[len(seen)]))
            if known:
                self._record(seen[-1])
                if call.error is None:
                    RECENT_CALLS.note(seen[-1], self._again)

        try:
            self._session.calls(self.name, [(bare(tuple(a)), bare(k)) for a, k in batch], record)
        except StudentFault:
            # Record also a call that neither returned nor raised: there is a gap in what is known of its function.
            if known and (not seen or seen[-1].error is None):
                self._record(Call(self.name, (), {}, None, "", error=UNANSWERED))
            raise
        return seen

    def _again(self, batch: Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]) -> list[Any]:
        calls = self._session.calls(self.name, [(bare(tuple(a)), bare(dict(k))) for a, k in batch])
        return [call.value for call in calls]

    def _held(self, call: Call, arguments: Sequence[Any], keywords: dict[str, Any]) -> Call:
        value = self._watch.held(call.value)
        if value is call.value and call.arguments is arguments and call.keywords == keywords == {}:
            return call
        return replace(call, arguments=tuple(arguments), keywords=keywords, value=value)


class RemoteStudent:
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
        return RemoteFunction(self._session, name, self._record)._watch.held(self._session.variable(name))
