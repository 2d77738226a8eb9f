# Returns objects whose __array_interface__, __array__, __dlpack__ and buffers point at memory of their choice.
import numpy as np
class Interface:
    def __init__(self, **described): self.__array_interface__ = {"version": 3, "typestr": "<f8", **described}
class Array:
    def __array__(self, *_, **__): return np.lib.stride_tricks.as_strided(np.zeros(1), (10 ** 9,), (0,))
    def __buffer__(self, _): return memoryview(bytearray(8)).cast("d")
    def __dlpack__(self, *_, **__): return object()
    def __dlpack_device__(self): return (1, 0)
    def __float__(self): return 0.0
    __array_priority__ = 1e300
turns = iter([
    Interface(shape=(4,), data=(id(None), True)), Interface(shape=(2 ** 40,), data=(4096, False)),
    Interface(shape=(-1,), data=None), Array(),
    np.lib.stride_tricks.as_strided(np.zeros(1), (10 ** 9, 10 ** 9), (0, 0)),
    np.lib.stride_tricks.as_strided(np.zeros(8), (4,), (-8,)),
    np.lib.stride_tricks.as_strided(np.zeros(8), (4,), (2 ** 40,)),
    np.broadcast_to(np.float64(0), (10 ** 6, 10 ** 6)), memoryview(bytes(8)),
] * 30)
logits = softmax = cross_entropy = predict = accuracy = lambda *_, **__: next(turns)
