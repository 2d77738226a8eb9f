# Raises ValueError where it should and everywhere else, with a text of another length up to a hundred million, and a group of errors.
# pset: ps4
# tests: roc_curve roc_auc precision_recall_curve average_precision
turn = [0]

class ValueErrors(ExceptionGroup, ValueError):
    def __str__(self):
        return "LEAK" * 10_000_000

def refuse(y_true, scores):
    turn[0] += 1
    if turn[0] % 3:
        raise ValueError("x" * (10 ** (turn[0] % 9)), *[scores] * 50)
    raise ValueErrors("one" * 1_000_000, [ValueError(k) for k in range(50_000)])

roc_curve = roc_auc = precision_recall_curve = average_precision = refuse
