"""Writing files whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from grader.errors import GradmarkError

__all__ = ["write_inside", "write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name and rename it; raises GradmarkError where that fails."""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise GradmarkError(
            f"{path} cannot be written: {error.strerror}; make room and run again to go on"
        ) from None


def write_inside(folder: Path, path: str, content: bytes) -> None:
    """Write a file below a folder; a path that somebody else chose leads nowhere else."""
    parts = [part for part in Path(path).parts if part not in ("", ".", "..", "/")]
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
