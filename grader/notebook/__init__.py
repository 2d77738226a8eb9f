"""A student's notebook or script: read, run as its own kernel would, and what is noted on the way.

The sandbox and a student's own machine run this very code, so that `gradmark check` says what grading says. Nothing
here needs more than numpy and IPython, or knows a problem set: what is asked for comes as an `Asked`.
"""

from grader.notebook.cells import Cell, code_cells, read_cells
from grader.notebook.notes import Asked, Notes
from grader.notebook.run import Run
from grader.notebook.shell import Shell, Stop

__all__ = ["Asked", "Cell", "Notes", "Run", "Shell", "Stop", "code_cells", "read_cells"]
