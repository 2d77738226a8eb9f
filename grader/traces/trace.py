"""What of a call is read in place of its value."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["FIGURES", "FORMS", "OUTPUT", "Form", "Trace"]

Form = Literal["bytes", "text", "table", "array", "json"]
FORMS: tuple[Form, ...] = ("bytes", "text", "table", "array", "json")


class Trace(NamedTuple):
    """One kind of what a call leaves behind."""

    kind: Literal["output", "figures", "file"]
    path: str = ""
    """Of a file, relative to the notebook's folder."""
    form: Form = "bytes"
    """What a file is read as."""


OUTPUT = Trace("output")
FIGURES = Trace("figures")
