"""Does a suite deserve trust? The reference, stubs, known mistakes, right alternatives and mutants put to it."""

from grader.validate.quick import examine, suggest
from grader.validate.report import Report
from grader.validate.run import validate

__all__ = ["Report", "examine", "suggest", "validate"]
