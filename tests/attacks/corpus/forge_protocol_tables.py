# Sends tables that no encoder makes: codes beyond the categories, unequal lengths, a zone that is a path, tables in tables.
import os, struct
import msgspec
import numpy as np

def send(message, body=b""):
    header = msgspec.msgpack.encode(message)
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, struct.pack("<IQ", len(header), len(body)) + header + body)
        except OSError:
            pass

def packed(value, arrays):
    """The node of dictionaries, lists, texts and arrays."""
    if isinstance(value, dict):
        return [2, *(part for pair in value.items() for part in (packed(pair[0], arrays), packed(pair[1], arrays)))]
    if isinstance(value, list):
        return [0, *(packed(part, arrays) for part in value)]
    if isinstance(value, Table):
        return [13, packed(value.parts, arrays)]
    if isinstance(value, np.ndarray):
        arrays.append(value)
        if value.dtype.kind == "M":
            arrays[-1] = value.view("i8")
            return [11, len(arrays) - 1, "M8[ns]"]
        return [5, len(arrays) - 1]
    return value

class Table:
    def __init__(self, columns, index=None, labels=None, library="pandas.DataFrame"):
        self.parts = {"library": library, "labels": labels or [str(i) for i in range(len(columns))], "columns": columns,
                      "index": [{"kind": "numbers", "values": np.arange(2)}] if index is None else index,
                      "index_names": [None], "columns_names": [None]}

def forged(table):
    def function(*_, **__):
        arrays = []
        node = packed(table, arrays)
        headers = [[array.dtype.str, list(array.shape), "C"] for array in arrays]
        body = b"".join(array.tobytes() + bytes(-array.nbytes % 16) for array in arrays)
        send(["outcomes", headers, [[node, "pandas.DataFrame", [], 0.0, None]]], body)
    return function

two, times = np.zeros(2), np.zeros(2, "M8[ns]")
numbers = {"kind": "numbers", "values": two}
logits = forged(Table([{"kind": "categories", "values": np.array([0, 10**9]), "parts": [numbers]}]))
softmax = forged(Table([{"kind": "times", "values": times, "zone": "../../../../etc/passwd"}]))
cross_entropy = forged(Table([numbers, {"kind": "numbers", "values": np.zeros(3)}]))
cross_entropy_gradient = forged(Table([{"kind": "objects", "values": [Table([numbers]), {"a": Table([numbers])}]}]))
regularized_loss = forged(Table([{"kind": "periods", "values": np.full(2, 2**62), "how": "9999D"}]))
regularized_gradients = forged(Table([{"kind": "intervals", "parts": [numbers, {"kind": "numbers", "values": two - 1}], "how": "left"}]))
predict = forged(Table([{"kind": "times", "values": np.full(2, 2**63 - 1).view("M8[ns]"), "zone": "Pacific/Kiritimati"}]))
accuracy = forged(Table([numbers] * 3, labels=["a", "a", ["b", ["c"]]]))
train = forged(Table([numbers], index=[numbers] * 40, library="os.system"))
