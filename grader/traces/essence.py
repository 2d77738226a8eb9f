"""What matters of what a call leaves behind, for whoever compares two: not a figure's colours or a text's spaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.figures import Figure, essence_of, figure_of, same_figures
from grader.traces.trace import Trace
from grader.traces.words import lines_of, same_printed

__all__ = ["essence", "same_trace"]


def essence(trace: Trace | None, value: Any) -> Any:
    """The part of a trace that says what was done, as plain data; what a call returned stays as it is."""
    if trace is None:
        return value
    if trace.kind == "output" and isinstance(value, str):
        return _printed(value)
    if trace.kind == "figures":
        return essence_of(_figures(value))
    if trace.kind == "file" and isinstance(value, Mapping):
        content = value.get("content")
        return {
            "state": value.get("state"),
            "near": value.get("near"),
            "content": _printed(content) if isinstance(content, str) else content,
        }
    return value


def same_trace(trace: Trace, one: Any, other: Any, right: Any, same: Callable[[Any, Any], bool]) -> bool:
    """Whether two values of a trace show the same.

    Args:
        trace: What was read.
        one, other: The values.
        right: The right one, or anything else if it is not known.
        same: Whether two values of plain data are the same.
    """
    if trace.kind == "output" and isinstance(one, str) and isinstance(other, str):
        return same_printed(one, other)
    if trace.kind == "figures":
        return same_figures(_figures(one), _figures(other), _figures(right) or _figures(other), same)
    if trace.kind == "file" and isinstance(one, Mapping) and isinstance(other, Mapping):
        ours, theirs = one.get("content"), other.get("content")
        if isinstance(ours, str) and isinstance(theirs, str):
            return same_printed(ours, theirs)
    return same(essence(trace, one), essence(trace, other))


def _figures(value: Any) -> list[Figure]:
    return [one for one in map(figure_of, value) if one is not None] if isinstance(value, list) else []


def _printed(text: str) -> list[Any]:
    """Each line as its words and marks, and its numbers."""
    return [
        [
            " ".join(token.text if token.number is None else "0" for token in line),
            [token.number for token in line if token.number is not None],
        ]
        for line in lines_of(text)
    ]
