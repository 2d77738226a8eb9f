"""Wrong versions for q7 and q8: early stopping and the choice of the penalty."""

import numpy as np

from grader import mistake

# early_stopping ---------------------------------------------------------------------------------------------


@mistake(
    "early_stopping",
    says="You take the lowest error of the whole curve; errors after the patience has run out are never "
    "seen.",
)
def stopping_at_lowest_of_all(errors, patience):
    best, last = 0, len(errors) - 1
    lowest = errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
    return best, min(best + patience, last)


@mistake(
    "early_stopping",
    says="You keep the epoch at which training ends; keep the best one, `patience` epochs earlier.",
)
def stopping_keeps_the_last(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return epoch, epoch
    return len(errors) - 1, len(errors) - 1


@mistake(
    "early_stopping",
    says="You end one epoch late: training ends with the epoch that is the `patience`-th without improvement.",
)
def stopping_one_late(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best > patience:
            return best, epoch
    return best, len(errors) - 1


@mistake("early_stopping", says="You end one epoch early: wait for `patience` epochs without improvement.")
def stopping_one_early(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        elif epoch - best >= patience - 1:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You count an equal error as an improvement; an improvement is strictly lower than all before.",
)
def stopping_equal_is_better(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error <= lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You compare each error with the one before it; an improvement is lower than all before.",
)
def stopping_compares_neighbours(errors, patience):
    best, bad, lowest = 0, 0, errors[0]
    for epoch in range(1, len(errors)):
        bad = 0 if errors[epoch] < errors[epoch - 1] else bad + 1
        if errors[epoch] < lowest:
            best, lowest = epoch, errors[epoch]
        if bad == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You never reset the count at an improvement; only epochs in a row use up the patience.",
)
def stopping_never_resets(errors, patience):
    best, bad, lowest = 0, 0, errors[0]
    for epoch in range(1, len(errors)):
        if errors[epoch] < lowest:
            best, lowest = epoch, errors[epoch]
        else:
            bad += 1
        if bad == patience:
            return best, epoch
    return best, len(errors) - 1


@mistake("early_stopping", says="You count epochs from 1; they start at 0.")
def stopping_counts_from_one(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best + 1, epoch + 1
    return best + 1, len(errors)


@mistake("early_stopping", says="You return the lowest error; return the epoch in which it was reached.")
def stopping_returns_the_error(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return lowest, epoch
    return lowest, len(errors) - 1


@mistake(
    "early_stopping",
    says="When patience never runs out, you return one epoch too many; the last one is len(errors) − 1.",
)
def stopping_beyond_the_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors)


@mistake(
    "early_stopping",
    says="When patience never runs out, you return nothing; training then ends with the curve's last epoch.",
)
def stopping_without_an_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return None


@mistake(
    "early_stopping",
    says="When patience never runs out, you keep the last epoch; keep the best one all the same.",
)
def stopping_keeps_the_end(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return len(errors) - 1, len(errors) - 1


@mistake(
    "early_stopping",
    says="You let np.argmin see a nan, which hides the errors before it; skip it, since it is no "
    "improvement.",
)
def stopping_lost_in_nan(errors, patience):
    for epoch in range(len(errors)):
        best = int(np.argmin(errors[: epoch + 1]))
        if epoch - best >= patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You return the epochs the wrong way round; first the one that is kept, then the one after which "
    "training ends.",
)
def stopping_swapped(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return epoch, best
    return len(errors) - 1, best


@mistake("early_stopping", says="You return only the best epoch; return the pair (best, last).")
def stopping_best_alone(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best
    return best


@mistake(
    "early_stopping",
    says="You never use patience; training ends once that many epochs in a row brought no improvement.",
)
def stopping_without_patience(errors, patience):
    return int(np.nanargmin(errors)), len(errors) - 1


@mistake(
    "early_stopping",
    says="You ignore small improvements (min_delta); every error strictly lower than all before counts.",
)
def stopping_with_tolerance(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest - 1e-4:
            best, lowest = epoch, error
        if epoch - best == patience:
            return best, epoch
    return best, len(errors) - 1


# choose_l2 --------------------------------------------------------------------------------------------------


@mistake("choose_l2", says="You choose the first of several equally good λ; choose the largest.")
def choice_of_the_first(l2s, errors):
    return l2s[np.nanargmin(errors)]


@mistake(
    "choose_l2",
    says="You choose the last of several equally good λ; choose the largest, wherever it stands.",
)
def choice_of_the_last(l2s, errors):
    lowest = np.nanmin(errors)
    return [l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest][-1]


@mistake(
    "choose_l2",
    says="You choose the smallest of several equally good λ; choose the largest, which gives the simplest "
    "model.",
)
def choice_of_the_smallest(l2s, errors):
    lowest = np.nanmin(errors)
    return min(l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest)


@mistake("choose_l2", says="You choose the highest error; choose the lowest.")
def choice_of_the_worst(l2s, errors):
    highest = np.nanmax(errors)
    return max(l2 for l2, error in zip(l2s, errors, strict=True) if error == highest)


@mistake("choose_l2", says="You return the position of the best λ; return the λ itself.")
def choice_as_position(l2s, errors):
    lowest = np.nanmin(errors)
    return max((l2, i) for i, (l2, error) in enumerate(zip(l2s, errors, strict=True)) if error == lowest)[1]


@mistake("choose_l2", says="You return the lowest error; return the λ that reaches it.")
def choice_as_error(l2s, errors):
    return np.nanmin(errors)


@mistake(
    "choose_l2",
    says="You choose the largest λ of all; choose the one with the lowest error, and the largest only "
    "among equals.",
)
def choice_of_the_largest(l2s, errors):
    return max(l2s)


@mistake("choose_l2", says="You choose a λ whose error is nan (np.argmin treats nan as the lowest); skip it.")
def choice_of_nan(l2s, errors):
    order = np.argsort(l2s)[::-1]
    return l2s[order[np.argmin(errors[order])]]


@mistake(
    "choose_l2",
    says="You call two λ equally good when their errors are merely close; only equal errors are a tie.",
)
def choice_with_tolerance(l2s, errors):
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(l2s, errors, strict=True) if error <= lowest + 0.02)


@mistake(
    "choose_l2",
    says="You look for ties with np.isclose, which treats slightly different errors as equal; compare with "
    "==.",
)
def choice_by_isclose(l2s, errors):
    return np.asarray(l2s)[np.isclose(errors, np.nanmin(errors))].max()


@mistake(
    "choose_l2",
    says="You sort the λ without their errors, so errors end up with the wrong λ; keep them together.",
)
def choice_sorted_apart(l2s, errors):
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(np.sort(l2s), errors, strict=True) if error == lowest)
