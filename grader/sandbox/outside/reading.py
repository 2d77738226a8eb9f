"""The code cells of a submission, read in the sandbox and not run."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np

from grader.errors import CellError, SubmissionRejected
from grader.sandbox.crossing.codec import Encoder
from grader.sandbox.crossing.messages import Load
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import MAX_CELLS, READ_SECONDS, Killed, load_notebook

__all__ = ["read_cells"]


def read_cells(sandbox: Sandbox, files: Mapping[str, bytes], name: str) -> list[str]:
    """The source of each code cell; none where they are longer than a message should be.

    Args:
        files: The submission's files by relative path.
        name: The problem set's name.

    Raises:
        SubmissionRejected: The files cannot be read as a submission.
        SandboxError: The sandbox failed.
    """
    encoder = Encoder(lambda _value: [])
    for content in files.values():
        encoder.node(np.frombuffer(content, np.uint8))
    every_cell = dict.fromkeys(range(MAX_CELLS), CellError(reason="it was to be read only"))
    paths = [path.encode("utf-8", "replace").decode() for path in files]
    request = Load(arrays=encoder.headers, paths=paths, name=name, seed=0, skip=list(every_cell))
    deadline = time.monotonic() + READ_SECONDS
    process = sandbox.fork()
    try:
        report = load_notebook(
            process,
            request,
            encoder.buffers,
            limits=sandbox.limits,
            skipped=every_cell,
            slow=set(),
            answers={},
            remaining=lambda: deadline - time.monotonic(),
        )
    except Killed as killed:
        raise SubmissionRejected(f"it cannot be read: {killed.reason}") from None
    finally:
        process.end()
    return report.sources
