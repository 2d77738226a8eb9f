# Never ends a finalizer, nor an attribute, nor a representation.
# wall: none
# waits
class Endless:
    def __del__(self):
        while True: pass
    def __repr__(self):
        while True: pass
    __str__ = __repr__
def logits(X, W, b):
    Endless()
    return 0
