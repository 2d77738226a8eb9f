"""What a student is given with a problem set besides its tests: the expected functions, and the limits of a run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.errors import GradmarkError
from grader.notebook.notes import QuestionFunctions
from grader.notebook.regions import Region

__all__ = ["FILE", "Given", "read_given"]

FILE = "gradmark.json"
"""Name of the file, beside the public tests."""


@dataclass(frozen=True)
class Given:
    """The settings of a problem set that are not secret; without a file, the defaults."""

    cell_seconds: float = 30
    call_seconds: float = 10
    submission_seconds: float = 180
    memory_mb: int = 1024
    asked: tuple[QuestionFunctions, ...] = ()
    regions: tuple[Region, ...] = ()
    """Questions of whose cells public tests ask what they print and draw."""

    @property
    def text(self) -> str:
        """The file's content."""
        settings = asdict(self) | {"asked": {question: list(names) for question, names in self.asked}}
        if not self.regions:
            del settings["regions"]
        return json.dumps(settings, indent=1, ensure_ascii=False) + "\n"


def read_given(folder: Path) -> Given:
    """The settings in a folder of public tests; raises GradmarkError if they cannot be read."""
    file = folder / FILE
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        asked = tuple(
            QuestionFunctions(question, tuple(names)) for question, names in stored.pop("asked").items()
        )
        regions = tuple(Region(one, begin, tuple(ends)) for one, begin, ends in stored.pop("regions", ()))
        return Given(**stored, asked=asked, regions=regions)
    except FileNotFoundError:
        return Given()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise GradmarkError(f"{file} cannot be read; copy it from the course's zip again") from None
