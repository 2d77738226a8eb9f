"""Wrong versions for q7 and q8: class weights, repeated and synthetic examples."""

from grader import mistake

# class_weights ----------------------------------------------------------------------------------------------

# the formula
mistake("class_weights", "weights_without_classes", {"len(y) / classes": "len(y)"},
        says="You leave out the number of classes; w = n/(k·n_c).")
mistake("class_weights", "weights_inverse_counts", {"len(y) / classes": "1"},
        says="Your weights are 1/n_c; multiply by n and divide by the number of classes.")
mistake("class_weights", "weights_without_examples", {"len(y) / classes": "1 / classes"},
        says="Your weights are 1/(k·n_c); multiply by the number of examples n.")
mistake("class_weights", "weights_of_largest", {"len(y) / classes": "count.max()"},
        says="You divide the largest count by each; divide n/k by each.")
mistake("class_weights", "weights_of_others_per_example", {"len(y) / classes": "len(y) - count"},
        says="You divide the number of all other examples by n_c; divide n/k by it.")
mistake("class_weights", "weights_k_of_present_classes", {"len(y) / classes": "len(y) / np.sum(count > 0)"},
        says="Your k counts the classes that have examples; it is the argument classes.")
mistake("class_weights", "weights_rounded_down", [{"return weights": "return np.floor(weights)"},
         {"len(y) / classes": "len(y) // classes"}],
        says="You divide with //, which drops the decimals; divide with /.")
mistake("class_weights", "weights_as_frequencies", {"return weights": "return count / len(y)"},
        says="Your weights are the classes' shares, so the largest class counts most; rare classes need the "
        "larger weights, n/(k·n_c).")
mistake("class_weights", "weights_one_minus_frequency",
        [{"return weights": "return np.where(count > 0, 1 - count / len(y), 0)"},
         {"return weights": "return 1 - count / len(y)"}],
        says="Your weights are 1 − n_c/n; they are n/(k·n_c).")
mistake("class_weights", "weights_square_root", {"return weights": "return np.sqrt(weights)"},
        says="You take the square root of the weights; return them as they are.")
mistake("class_weights", "weights_sum_to_one", {"return weights": "return weights / weights.sum()"},
        says="You scale the weights so that they sum to 1; return n/(k·n_c) as it is.")
mistake("class_weights", "weights_sum_to_classes",
        {"return weights": "return classes * weights / weights.sum()"},
        says="You scale the weights so that they sum to the number of classes; return n/(k·n_c) as it is.")
mistake("class_weights", "weights_largest_is_one", {"return weights": "return weights / weights.max()"},
        says="You scale the weights so that the largest is 1; return n/(k·n_c) as it is.")
# classes without an example, and the form of the answer
mistake("class_weights", "weights_infinite", {"np.zeros(classes)": "np.full(classes, np.inf)"},
        says="You give a class without an example the weight inf; give it 0.")
mistake("class_weights", "weights_one_without_examples", {"np.zeros(classes)": "np.ones(classes)"},
        says="You give a class without an example the weight 1; give it 0.")
mistake("class_weights", "weights_of_absent_as_one",
        {"np.bincount(y, minlength=classes)": "np.maximum(np.bincount(y, minlength=classes), 1)"},
        says="You count an absent class as if it had one example; give it the weight 0.")
mistake("class_weights", "weights_of_counts_plus_one",
        {"np.bincount(y, minlength=classes)": "np.bincount(y, minlength=classes) + 1"},
        says="You count one more example in each class than there are; use the counts as they are.")
mistake("class_weights", "weights_with_epsilon",
        {"np.bincount(y, minlength=classes)": "np.bincount(y, minlength=classes) + c"},
        free={"c": (1e-08, 1e-10, 1e-06)}, says="You add a small number to each count, which gives a class "
        "without an example a very large weight; give it 0.")
mistake("class_weights", "weights_up_to_the_largest_label",
        {"np.bincount(y, minlength=classes)": "np.bincount(y)", "np.zeros(classes)": "np.zeros(len(count))"},
        says="Your weights end with the largest label that occurs; return one for each of the classes, 0 for "
        "those without an example.")
mistake("class_weights", "weights_of_present_classes_only", {"return weights": "return weights[count > 0]"},
        says="You return no weight for a class without an example; return one for each class, 0 for those.")
mistake("class_weights", "weights_per_example", {"return weights": "return weights[y]"},
        says="You return a weight for every example; the question asks for one per class.")
mistake("class_weights", "weights_in_order_of_size",
        {"np.bincount(y, minlength=classes)": "np.sort(np.bincount(y, minlength=classes))[::-1]"},
        says="You sort the classes by size; weight number c belongs to class c.")
mistake("class_weights", "weights_as_dictionary", {"return weights": "return dict(enumerate(weights))"},
        says="You return a dictionary; the question asks for an array whose entry number c is the weight of "
        "class c.")
mistake("class_weights", "weights_count_changed_labels", {"return weights": "y.sort()\nreturn weights"},
        says="Your weights are right, but you write into the labels; leave them unchanged.")

# oversample -------------------------------------------------------------------------------------------------

# which examples
mistake("oversample", "oversample_undersamples",
        [{"[np.arange(len(y))]": "[]",
          "rng.integers(len(own), size=lacks)": "rng.permutation(len(own))[:counts.min()]"},
         {"[np.arange(len(y))]": "[]",
          "rng.integers(len(own), size=lacks)": "rng.choice(len(own), size=counts.min(), replace=False)"},
         {"[np.arange(len(y))]": "[]", "rng.integers(len(own), size=lacks)": "np.arange(counts.min())"}],
        says="You cut every class down to the smallest; repeat examples until each is as large as the "
        "largest.")
mistake("oversample", "oversample_repeats_in_turn",
        {"rng.integers(len(own), size=lacks)": "np.arange(lacks) % len(own)"},
        says="You repeat the examples in turn; draw them with rng.integers(n_c, size=m).")
mistake("oversample", "oversample_repeats_the_first",
        {"rng.integers(len(own), size=lacks)": "np.zeros(lacks, dtype=int)"},
        says="You repeat the first example of a class again and again; draw from all of its examples.")
mistake("oversample", "oversample_repeats_one_example",
        {"rng.integers(len(own), size=lacks)": "np.full(lacks, rng.integers(len(own)))"},
        says="You draw one example of a class and repeat it; draw a new one for each that is missing.")
mistake("oversample", "oversample_without_replacement",
        {"rng.integers(len(own), size=lacks)":
         "np.concatenate([np.arange(0), *(rng.permutation(len(own)) for _ in range(-(-lacks // "
         "len(own))))])[:lacks]"},
        says="You draw without replacement, so no example is repeated more than once before all are; draw "
        "with replacement.")
mistake("oversample", "oversample_from_all_examples",
        {"own[rng.integers(len(own), size=lacks)]": "rng.integers(len(y), size=lacks)"},
        says="You draw the extra examples of a class from all examples; draw from its own.")
mistake("oversample", "oversample_draws_everything_anew",
        {"[np.arange(len(y))]": "[]", "counts.max() - len(own)": "counts.max()"},
        says="You draw all examples of a class anew and lose some of those given; keep every given example "
        "and draw only what is missing.")
mistake("oversample", "oversample_draws_places_by_random",
        {"rng.integers(len(own), size=lacks)": "(rng.random(lacks) * len(own)).astype(int)"},
        says="You draw with rng.random and scale; use rng.integers(n_c, size=m).")
mistake("oversample", "oversample_never_the_last",
        {"rng.integers(len(own), size=lacks)": "rng.integers(max(len(own) - 1, 1), size=lacks)"},
        says="You never draw a class's last example, since rng.integers(n) already ends at n − 1; use "
        "rng.integers(n_c, size=m).")
mistake("oversample", "oversample_from_own_generator",
        [{"labels, counts = np.unique(y, return_counts=True)":
          "rng = np.random.default_rng(c)\nlabels, counts = np.unique(y, return_counts=True)"},
         {"labels, counts = np.unique(y, return_counts=True)":
          "rng = np.random.RandomState(c)\nlabels, counts = np.unique(y, return_counts=True)",
          "rng.integers(len(own), size=lacks)": "rng.choice(len(own), size=lacks)"}],
        free={"c": (0, 42, 1, 123)},
        says="You draw from a generator of your own, with a fixed seed; draw from the argument rng.")
# how many
mistake("oversample", "oversample_smallest_class_only",
        {"counts.max() - len(own)": "(counts.max() - len(own)) * (len(own) == counts.min())"},
        says="You add examples to the smallest class only; every class smaller than the largest should grow.")
mistake("oversample", "oversample_class_one_only",
        {"counts.max() - len(own)": "(counts.max() - len(own)) * (label == 1)"},
        says="You add examples to class 1 only; every class smaller than the largest should grow.")
mistake("oversample", "oversample_as_many_as_largest_extra",
        {"counts.max() - len(own)": "counts.max() * (len(own) < counts.max())"},
        says="You add as many examples as the largest class has; add only what is missing.")
mistake("oversample", "oversample_every_class_again", {"counts.max() - len(own)": "counts.max()"}, says="You "
        "add as many examples as the largest class has, to this class as well; add only what is missing.")
mistake("oversample", "oversample_to_the_mean",
        {"counts.max() - len(own)": "max(int(counts.mean()) - len(own), 0)"},
        says="You bring the classes to their mean size; bring them to the size of the largest.")
mistake("oversample", "oversample_to_class_zero", {"counts.max() - len(own)": "max(counts[0] - len(own), 0)"},
        says="You bring the classes to the size of the first; bring them to the size of the largest.")
mistake("oversample", "oversample_draws_for_full_classes",
        {"rng.integers(len(own), size=lacks)": "rng.integers(len(own), size=counts.max())[:lacks]"},
        says="You draw for the largest class as well, which uses up random numbers; classes that lack "
        "nothing draw nothing.")
# the order, and what is returned
mistake("oversample", "oversample_classes_descending", {"labels": "labels[::-1]"},
        says="You go through the classes in descending order; the handout goes in ascending order.")
mistake("oversample", "oversample_shuffles",
        {"np.concatenate(chosen)": "rng.permutation(np.concatenate(chosen))"},
        says="You shuffle the result; the given examples come first, in their order.")
mistake("oversample", "oversample_extras_first",
        {"np.concatenate(chosen)": "np.concatenate(chosen[1:] + chosen[:1])"},
        says="You put the extra examples first; the given ones come first, in their order.")
mistake("oversample", "oversample_sorts_by_class",
        {"np.concatenate(chosen)": "sorted(np.concatenate(chosen), key=y.__getitem__)"}, says="You sort the "
        "result by class; the given examples come first, in their order, then the extra ones.")
mistake("oversample", "oversample_extras_only", {"[np.arange(len(y))]": "[np.arange(0)]"},
        says="You return only the extra examples; the given ones come first.")
mistake("oversample", "oversample_draws_labels_apart",
        {"y[places]": "np.concatenate([y, rng.permutation(y[places][len(y):])])"},
        says="You draw the extra X and the extra y separately, so labels end up with other examples' "
        "features; use the same draw for both.")
mistake("oversample", "oversample_labels_unchanged", {"y[places]": "y"},
        says="You return the labels as they were; the extra examples need labels too.")
mistake("oversample", "oversample_sorts_in_place",
        {"return X[places], y[places]": "more = X[places], y[places]\nX[:] = 0\nreturn more"},
        says="Your result is right, but you write into the caller's X; leave it unchanged.")

# synthesize -------------------------------------------------------------------------------------------------

# the neighbours
mistake("synthesize", "synthesize_counts_itself_as_neighbour", [{"np.inf": "-1"},
         {"np.fill_diagonal(distance, np.inf)": ""}, {"np.inf": "-1", "k": "k + 1"}], says="You count an "
        "example as its own nearest neighbour, so some new examples are copies; leave it out.")
mistake("synthesize", "synthesize_drops_twins",
        {"np.fill_diagonal(distance, np.inf)": "distance[distance == 0] = np.inf"}, says="You leave out "
        "every neighbour at distance 0; another example in the same place is a neighbour too.")
mistake("synthesize", "synthesize_any_other_example", {"k": "len(X) - 1"},
        says="You use any other example as the neighbour; use one of the k nearest.")
mistake("synthesize", "synthesize_always_the_nearest",
        [{"rng.integers(k, size=count)": "0 * rng.integers(k, size=count)"},
         {"rng.integers(k, size=count)": "np.zeros(count, dtype=int)"}],
        says="You always take the nearest neighbour; draw one of the k nearest.")
mistake("synthesize", "synthesize_always_the_kth",
        [{"rng.integers(k, size=count)": "k - 1 + 0 * rng.integers(k, size=count)"},
         {"rng.integers(k, size=count)": "np.full(count, k - 1)"}],
        says="You always take the k-th neighbour; draw one of the k nearest.")
mistake("synthesize", "synthesize_farthest",
        [{"np.inf": "-1", "np.argsort(distance)": "np.argsort(distance)[:, ::-1]"},
         {"np.argsort(distance)": "np.argsort(distance)[:, ::-1]"}],
        says="You use the farthest examples as neighbours; sort the distances in ascending order.")
mistake("synthesize", "synthesize_city_block", {"np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)":
         "np.abs(X[:, None, :] - X[None, :, :]).sum(axis=2)"}, says="You measure distances as the sum of "
        "absolute differences; the handout asks for the Euclidean distance.")
mistake("synthesize", "synthesize_largest_difference",
        {"np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)":
         "np.abs(X[:, None, :] - X[None, :, :]).max(axis=2)"}, says="You measure distances as the largest "
        "difference in a feature; the handout asks for the Euclidean distance.")
mistake("synthesize", "synthesize_signed_differences",
        {"np.linalg.norm(X[:, None, :] - X[None, :, :], axis=2)":
         "np.sum(X[:, None, :] - X[None, :, :], axis=2)"}, says="You add up the differences with their "
        "signs, so that they cancel; the handout asks for the Euclidean distance.")
mistake("synthesize", "synthesize_first_feature_only",
        {"X[:, None, :] - X[None, :, :]": "X[:, None, :1] - X[None, :, :1]"},
        says="You compare only the first feature; the distance includes all of them.")
mistake("synthesize", "synthesize_standardised_distance", {"X[:, None, :] - X[None, :, :]":
         "(X[:, None, :] - X[None, :, :]) / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)"},
        says="You scale the features before you measure distances; use them as they are.")
# the draws
mistake("synthesize", "synthesize_in_turn", {"rng.integers(len(X), size=count)": "np.arange(count) % len(X)"},
        says="You take the examples in turn; draw each with rng.integers(N, size=count).")
mistake("synthesize", "synthesize_share_per_feature",
        {"rng.random(count)": "rng.random((count, X.shape[1]))", "u[:, None]": "u"},
        says="You draw a separate u for every feature, so new examples lie in a box instead of on the line "
        "between two; draw one number per new example.")
mistake("synthesize", "synthesize_one_share_for_all", {"rng.random(count)": "np.full(count, rng.random())"},
        says="You draw a single u for all new examples; draw one for each.")
mistake("synthesize", "synthesize_midpoints", {"rng.random(count)": "np.full(count, 0.5)"},
        says="You always take the midpoint; u is random between 0 and 1.")
mistake("synthesize", "synthesize_beyond_the_neighbour", {"rng.random(count)": "2 * rng.random(count)"},
        says="Your u runs from 0 to 2, so some examples lie beyond the neighbour; it should run from 0 to 1.")
mistake("synthesize", "synthesize_to_both_sides", {"rng.random(count)": "2 * rng.random(count) - 1"},
        says="Your u runs from −1 to 1, so some examples lie on the other side; it should run from 0 to 1.")
mistake("synthesize", "synthesize_normal_share", {"rng.random(count)": "rng.normal(size=count)"},
        says="You draw u from a normal distribution; draw it with rng.random(count), between 0 and 1.")
mistake("synthesize", "synthesize_share_drawn_first", {"i = rng.integers(len(X), size=count)":
         "u = rng.random(count)\ni = rng.integers(len(X), size=count)", "u = rng.random(count)": ""},
        says="You draw u before the examples and neighbours; the handout's order is example, neighbour, u.")
mistake("synthesize", "synthesize_neighbour_drawn_last", {"j = nearest[i, rng.integers(k, size=count)]":
         "u = rng.random(count)\nj = nearest[i, rng.integers(k, size=count)]", "u = rng.random(count)": ""},
        says="You draw u before the neighbours; the handout's order is example, neighbour, u.")
mistake("synthesize", "synthesize_draws_one_by_one", {"i = rng.integers(len(X), size=count)":
         "drawn = [(rng.integers(len(X)), rng.integers(k), rng.random()) for _ in range(count)]\ni, place, u "
         "= np.array(drawn).reshape(-1, 3).T\ni = i.astype(int)",
         "rng.integers(k, size=count)": "place.astype(int)", "u = rng.random(count)": ""},
        says="You draw example, neighbour and u for one new example after another; draw all examples first, "
        "then all neighbours, then all u.")
mistake("synthesize", "synthesize_from_own_generator",
        [{"i = rng.integers(len(X), size=count)":
          "rng = np.random.default_rng(c)\ni = rng.integers(len(X), size=count)"},
         {"i = rng.integers(len(X), size=count)":
          "rng = np.random.RandomState(c)\ni = rng.randint(len(X), size=count)",
          "rng.integers(k, size=count)": "rng.randint(k, size=count)",
          "rng.random(count)": "rng.rand(count)"}], free={"c": (42, 1, 123, 0)},
        says="You draw from a generator of your own, with a fixed seed; draw from the argument rng.")
# the new examples
mistake("synthesize", "synthesize_away_from_neighbour", {"X[j] - X[i]": "X[i] - X[j]"},
        says="You go away from the neighbour; go towards it, x_i + u(x_j − x_i).")
mistake("synthesize", "synthesize_from_the_neighbour",
        {"X[j] - X[i]": "X[i] - X[j]", "X[i] + step": "X[j] + step"},
        says="You start at the neighbour; start at x_i and go the share u towards x_j.")
mistake("synthesize", "synthesize_sum_without_start", {"X[i] + step": "step"},
        says="You return only the step u(x_j − x_i); add x_i.")
mistake("synthesize", "synthesize_share_of_sum", {"X[j] - X[i]": "X[j]"},
        says="You add u·x_j without subtracting u·x_i; the new example is x_i + u(x_j − x_i).")
mistake("synthesize", "synthesize_share_of_distance",
        {"X[j] - X[i]": "np.linalg.norm(X[j] - X[i], axis=1, keepdims=True)"},
        says="You add a share of the distance to every feature; add that share of the difference x_j − x_i.")
mistake("synthesize", "synthesize_share_of_absolute_difference", {"X[j] - X[i]": "np.abs(X[j] - X[i])"},
        says="You take the absolute differences, which always point upwards; go towards the neighbour, x_i + "
        "u(x_j − x_i).")
mistake("synthesize", "synthesize_copies", {"X[j] - X[i]": "0 * X[i]"},
        says="You repeat examples; a new example lies between two existing ones.")
mistake("synthesize", "synthesize_by_noise",
        [{"j = nearest[i, rng.integers(k, size=count)]\nu = rng.random(count)":
          "u = X.std(axis=0) * rng.normal(size=(count, X.shape[1]))", "u[:, None] * (X[j] - X[i])": "u"},
         {"j = nearest[i, rng.integers(k, size=count)]\nu = rng.random(count)":
          "u = rng.normal(size=(count, X.shape[1]))", "u[:, None] * (X[j] - X[i])": "u"}],
        says="You add noise to examples; a new example lies between two existing ones.")
mistake("synthesize", "synthesize_with_originals", {"X[i] + step": "np.vstack([X, X[i] + step])"},
        says="You return the given examples as well; return only the new ones.")
mistake("synthesize", "synthesize_truncated_to_integers", {"X[i] + step": "(X[i] + step).astype(X.dtype)"},
        says="You store the new examples in an array of X's type, which cuts off the decimals when the "
        "features are integers; use an array of floats.")
mistake("synthesize", "synthesize_changes_inputs",
        {"return X[i] + step": "made = X[i] + step\nX[:] = 0\nreturn made"},
        says="Your examples are right, but you write into X; leave it unchanged.")
