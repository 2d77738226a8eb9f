"""Where Gradescope puts things, below ``/autograder``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["FILES", "Places"]

FILES = Path(__file__).parent / "files"
"""What a container or an uploaded zip needs besides the course and gradmark."""


@dataclass(frozen=True)
class Places:
    """The folder ``/autograder``, or one laid out like it."""

    root: Path = Path("/autograder")

    @property
    def source(self) -> Path:
        """What the course uploaded: the course itself."""
        return self.root / "source"

    @property
    def submission(self) -> Path:
        """The student's files."""
        return self.root / "submission"

    @property
    def metadata(self) -> Path:
        return self.root / "submission_metadata.json"

    @property
    def results(self) -> Path:
        return self.root / "results" / "results.json"
