"""Finding what students handed in, in what other systems export, and reading it as bytes.

Nothing of a student's is parsed here: archives are read in the sandbox, notebooks when they are graded.
"""

from grader.intake.find import (
    Attempts,
    Found,
    Intake,
    find_submissions,
    one_submission,
    take_in,
    without_times,
)
from grader.intake.names import places_below, printable, safe_name
from grader.intake.roster import Roster, load_roster
from grader.intake.tree import MAX_SUBMISSION_MB, Unused

__all__ = [
    "MAX_SUBMISSION_MB",
    "Attempts",
    "Found",
    "Intake",
    "Roster",
    "Unused",
    "find_submissions",
    "load_roster",
    "one_submission",
    "places_below",
    "printable",
    "safe_name",
    "take_in",
    "without_times",
]
