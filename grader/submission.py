"""What one student or one group submitted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.results import StudentIdentity

__all__ = ["Submission"]


@dataclass(frozen=True)
class Submission:
    """Files by relative path, under a name."""

    name: str
    files: Mapping[str, bytes]
    student: StudentIdentity | None = None

    @property
    def sha256(self) -> str:
        """The digest of the files' paths and contents."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            for part in (path.encode("utf-8", "surrogateescape"), self.files[path]):
                digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()
