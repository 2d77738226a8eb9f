import os, stat, struct

MOST = int("@MOST@")
"""Bytes of the longest header that the judge reads."""

def channel():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return number
        except OSError:
            pass

def send(header, body=b""):
    message = memoryview(struct.pack("<IQ", len(header), len(body)) + header + body)
    while message:
        message = message[os.write(channel(), message[: 1 << 16]) :]

def outcome(value):
    """A message of one outcome with this value, as bytes."""
    return b"\x93\xa8outcomes\x90\x91\x95" + value + b"\xa0\x90\xcb" + bytes(8) + b"\xc0"
