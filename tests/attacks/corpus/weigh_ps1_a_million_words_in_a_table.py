# A table of a million different words, as a column, as categories and as labels of rows, in every answer.
# pset: ps1
# tests: logits softmax cross_entropy
import numpy as np
import pandas as pd

words = np.array([f"w{number}" for number in range(490_000)], dtype=object)
tables = [
    pd.DataFrame({"a": words, "b": words[::-1]}),
    pd.DataFrame({"a": pd.Categorical(words)}),
    pd.Series(words, index=words),
    pd.DataFrame(np.zeros((2, 4_900)), columns=words[:4_900]),
    pd.DataFrame({"a": np.array([["x", [1]]] * 24_000 + [[None, []]], dtype=object)[:, 0]}),
]
answers = iter(tables * 100)
logits = softmax = cross_entropy = lambda *_, **__: next(answers)
