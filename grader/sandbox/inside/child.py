"""A submission's life in its process: read the files, run the cells, answer calls."""

from __future__ import annotations

import contextlib
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
from grader.sandbox.crossing.channel import Channel, ChannelClosed
from grader.sandbox.crossing.codec import arrays_of
from grader.sandbox.crossing.control import Settings
from grader.sandbox.crossing.messages import (
    Calls,
    CellFinished,
    CellsFound,
    CellStarted,
    Fingerprint,
    Get,
    Keep,
    Load,
    Loaded,
    Rejected,
    Render,
    RenderAnswers,
    Unpack,
)
from grader.sandbox.inside.archive import send_archive
from grader.sandbox.inside.calls import Answerer, cell_that_defines
from grader.sandbox.inside.shell import Shell
from grader.sandbox.inside.submission import code_cells, read_submission
from grader.sandbox.inside.written import written_answers

__all__ = ["live"]

MAX_SENT_SOURCE = 200_000
"""Characters of source, of all cells together, that are sent at all."""


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
    contents = [array.tobytes() for array in arrays_of(message.arrays, body)]
    files = dict(zip(message.paths, contents, strict=True))
    _prepare_process(message.seed)
    try:
        everything, folder = read_submission(files, message.name, Path.cwd())
    except SubmissionRejected as rejection:
        channel.send(Rejected(reason=str(rejection)))
        return
    _settle(folder, settings)
    cells = code_cells(everything)
    answers = written_answers(everything, message.written)
    short = cells if sum(map(len, cells)) <= MAX_SENT_SOURCE else []
    short = [cell.encode("utf-8", "replace").decode() for cell in short]  # JSON may hold half a character
    lines = [cell.count("\n") + 1 for cell in cells]
    channel.send(CellsFound(lines=lines, sources=short, answers=answers))
    failed = _run_cells(channel, shell, cells, set(message.skip), settings)
    kept = shell.output.take()
    channel.send(Loaded(output=kept, output_dropped=shell.output.dropped))
    answerer = Answerer(channel, shell.namespace, lambda name: cell_that_defines(name, cells, failed))
    while True:
        try:
            request, body = channel.receive()
        except ChannelClosed:
            return
        if isinstance(request, Calls):
            answerer.calls(request, body)
        elif isinstance(request, Get):
            answerer.get(request)
        elif isinstance(request, Keep):
            answerer.keep(request, body)


def _settle(folder: Path, settings: Settings) -> None:
    """Go to the notebook's own folder, beside which the problem set's data lie where the student brought none."""
    for name, content in settings.data_files.items():
        path = folder / name
        if not path.exists():
            with contextlib.suppress(OSError):  # a file of the student's stands in the way
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    sys.path.insert(0, str(folder))
    if folder != Path.cwd():
        sys.path.append(os.getcwd())  # helpers at the top of what was handed in
        os.chdir(folder)
        os.environ["PWD"] = str(folder)


def _run_cells(
    channel: Channel[Any], shell: Shell, cells: list[str], skip: set[int], settings: Settings
) -> set[int]:
    """Run every cell but the skipped ones, going on after errors; those that did not come to their end."""
    shell.open_output(settings.output_kb * 1024)
    shell.keep_reserve()
    clock = _CellClock()
    failed = set(skip)
    for index, source in enumerate(cells):
        if index in skip:
            continue
        channel.send(CellStarted(cell=index))
        with clock:
            error = shell.run(source)
        if error is not None:
            failed.add(index)
        channel.send(CellFinished(cell=index, error=error))
    return failed


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
    os.environ.update(HOME=folder, TMPDIR=folder, PWD=folder, MPLCONFIGDIR=folder)
    tempfile.tempdir = None  # as the template found it: a folder that this process may not write in
    # Writing past the largest file then fails with an error a notebook can report, instead of killing it.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    random.seed(seed)  # the notebook may use the global generators
    np.random.seed(seed % 2**32)
