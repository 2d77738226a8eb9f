"""Does a suite deserve trust? Try it on the reference, stubs, known mistakes, alternatives and mutants."""

from grader.validate.equivalents import draft_equivalents
from grader.validate.quick import examine, suggest
from grader.validate.report import Naming, Report
from grader.validate.run import costs_of, naming_of, validate

__all__ = ["Naming", "Report", "costs_of", "draft_equivalents", "examine", "naming_of", "suggest", "validate"]
