"""One sandbox with short limits for all tests here, and a way to run a few cells in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.limits import Limits
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.session import Session
from grader.student import Call

LIMITS = Limits(
    cell_seconds=2, call_seconds=1, submission_seconds=30, cpu_seconds=15, memory_mb=512, processes=32, file_mb=8,
    scratch_mb=32, output_kb=16,
)  # fmt: skip
SEND = """
import msgspec, os, struct
def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass
"""
"""For a notebook: sends the worker any message."""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(
        preload=["numpy", "numpy.random"], data_files={"data.csv": b"1,2\n3,4\n"}, limits=LIMITS
    ) as made:
        made.start()
        yield made


@pytest.fixture
def run(sandbox: Sandbox) -> Iterator[Callable[..., Session]]:
    """A loaded session of a notebook with these cells; closed afterwards."""
    opened: list[Session] = []

    def start(*cells: str) -> Session:
        session = Session(sandbox, {"ps.ipynb": notebook(*cells)}, "ps", 1)
        opened.append(session)
        session.load()
        return session

    yield start
    for session in opened:
        session.close()


def notebook(*cells: str) -> bytes:
    listed = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def call(session: Session, name: Any, *arguments: Any, **keywords: Any) -> Call:
    """One call of a function by its name, or of a held object."""
    return session.calls(name, [(arguments, keywords)])[0]
