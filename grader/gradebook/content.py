"""The files of attempts and their rendered notebooks: stored compressed, equal content once, up to a limit.

To the gradebook, files are bytes that nothing here parses. `sweep` removes content that no attempt refers to any more.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, exists, func, insert, select

from grader.gradebook.database import inserted
from grader.gradebook.personal import AttemptFile, Blob, HandoutCell, RenderedNotebook
from grader.gradebook.remember import storable

__all__ = [
    "files_of",
    "handout_of",
    "keep_files",
    "keep_handout",
    "keep_notebook",
    "notebook_of",
    "pack",
    "sweep",
    "unpack",
    "without_notebook",
]

KEEP_MB = 32
"""The most that an attempt's files may have in total; of a larger attempt only the name and digest are kept."""
LEVEL = 6


def pack(content: bytes) -> bytes:
    """The content, compressed."""
    return zlib.compress(content, LEVEL)


def unpack(data: bytes) -> bytes:
    """The content that `pack` compressed; nobody else's compressed data ever gets into the gradebook."""
    return zlib.decompress(data)


def keep(connection: Connection, content: bytes) -> int:
    """The number of the blob with this content, which is added if it is new."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = connection.scalar(select(Blob.id).where(Blob.sha256 == sha256))
    if found is not None:
        return int(found)
    row = {"sha256": sha256, "size": len(content), "data": pack(content)}
    return inserted(connection, Blob, row)


def keep_files(connection: Connection, attempt: int, files: Mapping[str, bytes]) -> None:
    """Keep an attempt's files, unless they are too large."""
    if sum(map(len, files.values())) > KEEP_MB << 20:
        return
    rows = [
        {"attempt_id": attempt, "path": storable(path), "blob_id": keep(connection, content)}
        for path, content in files.items()
    ]
    if rows:
        connection.execute(insert(AttemptFile), rows)


def files_of(connection: Connection, attempt: int) -> dict[str, bytes]:
    """An attempt's files by path; none if they were too large, pruned or erased."""
    rows = connection.execute(
        select(AttemptFile.path, Blob.data)
        .join(Blob, Blob.id == AttemptFile.blob_id)
        .where(AttemptFile.attempt_id == attempt)
        .order_by(AttemptFile.id)
    )
    return {path: unpack(data) for path, data in rows}


def sweep(connection: Connection) -> int:
    """Remove content that nothing refers to; returns the bytes freed."""
    unused = ~exists().where(AttemptFile.blob_id == Blob.id) & ~exists().where(
        RenderedNotebook.blob_id == Blob.id
    )
    freed = connection.scalar(select(func.sum(func.length(Blob.data))).where(unused)) or 0
    connection.execute(delete(Blob).where(unused))
    return int(freed)


# Rendered notebooks -------------------------------------------------------------------------------------------


def without_notebook(connection: Connection, attempts: Iterable[int]) -> list[int]:
    """Which of these attempts have no rendered notebook kept, in the same order."""
    kept = set(connection.scalars(select(RenderedNotebook.attempt_id)))
    return [attempt for attempt in attempts if attempt not in kept]


def keep_notebook(connection: Connection, attempt: int, content: bytes) -> None:
    """Keep an attempt's rendered notebook, unless it has one already."""
    known = select(RenderedNotebook.attempt_id).where(RenderedNotebook.attempt_id == attempt)
    if connection.scalar(known) is None:
        row = {"attempt_id": attempt, "blob_id": keep(connection, content)}
        connection.execute(insert(RenderedNotebook).values(row))


def notebook_of(connection: Connection, attempt: int) -> bytes | None:
    """An attempt's rendered notebook; None if none is kept."""
    data = connection.scalar(
        select(Blob.data)
        .join(RenderedNotebook, RenderedNotebook.blob_id == Blob.id)
        .where(RenderedNotebook.attempt_id == attempt)
    )
    return None if data is None else unpack(data)


def keep_handout(connection: Connection, pset: int, markup: Mapping[str, str]) -> None:
    """Add markup of the handout's cells, by the SHA-256 of their text; those of earlier handouts stay."""
    known = handout_of(connection, pset)
    rows = [
        {"pset_id": pset, "sha256": sha256, "markup": text}
        for sha256, text in sorted(markup.items())
        if sha256 not in known
    ]
    if rows:
        connection.execute(insert(HandoutCell), rows)


def handout_of(connection: Connection, pset: int) -> dict[str, str]:
    """Markup of the handout's cells, by the SHA-256 of their text."""
    rows = select(HandoutCell.sha256, HandoutCell.markup).where(HandoutCell.pset_id == pset)
    return dict(connection.execute(rows).all())
