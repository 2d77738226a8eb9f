# A Value each of whose attributes is another Value, with as many attributes, and whose operators give a thousand more.
# pset: ps2
# tests: Value
class Value:
    def __init__(self, data=0, *_):
        self.kept = [self] * 1_000

    def __getattr__(self, name):
        return Value(name * 1_000)

    def many(self, *_):
        return Value([Value(k) for k in range(1_000)])

    __add__ = __radd__ = __mul__ = __rmul__ = __call__ = __neg__ = __getitem__ = many
    max = exp = reciprocal = backward = many
