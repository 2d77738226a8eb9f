"""Does a suite deserve trust? Try it on the reference, stubs, known mistakes, alternatives and mutants."""

from grader.validate.quick import examine, suggest
from grader.validate.report import Report
from grader.validate.run import validate

__all__ = ["Report", "examine", "suggest", "validate"]
