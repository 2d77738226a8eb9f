# Sends arrays with shapes of many terabytes, negative sides and unknown types.
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
    for header in (["<f8", [2 ** 62, 2 ** 62], "C"], ["<f8", [-1], "C"], ["|O", [1], "C"], ["<f8", [0, 2 ** 61], "C"], ["<f8", [1] * 64, "C"], ["|V8", [1], "Z"]):
        send(["outcomes", [header], [[[5, 0], "numpy.ndarray", [], 0.0, None]]])
logits = forged
