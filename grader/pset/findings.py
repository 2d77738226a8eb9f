"""Collect errors: one check after another, each up to the error that ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.errors import CourseError

__all__ = ["every_error"]


def every_error(*checks: Callable[[], Iterable[object]]) -> list[CourseError]:
    """The errors that some checks yield, and those that end them, each once."""
    found: dict[str, CourseError] = {}
    for check in checks:
        try:
            for one in check():
                if isinstance(one, CourseError):
                    found.setdefault(str(one), one)
        except CourseError as error:
            found.setdefault(str(error), error)
    return list(found.values())
