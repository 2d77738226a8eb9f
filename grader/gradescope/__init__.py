"""Grading one submission in a Gradescope container: reading what Gradescope says about it, writing results.json.

`grade_here` is what ``gradmark run`` does. What else a container or an uploaded zip needs lies in ``files/``:
run_autograder, setup.sh and the pinned requirements.
"""

from grader.gradescope.metadata import Metadata, PreviousSubmission, read_metadata
from grader.gradescope.places import FILES, Places
from grader.gradescope.results import Results, Test, failed_results, results_of
from grader.gradescope.run import grade_here

__all__ = [
    "FILES",
    "Metadata",
    "Places",
    "PreviousSubmission",
    "Results",
    "Test",
    "failed_results",
    "grade_here",
    "read_metadata",
    "results_of",
]
