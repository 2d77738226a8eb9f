"""What a call, or a cell, leaves behind besides its value: what it prints, draws and writes.

A test asks for one of these in place of the value. It is read where the code runs, the sandbox or a student's own
notebook, and becomes plain data there; only these are judged.
"""

from grader.traces.asking import Drawn, Printed, Traceable, TraceableStudent
from grader.traces.drawing import MOST_FIGURES, Drawings, close_figures, drawings, without_a_screen
from grader.traces.essence import essence, same_trace
from grader.traces.files import content_of, is_of_file, read_file, stamps
from grader.traces.printing import MOST_PRINTED, as_shown, printing
from grader.traces.trace import FIGURES, FORMS, OUTPUT, Form, Trace
from grader.traces.tracing import traced, untraced
from grader.traces.words import Token, lines_of, same_line, same_token

__all__ = [
    "FIGURES",
    "FORMS",
    "MOST_FIGURES",
    "MOST_PRINTED",
    "OUTPUT",
    "Drawings",
    "Drawn",
    "Form",
    "Printed",
    "Token",
    "Trace",
    "Traceable",
    "TraceableStudent",
    "as_shown",
    "close_figures",
    "content_of",
    "drawings",
    "essence",
    "is_of_file",
    "lines_of",
    "printing",
    "read_file",
    "same_line",
    "same_token",
    "same_trace",
    "stamps",
    "traced",
    "untraced",
    "without_a_screen",
]
