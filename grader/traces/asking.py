"""How a test asks a function for what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from grader.traces.files import content_of, parts_of
from grader.traces.trace import FIGURES, FORMS, OUTPUT, Form, Trace

if TYPE_CHECKING:
    from grader.student import Call

__all__ = ["Drawn", "Printed", "Traceable", "TraceableStudent"]


class Printed(str):
    """What a call or a question's cells printed, at most its first 100,000 characters."""

    by: str
    """Who printed it, as messages call it within a sentence."""
    returned: str
    """The name of the type of what a call returned; empty for cells."""

    def __new__(cls, text: str, by: str, returned: str = "") -> Printed:
        made = super().__new__(cls, text)
        made.by, made.returned = by, returned
        return made


class Drawn(list[Any]):
    """The figures that a call or a question's cells drew, in their order, as plain data.

    Those that a call only returned are among them.
    """

    def __init__(self, figures: Iterable[Any], by: str, returned: str = "") -> None:
        super().__init__(figures)
        self.by, self.returned = by, returned


def file_trace(path: str, form: Form) -> Trace:
    """What a file is read as; raises ValueError if that is not possible."""
    parts_of(path)
    if form not in FORMS:
        raise ValueError(f"a file is read as one of {', '.join(FORMS)}, not as {form!r}")
    return Trace("file", path, form)


class TraceableStudent:
    """A submission of which a test may ask what its cells print, draw and write."""

    def left(self, trace: Trace, question: str = "") -> Any:
        """What the cells of a question left behind; of a file, those of the whole notebook."""
        raise NotImplementedError

    def printed(self, question: str) -> Printed:
        """What a question's cells print, as a text; for `check_printed`."""
        return Printed(self.left(OUTPUT, question), f"the cell of {question}")

    def drawn(self, question: str) -> Drawn:
        """The figures that a question's cells draw; for `check_figure`."""
        return Drawn(self.left(FIGURES, question), f"the cell of {question}")

    def wrote(self, path: str, form: Form = "bytes") -> Any:
        """What is in a file that the notebook wrote; for ``form``, see `Traceable.wrote`."""
        trace = file_trace(path, form)
        return content_of(self.left(trace), path, form, "The notebook")


class Traceable:
    """A function of which a test may ask what it prints, draws and writes. Such calls are recorded like others."""

    name: str

    def made(self, trace: Trace | None, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Call:
        """Make a call; its value is what ``trace`` says, or what it returned."""
        raise NotImplementedError

    def printed(self, *arguments: Any, **keywords: Any) -> Printed:
        """What a call prints, as a text; for `check_printed`."""
        call = self.made(OUTPUT, arguments, keywords)
        return Printed(call.value, f"`{self.name}`", call.type_name)

    def drawn(self, *arguments: Any, **keywords: Any) -> Drawn:
        """The figures that a call draws, whether it shows, closes or returns them; for `check_figure`."""
        call = self.made(FIGURES, arguments, keywords)
        return Drawn(call.value, f"`{self.name}`", call.type_name)

    def wrote(self, path: str, form: Form = "bytes") -> Callable[..., Any]:
        """A function that makes a call and gives what is then in a file, which the call has to write.

        Args:
            path: The file's, in the notebook's folder.
            form: As what it is read: ``"bytes"``, ``"text"``, ``"table"`` (a CSV, by pandas), ``"array"`` (.npy, .npz
                as a dictionary, or numbers in text) or ``"json"``.

        The function raises `CheckFailed` where there is no such file, or it is something else.
        """
        trace = file_trace(path, form)

        def content(*arguments: Any, **keywords: Any) -> Any:
            call = self.made(trace, arguments, keywords)
            return content_of(call.value, path, form, f"`{self.name}`")

        return content
