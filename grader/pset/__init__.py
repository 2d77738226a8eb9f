"""A problem set as its author writes it: pset.yaml, the handout, the suite's declarations, mistakes.

`load_problem_set` reads and checks it without importing any of the course's code.
"""

from grader.pset.coursecheck import check_course, is_installed, missing_modules, suggestions
from grader.pset.digest import GradingDigest
from grader.pset.handout import Cell
from grader.pset.load import examine_problem_set, find_course, load_problem_set, resolve_problem_set
from grader.pset.otter import starter_source
from grader.pset.problemset import ProblemSet
from grader.pset.public import PublicTest, case_name, public_tests
from grader.pset.questioncells import first_line, given_texts, is_given, regions_of
from grader.pset.schema import Limits, Question
from grader.pset.suitefile import DeclaredTest
from grader.pset.variants import Variant, course_imports

__all__ = [
    "Cell",
    "DeclaredTest",
    "GradingDigest",
    "Limits",
    "ProblemSet",
    "PublicTest",
    "Question",
    "Variant",
    "case_name",
    "check_course",
    "course_imports",
    "examine_problem_set",
    "find_course",
    "first_line",
    "given_texts",
    "is_given",
    "is_installed",
    "load_problem_set",
    "missing_modules",
    "public_tests",
    "regions_of",
    "resolve_problem_set",
    "starter_source",
    "suggestions",
]
