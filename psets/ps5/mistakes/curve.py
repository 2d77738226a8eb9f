"""Wrong versions for q6: error against capacity."""

import numpy as np

from grader import mistake


@mistake(
    "complexity_curve",
    says="You return the two curves the wrong way round; training errors come first.",
)
def curve_swapped(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(validation_errors), np.array(train_errors)


@mistake(
    "complexity_curve",
    says="You fit again on the validation examples before you measure their error; fit on the training "
    "examples alone.",
)
def curve_fitted_on_validation(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        train_errors.append(np.mean([error(fit(*train, setting, seed), *train) for seed in seeds]))
        validation_errors.append(
            np.mean([error(fit(*validation, setting, seed), *validation) for seed in seeds])
        )
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You fit on training and validation examples together; the validation examples must stay unseen.",
)
def curve_fitted_on_everything(fit, error, settings, train, validation, seeds):
    both = [np.concatenate(pair) for pair in zip(train, validation, strict=True)]
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*both, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You measure both errors on the training examples; measure the second on the validation examples.",
)
def curve_without_validation(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *train) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You sum the errors over the seeds; the handout asks for their mean.")
def curve_summed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(sum(error(model, *train) for model in models))
        validation_errors.append(sum(error(model, *validation) for model in models))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You train with the first seed only; train with each and take the mean.")
def curve_of_first_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds[:1]]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You keep only the last seed's errors; take the mean over all seeds.")
def curve_of_last_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds[-1:]]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You keep only the best seed's error, which is low partly by luck; take the mean over all seeds.",
)
def curve_of_best_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(min(error(model, *train) for model in models))
        validation_errors.append(min(error(model, *validation) for model in models))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You take the median over the seeds; the handout asks for the mean.")
def curve_of_median_seed(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.median([error(model, *train) for model in models]))
        validation_errors.append(np.median([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You use 0, 1, 2, … as seeds; use the seeds you are given.")
def curve_with_counted_seeds(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in range(len(seeds))]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You average over the settings, for each seed; average over the seeds, for each setting.",
)
def curve_along_seeds(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for seed in seeds:
        models = [fit(*train, setting, seed) for setting in settings]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve", says="You return one error for each setting and seed; take the mean over the seeds."
)
def curve_not_averaged(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append([error(model, *train) for model in models])
        validation_errors.append([error(model, *validation) for model in models])
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You sort the settings; keep them in the order you are given.")
def curve_in_sorted_order(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in sorted(settings):
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(np.mean([error(model, *train) for model in models]))
        validation_errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake("complexity_curve", says="You return 1 minus the errors; return the errors themselves.")
def curve_of_accuracies(fit, error, settings, train, validation, seeds):
    train_errors, validation_errors = [], []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        train_errors.append(1 - np.mean([error(model, *train) for model in models]))
        validation_errors.append(1 - np.mean([error(model, *validation) for model in models]))
    return np.array(train_errors), np.array(validation_errors)


@mistake(
    "complexity_curve",
    says="You return only the validation errors; return both curves, training errors first.",
)
def curve_of_validation_alone(fit, error, settings, train, validation, seeds):
    errors = []
    for setting in settings:
        models = [fit(*train, setting, seed) for seed in seeds]
        errors.append(np.mean([error(model, *validation) for model in models]))
    return np.array(errors)
