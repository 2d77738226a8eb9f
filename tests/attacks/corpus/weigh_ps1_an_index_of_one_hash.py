# Past the library: tables whose index, of one level and of several, is a million whole numbers that have one hash in pandas.
# pset: ps1
# tests: logits softmax
# with: channel
import msgspec
import numpy as np

def alike(count):
    low = np.arange(count, dtype=np.uint64)
    high = (low ^ (low << np.uint64(11))) & np.uint64(0x7FFFFFFF)
    return ((high << np.uint64(33)) | low).astype(np.int64)

def column(array, arrays):
    arrays.append(array)
    return [2, "kind", "numbers", "values", [5, len(arrays) - 1]]

def table(levels, count=1_000_000):
    keys, arrays = alike(count), []
    node = [13, [2, "library", "pandas.Series", "labels", [0, "x"], "columns", [0, column(keys, arrays)],
                 "index", [0, *(column(keys, arrays) for _ in range(levels))], "index_names", [0, *[None] * levels], "columns_names", [0]]]
    headers = [["<i8", [count], "C"]] * len(arrays)
    body = b"".join(array.tobytes() for array in arrays)
    send(msgspec.msgpack.encode(["outcomes", headers, [[node, "pandas.Series", [], 0.0, None]]]), body)

def logits(*_, **__):
    table(1)

def softmax(*_, **__):
    table(3)
