"""Messages over a socket, with every size and wait bounded.

A frame is two lengths, the message, then the bytes of its arrays::

    u32 header bytes | u64 body bytes | msgpack message | array buffers, each padded to 16 bytes
"""

from __future__ import annotations

import functools
import math
import select
import socket
import struct
import time
import weakref
from typing import Any, Generic, TypeVar

import msgspec

from grader.errors import WireError

__all__ = ["Body", "Channel", "ChannelClosed", "ChannelTimeout", "Holding", "decoder_of"]

_LENGTHS = struct.Struct("<IQ")
_CHUNK = 1 << 18
_LONGEST_WAIT = 2**31 - 1  # what poll takes
MAX_HEADER = 2 << 20
"""Bytes: room for as many nodes as the codec carries, each a float. The worst that decodes from them takes 130 MB."""
MAX_BODY = 64 << 20

Incoming = TypeVar("Incoming")


class Holding:
    """How many bytes of a message are held; it lives for as long as any of them."""

    def __init__(self, size: int) -> None:
        self.size = size

    def extend(self, value: Any, size: int) -> None:
        """Count what was copied out of the message too, until the value is gone."""
        self.size += size
        weakref.finalize(value, lambda _: None, self).atexit = False


class Body(bytearray):
    """The bytes of a message's arrays, which keep it alive.

    Whoever bounds what is held of messages gives it a `Holding`, and keeps a weak reference to that.
    """

    holding: Holding | None = None


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """The other side did not finish a message in time."""


@functools.cache
def decoder_of(incoming: Any) -> msgspec.msgpack.Decoder[Any]:
    """What reads these messages. Making it takes longer than most submissions run, so do it before forking."""
    return msgspec.msgpack.Decoder(incoming)


class Channel(Generic[Incoming]):
    """One end of a conversation.

    ``incoming`` is the union of the messages that may arrive; anything else raises WireError before a
    value is built from it. Messages sent may be ``sends`` times as large as an answer out of the sandbox, and messages
    received ``receives`` times.
    """

    def __init__(self, end: socket.socket, incoming: Any, *, sends: int = 1, receives: int = 1) -> None:
        self._socket = end
        self._decoder = decoder_of(incoming)
        self._encoder = msgspec.msgpack.Encoder()
        self._sends, self._receives = sends, receives

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def send(
        self, message: Any, buffers: list[bytes | memoryview] | None = None, *, timeout: float | None = None
    ) -> None:
        """Send a message and the buffers of its arrays within ``timeout`` seconds."""
        header = self._encoder.encode(message)
        body = sum(len(buffer) for buffer in buffers or ())
        if len(header) > self._sends * MAX_HEADER or body > self._sends * MAX_BODY:
            raise WireError(
                f"a message of {(len(header) + body) / 2**20:.0f} MB is too large to cross the sandbox's border"
            )
        parts = [_LENGTHS.pack(len(header), body), header, *(buffers or ())]
        self._socket.settimeout(timeout)
        try:
            self._socket.sendall(b"".join(parts))
        except TimeoutError:
            raise ChannelTimeout from None
        except OSError:
            raise ChannelClosed from None

    def wait(self, timeout: float) -> bool:
        """Whether a message begins to arrive, or the other side hangs up, within ``timeout`` seconds."""
        # select.select refuses descriptors from 1,024 on, and a worker late in a class may have more of them open.
        waiting = select.poll()
        waiting.register(self._socket, select.POLLIN)
        # Rounded up; otherwise the last fraction of a millisecond would be spent in a busy loop.
        milliseconds = math.ceil(max(timeout, 0.0) * 1000)
        return bool(waiting.poll(min(milliseconds, _LONGEST_WAIT)))

    def receive(self, *, timeout: float | None = None) -> tuple[Incoming, Body]:
        """The next message and the bytes of its arrays; the whole of it must arrive within ``timeout`` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        header_length, body_length = _LENGTHS.unpack(self._exactly(_LENGTHS.size, deadline))
        if header_length > self._receives * MAX_HEADER or body_length > self._receives * MAX_BODY:
            raise WireError(
                f"a message of {(header_length + body_length) / 2**20:.0f} MB is too large to be checked"
            )
        header = self._exactly(header_length, deadline)
        body = self._exactly(body_length, deadline)
        try:
            return self._decoder.decode(header), body
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise WireError(f"a message out of the sandbox is malformed: {error}") from None

    def _exactly(self, length: int, deadline: float | None) -> Body:
        # Grown as bytes arrive, so that announcing a length alone costs nothing.
        received = Body()
        while len(received) < length:
            if deadline is not None:
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise ChannelTimeout
                self._socket.settimeout(remaining)
            else:
                self._socket.settimeout(None)
            try:
                chunk = self._socket.recv(min(length - len(received), _CHUNK))
            except TimeoutError:
                raise ChannelTimeout from None
            except OSError:
                raise ChannelClosed from None
            if not chunk:
                raise ChannelClosed
            received += chunk
        return received
