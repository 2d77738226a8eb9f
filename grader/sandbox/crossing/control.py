"""What the worker and its template say to each other: requests are plain words, and these are the answers."""

from __future__ import annotations

import msgspec

from grader.sandbox.isolation import Plan, Quota

__all__ = ["Ended", "Forked", "Ready", "Settings"]


class Settings(msgspec.Struct, frozen=True):
    """All that a template is told; none of it is secret from a submission."""

    plan: Plan
    quota: Quota
    user: int
    preload: list[str]
    data_files: dict[str, bytes]
    scratch: str
    scratch_mb: int
    output_kb: int
    libraries: list[str] = []
    """Folders of packages, looked into after the interpreter's own."""
    if_it_helps: bool = False
    """Whether a module is preloaded only to save time, so that one that cannot be is left to the submission."""


class Forked(msgspec.Struct, array_like=True, tag="forked"):
    """Answer to ``fork``; the child's pidfd comes with it."""

    pid: int
    folder: str
    """Its scratch folder, as the template sees it."""


class Ended(msgspec.Struct, array_like=True, tag="ended"):
    """Answer to ``end``: how the child ended."""

    exit_code: int
    """From `os.waitstatus_to_exitcode`: negative for a signal."""
    cpu_seconds: float


class Ready(msgspec.Struct, array_like=True, tag="ready"):
    """The template can fork; its own pidfd comes with it."""

    problems: dict[str, str]
    """Modules that could not be preloaded, each with the reason."""
    gradmark: str = ""
    """Its version there, which must be the worker's."""
