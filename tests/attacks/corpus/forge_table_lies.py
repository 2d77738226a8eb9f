# Returns tables whose labels, lengths, types and comparisons lie, of classes that derive from pandas' own or only say so.
import numpy as np
import pandas as pd

class Frame(pd.DataFrame):
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __len__(self): return 0
    def __getattr__(self, name): return Frame()
    @property
    def columns(self): return [Label("a")] * 7
    @property
    def iloc(self): raise SystemExit

class Column(pd.Series):
    @property
    def dtype(self): return np.dtype("f8")
    def to_numpy(self, *_, **__): return np.zeros(10**6, dtype=object)
    def isna(self): return [True]

class Rows(pd.Index):
    def __iter__(self): return iter(lambda: 0, 1)
    @property
    def names(self): return ["x"] * 1000

class Label(str):
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __str__(self): return "LEAK"
    __repr__ = __str__

Named = type("DataFrame", (), {"__module__": "pandas", "columns": property(lambda self: 1 / 0)})
Table = type("Table", (), {"__module__": "datascience.tables", "labels": ["a"] * 9, "column": lambda self, place: self})
made = [Frame({"a": [1.0]}), Column([1.0, 2.0]), Rows([1, 2]), Named(), Table(), pd.DataFrame({Label("a"): [1.0], Label("b"): [2.0]}),
        pd.Series([1.0], index=Rows([1])), pd.DataFrame([[1.0]], columns=[(Label("a"),)]), pd.DataFrame({"a": [1.0]}).groupby("a")]
answers = iter(made * 200)
for name in ("logits", "softmax", "cross_entropy", "cross_entropy_gradient", "regularized_loss", "regularized_gradients", "predict", "accuracy", "train"):
    globals()[name] = lambda *_, **__: next(answers)
