"""A student's notebook or script: reads it, runs it as its own kernel would, and notes what happens.

The sandbox and the student's own machine run this very code, so that `gradmark check` says what grading will say.
Nothing here needs more than numpy and IPython, or knows a problem set: the functions that it asks for come as
`QuestionFunctions`.
"""

from grader.notebook.cells import NotebookCell, code_cells, read_cells
from grader.notebook.mark import marked_with, variant_mark
from grader.notebook.notes import Notes, QuestionFunctions
from grader.notebook.run import Run
from grader.notebook.shell import Shell, Stop

__all__ = [
    "NotebookCell",
    "Notes",
    "QuestionFunctions",
    "Run",
    "Shell",
    "Stop",
    "code_cells",
    "marked_with",
    "read_cells",
    "variant_mark",
]
