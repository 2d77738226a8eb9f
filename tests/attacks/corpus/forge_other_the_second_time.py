# Returns containers that hold something else each time they are looked at, and lie about their class and length.
import numpy as np
class List(list):
    def __iter__(self): self.turn = getattr(self, "turn", 0) + 1; return iter([0.0] * 10 ** min(self.turn, 5))
    def __len__(self): return -1 if self.turn > 2 else 3
class Dict(dict):
    def items(self): return (({}, []) for _ in range(3))
    def __iter__(self): return iter([[], {}, None])
class Text(str):
    def __str__(self): return self
    def encode(self, *_): return List()
class Number(float):
    def __float__(self): return self
    def __eq__(self, other): return True
    __hash__ = float.__hash__
class Whole(int):
    def __int__(self): return 2 ** 70
    def bit_length(self): return 1
    def __format__(self, _): return "zz"
class Pretender:
    def __init__(self, kind): self.kind = kind
    @property
    def __class__(self): return self.kind
    def __getattr__(self, name): raise KeyboardInterrupt
class Array(np.ndarray):
    @property
    def dtype(self): return np.dtype("f8")
    @property
    def shape(self): return (10 ** 9, 3)
    @property
    def nbytes(self): return 0
    def tobytes(self, *_): return b"x" * 10 ** 6
turns = iter([List([1]), Dict(a=1), Text("x"), Number(1), Whole(1), np.zeros(3).view(Array), *map(Pretender, (list, tuple, dict, float, int, str, bytes, np.ndarray, np.float64, type(None))), (x for x in [1])] * 40)
logits = softmax = cross_entropy = predict = accuracy = lambda *_, **__: next(turns)
