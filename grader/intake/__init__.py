"""Finding what students handed in, and reading it as bytes. Nothing is parsed here."""

from grader.intake.find import MAX_SUBMISSION_MB, Found, Unused, find_submissions

__all__ = ["MAX_SUBMISSION_MB", "Found", "Unused", "find_submissions"]
