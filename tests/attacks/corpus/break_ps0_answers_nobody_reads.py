# Calls the test's function without end, with as much as is let through, and never reads what it says.
# pset: ps0
# tests: is_convex
# with: channel
# waits
import msgspec
import numpy as np
from grader.sandbox.crossing.codec import Encoder
from grader.sandbox.crossing.messages import CallBack

def is_convex(f, a, b, points=101):
    encoder = Encoder(lambda value: [])
    given, named = encoder.node((np.zeros((500, 1), np.uint8),)), encoder.node({"where": np.zeros((1, 500), np.uint8)})
    header = msgspec.msgpack.encode(CallBack(arrays=encoder.headers, function=0, positional=given, keywords=named))
    body = b"".join(map(bytes, encoder.buffers))
    while True:
        send(header, body)
