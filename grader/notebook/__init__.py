"""A student's notebook or script: read, run as its own kernel would, and what is noted on the way.

The sandbox and a student's own machine run this very code, so that `gradmark check` says what grading says. Nothing
here needs more than numpy and IPython, or knows a problem set: what is asked for comes as an `QuestionFunctions`.
"""

from grader.notebook.cells import NotebookCell, code_cells, read_cells
from grader.notebook.notes import Notes, QuestionFunctions
from grader.notebook.run import NotebookRun
from grader.notebook.shell import Shell, Stop

__all__ = [
    "NotebookCell",
    "NotebookRun",
    "Notes",
    "QuestionFunctions",
    "Shell",
    "Stop",
    "code_cells",
    "read_cells",
]
