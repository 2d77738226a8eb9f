"""``make fuzz``: random input for everything that reads what a submission made, for a bounded time.

Four targets: a frame as the worker reads it (`Channel.receive`, then `Decoder`), the files of a submission and the
archive of a class as the sandbox reads them, and the search for submissions on disk. A crash, more memory than the
input pays for, or a hang is a failure, and the input is printed. Coverage guides half of the search where atheris is
installed; the other inputs are mutations of good ones, from a seed that is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import os
import random
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import msgspec
import numpy as np

from grader.checks import check_figure, check_printed
from grader.errors import CheckFailed, GradmarkError, SubmissionRejected, WireError
from grader.intake import find, names, take_in, tree
from grader.judge.calls import behaviour, same_outcome
from grader.libraries import Sparse
from grader.notebook import Stop
from grader.sandbox.crossing import arrays, channel, codec, texts
from grader.sandbox.crossing.channel import Channel, ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.codec import GENERATOR, INTO_THE_SANDBOX, Decoder, Encoder
from grader.sandbox.crossing.generators import state_of
from grader.sandbox.crossing.messages import (
    ArchivedFiles,
    ArchiveRead,
    CallBack,
    CellFinished,
    Fingerprinted,
    FromSandbox,
    Loaded,
    Outcome,
    Outcomes,
    Piece,
    ReadAt,
    Rejected,
    Unpack,
)
from grader.sandbox.inside import archive, members, packed, submission, tars, zips
from grader.sandbox.inside.archive import send_archive
from grader.sandbox.inside.submission import read_submission
from grader.sandbox.isolation.rlimits import address_space
from grader.sandbox.outside import reading
from grader.sandbox.outside.believed import trace_of
from grader.sandbox.outside.drawn import is_png, pictures_of
from grader.student import Call
from grader.tables import columns, wellformed
from grader.tables import frames as frames_of_pandas
from grader.traces import FIGURES, OUTPUT, Trace, content_of
from tests.fuzz_values import tables

MOST_SECONDS = 5.0
"""For one input, on a slow and busy machine; a good one takes a thousandth of this."""
MOST_MEMORY_MB = 400
"""Beyond what the process has when it begins: an unpacked submission, at most 64 MB, a few times over."""


def frames() -> list[bytes]:
    """Well-formed messages, as bytes."""
    encoder = Encoder(lambda value: [7, 1, "Adam"])
    value = [1, 2.5, "a", b"b", None, True, 1 + 2j, 2**80, (1, [2]), {"k": 1, 3: (4, 5)}, object()]
    value += [np.ones((2, 3)), np.float32(1)]
    outcome = Outcomes(outcomes=[Outcome(encoder.node(value))], arrays=encoder.headers)
    left = Encoder(lambda value: [7, 1, "Figure"])
    line = {"x": np.arange(3.0), "y": np.ones(3), "label": "a", "style": "-", "across": ""}
    axes = {
        "title": "t",
        "xlabel": "x",
        "yscale": "log",
        "legend": ["a"],
        "lines": [line],
        "bars": [],
        "texts": [],
    }
    figure = {"title": "", "axes": [axes], "texts": [], "cut": False}
    values: list[Any] = [
        [figure, figure],
        {"state": "read", "content": np.eye(2)},
        "epoch 1: loss = 0.5\n" * 3,
    ]
    traced = Outcomes(outcomes=[Outcome(left.node(value)) for value in values], arrays=left.headers)
    drawn = Encoder()
    drawn.node(np.frombuffer(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40), np.uint8))
    loaded = Loaded(arrays=drawn.headers, answers={"q1": "![a](drawn:1.0)"}, pictures=["1.0"])
    messages: list[tuple[Any, bytes]] = [(traced, b"".join(bytes(buffer) for buffer in left.buffers))]
    messages.append((loaded, b"".join(bytes(buffer) for buffer in drawn.buffers)))
    messages.append((outcome, b"".join(encoder.buffers)))
    sparse = Sparse((3, 10**9), (np.array([0, 2]), np.array([7, 10**8])), np.array([1.0, 2.0]))
    for table in (*tables(), sparse, [sparse, ("unknown", ["t"])]):
        encoder = Encoder(lambda value: [])
        outcome = Outcomes(outcomes=[Outcome(encoder.node(table))], arrays=encoder.headers)
        messages.append((outcome, b"".join(encoder.buffers)))
    # What only goes in is refused.
    encoder = Encoder(lambda value: [GENERATOR, *state_of(value)], room=INTO_THE_SANDBOX)
    inward = encoder.node(
        [slice(1, None, 2), ..., np.random.default_rng(0), random.Random(1), {"k": slice(None)}]
    )
    outcome = Outcomes(outcomes=[Outcome(inward)], arrays=encoder.headers)
    messages.append((outcome, b"".join(encoder.buffers)))
    messages += [(CellFinished(cell=1, error=Stop("x")), b"")]
    messages.append((CallBack(function=0, positional=[1, 1.0], keywords=[2]), b""))
    prints = Encoder(lambda value: [])
    for row in ([7, 7, 9], [0, 1, 5], [0, 1, 5], [25, 26, 30]):
        prints.node(np.array(row, np.uint32))
    said = Fingerprinted(arrays=prints.headers, text="x" * 40, tokens=40)
    messages.append((said, b"".join(bytes(buffer) for buffer in prints.buffers)))
    made = []
    for message, body in messages:
        header = msgspec.msgpack.encode(message)
        made.append(struct.pack("<IQ", len(header), len(body)) + header + body)
    return made


def archives() -> list[bytes]:
    """Well-formed submissions: notebooks, scripts and zips, as bytes."""
    cells = [{"cell_type": "code", "source": ["a = 1\n", "b = 2"]}, {"cell_type": "markdown", "source": "x"}]
    notebook = json.dumps({"cells": cells, "nbformat": 4, "worksheets": [{"cells": cells}]}).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ps.ipynb", notebook)
        archive.writestr("d/data.csv", "1,2\n" * 50)
        archive.writestr("d/data.txt", "1,2\n" * 50, zipfile.ZIP_LZMA)
    return [notebook, packed.getvalue(), b"# %%\na = 1\n# In[2]:\ndef f():\n    return 1\n", *packed_tars()]


def packed_tars() -> list[bytes]:
    """A tar packed in every way."""
    made = []
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode=mode, format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
            for name in ("ada/ps.ipynb", "b\u00e9n/" + "d/" * 60 + "ps.ipynb"):
                entry = tarfile.TarInfo(name)
                entry.size = 60
                tar.addfile(entry, io.BytesIO(b"x" * 60))
        made.append(packed.getvalue())
    return made


def class_archives() -> list[bytes]:
    """Archives of two students, packed in the ways that archives of a class are."""
    return [archives()[1], *packed_tars()]


def read_frame(data: bytes) -> None:
    """What the worker does with bytes out of the sandbox."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        theirs.settimeout(1)
        with contextlib.suppress(TimeoutError):
            theirs.sendall(data[:100_000])
        theirs.close()
        with contextlib.suppress(WireError, ChannelClosed, ChannelTimeout):
            message, body = Channel(ours, FromSandbox).receive(timeout=2)
            decoder = Decoder(message.arrays, body, lambda node: node)
            if isinstance(message, Outcomes):
                for outcome in message.outcomes:
                    look_at(decoder.value(outcome.value))
            if isinstance(message, Loaded):
                assert all(map(is_png, pictures_of(message, body).values()))
            if isinstance(message, Fingerprinted):
                reading.checked(message, body, 25)
            if isinstance(message, CallBack):
                decoder.value(message.positional), decoder.value(message.keywords)


def look_at(value: Any) -> None:
    """What the judge does with a value that may stand for figures, a file or printed text."""
    for trace in (OUTPUT, FIGURES, Trace("file", "a.csv", "table")):
        with contextlib.suppress(WireError):
            left = trace_of(trace, value)
            same_outcome(Call("f", (), {}, left, "", trace=trace), Call("f", (), {}, left, "", trace=trace))
            behaviour([Call("f", (), {}, left, "", trace=trace)])
            if trace.kind == "file":
                with contextlib.suppress(CheckFailed):
                    content_of(left, "a.csv", "table", "`f`")
    with contextlib.suppress(CheckFailed):
        check_figure(
            value, lines={"a": ([0, 1, 2], [1, 1, 1])}, vertical=[1], bars=[[1]], xlabel="x", legend=True
        )
    with contextlib.suppress(CheckFailed):
        check_printed(value, "epoch 1: loss = 0.5", extra=True)


@contextlib.contextmanager
def a_rejection() -> Iterator[None]:
    """A rejection is a right answer, unless what it hides is that memory ran out."""
    try:
        yield
    except SubmissionRejected as rejection:
        cause: BaseException | None = rejection
        while cause is not None:
            if isinstance(cause, MemoryError):
                raise cause from None
            cause = cause.__context__


def read_files(data: bytes) -> None:
    """What the sandbox does with a submission's files, before any of it runs."""
    for name in ("ps.ipynb", "a.zip", "a.tgz", "ps.py"):
        folder = Path(tempfile.mkdtemp(prefix="gradmark-fuzz-"))
        try:
            with a_rejection():
                read_submission({name: data}, "ps", folder)
        finally:
            shutil.rmtree(folder)


class Worker:
    """The other end of the channel while the sandbox reads an archive of a class."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._wanted: ReadAt | None = None
        self.files = 0
        self.done = False

    def send(self, message: Any, buffers: Any = None) -> None:
        assert not self.done
        if isinstance(message, ReadAt):
            self._wanted = message
        elif isinstance(message, ArchivedFiles):
            self.files += len(message.files)
            assert sum(len(buffer) for buffer in buffers) <= channel.MAX_BODY
        else:
            assert isinstance(message, ArchiveRead | Rejected)
            assert "MemoryError" not in getattr(message, "reason", "")
            self.done = True

    def receive(self) -> tuple[Piece, bytearray]:
        assert self._wanted is not None
        at, encoder = self._wanted.offset, Encoder(lambda _value: [])
        encoder.node(np.frombuffer(self._data[at : at + self._wanted.length], np.uint8))
        return Piece(arrays=encoder.headers), bytearray(b"".join(encoder.buffers))


def read_class(data: bytes) -> None:
    """What the sandbox does with an archive of a whole class."""
    worker: Any = Worker(data)
    send_archive(worker, Unpack(size=len(data), most_bytes=1 << 20, most_files=1_000))
    assert worker.done
    assert worker.files <= 1_000


def find_files(data: bytes) -> None:
    """What the worker does with a folder of submissions: names and kinds of files, taken from the bytes."""
    folder = Path(tempfile.mkdtemp(prefix="gradmark-fuzz-"))
    try:
        for part in data.split(b"\n")[:12]:
            name = part[1:100].replace(b"/", b"_").replace(b"\0", b"_")
            if not name or name in (b".", b".."):
                continue
            path = Path(str(folder) + "/" + name.decode("utf-8", "surrogateescape"))
            with contextlib.suppress(OSError):
                if part[0] % 4 == 0:
                    path.mkdir()
                elif part[0] % 4 == 1:
                    path.symlink_to("/etc")
                else:
                    path = path.with_name(path.name + ".ipynb") if part[0] % 4 == 2 else path
                    path.write_bytes(b"{}")
        with contextlib.suppress(GradmarkError):
            found = take_in([folder], "ps").found
            for one in found:
                assert one.name.isprintable()
                assert "/" not in one.name
                assert not one.name.startswith(".")
                with contextlib.suppress(SubmissionRejected):
                    one.read()
    finally:
        shutil.rmtree(folder)


TARGETS: list[tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = [
    (read_frame, frames),
    (read_files, archives),
    (read_class, class_archives),
    (
        find_files,
        lambda: [b"\x02a\n\x03b.zip\n\x00c\n\x01d.ipynb\n\x02\xff\xfe", "\x02\u202ea\n\x02=cmd".encode()],
    ),
]


def mutated(rng: random.Random, seed: bytes) -> bytes:
    """A copy with some bytes changed, removed, repeated or replaced by a telling number."""
    data = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[at : at + rng.choice((1, 4, 30))]
            case 2:
                data[at:at] = data[max(at - 20, 0) : at] * rng.choice((1, 2, 200))
            case 3:
                data[at : at + 4] = rng.choice(
                    (b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f", b"\xdd\x00\xff\xff")
                )
            case 4:
                data[at:at] = rng.randbytes(rng.choice((1, 8, 64)))
            case _:
                data[at:at] = rng.choice(
                    (b"[" * 3000, b"\x91" * 3000, b"{" * 50, b"9" * 6000, b"\xed\xa0\x80")
                )
    return bytes(data)


def attempt(target: Callable[[bytes], None], data: bytes) -> None:
    """Run a target on an input; print the input where that fails."""
    started = time.monotonic()
    try:
        target(data)
        took = time.monotonic() - started
        if took > MOST_SECONDS:
            raise TimeoutError(f"took {took:.1f} s")
    except BaseException as error:
        if not isinstance(error, KeyboardInterrupt):
            print(
                f"{target.__name__} failed on {data[:2000]!r}: {type(error).__name__}: {error}",
                file=sys.stderr,
            )
        raise


def bound_memory() -> None:
    """From here on, an allocation beyond what any input pays for fails."""
    most = address_space() + (MOST_MEMORY_MB << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """What a module defines: functions, and those of its classes."""
    for thing in list(vars(module).values()):
        inner = list(vars(thing).values()) if isinstance(thing, type) else [thing]
        if getattr(thing, "__module__", None) == module.__name__:
            yield from (one for one in inner if isinstance(one, FunctionType))


def guided(target: Callable[[bytes], None], seeds: list[bytes], seconds: float) -> None:
    """Let atheris look for inputs; it ends the process."""
    import atheris

    corpus = Path(tempfile.mkdtemp(prefix="gradmark-fuzz-"))
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    for module in (
        channel,
        codec,
        arrays,
        texts,
        columns,
        frames_of_pandas,
        wellformed,
        archive,
        members,
        packed,
        submission,
        tars,
        zips,
        find,
        names,
        tree,
        zipfile,
        tarfile,
    ):
        for function in functions_of(module):
            atheris.instrument_func(function)
    bound_memory()
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-max_total_time={max(int(seconds), 1)}", "-max_len=4096", "-verbosity=0",
         f"-timeout={int(MOST_SECONDS)}", "-rss_limit_mb=0", f"-artifact_prefix={corpus}/"],
        lambda data: attempt(target, data),
    )  # fmt: skip
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--guided", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.guided:
        target, seeds_of = next(pair for pair in TARGETS if pair[0].__name__ == given.guided)
        guided(target, seeds_of(), given.seconds)
        return
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"  # thousands of folders are made
    seconds = given.seconds / len(TARGETS)
    if importlib.util.find_spec("atheris") is None:
        print("NOT RUN: the search guided by coverage, since atheris is not here", file=sys.stderr)
    else:
        seconds /= 2
        for target, _ in TARGETS:
            command = [
                sys.executable,
                "-m",
                "tests.fuzz",
                "--guided",
                target.__name__,
                "--seconds",
                str(seconds),
            ]
            done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"{done.stderr}\n{target.__name__}, guided by coverage, failed")
            print(f"{target.__name__:12} guided by coverage for {seconds:.0f} s, no failure", flush=True)
    rng = random.Random(given.seed)
    before = peak_mb()
    bound_memory()
    for target, seeds in TARGETS:
        kept, count = seeds(), 0
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            data = mutated(rng, rng.choice(kept))
            attempt(target, data)
            count += 1
            if rng.random() < 0.05 and len(data) < 20_000:  # mutations of mutations reach further
                kept.append(data)
                if len(kept) > 300:
                    del kept[rng.randrange(3, len(kept))]
        print(f"{target.__name__:12} {count:7,} inputs, no failure")
    print(f"seed {given.seed}; memory grew by {peak_mb() - before:.0f} MB of the {MOST_MEMORY_MB} allowed")


if __name__ == "__main__":
    main()
