"""Reads a file that code wrote, where the code runs.

Only a regular file in the folder counts, reached through no link: a pipe would never end, and a link may lead
anywhere. How much is read is bounded, however fast the file grows.
"""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args

from grader.errors import CheckFailed
from grader.output import whole
from grader.text import clean
from grader.traces.trace import FORMS, Form

__all__ = ["MOST_BYTES", "content_of", "fresh", "is_of_file", "parts_of", "read_file", "stamps"]

MOST_BYTES = 16 << 20
MOST_NAMES = 2_000
"""In a folder that is searched for nearly the same name."""
MOST_STAMPS = 5_000
Stamp = tuple[int, int, int]
State = Literal["read", "missing", "folder", "special", "large", "unreadable"]


def parts_of(path: str) -> tuple[str, ...]:
    """The parts of a relative path; raises ValueError for any other."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0].startswith("/") or ":" in parts[0]:
        raise ValueError(f"{path!r} is no path of a file in the notebook's folder")
    return parts


def stamps() -> dict[tuple[str, ...], Stamp]:
    """What tells of each file in the working folder, and in folders of it, whether it is written again."""
    found: dict[tuple[str, ...], Stamp] = {}
    for root, folders, names in os.walk("."):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if len(found) >= MOST_STAMPS:
                return found
            file = Path(root, name)
            if stamp := _stamp(file):
                found[file.parts] = stamp
    return found


def _stamp(file: Path) -> Stamp | None:
    with suppress(OSError):
        told = os.lstat(file)
        return told.st_mtime_ns, told.st_size, told.st_ino
    return None


def read_file(
    path: str, form: Form = "bytes", old: Mapping[tuple[str, ...], Stamp] | None = None
) -> dict[str, Any]:
    """What a path below the working folder holds: ``state``, and ``content`` or a ``near`` name, if there is one.

    Args:
        path: Relative.
        form: What to read it as: ``bytes``, ``text``, ``table`` (of a CSV, with pandas), ``array`` (of .npy, .npz, or
            numbers in text), ``json``.
        old: The `stamps` from before the code ran: a file that is still the same is not what it wrote.
    """
    parts = parts_of(path)
    if old and parts in old and old[parts] == _stamp(Path(*parts)):
        state, data = "missing", b""
    else:
        state, data = _bytes(parts)
    if state == "missing":
        near = _near(parts)
        return {"state": state, **({"near": near} if near else {})}
    if state != "read":
        return {"state": state}
    try:
        return {"state": "read", "content": _READ[form](data, parts[-1])}
    except Exception:  # whatever a parser makes of what a student wrote
        return {"state": "unreadable"}


def _bytes(parts: tuple[str, ...]) -> tuple[State, bytes]:
    """A file's content, if it is one."""
    plain, folder = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0), getattr(os, "O_DIRECTORY", 0)
    alone, at_once = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0)
    held: list[int] = []
    try:
        if os.open in os.supports_dir_fd:
            held.append(os.open(".", plain | folder))
            for part in parts[:-1]:
                held.append(os.open(part, plain | folder | alone, dir_fd=held[-1]))
            held.append(os.open(parts[-1], plain | alone | at_once, dir_fd=held[-1]))
        else:
            held.append(os.open(os.path.join(*parts), plain | getattr(os, "O_BINARY", 0)))
        kind = os.fstat(held[-1]).st_mode
        if not stat.S_ISREG(kind):
            return ("folder" if stat.S_ISDIR(kind) else "special"), b""
        data = _first(held[-1], MOST_BYTES + 1)
        return ("large", b"") if len(data) > MOST_BYTES else ("read", data)
    except FileNotFoundError:
        return "missing", b""
    except PermissionError:  # which Windows says of a folder
        return ("folder" if Path(*parts).is_dir() else "special"), b""
    except OSError:  # a link, a part of the path that is no folder
        return ("special" if os.path.lexists(os.path.join(*parts)) else "missing"), b""
    finally:
        for descriptor in held:
            os.close(descriptor)


def _first(descriptor: int, most: int) -> bytes:
    pieces, left = [], most
    while left > 0 and (piece := os.read(descriptor, min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _near(parts: tuple[str, ...]) -> str:
    """A file beside it whose name differs only in its case, its ending or what joins its words; empty if none does."""
    with suppress(OSError), os.scandir(os.path.join(".", *parts[:-1])) as entries:
        names = sorted(entry.name for entry, _ in zip(entries, range(MOST_NAMES), strict=False))
        for alike in (str.casefold, _stem):
            for name in names:
                if name != parts[-1] and alike(name) == alike(parts[-1]):
                    return whole(name[:200])
    return ""


def _stem(name: str) -> str:
    stem = name.casefold()
    while (cut := os.path.splitext(stem)[0]) != stem:
        stem = cut
    return "".join(filter(str.isalnum, stem))


def _text(data: bytes, name: str) -> str:
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _table(data: bytes, name: str) -> Any:
    import pandas as pd

    separator = "\t" if name.lower().endswith(".tsv") else ","
    return pd.read_csv(io.StringIO(_text(data, name)), sep=separator)


def _array(data: bytes, name: str) -> Any:
    import numpy as np

    kind = os.path.splitext(name.lower())[1]
    if kind in (".npy", ".npz"):
        loaded = np.load(io.BytesIO(data), allow_pickle=False)
        return {key: loaded[key] for key in loaded.files} if kind == ".npz" else loaded
    text = _text(data, name)
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    separator = "," if "," in (lines or [""])[-1] else None
    with suppress(ValueError):
        return np.loadtxt(lines, delimiter=separator)
    return np.loadtxt(lines[1:], delimiter=separator)  # the first names the columns


_READ: dict[Form, Any] = {
    "bytes": lambda data, name: data, "text": _text, "table": _table, "array": _array,
    "json": lambda data, name: json.loads(_text(data, name)),
}  # fmt: skip


@contextmanager
def fresh(path: str) -> Iterator[None]:
    """Have no file of that name at the beginning, and the one that was there, or none, at the end."""
    file = os.path.join(*parts_of(path))
    aside = os.path.join(os.path.dirname(file), f".{os.path.basename(file)}.before")
    kept = os.path.lexists(file) and not os.path.isdir(file)
    if kept:
        os.replace(file, aside)
    try:
        yield
    finally:
        with suppress(OSError):
            if kept:
                os.replace(aside, file)
            elif os.path.lexists(file):
                os.unlink(file)


def is_of_file(value: Any) -> bool:
    """Whether a value that comes out of a sandbox has the form of what `read_file` gives."""
    state = value.get("state") if isinstance(value, dict) else None
    if not isinstance(state, str) or state not in get_args(State):
        return False
    return ("content" in value) == (state == "read") and isinstance(value.get("near", ""), str)


# What a test gets --------------------------------------------------------------------------------------------

_NOUNS = {
    "bytes": "",
    "text": "as text in UTF-8",
    "table": "as a table",
    "array": "as numbers",
    "json": "as JSON",
}


def content_of(found: Any, path: str, form: Form, by: str) -> Any:
    """The content in what `read_file` found.

    Args:
        found: What it found, or says that it did.
        path: The path.
        form: What it was read as.
        by: Who should have written it, at the beginning of a sentence.

    Raises:
        CheckFailed: There is none; the summary says why.
    """
    state = found["state"]
    if state == "read":
        return found["content"]
    if state == "missing":
        near = found.get("near")
        there = f", but {clean(near, 60)}" if isinstance(near, str) and near else ""
        raise CheckFailed(f"{by} writes no file {path}{there}.")
    told = {
        "folder": f"{path} is a folder, but a file was expected.",
        "special": f"{path} is no ordinary file: write it with open(), and no link.",
        "large": f"{path} is larger than {MOST_BYTES >> 20} MB: write less into it.",
        "unreadable": f"{path} cannot be read {_NOUNS.get(form, '')}: look at what is in it.",
    }
    raise CheckFailed(f"{by} wrote something else: {told[state]}")


assert set(_READ) == set(FORMS)
