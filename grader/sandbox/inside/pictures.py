"""The pictures of a notebook: pasted into its text, drawn by its cells, or in files beside it.

Only a PNG or JPEG, by its first bytes, of bounded size counts as a picture. A text refers to pictures in the notebook
by ``picture:<cell>.<number>``, so that it stays short and each is found again.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from grader.notebook import NotebookCell
from grader.notebook.cells import joined
from grader.sandbox.inside.submission import Opened

__all__ = ["IMAGES", "MAX_OUTPUTS", "drawn", "picture", "picture_at", "with_references"]

IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""The kinds of pictures, each with its first bytes."""
MAX_IMAGE = 1_000_000
"""Characters of a picture in base64."""
MAX_OUTPUTS = 50
MAX_TARGETS = 50
"""Most pictures in one cell's text."""
_TARGET = r"(?:attachment:[^\s()<>\"']{1,300}|data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=%]+)"
_REFERRED = re.compile(_TARGET)
_TAG = re.compile(rf"<img\s[^<>]{{0,200}}?src\s*=\s*[\"']?({_TARGET})[^<>]{{0,300}}>", re.IGNORECASE)
_REFERENCE = re.compile(r"picture:(?P<cell>\d{1,6})\.(?P<number>\d{1,4})", re.ASCII)


def with_references(index: int, cell: NotebookCell) -> str:
    """The cell's text with short references to the pictures in it."""
    if cell.kind == "code":
        return cell.source
    text = _TAG.sub(lambda tag: f"![]({tag[1]})", cell.source)
    numbers = iter(range(MAX_TARGETS))
    return _REFERRED.sub(lambda _: f"picture:{index}.{next(numbers, MAX_TARGETS)}", text)


def drawn(index: int, cell: NotebookCell) -> list[str]:
    """References, in Markdown, to the pictures that a code cell drew."""
    found = enumerate(_outputs(cell)) if cell.kind == "code" else ()
    return [f"![drawn by the cell](picture:{index}.{number})" for number, _ in found]


def picture_at(target: str, opened: Opened, top: Path) -> str:
    """The picture that a text's target means, as an address with all of it; empty if there is none.

    Args:
        target: A reference as `with_references` makes it, or the path of a file beside the notebook.
        opened: The notebook.
        top: The folder of all of the submission's files.
    """
    reference = _REFERENCE.fullmatch(target)
    if reference is None:
        return _of_file(opened.file.parent / unquote(target), top)
    cells, number = opened.cells, int(reference["number"])
    if int(reference["cell"]) >= len(cells):
        return ""
    cell = cells[int(reference["cell"])]
    return next((one for at, one in enumerate(_pictures(cell)) if at == number), "")


def picture(mime: str, text: str) -> str:
    """The address of a picture in base64; empty if it is no picture."""
    text = "".join(text[: MAX_IMAGE + 1].split())
    if not text or len(text) > MAX_IMAGE or mime not in IMAGES:
        return ""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return ""
    return f"data:{mime};base64,{text}" if content.startswith(IMAGES[mime]) else ""


def _pictures(cell: NotebookCell) -> Iterator[str]:
    """In the order of their numbers, each as an address, or empty."""
    if cell.kind == "code":
        yield from _outputs(cell)
        return
    text = _TAG.sub(lambda tag: f"![]({tag[1]})", cell.source)
    for at, found in enumerate(_REFERRED.finditer(text)):
        if at >= MAX_TARGETS:
            return
        target = found[0]
        if target.startswith("attachment:"):
            yield _attached(cell, target.removeprefix("attachment:"))
        else:
            mime, _, data = target.removeprefix("data:").partition(";base64,")
            yield picture(mime, unquote(data))


def _attached(cell: NotebookCell, name: str) -> str:
    attachments = cell.attachments if isinstance(cell.attachments, Mapping) else {}
    kinds = attachments.get(name, attachments.get(unquote(name)))
    return _first(kinds) if isinstance(kinds, Mapping) else ""


def _outputs(cell: NotebookCell) -> Iterator[str]:
    for output in cell.outputs[:MAX_OUTPUTS] if isinstance(cell.outputs, list) else []:
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and (shown := _first(data)):
            yield shown


def _first(kinds: Mapping[Any, Any]) -> str:
    """The first kind of the picture that can be shown."""
    return next((shown for mime in IMAGES if (shown := picture(mime, joined(kinds.get(mime))))), "")


def _of_file(path: Path, top: Path) -> str:
    try:
        inside = path.resolve().is_relative_to(top.resolve()) and path.is_file()
        content = path.read_bytes() if inside and path.stat().st_size <= MAX_IMAGE * 3 // 4 else b""
    except (OSError, ValueError):
        return ""
    mime = next((mime for mime, start in IMAGES.items() if content.startswith(start)), "")
    return f"data:{mime};base64,{base64.b64encode(content).decode()}" if mime else ""
