"""The solution as a test's student, with the limits that a submission's functions have: what cannot cross is refused.

A test that passes on what a submission returned may get something that is too large or too deep to be passed. Whether
this is the test's own mistake shows on the solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from grader.errors import CourseError, WireError
from grader.sandbox.crossing.channel import MAX_BODY
from grader.sandbox.crossing.codec import INTO_THE_SANDBOX, Encoder
from grader.sandbox.outside.references import References
from grader.student import Call, Kept, LocalFunction, LocalStudent, any_kept

__all__ = ["PassableStudent"]


class PassableStudent(LocalStudent):
    """The functions of a namespace in this process, which take what a submission's functions could get.

    Raises (when a function is called):
        CourseError: An argument cannot cross into a sandbox.
    """

    def _function(self, name: str) -> LocalFunction:
        return _PassableFunction(name, self._namespace)


class _PassableFunction(LocalFunction):
    def call(self, *arguments: Any, **keywords: Any) -> Call:
        if not any_kept(arguments, keywords):
            _try_to_pass(self.name, [*arguments, *keywords.values()], self._namespace)
        return super().call(*arguments, **keywords)


def _try_to_pass(name: str, values: Iterable[Any], namespace: Mapping[str, Any]) -> None:
    module = namespace.get("__name__")
    known = References.refer

    def refer(value: Any) -> list[Any]:
        if isinstance(value, Kept) or module in (type(value).__module__, getattr(value, "__module__", None)):
            return [0]
        return known(value, [])

    encoder = Encoder(refer, room=INTO_THE_SANDBOX)
    try:
        for value in values:
            encoder.node(value, 1)
        if sum(map(len, encoder.buffers)) > INTO_THE_SANDBOX * MAX_BODY:
            raise WireError("it is too large")
    except (TypeError, ValueError, WireError) as error:
        raise CourseError(f"a test calls {name} with an argument that it cannot pass: {error}") from None
