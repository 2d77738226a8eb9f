"""Zips that depend on names and contents only: the same problem set gives the same bytes anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

__all__ = ["files_below", "zipped"]

# Time stands still in the zip. 1980 is the format's first year.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def files_below(folder: Path, prefix: str) -> dict[str, bytes]:
    """Contents of every file below a folder except Python's caches, by path, with ``prefix`` for the folder."""
    found = {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder)
        if file.is_file() and "__pycache__" not in path.parts:
            found[f"{prefix}/{path.as_posix()}"] = file.read_bytes()
    return found


def zipped(files: Mapping[str, bytes], *, programs: Collection[str] = ()) -> bytes:
    """The zip of some files, those in ``programs`` marked as executable."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            mode = 0o755 if name in programs else 0o644
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, mode << 16, 3
            archive.writestr(info, files[name])
    return target.getvalue()
