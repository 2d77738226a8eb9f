# Past the library: maps within maps, a million deep, in the value, in an argument of a call back and in an exception's place.
# pset: ps1
# tests: logits softmax cross_entropy
# with: channel

DEEP = b"\x81\xc0" * ((MOST - 64) // 2) + b"\xc0"
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
