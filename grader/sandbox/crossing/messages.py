"""What the grading worker and a sandboxed process say to each other.

Every message is a small msgpack structure; the arrays of the values it mentions follow it as raw bytes (see
`grader.sandbox.crossing.codec`). Values have the type `Node`, so that decoding a message builds only trees of plain
values, which the codec then checks.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.foreign import Ending, Foreign
from grader.notebook import Notes, Stop
from grader.notebook.regions import Region
from grader.sandbox.crossing.arrays import ArrayHeader
from grader.sandbox.crossing.codec import Node
from grader.sandbox.crossing.columns import Column
from grader.traces import Trace

__all__ = [
    "PROGRESS_SECONDS", "Act", "Adopted", "ArchiveRead", "ArchivedFile", "ArchivedFiles", "CallBack", "CallBackAnswer",
    "Calls", "CellFinished", "CellStarted", "CellsFound", "Confined", "Fault", "Fingerprint",
    "Fingerprinted", "FromSandbox", "Get", "Go", "Keep", "Left", "Load", "Loaded", "Message", "Outcome", "Outcomes",
    "Piece", "Progress", "ReadAt", "Rejected", "Render", "RenderAnswers", "RenderedCell",
    "RenderedMarkup", "RenderingDone", "Seen", "Submitted", "ToSandbox", "Tried", "Try", "Unpack", "Written",
]  # fmt: skip


PROGRESS_SECONDS = 0.25
"""Least time between two reports of how far a batch of calls is."""


class Message(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """Base: the headers of the arrays that follow the message."""

    arrays: list[ArrayHeader] = []


class Submitted(Message, kw_only=True, frozen=True):
    """Base: a submission's files, whose contents are the message's arrays, in this order."""

    paths: list[str] = []
    name: str = ""
    """Of the problem set: among several notebooks, the one with this name is the submission."""


# To the sandbox -----------------------------------------------------------------------------------------


class Written(msgspec.Struct, array_like=True, frozen=True):
    """A question answered in words, and how to tell its answer from the handout; nothing here is secret."""

    id: str
    begin: str
    """The question's first line in the handout."""
    ends: list[str]
    """First lines of the other questions."""
    given: list[str]
    """The question's cells as students get them."""
    others: list[str] = []
    """The handout's other text: whatever else follows the question is the student's."""
    identity: str = ""
    """nbgrader's ``grade_id`` of the cell that holds the answer, if the question is found by that."""


class Adopted(msgspec.Struct, array_like=True, frozen=True):
    """How the notebook of another grader's assignment is run; nothing here is secret."""

    restored: dict[str, str] = {}
    """Cells that are run as the author wrote them, by nbgrader's ``grade_id``."""
    before: str = ""
    """Code that runs before each cell, as the seeds do that otter sets."""
    legacy: bool = False
    """Whether numbers are printed as numpy did before its version 2."""
    quiet: bool = False
    """Whether what the cells print is not kept, because hidden tests run among them."""
    exact: bool = False
    """Whether the notebook must have its name, because others are handed in with it."""


class Load(Submitted, tag="load", kw_only=True, frozen=True):
    """Read the submission's files and run its cells."""

    seed: int
    own: int | None = None
    """How many of the last files are of the student's variant; None if the problem set has no variants."""
    skip: list[int] = []
    """Cells not to run, because they killed the process before."""
    seconds: float = 1e9
    """After this time, no further cell is started."""
    until: int | None = None
    """The last cell to run; None for all of them."""
    asked: list[tuple[str, list[str]]] = []
    """What the problem set asks for: questions, each with the names that answer it."""
    values: list[str] = []
    """Those of the names that are variables: calling one without arguments gives its value."""
    written: list[Written] = []
    """Questions whose answers should be found in the text."""
    regions: list[Region] = []
    """Questions of whose cells it is noted what they print and draw."""
    adopted: Adopted | None = None
    """Of another grader's assignment: such a notebook stops where it is told to, and `Go` lets it go on."""


class Go(Message, tag="go", kw_only=True, frozen=True):
    """Run the cells that follow, as far as one of them."""

    until: int
    seconds: float


class Act(Message, tag="act", kw_only=True, frozen=True):
    """Do one thing for a test of another grader's, and tell all of what was seen of it."""

    what: str
    """``get``, ``call``, ``attribute``, or an action that `grader.actions.act` knows."""
    name: str = ""
    """The global name that is called, or the attribute."""
    handle: int | None = None
    names: list[str] = []
    """The global names whose values are wanted."""
    positional: Node = None
    keywords: Node = None
    random: Node = None
    """The state of the global random generators, if they are to have one."""


class Try(Message, tag="try", kw_only=True, frozen=True):
    """Run a test of another grader's in this process, among the submission's own names."""

    test: Foreign
    keeps: bool = False
    """Whether the names that it binds stay, as those of a cell do."""


class Calls(Message, tag="calls", kw_only=True, frozen=True):
    """Call a function by name, or a held object, or apply an operator, once for each item of the batch."""

    name: str | None = None
    handle: int | None = None
    operator: str | None = None
    """What to do to objects, as `grader.actions.act` knows it."""
    batch: list[tuple[Node, Node]] = []
    """Nodes of the positional arguments (a tuple) and of the keywords (a dictionary)."""
    columns: list[Column] = []
    """The positional arguments of calls that are alike, instead of ``batch``."""
    count: int = 0
    """Number of calls in ``columns``."""
    trace: Trace | None = None
    """What is a call's value, if that is not what it returns."""
    seed: int | None = None
    """What to seed the global random generators with before each call."""


class Get(Message, tag="get", kw_only=True, frozen=True):
    """Fetch a global variable, an attribute of a held object or, without a name, the object itself."""

    handle: int | None = None
    name: str = ""


class Left(Message, tag="left", kw_only=True, frozen=True):
    """Fetch what a question's cells printed or drew, or a file that is in the notebook's folder now."""

    trace: Trace
    question: str = ""


class Keep(Message, tag="keep", kw_only=True, frozen=True):
    """Hold values, in place of those kept before, so that several calls get the very same; no outcomes come back.

    The worker numbers them below 0; the submission's own objects are numbered from 0.
    """

    values: list[Node]
    """Nodes."""
    first: int
    """Number of the first; the others count down from it."""


class CallBackAnswer(Message, tag="answer", kw_only=True, frozen=True):
    """What our function returned to the sandbox's call, or the exception it raised."""

    value: Node = None
    error: str | None = None


class Unpack(Message, tag="unpack", kw_only=True, frozen=True):
    """Read an archive of a whole class, asking for its bytes as needed, and send its files."""

    size: int
    """Bytes of the archive."""
    most_bytes: int
    """Of one file; a larger one is not sent."""
    most_files: int


class Piece(Message, tag="piece", kw_only=True, frozen=True):
    """The bytes asked for, as the message's only array; fewer at the archive's end."""


class Render(Submitted, tag="render", kw_only=True, frozen=True):
    """Read the submission's files and turn its notebook into markup, without running anything."""

    known: list[str] = []
    """SHA-256 of the text of the handout's own cells, whose markup is not wanted unless they have outputs."""


class RenderAnswers(Submitted, tag="answers", kw_only=True, frozen=True):
    """Turn Markdown into markup: the answers of one submission, whose files hold their pictures."""

    texts: list[str]
    pictures: list[str] = []
    """Names of pictures that the submission's cells drew; their contents follow those of the files."""


class Fingerprint(Submitted, tag="fingerprint", kw_only=True, frozen=True):
    """Read the submission's files and fingerprint its code cells, without running anything."""

    passage: int
    """Tokenized characters that a fingerprint stands for."""
    window: int
    """At least one of this many passages in a row is kept; 1 keeps all."""


ToSandbox = (
    Load | Calls | Get | Left | Keep | CallBackAnswer | Unpack | Piece | Render | RenderAnswers | Fingerprint | Go |
    Act | Try
)  # fmt: skip


# From the sandbox ---------------------------------------------------------------------------------------


class Confined(Message, tag="confined", kw_only=True, frozen=True):
    """The child is under every layer of its plan; none of the student's code has run yet."""


class Rejected(Message, tag="rejected", kw_only=True, frozen=True):
    """The submission cannot be read."""

    reason: str


class CellsFound(Message, tag="cells", kw_only=True, frozen=True):
    """The submission has been read; none of it has run yet."""

    lines: list[int]
    """Lines of each code cell."""
    firsts: list[int] = []
    """In a Python file, whose statements count as cells: the line at which each begins."""
    sources: list[str] = []
    """The cells themselves; empty if they are too long for a message."""
    answers: dict[str, str] = {}
    """Written answers by question, as far as there are any."""
    mark: str = ""
    """The variant that the notebook says it was made for: a hint, never evidence."""
    checks: list[tuple[int, str]] = []
    """Of another grader's assignment: code cells, each with what it checks or its ``grade_id``, in order."""


class CellStarted(Message, tag="started", kw_only=True, frozen=True):
    """A cell begins; its clock starts now."""

    cell: int


class CellFinished(Message, tag="finished", kw_only=True, frozen=True):
    """A cell ended, with the student's error if there was one; a hint, never evidence."""

    cell: int
    error: Stop | None = None


class Loaded(Message, tag="loaded", kw_only=True, frozen=True):
    """Every cell has been run; calls may follow."""

    output: str = ""
    """The beginning of what the submission printed."""
    output_dropped: int = 0
    """Characters of output that were not kept."""
    notes: Notes = msgspec.field(default_factory=Notes)
    """A hint, never evidence."""
    answers: dict[str, str] = {}
    """Written answers once more, now with references to what their cells drew."""
    pictures: list[str] = []
    """The names of these pictures, whose contents are the message's arrays, in this order."""


class Fault(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Why a call gave no value. This is only what the sandbox says: a hint, never evidence."""

    kind: Literal["raised", "missing", "unsendable", "uncallable"]
    type_name: str = ""
    message: str = ""
    cell: int = -1
    """Cell the exception came from; or -1."""
    line: int = 0
    """Line within that cell, from 1."""
    bases: tuple[str, ...] = ()
    """Names of the library classes that the exception's class derives from."""
    lacks: str = ""
    """The missing global name, if that is all that is wrong."""


class Outcome(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The end of one call: a value or a fault. The defaults cost nothing, since a message may hold two million."""

    value: Node = None
    type_name: str = ""
    changed: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: Fault | None = None


class Outcomes(Message, tag="outcomes", kw_only=True, frozen=True):
    """Outcomes in the batch's order; a fault ends them."""

    outcomes: list[Outcome]


class Seen(Message, tag="seen", kw_only=True, frozen=True):
    """What came of an `Act`: a value, or for ``get`` a list of values, and all else that it did."""

    value: Node = None
    fault: Fault | None = None
    printed: str = ""
    errors: str = ""
    """What went to standard error."""
    after: list[tuple[str, Node]] = []
    """The arguments that it changed in place, by position or keyword, as they are now."""
    missing: list[str] = []
    """Of ``get``: the names that are not there."""


class Tried(Message, tag="tried", kw_only=True, frozen=True):
    """What came of a `Try`, as the process says."""

    ending: Ending


class Progress(Message, tag="progress", kw_only=True, frozen=True):
    """Some of a batch's calls are done and the rest go on; each has its own time."""

    done: int


class CallBack(Message, tag="callback", kw_only=True, frozen=True):
    """The student's code calls a function that a test passed in."""

    function: int
    positional: Node
    keywords: Node


class ReadAt(Message, tag="read", kw_only=True, frozen=True):
    """Asks for bytes of the archive."""

    offset: int
    length: int


class ArchivedFile(msgspec.Struct, array_like=True, frozen=True):
    """One file of an archive; its content is the message's array at the same position."""

    path: str
    problem: str = ""
    """Why it has no content (a link, damaged, too large), as the end of a sentence about it."""


class ArchivedFiles(Message, tag="archived", kw_only=True, frozen=True):
    """The next files of the archive."""

    files: list[ArchivedFile]


class ArchiveRead(Message, tag="unpacked", kw_only=True, frozen=True):
    """The archive has been read to its end."""


class RenderedCell(Message, tag="cell", kw_only=True, frozen=True):
    """The next cell of the notebook, as text."""

    kind: Literal["code", "markdown", "other"]
    source: str


class RenderedMarkup(Message, tag="markup", kw_only=True, frozen=True):
    """A cell's source and outputs as HTML, to be checked before anybody sees it."""

    cell: int
    markup: str


class RenderingDone(Message, tag="rendered", kw_only=True, frozen=True):
    """There is no more markup."""


class Fingerprinted(Message, tag="fingerprinted", kw_only=True, frozen=True):
    """The fingerprints as four 32-bit arrays: values, places, and where each passage begins and ends."""

    text: str
    """The code that the passages are in."""
    tokens: int
    """Number of tokenized characters, among which the fingerprints have their places."""


FromSandbox = (
    Confined | Rejected | CellsFound | CellStarted | CellFinished | Loaded | Outcomes | Progress |
    CallBack | ReadAt | ArchivedFiles | ArchiveRead | RenderedCell | RenderedMarkup | RenderingDone |
    Fingerprinted | Seen | Tried
)  # fmt: skip
