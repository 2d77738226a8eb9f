# Takes all memory: arrays, byte strings, anonymous maps.
# wall: memory
import mmap
import numpy as np
kept = []
for take in (lambda: np.ones(1 << 26), lambda: bytearray(1 << 28), lambda: mmap.mmap(-1, 1 << 29)):
    try:
        while len(kept) < 2000:
            kept.append(take())
    except Exception:
        pass
