"""A submission's life in its process: read the files, run the cells, answer calls."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from grader.errors import SubmissionRejected
from grader.foreign import as_before_numpy_2
from grader.notebook import Notes, QuestionFunctions, Run, Shell, Stop, code_cells
from grader.notebook.otter import stand_in_for_older
from grader.notebook.regions import cells_of
from grader.notebook.surroundings import be_somebody
from grader.notebook.traces import CellTraces
from grader.output import whole
from grader.places import starts_here
from grader.sandbox.crossing.channel import Channel, ChannelClosed
from grader.sandbox.crossing.control import Settings
from grader.sandbox.crossing.files import encoded, files_of
from grader.sandbox.crossing.messages import (
    Calls,
    CellFinished,
    CellsFound,
    CellStarted,
    Fingerprint,
    Get,
    Keep,
    Left,
    Load,
    Loaded,
    Rejected,
    Render,
    RenderAnswers,
    Unpack,
)
from grader.sandbox.inside.adopted import as_adopted, prepared, serve_adopted
from grader.sandbox.inside.archive import send_archive
from grader.sandbox.inside.calls import Answerer
from grader.sandbox.inside.drawn import DrawnPictures
from grader.sandbox.inside.submission import read_submission
from grader.sandbox.inside.written import code_places, written_answers
from grader.traces import Trace

__all__ = ["live"]

MAX_NOTED = 500
"""Most names of each kind that are sent."""
MAX_NAME = 100
MAX_SENT_SOURCE = 200_000
"""Characters of all cells together; longer sources are not sent."""


def live(channel: Channel[Any], shell: Shell, settings: Settings) -> None:
    """Serve the worker until it hangs up."""
    message, body = channel.receive()
    if isinstance(message, Unpack):
        send_archive(channel, message)
    elif isinstance(message, Render):
        from grader.sandbox.inside.page import send_page  # needs nbconvert, which grading does not

        send_page(channel, message, body)
    elif isinstance(message, RenderAnswers):
        from grader.sandbox.inside.answers import send_answers

        send_answers(channel, message, body)
    elif isinstance(message, Fingerprint):
        from grader.sandbox.inside.fingerprints import send_fingerprints

        send_fingerprints(channel, message, body)
    elif isinstance(message, Load):
        _run(channel, shell, settings, message, body)


def _run(channel: Channel[Any], shell: Shell, settings: Settings, message: Load, body: bytearray) -> None:
    _prepare_process(message.seed)
    try:
        files = files_of(message, body)
        own = {name: files.pop(name) for name in message.paths[len(message.paths) - (message.own or 0) :]}
        everything, file, script, mark = read_submission(
            files,
            message.name,
            Path.cwd(),
            marked=message.own is not None,
            exact=message.adopted is not None and message.adopted.exact,
        )
    except SubmissionRejected as rejection:
        channel.send(Rejected(reason=str(rejection)))
        return
    _settle(file.parent, settings, own, over=message.adopted is not None)
    shell.enter(str(file.parent), [file.name], str(file) if script else None)
    checks: list[tuple[int, str]] = []
    if message.adopted is not None:
        everything, checks = as_adopted(everything, message.adopted)
        stand_in_for_older()
    cells = code_cells(everything)
    answers = written_answers(everything, message.written)
    short = cells if sum(map(len, cells)) <= MAX_SENT_SOURCE else []
    short = [whole(cell) for cell in short]  # JSON may hold half a character
    lines = [cell.count("\n") + 1 for cell in cells]
    firsts = [cell.first for cell in everything if cell.first]
    found = CellsFound(lines=lines, firsts=firsts, sources=short, answers=answers, mark=mark, checks=checks)
    channel.send(found)
    asked = [QuestionFunctions(question, tuple(functions)) for question, functions in message.asked]
    clock = _CellClock()
    quiet = message.adopted is not None and message.adopted.quiet
    shell.open_output(0 if quiet else settings.output_kb * 1024)
    shell.keep_reserve()
    regions = {region.question: cells_of(everything, region) for region in message.regions}
    places = code_places(everything, message.written)
    pictures = DrawnPictures(places)
    asked_for = {cell for cells in regions.values() for cell in cells}
    shell.traces = traces = CellTraces(asked_for | places.keys(), pictures.add if places else None)

    def finished(cell: int, stop: Stop | None) -> None:
        if cell in places:
            pictures.ran.add(places[cell])
        channel.send(CellFinished(cell=cell, error=stop))

    if message.adopted is not None and message.adopted.legacy:
        as_before_numpy_2()
    run = Run(
        shell,
        everything,
        asked,
        started=lambda cell: channel.send(CellStarted(cell=cell)),
        finished=finished,
        clock=lambda: clock if message.adopted is None else prepared(message.adopted, shell.namespace, clock),
        skip=message.skip,
        watched=message.adopted is None,
    )
    notes = run.go(seconds=message.seconds, until=message.until)
    if message.adopted is not None:
        serve_adopted(channel, shell, run, lambda notes: _loaded(shell, notes), notes)
        return
    kept = shell.output.take()
    encoder = encoded(pictures.pictures.values())
    loaded = Loaded(
        arrays=encoder.headers,
        output=kept,
        output_dropped=shell.output.dropped,
        notes=_sendable(notes),
        answers=written_answers(everything, message.written, pictures) if places else {},
        pictures=list(pictures.pictures),
    )
    channel.send(loaded, encoder.buffers)

    def left(trace: Trace, question: str) -> Any:
        return traces.of(trace, regions.get(question, ()))

    answerer = Answerer(channel, shell.namespace, frozenset(message.values), left)
    while True:
        try:
            request, body = channel.receive()
        except ChannelClosed:
            return
        if isinstance(request, Calls):
            answerer.calls(request, body)
        elif isinstance(request, Get):
            answerer.get(request)
        elif isinstance(request, Left):
            answerer.left(request)
        elif isinstance(request, Keep):
            answerer.keep(request, body)


def _loaded(shell: Shell, notes: Notes) -> Loaded:
    return Loaded(output=shell.output.so_far(), output_dropped=shell.output.dropped, notes=_sendable(notes))


def _settle(folder: Path, settings: Settings, own: dict[str, bytes], *, over: bool = False) -> None:
    """Go to the notebook's own folder, and put the problem set's data there unless the student brought it.

    The student's ``own`` data, of which others have other versions, are put there in any case, and so are all files
    where they go ``over`` the student's: otter and nbgrader copy the author's files over those that were handed in.
    """
    for name, content in own.items():
        with contextlib.suppress(OSError):
            (folder / name).write_bytes(content)
    for name, content in settings.data_files.items():
        path = folder / name
        if over or not path.exists():
            with contextlib.suppress(OSError):  # a file of the student's is in the way
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    sys.path.insert(0, str(folder))
    if folder != Path.cwd():
        sys.path.append(os.getcwd())  # for helper modules at the top of the submission
        os.chdir(folder)
        os.environ["PWD"] = str(folder)


def _sendable(notes: Notes) -> Notes:
    """The notes in a form that can be sent: of bounded size, with names that UTF-8 can hold."""

    def few(names: dict[str, Any]) -> dict[str, Any]:
        short = ((name, value) for name, value in names.items() if _is_short(name))
        return dict(itertools.islice(short, MAX_NOTED))

    return Notes(
        lacking=few(notes.lacking),
        gone=few(notes.gone),
        near={name: near for name, near in few(notes.near).items() if _is_short(near)},
        elsewhere={
            name: found._replace(kind=found.kind[:MAX_NAME]) for name, found in few(notes.elsewhere).items()
        },
        unanswered=[name for name in notes.unanswered if _is_short(name)][:MAX_NOTED],
        places={question: place for question, place in few(notes.places).items() if _is_short(place.change)},
        unrun=notes.unrun,
    )


def _is_short(name: str) -> bool:
    return len(name) <= MAX_NAME and whole(name) == name


class _CellClock:
    """Lets the worker's SIGINT interrupt a cell, and nothing else."""

    def __init__(self) -> None:
        self._running = False
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._running:
            raise KeyboardInterrupt

    def __enter__(self) -> None:
        self._running = True

    def __exit__(self, *_: object) -> None:
        self._running = False


def _prepare_process(seed: int) -> None:
    folder = os.getcwd()
    starts_here()
    os.environ.update(HOME=folder, TMPDIR=folder, PWD=folder, MPLCONFIGDIR=folder, IPYTHONDIR=folder)
    be_somebody("student")
    tempfile.tempdir = None  # the template's is a folder that this process may not write in
    # Then writing past the largest file size raises an error that a notebook can report, instead of killing it.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    random.seed(seed)  # the notebook may use the global generators
    np.random.seed(seed % 2**32)
