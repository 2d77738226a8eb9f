# Raises ValueError whatever it is asked: right where there is but one class, and of no use anywhere else.
# pset: ps4
# tests: all
def refuse(*_, **__):
    raise ValueError("a curve needs both classes")

confusion_matrix = rates = roc_curve = roc_auc = precision_recall_curve = average_precision = refuse
class_weights = oversample = synthesize = refuse
