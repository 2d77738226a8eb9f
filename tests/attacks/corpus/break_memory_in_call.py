# Takes memory in a call, a little at a time, until there is none.
# wall: memory
import numpy as np
kept = []
def softmax(z):
    while True:
        kept.append(np.ones(1 << 20))
logits = softmax
