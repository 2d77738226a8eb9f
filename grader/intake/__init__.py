"""Finding what students handed in, in whatever other systems export, and reading it as bytes.

Nothing that students made is parsed here: the sandbox reads archives, and grading reads notebooks.
"""

from grader.intake.find import take_in
from grader.intake.found import Attempts, Found, Intake, one_submission, without_times
from grader.intake.names import places_below, printable, safe_name
from grader.intake.roster import Roster, load_roster
from grader.intake.tree import Unused

__all__ = [
    "Attempts",
    "Found",
    "Intake",
    "Roster",
    "Unused",
    "load_roster",
    "one_submission",
    "places_below",
    "printable",
    "safe_name",
    "take_in",
    "without_times",
]
