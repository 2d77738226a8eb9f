"""Wrong versions for q7: repeated examples."""

import numpy as np

from grader import mistake


@mistake(
    "oversample",
    says="You cut every class down to the smallest; repeat examples until each is as large as the largest.",
)
def oversample_undersamples(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = []
    for label in labels:
        own = np.flatnonzero(y == label)
        places.append(own[rng.permutation(len(own))[: counts.min()]])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat the examples in turn; draw them with rng.integers(n_c, size=m).",
)
def oversample_repeats_in_turn(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(np.resize(own, lacks))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You repeat the first example of a class again and again; draw from all of its examples.",
)
def oversample_repeats_the_first(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(np.full(lacks, own[0]))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw without replacement, so no example is repeated more than once before all are; draw "
    "with replacement.",
)
def oversample_without_replacement(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(
                np.concatenate([rng.permutation(own) for _ in range(-(-lacks // len(own)))])[:lacks]
            )
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You shuffle the result; the given examples come first, in their order.",
)
def oversample_shuffles(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    places = rng.permutation(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw all examples of a class anew and lose some of those given; keep every given example and "
    "draw only what is missing.",
)
def oversample_draws_everything_anew(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = []
    for label in labels:
        own = np.flatnonzero(y == label)
        places.append(own[rng.integers(len(own), size=counts.max())])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You put the extra examples first; the given ones come first, in their order.",
)
def oversample_extras_first(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places[1:] + places[:1])
    return X[places], y[places]


@mistake(
    "oversample",
    says="You sort the result by class; the given examples come first, in their order, then the extra ones.",
)
def oversample_sorts_by_class(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    places = places[np.argsort(y[places], kind="stable")]
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw the extra examples of a class from all examples; draw from its own.",
)
def oversample_from_all_examples(X, y, rng):
    counts = np.unique(y, return_counts=True)[1]
    places = [np.arange(len(y))]
    for count in counts:
        lacks = counts.max() - count
        if lacks > 0:
            places.append(rng.integers(len(y), size=lacks))
    places = np.concatenate(places)
    return X[places], y[places]


@mistake("oversample", says="You return only the extra examples; the given ones come first.")
def oversample_extras_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(0)]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You add examples to the smallest class only; every class smaller than the largest should grow.",
)
def oversample_smallest_class_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0 and count == counts.min():
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You add examples to class 1 only; every class smaller than the largest should grow.",
)
def oversample_class_one_only(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0 and label == 1:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You go through the classes in descending order; the handout goes in ascending order.",
)
def oversample_classes_descending(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels[::-1], counts[::-1], strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake("oversample", says="You add as many examples as the largest class has; add only what is missing.")
def oversample_as_many_as_largest_extra(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=counts.max())])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You bring the classes to their mean size; bring them to the size of the largest.",
)
def oversample_to_the_mean(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = int(counts.mean()) - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw for the largest class as well, which uses up random numbers; classes that lack nothing "
    "draw nothing.",
)
def oversample_draws_for_full_classes(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        drawn = rng.integers(len(own), size=counts.max())[:lacks]
        places.append(own[drawn])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You draw the extra X and the extra y separately, so labels end up with other examples' features; "
    "use the same draw for both.",
)
def oversample_draws_labels_apart(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    extra = rng.permutation(y[places][len(y) :])
    return X[places], np.concatenate([y, extra])


@mistake("oversample", says="You draw with rng.random and scale; use rng.integers(n_c, size=m).")
def oversample_draws_places_by_random(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[(rng.random(lacks) * len(own)).astype(int)])
    places = np.concatenate(places)
    return X[places], y[places]


@mistake(
    "oversample",
    says="You return the labels as they were; the extra examples need labels too.",
)
def oversample_labels_unchanged(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    return X[places], y


@mistake("oversample", says="Your result is right, but you write into the caller's X; leave it unchanged.")
def oversample_sorts_in_place(X, y, rng):
    labels, counts = np.unique(y, return_counts=True)
    places = [np.arange(len(y))]
    for label, count in zip(labels, counts, strict=True):
        own = np.flatnonzero(y == label)
        lacks = counts.max() - count
        if lacks > 0:
            places.append(own[rng.integers(len(own), size=lacks)])
    places = np.concatenate(places)
    X_new, y_new = X[places], y[places]
    X[:] = 0
    return X_new, y_new
