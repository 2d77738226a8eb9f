# Texts of three million letters that take four bytes each: alone, in lists of short ones, and as names of what is returned.
# pset: ps4
# tests: roc_auc average_precision class_weights oversample synthesize
TEXT = "\U0001d54f" * 700_000

def roc_auc(y_true, scores):
    return TEXT

def average_precision(y_true, scores):
    return [TEXT, *map(str, range(300))]

def class_weights(y, classes):
    return [[TEXT[:200_000]] + ["0.5"] * 50] * 12

def oversample(X, y, rng):
    return [["1.0"] * 90 + [TEXT[:90_000]]] * 90, [TEXT[:1_000]] * 90

def synthesize(X, count, k, rng):
    return {TEXT: [TEXT[:10]]}
