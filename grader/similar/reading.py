"""Submissions and the handout, read in the sandbox to be compared: the course's code like everyone's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.reading import Fingerprints, read_fingerprints
from grader.similar.pairs import PASSAGE, WINDOW, Document

__all__ = ["read_document", "read_handout"]


def read_document(
    sandbox: Sandbox, submission: str, students: Sequence[str], files: Mapping[str, bytes], pset: str
) -> Document:
    """One submission; raises SubmissionRejected if it cannot be read, or has too much code to compare."""
    prints = read_fingerprints(sandbox, files, pset, passage=PASSAGE, window=WINDOW)
    return Document(submission, tuple(students), prints)


def read_handout(sandbox: Sandbox, cells: Sequence[str]) -> Fingerprints | None:
    """Every passage of the code that everybody was given; None if there is none."""
    if not any(cell.strip() for cell in cells):
        return None
    made = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    return read_fingerprints(
        sandbox, {"handout.ipynb": json.dumps(made).encode()}, "handout", passage=PASSAGE, window=1
    )
