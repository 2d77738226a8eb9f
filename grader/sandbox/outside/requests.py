"""Requests that a session sends to its process."""

from __future__ import annotations

from typing import Any

from grader.errors import CourseError
from grader.sandbox.crossing.codec import Encoder
from grader.sandbox.crossing.columns import Column, columns_of, nbytes
from grader.sandbox.crossing.messages import Calls
from grader.sandbox.outside.handle import Handle, Operator
from grader.sandbox.outside.references import References
from grader.traces import Trace

__all__ = ["Pairs", "calls_request"]

Pairs = list[tuple[tuple[Any, ...], dict[str, Any]]]
"""Positional arguments and keywords, call by call."""


def calls_request(
    references: References,
    target: str | Handle | Operator,
    pairs: Pairs,
    encoder: Encoder,
    trace: Trace | None,
    seed: int | None,
) -> tuple[Calls, int]:
    """The request for some calls, and the bytes of all their arguments.

    Raises:
        CourseError: An argument cannot be passed.
    """
    alike = columns_of(pairs)
    try:
        batch = (
            [] if alike else [(encoder.node(positional), encoder.node(named)) for positional, named in pairs]
        )
        columns = [Column(column.shared, encoder.node(column.value)) for column in alike or ()]
    except (TypeError, ValueError) as error:
        raise CourseError(f"a test calls {target} with an argument that it cannot pass: {error}") from None
    request = Calls(
        arrays=encoder.headers,
        name=target if isinstance(target, str) else None,
        handle=references.number(target) if isinstance(target, Handle) else None,
        operator=target.name if isinstance(target, Operator) else None,
        batch=batch,
        columns=columns,
        count=len(pairs),
        trace=trace,
        seed=seed,
    )
    return request, nbytes(alike, len(pairs)) if alike else sum(map(len, encoder.buffers))
