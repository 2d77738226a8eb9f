"""Frames of every kind, honest and not."""

import os
import resource
import socket
import struct
import threading
import time
from contextlib import contextmanager

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import WireError
from grader.sandbox.crossing.channel import MAX_BODY, MAX_HEADER, Channel, ChannelClosed, ChannelTimeout
from grader.sandbox.crossing.messages import CellStarted, Confined, FromSandbox


@contextmanager
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours, FromSandbox), theirs


def frame(header, body=b"", header_length=None, body_length=None):
    lengths = (
        len(header) if header_length is None else header_length,
        len(body) if body_length is None else body_length,
    )
    return struct.pack("<IQ", *lengths) + header + body


def test_a_message_arrives_with_its_body():
    with pair() as (channel, theirs):
        Channel(theirs, FromSandbox).send(CellStarted(cell=3), [b"abcd", memoryview(b"efgh")])
        message, body = channel.receive(timeout=5)
    assert message == CellStarted(cell=3)
    assert body == b"abcdefgh"


@pytest.mark.parametrize(
    "lengths",
    [(MAX_HEADER + 1, 0), (2**32 - 1, 0), (0, MAX_BODY + 1), (0, 2**64 - 1), (2**32 - 1, 2**64 - 1)],
)
def test_a_length_beyond_the_limit_is_refused_before_anything_is_read(lengths):
    with pair() as (channel, theirs):
        theirs.sendall(struct.pack("<IQ", *lengths))
        with pytest.raises(WireError, match="too large"):
            channel.receive(timeout=5)


def test_a_length_alone_takes_no_memory_and_no_longer_than_the_timeout():
    with pair() as (channel, theirs):
        theirs.sendall(struct.pack("<IQ", MAX_HEADER, MAX_BODY))
        started = time.monotonic()
        with pytest.raises(ChannelTimeout):
            channel.receive(timeout=0.2)
        assert time.monotonic() - started < 3


def test_bytes_that_drip_do_not_prolong_the_timeout():
    stop = threading.Event()
    with pair() as (channel, theirs):
        theirs.sendall(struct.pack("<IQ", 1000, 0))

        def drip():
            while not stop.wait(0.02):
                theirs.send(b"\xc0")

        thread = threading.Thread(target=drip)
        thread.start()
        started = time.monotonic()
        try:
            with pytest.raises(ChannelTimeout):
                channel.receive(timeout=0.3)
        finally:
            stop.set()
            thread.join()
        assert time.monotonic() - started < 3


def test_an_end_in_the_middle_is_an_end():
    with pair() as (channel, theirs):
        theirs.sendall(frame(b"abc", header_length=10))
        theirs.close()
        with pytest.raises(ChannelClosed):
            channel.receive(timeout=5)


def test_a_receiver_that_does_not_read_stops_the_sender_in_time():
    with pair() as (channel, _):
        started = time.monotonic()
        with pytest.raises(ChannelTimeout):
            channel.send(Confined(), [bytes(32 << 20)], timeout=0.3)
        assert time.monotonic() - started < 5


def test_what_is_too_large_is_not_sent():
    with pair() as (channel, _), pytest.raises(WireError, match="too large"):
        channel.send(Confined(), [bytes(MAX_BODY + 1)])


@pytest.mark.parametrize(
    "header",
    [
        b"", b"\xc1", msgspec.msgpack.encode(["nothing", []]), msgspec.msgpack.encode(["started", [], "x"]),
        msgspec.msgpack.encode(["started", [], 1.5]), b"\x91" * 100_000, b"\xa5\xff\xff\xff\xff\xff",
        msgspec.msgpack.encode(["load", [], [], "x", 1]), msgspec.msgpack.encode({"a": 1}),
        b"\x93\xa8outcomes\x90\x91\x91" + b"\x91" * 100_000 + b"\xc0",
    ],
)  # fmt: skip
def test_a_malformed_message_is_a_wire_error(header):
    with pair() as (channel, theirs):
        theirs.sendall(frame(header))
        with pytest.raises(WireError):
            channel.receive(timeout=5)


@given(st.binary(max_size=200), st.binary(max_size=64))
@settings(max_examples=100, deadline=None)
def test_any_frame_is_a_message_or_a_wire_error(header, body):
    with pair() as (channel, theirs):
        theirs.sendall(frame(header, body))
        try:
            message, received = channel.receive(timeout=5)
        except WireError:
            return
        assert isinstance(message, FromSandbox)
        assert received == body


def test_a_process_with_thousands_of_open_files_can_wait():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        with pair() as (channel, theirs):
            assert channel.fileno() > 1024
            assert not channel.wait(0)
            theirs.sendall(b"x")
            assert channel.wait(5)
    finally:
        for descriptor in opened:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_waiting_sees_the_other_side_hang_up():
    with pair() as (channel, theirs):
        theirs.close()
        assert channel.wait(float(10**9))
