# Answers with the largest arrays, texts and lists that the border lets through, of every type.
# wall: none
import numpy as np

answers = iter(
    [
        np.zeros(60_000_000, np.int8),
        np.zeros((7, 8_000_000), bool),
        np.zeros((1, 1, 7_000_000)),
        np.broadcast_to(np.float64(0), (2_000, 3_000)),
        np.zeros(3_000_000, complex),
        "x" * 3_000_000,
        b"x" * 3_000_000,
        list(range(190_000)),
        [[0.0] * 100] * 1_000,
        {str(i): 0 for i in range(4_000)},
        2**4000,
        np.zeros((1,) * 32),
        np.zeros((0, 10**9)),
    ]
    * 100
)
for name in ("logits", "softmax", "cross_entropy", "cross_entropy_gradient", "regularized_loss", "predict", "accuracy"):
    globals()[name] = lambda *_, **__: next(answers)
