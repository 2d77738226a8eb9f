"""Where a course's own code finds the data of its problem set, as a notebook does: in the folder where it runs."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["in_folder_with"]


@contextlib.contextmanager
def in_folder_with(files: Mapping[str, bytes]) -> Iterator[None]:
    """In a new folder that holds these files, by their paths; it goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="gradmark-data-") as folder:
        for name, content in files.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        with contextlib.chdir(folder):
            yield
