"""Wrong versions for q7 and q8: the path of a descent, the minima reached, and the test of convexity."""

from grader import mistake

# descend ----------------------------------------------------------------------------------------------------

mistake("descend", "descend_without_the_start", {"return path": "return path[1:]"},
        says="Your path leaves out the start; put it first.")
mistake("descend", "descend_only_the_end", {"return path": "return path[-1]"},
        says="You return only the end of the path; the question asks for all of it, including the start.")
mistake("descend", "descend_start_twice", {"return path": "return np.append(path[:1], path[:-1])"},
        says="Your path holds the start twice and lacks its end; take the step before you add to the path.")
mistake("descend", "descend_one_step_too_few",
        {"path = np.empty(steps + 1)": "steps = max(steps - 1, 0)\npath = np.empty(steps + 1)"},
        says="Your path has `steps` numbers; it should have steps + 1, the start and one after each step.")
mistake("descend", "descend_last_step_not_taken", {"np.empty(steps + 1)": "np.zeros(steps + 1)",
                                                   "range(steps)": "range(steps - 1)"},
        says="Your loop ends one step early, so the last number of the path is still 0.")
mistake("descend", "descend_one_step_too_many",
        {"path = np.empty(steps + 1)": "steps = steps + 1\npath = np.empty(steps + 1)"},
        says="Your path is one number too long; it should have steps + 1, the start and one after each step.")
mistake("descend", "descend_stops_early", [{
                                            "path[k + 1] = path[k] - learning_rate * gradient(path[k])":
                                            "path[k + 1] = path[k] - learning_rate * gradient(path[k])\n"
                                            "if abs(path[k + 1] - path[k]) <= c:\n    return path[:k + 1]"},
                                           {"path[k + 1] = path[k] - learning_rate * gradient(path[k])":
                                            "path[k + 1] = path[k] - learning_rate * gradient(path[k])\n"
                                            "if abs(path[k + 1] - path[k]) <= c:\n    return path[:k + 2]"}],
        free={"c": (0.0, 1e-6, 1e-8, 1e-5, 1e-4, 1e-3)},
        says="You stop early when the steps become small; the path always has steps + 1 numbers.")

mistake("descend", "descend_uphill",
        {"path[k] - learning_rate * gradient(path[k])": "path[k] + learning_rate * gradient(path[k])"},
        says="You add the slope, which walks uphill; subtract it.")
mistake("descend", "descend_by_sign", {"gradient(path[k])": "np.sign(gradient(path[k]))"},
        says="You use only the slope's sign; each step is the learning rate times the slope.")
mistake("descend", "descend_slope_of_the_start", {"gradient(path[k])": "gradient(start)"},
        says="You compute the slope once, at the start; compute it again at every step.")
mistake("descend", "descend_slope_of_the_slope",
        [{"gradient(path[k])": "(gradient(path[k] + c) - gradient(path[k] - c)) / (2 * c)"},
         {"gradient(path[k])": "(gradient(path[k] + c) - gradient(path[k])) / c"}],
        free={"c": (1e-5, 1e-4, 1e-6, 1e-3, 0.01)},
        says="You measure the slope of the function you are given, which is a slope already; call it.")
mistake("descend", "descend_keeps_the_lower",
        {"path[k + 1] = path[k] - learning_rate * gradient(path[k])":
         "path[k + 1] = path[k] - learning_rate * gradient(path[k])\n"
         "if abs(gradient(path[k + 1])) > abs(gradient(path[k])):\n    path[k + 1] = path[k]"},
        says="You refuse steps that lead to a steeper slope; the handout takes every step.")
mistake("descend", "descend_another_rate", {"learning_rate": "c"}, free={"c": (0.01, 0.1, 0.001, 0.05, 0.5)},
        says="You use a learning rate of your own; use `learning_rate`.")
mistake("descend", "descend_rate_decays", [{"learning_rate": "learning_rate / (1 + c * k)"},
                                           {"learning_rate": "learning_rate * (1 - c) ** k"},
                                           {"learning_rate": "learning_rate / np.sqrt(1 + k)"}],
        free={"c": (1.0, 0.1, 0.01, 0.5, 0.05, 0.001)},
        says="You change the learning rate from step to step; keep it constant.")

mistake("descend", "descend_in_integers", {"np.empty(steps + 1)": "np.empty(steps + 1, dtype=type(start))"},
        says="You store the path in an array of the start's type, which cuts off the decimals when the start "
        "is an integer; use floats.")
mistake("descend", "descend_pushed_off_the_hill",
        {"path[0] = start": "path[0] = start if gradient(start) != 0 else start + c"},
        free={"c": (1e-3, 1e-6, 0.01, 0.1, 1e-4, 1e-8)},
        says="You move the start a little when its slope is 0; a start on a hilltop stays there.")

# minima_reached ---------------------------------------------------------------------------------------------

mistake("minima_reached", "minima_with_repeats", {"not minima or end - minima[-1] > apart": "True"},
        says="You return the end of every descent; ends that agree count once.")
mistake("minima_reached", "minima_another_distance", {"apart": "c"},
        free={"c": (0.0, 1e-6, 1e-3, 1e-4, 0.01, 0.1, 1e-8)},
        says="You merge ends that are equal, or within a distance of your own; ends within `apart` are one "
        "minimum.")
mistake("minima_reached", "minima_at_least_apart", {"end - minima[-1] > apart": "end - minima[-1] >= apart"},
        says="You keep ends that are exactly `apart` above the last one kept; keep only those that are more "
        "than that above it.")
mistake("minima_reached", "minima_chained",
        {"if not minima or end - minima[-1] > apart:\n    minima.append(end)":
         "if not minima or end - last > apart:\n    minima.append(end)\nlast = end"},
        says="You compare each end with the one before it; compare it with the last one you kept.")
mistake("minima_reached", "minima_in_order_of_starts",
        {"sorted": "list", "end - minima[-1] > apart": "all(abs(end - other) > apart for other in minima)"},
        says="You return the minima in the order of the starts; the handout asks for rising order.")
mistake("minima_reached", "minima_not_sorted",
        [{"sorted": "list"}, {"sorted": "list", "end - minima[-1] > apart": "abs(end - minima[-1]) > apart"}],
        says="You compare the ends in the order of the starts; sort them first.")
mistake("minima_reached", "minima_sorted_last",
        {"sorted": "list", "end - minima[-1] > apart": "all(abs(end - other) > apart for other in minima)",
         "np.array(minima)": "np.sort(minima)"},
        says="You sort after you have merged the ends, so that the first of a group represents it; sort "
        "first, so that the smallest does.")
mistake("minima_reached", "minima_falling", {"np.array(minima)": "np.array(minima[::-1])"},
        says="Your minima are in falling order; the handout asks for rising order.")
mistake("minima_reached", "minima_largest_of_each_group",
        [{"sorted(descend(gradient, start, learning_rate, steps)[-1] for start in starts)":
          "np.sort([-descend(gradient, start, learning_rate, steps)[-1] for start in starts])",
          "np.array(minima)": "-np.array(minima[::-1])"},
         {"if not minima or end - minima[-1] > apart:\n    minima.append(end)":
          "if not minima or end - first > apart:\n    minima.append(end)\n    first = end\n"
          "minima[-1] = end"}],
        says="You keep the largest of the ends that lie together; keep the smallest.")
mistake("minima_reached", "minima_mean_of_each_group",
        {"if not minima or end - minima[-1] > apart:\n    minima.append(end)":
         "if not minima or end - minima[-1][0] > apart:\n    minima.append([])\nminima[-1].append(end)",
         "np.array(minima)": "np.array([np.mean(group) for group in minima])"},
        says="You average the ends that lie together; keep the smallest.")
mistake("minima_reached", "minima_lowest_alone", [{"np.array(minima)": "np.array(minima[:1])"},
                                                  {"np.array(minima)": "minima[0]"}],
        says="You return only one minimum; the question asks for every one that is reached.")
mistake("minima_reached", "minima_counted", {"np.array(minima)": "len(minima)"},
        says="You return how many minima there are; the question asks where they are.")

mistake("minima_reached", "minima_of_slopes",
        {"descend(gradient, start, learning_rate, steps)[-1]":
         "gradient(descend(gradient, start, learning_rate, steps)[-1])"},
        says="You return the slopes at the ends; the question asks where the descents end.")
mistake("minima_reached", "minima_rounded",
        {"descend(gradient, start, learning_rate, steps)[-1]":
         "np.round(descend(gradient, start, learning_rate, steps)[-1], c)"},
        free={"c": (3, 2, 1, 4, 6, 0)},
        says="You round the ends; return them as they are, and let `apart` decide which are one minimum.")
mistake("minima_reached", "minima_smallest_of_each_path",
        {"descend(gradient, start, learning_rate, steps)[-1]":
         "min(descend(gradient, start, learning_rate, steps))"},
        says="You take the smallest number of each path; take its end.")
mistake("minima_reached", "minima_all_places_passed",
        {"(descend(gradient, start, learning_rate, steps)[-1] for start in starts)":
         "(end for start in starts for end in descend(gradient, start, learning_rate, steps))"},
        says="You collect every point of the paths; only the ends count.")
mistake("minima_reached", "minima_one_step_too_few", {"steps": "max(steps - 1, 0)"},
        says="You take one step too few.")
mistake("minima_reached", "minima_one_step_too_many", {"steps": "steps + 1"},
        says="You take one step too many.")
mistake("minima_reached", "minima_first_start_left_out", {"starts": "starts[1:]"},
        says="You leave out the first start.")
mistake("minima_reached", "minima_last_start_left_out", {"starts": "starts[:-1]"},
        says="You leave out the last start.")
mistake("minima_reached", "minima_sorts_the_callers_starts",
        {"minima: list[float] = []": "starts.sort()\nminima = []"},
        says="You sort the caller's starts in place; sort a copy.")

# is_convex --------------------------------------------------------------------------------------------------

mistake("is_convex", "convex_without_tolerance", {"chord + slack": "chord"},
        says="You leave no room for rounding, so straight lines fail; allow 1e-9 of the largest |f|.")
mistake("is_convex", "convex_strictly", [{"y[1:-1] <= chord + slack": "y[1:-1] < chord - slack"},
                                         {"y[1:-1] <= chord + slack": "y[1:-1] < chord"}],
        says="You require each point to lie below its chord; a point on its chord passes too.")
mistake("is_convex", "convex_absolute_tolerance", {"1e-9 * np.abs(y).max()": "c"},
        free={"c": (1e-9, 1e-8, 1e-10, 1e-12, 1e-6, 1e-5, 1e-3)},
        says="Your tolerance is the same whatever the size of f; it should be 1e-9 of the largest |f|.")
mistake("is_convex", "convex_another_tolerance", {"1e-9": "c"},
        free={"c": (1e-3, 1e-6, 1e-8, 5e-10, 2e-9, 1e-10, 1e-12, 1e-5)},
        says="Your tolerance is another part of the largest |f|; a point may lie 1e-9·max|f| above its "
        "chord, so a second difference may be as low as −2e-9·max|f|.")
mistake("is_convex", "convex_tolerance_of_the_largest_value", {"np.abs(y).max()": "y.max()"},
        says="You scale the tolerance by the largest f, which is wrong where f is negative; use the largest "
        "|f|.")
mistake("is_convex", "convex_tolerance_of_another_size", [{"np.abs(y).max()": "np.abs(chord)"},
                                                          {"np.abs(y).max()": "np.abs(y).mean()"},
                                                          {"np.abs(y).max()": "(y.max() - y.min())"}],
        says="You scale the tolerance by another size of f; use the largest |f| of all points.")

mistake("is_convex", "convex_is_concave", {"y[1:-1] <= chord + slack": "y[1:-1] >= chord - slack"},
        says="You test for points below their chords, which is concavity; turn the comparison round.")
mistake("is_convex", "convex_negated", {"return bool(below.all())": "return not bool(below.all())"},
        says="You return False where f looks convex and True where it does not; exchange the two.")
mistake("is_convex", "convex_at_any_point", {"below.all()": "below.any()"},
        says="You return True if some point lies below its chord; all of them have to.")
mistake("is_convex", "convex_at_every_point", {"bool(below.all())": "below"},
        says="You return one answer per point; the question asks for a single True or False.")
mistake("is_convex", "convex_violation_returned", {"bool(below.all())": "np.max(y[1:-1] - chord)"},
        says="You return how far f lies above its chords; the question asks for True or False.")
mistake("is_convex", "convex_by_the_middle_triples",
        {"y[1:-1] <= chord + slack": "(y[1:-1] <= chord + slack)[:-1]"},
        says="You leave out the last inner point; every inner point counts.")
mistake("is_convex", "convex_first_point_left_out",
        {"y[1:-1] <= chord + slack": "(y[1:-1] <= chord + slack)[1:]"},
        says="You leave out the first inner point; every inner point counts.")
mistake("is_convex", "convex_every_other_point",
        {"y[1:-1] <= chord + slack": "(y[1:-1] <= chord + slack)[::2]"},
        says="You look only at every other inner point; every inner point counts.")

mistake("is_convex", "convex_without_half", {"(y[:-2] + y[2:]) / 2": "y[:-2] + y[2:]"},
        says="You compare with the sum of the neighbours; the middle of the chord is half that sum.")
mistake("is_convex", "convex_below_both_neighbours", {"(y[:-2] + y[2:]) / 2": "np.maximum(y[:-2], y[2:])"},
        says="You only require that each point is no higher than its larger neighbour, which other functions "
        "satisfy too; compare it with the middle of the chord.")
mistake("is_convex", "convex_under_the_long_chord",
        {"(y[:-2] + y[2:]) / 2": "np.linspace(y[0], y[-1], len(y))[1:-1]"},
        says="You compare every point with the chord from a to b; compare each with the chord between its "
        "neighbours.")
mistake("is_convex", "convex_ends_joined", {"(y[:-2] + y[2:]) / 2": "(np.roll(y, 1) + np.roll(y, -1)) / 2",
                                            "y[1:-1]": "y"},
        says="You compare the two ends too, as if a followed b (np.roll does that); compare inner points "
        "only.")
mistake("is_convex", "convex_asks_beyond_the_ends",
        {"chord = (y[:-2] + y[2:]) / 2":
         "x, h = np.linspace(a, b, points), (b - a) / (points - 1)\n"
         "chord = np.array([(f(v - h) + f(v + h)) / 2 for v in x])", "y[1:-1]": "y"},
        says="You evaluate f outside [a, b], where it may not exist; compare inner points only.")
mistake("is_convex", "convex_halfway_between_points",
        {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)\nchord = (y[:-1] + y[1:]) / 2",
         "y[1:-1]": "np.array([f(v) for v in (x[:-1] + x[1:]) / 2])"},
        says="You evaluate f halfway between grid points; compare each grid point with the chord of its "
        "neighbours.")
# Rounding decides what comes out: a step that is not listed could not be found from it.
mistake("is_convex", "convex_by_tiny_differences",
        [{"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-7) - 2 * f(v) + f(v + 1e-7)) / 1e-7**2 for v in x]) >= -1e-9"},
         {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-5) - 2 * f(v) + f(v + 1e-5)) / 1e-5**2 for v in x]) >= -1e-9"},
         {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-6) - 2 * f(v) + f(v + 1e-6)) / 1e-6**2 for v in x]) >= -1e-9"},
         {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-4) - 2 * f(v) + f(v + 1e-4)) / 1e-4**2 for v in x]) >= -1e-9"},
         {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-3) - 2 * f(v) + f(v + 1e-3)) / 1e-3**2 for v in x]) >= -1e-9"},
         {"chord = (y[:-2] + y[2:]) / 2": "x = np.linspace(a, b, points)[1:-1]",
          "y[1:-1] <= chord + slack":
          "np.array([(f(v - 1e-8) - 2 * f(v) + f(v + 1e-8)) / 1e-8**2 for v in x]) >= -1e-9"}],
        says="You measure the second derivative with small steps of your own, and rounding decides; compare "
        "neighbouring grid points.")
mistake("is_convex", "convex_by_gradients_of_gradients",
        {"y[1:-1] <= chord + slack": "np.gradient(np.gradient(y)) >= -c * np.abs(y).max()"},
        free={"c": (1e-9, 0.0, 2e-9)},
        says="You apply np.gradient twice, which compares points two apart and bends at the ends; compare "
        "each inner point with its neighbours.")
mistake("is_convex", "convex_if_rising", {"y[1:-1] <= chord + slack": "y[:-1] <= y[1:] + slack"},
        says="You check whether f rises; a convex function is one whose slope rises.")
mistake("is_convex", "convex_if_positive", {"y[1:-1] <= chord + slack": "0 <= y + slack"},
        says="You check the sign of f; convexity is about chords.")

mistake("is_convex", "convex_one_chord", {"np.linspace(a, b, points)": "(a, (a + b) / 2, b)"},
        says="You look at a single chord, from a to b, at its middle; compare every inner point with the "
        "chord between its neighbours.")
mistake("is_convex", "convex_without_the_end",
        {"np.linspace(a, b, points)": "np.linspace(a, b, points, endpoint=False)"},
        says="Your grid leaves out b; it should include both a and b.")
mistake("is_convex", "convex_on_another_grid", {"points": "int(c)"},
        free={"c": (100, 10, 1000, 101, 50, 200, 500)},
        says="You use a number of points of your own; use `points`.")
mistake("is_convex", "convex_with_a_point_too_many", {"points": "points + 1"},
        says="Your grid has one point too many; `points` counts both a and b.")
mistake("is_convex", "convex_with_a_point_too_few", {"points": "points - 1"},
        says="Your grid has one point too few; `points` counts both a and b.")
