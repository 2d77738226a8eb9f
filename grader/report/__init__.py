"""The pages: a class's for its staff, each student's own, and a suite's for its author.

Every page is one file that fetches nothing and runs nothing but its own few lines of script. What students wrote
enters it as text, or as markup that was made in the sandbox and is checked here tag by tag.
"""

from grader.report.notebooks import Notebooks, Unrendered, keep_notebooks
from grader.report.outputs import GradedFolder
from grader.report.site import FolderWritten, write_folder, write_scores
from grader.report.suitepage import suite_page
from grader.report.words import outside_words

__all__ = [
    "FolderWritten",
    "GradedFolder",
    "Notebooks",
    "Unrendered",
    "keep_notebooks",
    "outside_words",
    "suite_page",
    "write_folder",
    "write_scores",
]
