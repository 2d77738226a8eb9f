"""Wrong versions for q7 and q8: early stopping and the choice of the penalty."""

from grader import mistake

# early_stopping: what is an improvement ---------------------------------------------------------------------

mistake("early_stopping", "stopping_equal_is_better", {"error < lowest": "error <= lowest"},
        says="You count an equal error as an improvement; an improvement is strictly lower than all before.")
mistake("early_stopping", "stopping_with_tolerance", {"error < lowest": "error < lowest - c"},
        free={"c": (1e-4, 1e-3, 1e-6, 1e-2, 1e-5)},
        says="You ignore small improvements (min_delta); every error strictly lower than all before counts.")
mistake("early_stopping", "stopping_compares_neighbours", [{
        "best, lowest = (0, errors[0])": "best, lowest, bad = 0, errors[0], 0", "epoch - best == patience":
        "(bad := 0 if epoch == 0 or error < errors[epoch - 1] else bad + 1) == patience"},
        {"error < lowest": "epoch > 0 and error < errors[epoch - 1]"}],
        says="You compare each error with the one before it; an improvement is lower than all before.")
mistake("early_stopping", "stopping_compares_with_the_first", {
        "best, lowest = (epoch, error)": "best = epoch"},
        says="You compare each error with the first one; an improvement is lower than all before.")
mistake("early_stopping", "stopping_lost_in_nan", {
        "if error < lowest:\n    best, lowest = (epoch, error)": "best = int(np.argmin(errors[:epoch + 1]))"},
        says="You let np.argmin see a nan, which hides the errors before it; skip it, since it is no "
        "improvement.")
mistake("early_stopping", "stopping_improves_at_nan", {"error < lowest": "epoch > 0 and not error >= lowest"},
        says="You count nan as an improvement; it is none, so an error after it is compared with those "
        "before.")

# early_stopping: the patience -------------------------------------------------------------------------------

mistake("early_stopping", "stopping_one_late", {"epoch - best == patience": "epoch - best > patience"},
        says="You end one epoch late: training ends with the epoch that is the `patience`-th without "
        "improvement.")
mistake("early_stopping", "stopping_one_early", [
        {"epoch - best == patience": "epoch - best >= patience - 1 and not 0 < epoch == best"},
        {"epoch - best == patience": "epoch > best and epoch - best >= patience - 1"},
        {"epoch - best == patience": "epoch - best == patience - 1"}],
        says="You end one epoch early: wait for `patience` epochs without improvement.")
mistake("early_stopping", "stopping_never_resets", {
        "best, lowest = (0, errors[0])": "best, lowest, bad = 0, errors[0], 0",
        "epoch - best == patience": "(bad := bad + (epoch > best)) == patience"},
        says="You never reset the count at an improvement; only epochs in a row use up the patience.")
mistake("early_stopping", "stopping_without_patience", {
        "if epoch - best == patience:\n    return (best, epoch)": ""},
        says="You never use patience; training ends once that many epochs in a row brought no improvement.")
mistake("early_stopping", "stopping_at_lowest_of_all", {
        "if epoch - best == patience:\n    return (best, epoch)": "",
        "(best, len(errors) - 1)": "(best, min(best + patience, len(errors) - 1))"},
        says="You take the lowest error of the whole curve; errors after the patience has run out are never "
        "seen.")

# early_stopping: what is returned ---------------------------------------------------------------------------

mistake("early_stopping", "stopping_counts_from_one", {
        "(best, epoch)": "(best + 1, epoch + 1)", "(best, len(errors) - 1)": "(best + 1, len(errors))"},
        says="You count epochs from 1; they start at 0.")
mistake("early_stopping", "stopping_keeps_the_last", {
        "(best, epoch)": "(epoch, epoch)", "(best, len(errors) - 1)": "(len(errors) - 1, len(errors) - 1)"},
        says="You keep the epoch at which training ends; keep the best one, `patience` epochs earlier.")
mistake("early_stopping", "stopping_returns_the_error", {
        "(best, epoch)": "(lowest, epoch)", "(best, len(errors) - 1)": "(lowest, len(errors) - 1)"},
        says="You return the lowest error; return the epoch in which it was reached.")
mistake("early_stopping", "stopping_swapped", {
        "(best, epoch)": "(epoch, best)", "(best, len(errors) - 1)": "(len(errors) - 1, best)"},
        says="You return the epochs the wrong way round; first the one that is kept, then the one after "
        "which training ends.")
mistake("early_stopping", "stopping_best_alone", {"(best, epoch)": "best", "(best, len(errors) - 1)": "best"},
        says="You return only the best epoch; return the pair (best, last).")
mistake("early_stopping", "stopping_last_alone", {"(best, epoch)": "epoch",
        "(best, len(errors) - 1)": "len(errors) - 1"},
        says="You return only the last epoch; return the pair (best, last).")
mistake("early_stopping", "stopping_beyond_the_end", {"len(errors) - 1": "len(errors)"},
        says="When patience never runs out, you return one epoch too many; the last one is len(errors) − 1.")
mistake("early_stopping", "stopping_past_the_curve", {"len(errors) - 1": "best + patience"},
        says="When patience never runs out, you return best + patience; training then ends with the curve's "
        "last epoch.")
mistake("early_stopping", "stopping_without_an_end", {"(best, len(errors) - 1)": "None"},
        says="When patience never runs out, you return nothing; training then ends with the curve's last "
        "epoch.")
mistake("early_stopping", "stopping_keeps_the_end", {
        "(best, len(errors) - 1)": "(len(errors) - 1, len(errors) - 1)"},
        says="When patience never runs out, you keep the last epoch; keep the best one all the same.")

# choose_l2 --------------------------------------------------------------------------------------------------

mistake("choose_l2", "choice_of_the_first", {"max": "next"},
        says="You choose the first of several equally good λ; choose the largest.")
mistake("choose_l2", "choice_of_the_last", {"max": "(lambda found: list(found)[-1])"},
        says="You choose the last of several equally good λ; choose the largest, wherever it stands.")
mistake("choose_l2", "choice_of_the_smallest", {"max": "min"},
        says="You choose the smallest of several equally good λ; choose the largest, which gives the "
        "simplest model.")
mistake("choose_l2", "choice_of_the_worst", {"np.nanmin": "np.nanmax"},
        says="You choose the highest error; choose the lowest.")
mistake("choose_l2", "choice_of_the_largest", {"error == lowest": "True"},
        says="You choose the largest λ of all; choose the one with the lowest error, and the largest only "
        "among equals.")
mistake("choose_l2", "choice_of_nan", {
        "np.nanmin": "np.min", "error == lowest": "error == lowest or (error != error and lowest != lowest)"},
        says="You choose a λ whose error is nan (np.argmin treats nan as the lowest); skip it.")
mistake("choose_l2", "choice_with_tolerance", {"error == lowest": "error <= lowest + c"},
        free={"c": (0.02, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9)},
        says="You call two λ equally good when their errors are merely close; only equal errors are a tie.")
mistake("choose_l2", "choice_by_isclose", {"error == lowest": "np.isclose(error, lowest)"},
        says="You look for ties with np.isclose, which treats slightly different errors as equal; compare "
        "with ==.")
mistake("choose_l2", "choice_sorted_apart", {"l2s": "np.sort(l2s)"},
        says="You sort the λ without their errors, so errors end up with the wrong λ; keep them together.")
mistake("choose_l2", "choice_as_position", [{"return max((l2 for l2, error in zip(l2s, errors, strict=True) "
         "if error == lowest))":
         "return list(l2s).index(max(l2 for l2, error in zip(l2s, errors) if error == lowest))"},
        {"return max((l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest))":
         "return np.nanargmin(errors)"}],
        says="You return the position of the best λ; return the λ itself.")
mistake("choose_l2", "choice_as_error", {
        "max((l2 for l2, error in zip(l2s, errors, strict=True) if error == lowest))":
         "lowest"},
        says="You return the lowest error; return the λ that reaches it.")
