"""Names that students and their systems chose, made safe for paths and messages."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

from grader.text import short_digest

__all__ = ["folded", "places_below", "printable", "safe_name", "shared_start", "short_name"]

MOST = 200
"""Bytes of a name: every file system takes it, with room for a suffix and a number."""
MOST_OF_A_PATH = 1_000
_DEVICE = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
"""What Windows takes for a device, whatever its suffix."""


def safe_name(text: str) -> str:
    """A name that is one path component on any system, without control characters or a leading dot."""
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    kept = "".join(c if c.isalnum() or c in "._-+@" else "_" for c in plain)
    short = re.sub(r"_+", "_", kept).encode()[:150].decode(errors="ignore")
    name = short.strip("._-+@ ") or "unnamed"
    stem, dot, ending = name.partition(".")
    return f"{stem}_{dot}{ending}" if _DEVICE.fullmatch(stem) else name


def short_name(name: str) -> str:
    """The name or, if it is too long for a file, its beginning and a digest of all of it."""
    content = name.encode()
    if len(content) <= MOST:
        return name
    return f"{content[: MOST - 9].decode(errors='ignore')}-{short_digest(name)}"


def places_below(paths: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Where files with these paths can all lie below one folder on any system: mostly where their paths say.

    A name that is too long is cut. A file whose place is taken, by another file or a folder, gets a number.

    >>> places_below(["d", "d/x"])
    {'d': 'd-2', 'd/x': 'd/x'}
    """
    used = {_alike(path) for path in taken}
    wanted = {path: _short_path(path) for path in sorted(paths)}
    for parts in wanted.values():
        if len(parts) > 1 and _alike(parts[0]) in used:
            parts[0] += "-files"
    folders = {_alike("/".join(parts[:end])) for parts in wanted.values() for end in range(1, len(parts))}
    places = {}
    for path, parts in wanted.items():
        plain = "/".join(parts)
        tries = itertools.chain([plain], (f"{plain}-{number}" for number in itertools.count(2)))
        places[path] = next(one for one in tries if _alike(one) not in used | folders)
        used.add(_alike(places[path]))
    return places


def _short_path(path: str) -> list[str]:
    parts = [short_name(part) for part in path.split("/") if part not in ("", ".", "..")] or ["unnamed"]
    if len("/".join(parts).encode()) <= MOST_OF_A_PATH:
        return parts
    return [parts[0], f"{short_digest(path)}-{parts[-1]}"]


def _alike(path: str) -> str:
    """Equal for paths that some file systems take for the same one."""
    return unicodedata.normalize("NFC", path).casefold()


def shared_start(texts: Iterable[str]) -> str:
    """What all of the texts begin with.

    >>> shared_start(["ps1-ada", "ps1-ben"])
    'ps1-'
    """
    alike = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in alike)


def printable(text: str) -> str:
    """Text for a message: control characters and text-direction marks are shown, not obeyed."""
    return repr(text.encode("utf-8", "replace").decode())[1:-1]


def folded(text: str) -> str:
    """A name's letters and digits in lower case, as Canvas writes it, for comparing."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(c for c in plain if c.isalnum())
