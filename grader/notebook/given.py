"""What a student is given with a problem set, beside its tests: what is asked for, and what a run of it may use."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.errors import GradmarkError
from grader.notebook.notes import QuestionFunctions

__all__ = ["FILE", "Given", "read_given"]

FILE = "gradmark.json"
"""Its name, beside the public tests."""


@dataclass(frozen=True)
class Given:
    """Settings of a problem set that are no secret; without a file, those that problem sets have by default."""

    cell_seconds: float = 30
    call_seconds: float = 10
    submission_seconds: float = 180
    memory_mb: int = 1024
    asked: tuple[QuestionFunctions, ...] = ()

    @property
    def text(self) -> str:
        """As the file has it."""
        settings = asdict(self) | {"asked": {question: list(names) for question, names in self.asked}}
        return json.dumps(settings, indent=1, ensure_ascii=False) + "\n"


def read_given(folder: Path) -> Given:
    """The settings in a folder of public tests; raises GradmarkError where they cannot be read."""
    file = folder / FILE
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        asked = tuple(
            QuestionFunctions(question, tuple(names)) for question, names in stored.pop("asked").items()
        )
        return Given(**stored, asked=asked)
    except FileNotFoundError:
        return Given()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise GradmarkError(f"{file} cannot be read; take it from the course's zip again") from None
