# Forges faults with megabytes of direction marks, impossible cells and lines, and names of types in the grader's voice.
import gc, os, socket, struct
import msgspec
def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass

texts = ["\u202eLEAK\x1b[2J\x07" * 200_000, "LEAK\n" * 600_000, "<script>LEAK</script>\u2066" * 100_000]
faults = [
    ["raised", "ValueError", texts[0], 10 ** 9, -(10 ** 9)], ["raised", texts[1], "", -5, 2 ** 62],
    ["missing", "", texts[2], -1, 0], ["unsendable", texts[1][:2_000_000], texts[0][:900_000], 0, 1],
]
turn = [0]
def forged(*_):
    turn[0] += 1
    send(["outcomes", [], [[None, "LEAK" * 1000, ["0" * 1000] * 3000, -1e308, faults[turn[0] % 4]]]])
logits = cross_entropy = forged
