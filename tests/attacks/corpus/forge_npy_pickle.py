# Hands .npy files with pickles over, and returns arrays of dtype object and void.
import numpy as np
np.save("payload.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
kinds = iter([np.load("payload.npy", allow_pickle=True), np.zeros(3, "V8"), np.zeros(3, "M8[s]"), np.zeros(3, "U5"), np.zeros(2, [("a", "f8")]), np.zeros(3, ">f8"), np.zeros(3, np.longdouble)] * 200)
for name in ("logits", "softmax", "cross_entropy", "cross_entropy_gradient", "regularized_loss", "regularized_gradients", "predict", "accuracy", "train"):
    globals()[name] = lambda *_, **__: next(kinds)
