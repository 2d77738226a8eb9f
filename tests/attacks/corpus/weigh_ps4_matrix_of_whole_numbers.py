# Counts that are integers of four thousand bits, by the thousand: as a list of lists, beside decimals, and one alone.
# pset: ps4
# tests: confusion_matrix rates class_weights
NUMBER = 7**1_400
turn = [0]

def confusion_matrix(y_true, y_pred, classes):
    turn[0] += 1
    return ([[NUMBER] * 60] * 60, [[NUMBER, 0.5]] * 1_500, NUMBER, [NUMBER, None])[turn[0] % 4]

def rates(matrix):
    return {name: NUMBER for name in ("accuracy", "precision", "recall", "F1", "TPR", "DOR", "LR+")}

def class_weights(y, classes):
    return [NUMBER] * classes
