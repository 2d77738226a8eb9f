"""Wrong versions for q7 and q8: early stopping and the choice of the penalty."""

import numpy as np

from grader import mistake

# early_stopping ---------------------------------------------------------------------------------------------


@mistake(
    "early_stopping",
    says="You take the lowest error of the whole curve; what comes after the patience has run out is never seen.",
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
    says="You count an error as low as the lowest as an improvement; it must be strictly lower.",
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
    says="You compare each error with the one before; an improvement is lower than all before.",
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
    says="You never set the count back when an improvement comes; only epochs in a row use the patience up.",
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


@mistake("early_stopping", says="You count epochs from 1; they count from 0.")
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
    says="When patience never runs out you return one epoch too many: the last of the curve is len(errors) − 1.",
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
    says="When patience never runs out you return nothing; training then ends with the curve's last epoch.",
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
    says="When patience never runs out you keep the last epoch; keep the best one all the same.",
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
    says="A nan hides the errors before it from np.argmin; it is no improvement and must be passed over.",
)
def stopping_lost_in_nan(errors, patience):
    for epoch in range(len(errors)):
        best = int(np.argmin(errors[: epoch + 1]))
        if epoch - best >= patience:
            return best, epoch
    return best, len(errors) - 1


@mistake(
    "early_stopping",
    says="You return the epochs the wrong way round: first the one that is kept, then the one training ends after.",
)
def stopping_swapped(errors, patience):
    best, lowest = 0, errors[0]
    for epoch, error in enumerate(errors):
        if error < lowest:
            best, lowest = epoch, error
        if epoch - best == patience:
            return epoch, best
    return len(errors) - 1, best


@mistake("early_stopping", says="You return the best epoch alone; return the pair (best, last).")
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
    says="You never look at patience; training ends once that many epochs in a row brought no improvement.",
)
def stopping_without_patience(errors, patience):
    return int(np.nanargmin(errors)), len(errors) - 1


@mistake(
    "early_stopping",
    says="You pass over improvements that are small (min_delta); every error strictly lower than all before is one.",
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


@mistake("choose_l2", says="Of equally good λ you choose the first in the list; choose the largest.")
def choice_of_the_first(l2s, errors):
    return l2s[np.nanargmin(errors)]


@mistake(
    "choose_l2",
    says="Of equally good λ you choose the last in the list; choose the largest, wherever it stands.",
)
def choice_of_the_last(l2s, errors):
    lowest = np.nanmin(errors)
    return [l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest][-1]


@mistake(
    "choose_l2", says="Of equally good λ you choose the smallest; choose the largest, the simplest model."
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


@mistake("choose_l2", says="You choose the largest λ of all; the lowest error decides first.")
def choice_of_the_largest(l2s, errors):
    return max(l2s)


@mistake(
    "choose_l2", says="A λ whose error is nan is chosen (np.argmin takes nan for the lowest); pass it over."
)
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
    says="You look for ties with np.isclose, to which errors that differ a little are equal; compare with ==.",
)
def choice_by_isclose(l2s, errors):
    return np.asarray(l2s)[np.isclose(errors, np.nanmin(errors))].max()


@mistake(
    "choose_l2", says="You sort the λ without their errors, which then belong to others; keep them together."
)
def choice_sorted_apart(l2s, errors):
    lowest = np.nanmin(errors)
    return max(l2 for l2, error in zip(np.sort(l2s), errors, strict=True) if error == lowest)
