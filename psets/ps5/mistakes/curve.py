"""Wrong versions for q6: error against capacity."""

from grader import mistake

# What is fitted and measured --------------------------------------------------------------------------------

mistake("complexity_curve", "curve_fitted_on_validation", {
        "[error(model, *validation) for model in models]":
        "[error(fit(*validation, setting, seed), *validation) for seed in seeds]"},
        says="You fit again on the validation examples before you measure their error; fit on the training "
        "examples alone.")
mistake("complexity_curve", "curve_fitted_on_validation_alone", {
        "fit(*train, setting, seed)": "fit(*validation, setting, seed)"},
        says="You fit on the validation examples; fit on the training examples alone.")
mistake("complexity_curve", "curve_fitted_on_everything", {
        "fit(*train, setting, seed)": "fit(*map(np.concatenate, zip(train, validation)), setting, seed)"},
        says="You fit on training and validation examples together; the validation examples must stay "
        "unseen.")
mistake("complexity_curve", "curve_without_validation", {"error(model, *validation)": "error(model, *train)"},
        says="You measure both errors on the training examples; measure the second on the validation "
        "examples.")
mistake("complexity_curve", "curve_without_training", {"error(model, *train)": "error(model, *validation)"},
        says="You measure both errors on the validation examples; measure the first on the training "
        "examples.")
mistake("complexity_curve", "curve_of_accuracies", {
        "error(model, *train)": "1 - error(model, *train)", "error(model, *validation)":
        "1 - error(model, *validation)"},
        says="You return 1 minus the errors; return the errors themselves.")

# Seeds and settings -----------------------------------------------------------------------------------------

mistake("complexity_curve", "curve_of_first_seed", {"seeds": "seeds[:1]"},
        says="You train with the first seed only; train with each and take the mean.")
mistake("complexity_curve", "curve_of_last_seed", {"seeds": "seeds[-1:]"},
        says="You keep only the last seed's errors; take the mean over all seeds.")
mistake("complexity_curve", "curve_with_counted_seeds", {"seeds": "range(len(seeds))"},
        says="You use 0, 1, 2, … as seeds; use the seeds you are given.")
mistake("complexity_curve", "curve_of_one_seed", {"fit(*train, setting, seed)": "fit(*train, setting, c)"},
        free={"c": (0, 42, 1)}, says="You train with the same seed every time; use the seeds you are given.")
mistake("complexity_curve", "curve_in_sorted_order", {"enumerate(settings)": "enumerate(sorted(settings))"},
        says="You sort the settings; keep them in the order you are given.")
mistake("complexity_curve", "curve_along_seeds", {
        "train_errors, validation_errors = (np.zeros(len(settings)), np.zeros(len(settings)))":
        "settings, seeds = seeds, settings\ntrain_errors, validation_errors = np.zeros((2, len(settings)))",
        "fit(*train, setting, seed)": "fit(*train, seed, setting)"},
        says="You average over the settings, for each seed; average over the seeds, for each setting.")

# The mean, and what is returned -----------------------------------------------------------------------------

mistake("complexity_curve", "curve_summed", {
        "np.mean([error(model, *train) for model in models])":
        "sum(error(model, *train) for model in models)",
        "np.mean([error(model, *validation) for model in models])":
        "sum(error(model, *validation) for model in models)"},
        says="You sum the errors over the seeds; the handout asks for their mean.")
mistake("complexity_curve", "curve_of_best_seed", {
        "np.mean([error(model, *train) for model in models])":
        "min(error(model, *train) for model in models)",
        "np.mean([error(model, *validation) for model in models])":
        "min(error(model, *validation) for model in models)"},
        says="You keep only the best seed's error, which is low partly by luck; take the mean over all "
        "seeds.")
mistake("complexity_curve", "curve_of_median_seed", {
        "np.mean([error(model, *train) for model in models])":
        "np.median([error(model, *train) for model in models])",
        "np.mean([error(model, *validation) for model in models])":
        "np.median([error(model, *validation) for model in models])"},
        says="You take the median over the seeds; the handout asks for the mean.")
mistake("complexity_curve", "curve_not_averaged", {
        "train_errors, validation_errors = (np.zeros(len(settings)), np.zeros(len(settings)))":
        "train_errors, validation_errors = np.zeros((2, len(settings), len(seeds)))",
        "np.mean([error(model, *train) for model in models])": "[error(model, *train) for model in models]",
        "np.mean([error(model, *validation) for model in models])":
        "[error(model, *validation) for model in models]"},
        says="You return one error for each setting and seed; take the mean over the seeds.")
mistake("complexity_curve", "curve_swapped", {
        "(train_errors, validation_errors)": "(validation_errors, train_errors)"},
        says="You return the two curves the wrong way round; training errors come first.")
mistake("complexity_curve", "curve_of_validation_alone", {"(train_errors, validation_errors)":
        "validation_errors"},
        says="You return only the validation errors; return both curves, training errors first.")
