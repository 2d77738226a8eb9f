"""A submission's notebook or written answers as a page shows them: made in the sandbox, checked here."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from grader.errors import SubmissionRejected, WireError
from grader.limits import Limits
from grader.sandbox.crossing.channel import ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.files import encoded, sendable
from grader.sandbox.crossing.markup import is_safe
from grader.sandbox.crossing.messages import (
    Rejected,
    Render,
    RenderAnswers,
    RenderedCell,
    RenderedMarkup,
    RenderingDone,
)
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import MAX_CELLS
from grader.sandbox.outside.process import Process
from grader.text import clean

__all__ = ["ShownCell", "answers_sandbox", "page_sandbox", "render_answers", "render_notebook"]

RENDER_SECONDS = 20.0
"""For all of a notebook; cells that have no markup by then are shown as text."""
MAX_PAGE = 4 << 20
"""Characters of all cells together that are shown."""
MARKUP_OF_ANY = 100_000
MARKUP_PER_CHARACTER = 10
"""How long an answer's markup may be: one long address, referred to a thousand times, would fill a page."""
MAX_PICTURES = 1_600_000
"""Characters of an answer's pictures, which come on top."""
_PICTURE = re.compile(r'src="data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]*"')
MAX_REASON = 600


class ShownCell(msgspec.Struct, omit_defaults=True):
    """One cell in the only two forms that a page may show."""

    kind: Literal["code", "markdown", "other"]
    source: str
    """Must be escaped."""
    markup: str = ""
    """Source and outputs, checked by `is_safe`; empty if only the source is shown."""


def page_sandbox(*, unsafe: bool = False) -> Sandbox:
    """A sandbox whose children are ready to render."""
    return _sandbox("grader.sandbox.inside.page", unsafe)


def answers_sandbox(*, unsafe: bool = False) -> Sandbox:
    """A sandbox whose children are ready to render written answers."""
    return _sandbox("grader.sandbox.inside.answers", unsafe)


def _sandbox(module: str, unsafe: bool) -> Sandbox:
    limits = Limits(memory_mb=512, cpu_seconds=int(RENDER_SECONDS) + 5, processes=4, scratch_mb=128)
    return Sandbox(preload=[module], limits=limits, unsafe=unsafe)


def render_notebook(
    sandbox: Sandbox, files: Mapping[str, bytes], name: str, known: Iterable[str] = ()
) -> list[ShownCell]:
    """The cells of a submission, each at least as text, whatever becomes of its markup.

    Args:
        sandbox: As `page_sandbox` makes it; any other gives the cells as text.
        files: The submission's files by relative path.
        name: The problem set's name.
        known: SHA-256 of cells whose markup is not wanted unless they have outputs.

    Raises:
        SubmissionRejected: The files cannot be read as a submission.
        SandboxError: The sandbox failed.
    """
    encoder = encoded(files.values())
    request = Render(arrays=encoder.headers, paths=sendable(files), name=name, known=sorted(known))
    cells: list[ShownCell] = []
    process = sandbox.fork()
    try:
        process.channel.send(request, encoder.buffers, timeout=RENDER_SECONDS)
        _receive(process, cells)
    except (ChannelClosed, ChannelTimeout, WireError):
        if not cells:
            raise SubmissionRejected("it cannot be read for display") from None
    finally:
        process.end()
    return cells


def _receive(process: Process, cells: list[ShownCell]) -> None:
    """Fill ``cells`` with what comes, within bounds of number, size and time."""
    deadline, room = time.monotonic() + RENDER_SECONDS, MAX_PAGE
    while room > 0:
        if (left := deadline - time.monotonic()) <= 0:
            raise ChannelTimeout
        message, _ = process.channel.receive(timeout=left)
        if isinstance(message, Rejected):
            raise SubmissionRejected(clean(message.reason, MAX_REASON))
        if isinstance(message, RenderingDone):
            return
        if isinstance(message, RenderedCell) and len(cells) < MAX_CELLS:
            cells.append(ShownCell(message.kind, message.source[:room]))
            room -= len(message.source)
        elif isinstance(message, RenderedMarkup) and 0 <= message.cell < len(cells):
            room -= len(message.markup)
            if room >= 0 and is_safe(message.markup):
                cells[message.cell].markup = message.markup
        else:
            raise WireError("it sent a message that does not belong to rendering a notebook")


def render_answers(
    sandbox: Sandbox,
    texts: Sequence[str],
    files: Mapping[str, bytes] | None = None,
    name: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> list[str]:
    """The markup of a submission's written answers, each empty if only its text should be shown.

    Args:
        sandbox: As `answers_sandbox` makes it.
        texts: The answers, as Markdown.
        files: The submission's files by relative path, if pictures in the answers should be shown.
        name: The problem set's name.
        pictures: What its cells drew, by the names in the answers.

    Raises:
        SandboxError: The sandbox failed.
    """
    markup = [""] * len(texts)
    files, pictures = files or {}, pictures or {}
    encoder = encoded([*files.values(), *pictures.values()])
    request = RenderAnswers(
        arrays=encoder.headers, texts=list(texts), paths=sendable(files), name=name, pictures=list(pictures)
    )
    process = sandbox.fork()
    try:
        process.channel.send(request, encoder.buffers, timeout=RENDER_SECONDS)
        deadline, room = time.monotonic() + RENDER_SECONDS, MAX_PAGE
        while (left := deadline - time.monotonic()) > 0:
            message, _ = process.channel.receive(timeout=left)
            if not isinstance(message, RenderedMarkup) or not 0 <= message.cell < len(texts):
                break
            room -= len(message.markup)
            if room < 0:
                break
            if _is_bounded(message.markup, texts[message.cell]) and is_safe(message.markup):
                markup[message.cell] = message.markup
    except (ChannelClosed, ChannelTimeout, WireError):
        pass  # whatever came until then is shown
    finally:
        process.end()
    return markup


def _is_bounded(markup: str, text: str) -> bool:
    """Whether an answer's text and pictures account for the length of its markup."""
    pictures = sum(len(found[0]) for found in _PICTURE.finditer(markup))
    most = MARKUP_OF_ANY + MARKUP_PER_CHARACTER * len(text)
    return pictures <= MAX_PICTURES and len(markup) - pictures <= most
