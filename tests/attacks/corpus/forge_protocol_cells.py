# Forges cells that do not exist and a number of cells of its own choice.
import gc, os, socket, struct
import msgspec
def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass

send(["cells", [], [1] * 100000])
send(["started", [], 2 ** 40])
send(["finished", [], -7, {"exception": "LEAK", "text": "LEAK", "line": 1}])
