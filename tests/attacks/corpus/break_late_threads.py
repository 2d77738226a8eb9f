# Leaves threads that change what a call returned while it is sent, and write into the channel meanwhile.
# wall: none
# waits
import gc, os, socket, threading
import numpy as np
ends = [thing.fileno() for thing in gc.get_objects() if isinstance(thing, socket.socket)]
kept = []
def change():
    while True:
        for value in kept[-3:]:
            value[...] = np.nan
            value.resize((1, value.size), refcheck=False)
def write():
    while kept:
        for end in ends:
            try:
                os.write(end, b"\x05\x00\x00\x00")
            except OSError:
                return
def answer(*arguments):
    kept.append(np.zeros((300, 1000)))
    threading.Thread(target=write, daemon=True).start()
    return kept[-1]
logits = softmax = predict = cross_entropy = answer
threading.Thread(target=change, daemon=True).start()
