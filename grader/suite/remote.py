"""The ``student`` of a hidden test: every call goes into the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from grader.errors import StudentFault
from grader.sandbox import Session
from grader.student import Call

__all__ = ["RemoteFunction", "RemoteStudent"]

UNANSWERED = "no answer"
"""The error of a recorded call that neither returned nor raised an exception: a timeout, a missing name."""


class RemoteFunction:
    """A function of the submission, by name."""

    def __init__(self, session: Session, name: str, record: Callable[[Call], None]) -> None:
        self.name = name
        self._session = session
        self._record = record

    def __repr__(self) -> str:
        return f"<{self.name} of the submission>"

    def call(self, *arguments: Any, **keywords: Any) -> Call:
        return self._calls([(arguments, keywords)])[0]

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.call(*arguments, **keywords).value

    def map(self, batch: Iterable[Sequence[Any]]) -> list[Any]:
        return [call.value for call in self._calls([(arguments, {}) for arguments in batch])]

    def _calls(self, batch: list[tuple[Sequence[Any], dict[str, Any]]]) -> list[Call]:
        raised = False

        def record(call: Call) -> None:
            nonlocal raised
            raised = call.error is not None
            self._record(call)

        try:
            return self._session.calls(self.name, batch, record)
        except StudentFault:
            # A call that neither returned nor raised is kept too: what is known of its function has a gap.
            if not raised:
                self._record(Call(self.name, (), {}, None, "", error=UNANSWERED))
            raise


class RemoteStudent:
    """The names a submission defined, as attributes."""

    def __init__(self, session: Session, record: Callable[[Call], None]) -> None:
        self._session = session
        self._record = record

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return RemoteFunction(self._session, name, self._record)

    def value(self, name: str) -> Any:
        return self._session.variable(name)
