"""Wrong versions for q7: the path of a descent and the minima reached."""

import numpy as np

from grader import mistake
from reference.convexity import descend

# descend ----------------------------------------------------------------------------------------------------


@mistake("descend", says="Your path leaves out the start; put it first.")
def descend_without_the_start(gradient, start, learning_rate, steps):
    x, path = start, []
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)


@mistake(
    "descend",
    says="You return only the end of the path; the question asks for all of it, including the start.",
)
def descend_only_the_end(gradient, start, learning_rate, steps):
    x = start
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
    return x


@mistake(
    "descend",
    says="You add the slope, which walks uphill; subtract it.",
)
def descend_uphill(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake(
    "descend",
    says="Your path has `steps` numbers; it should have steps + 1, the start and one after each step.",
)
def descend_one_step_too_few(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps - 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake("descend", says="You use only the slope's sign; each step is the learning rate times the slope.")
def descend_by_sign(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * np.sign(gradient(path[-1])))
    return np.array(path)


@mistake("descend", says="You compute the slope once, at the start; compute it again at every step.")
def descend_slope_of_the_start(gradient, start, learning_rate, steps):
    slope, path = gradient(start), [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


@mistake(
    "descend",
    says="You store the path in an array of the start's type, which cuts off the decimals when the start "
    "is an integer; use floats.",
)
def descend_in_integers(gradient, start, learning_rate, steps):
    path = np.zeros(steps + 1, dtype=type(start))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


@mistake("descend", says="You move the start a little when its slope is 0; a start on a hilltop stays there.")
def descend_pushed_off_the_hill(gradient, start, learning_rate, steps):
    x = start if gradient(start) != 0 else start + 1e-3
    path = [x]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


@mistake("descend", says="You refuse steps that lead to a steeper slope; the handout takes every step.")
def descend_keeps_the_lower(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        x = path[-1] - learning_rate * gradient(path[-1])
        path.append(x if abs(gradient(x)) <= abs(gradient(path[-1])) else path[-1])
    return np.array(path)


@mistake("descend", says="You stop early when the steps become small; the path always has steps + 1 numbers.")
def descend_stops_early(gradient, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        x = path[-1] - learning_rate * gradient(path[-1])
        if x == path[-1]:
            break
        path.append(x)
    return np.array(path)


# minima_reached ---------------------------------------------------------------------------------------------


@mistake("minima_reached", says="You return the end of every descent; ends that agree count once.")
def minima_with_repeats(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.sort(ends)


@mistake(
    "minima_reached",
    says="You merge only ends that are exactly equal; ends within `apart` are one minimum.",
)
def minima_exactly_equal(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.unique(ends)


@mistake(
    "minima_reached",
    says="You return the minima in the order of the starts; the handout asks for rising order.",
)
def minima_in_order_of_starts(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in ends:
        if all(abs(end - other) > apart for other in minima):
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You compare each end with the one before it; compare it with the last one you kept.",
)
def minima_chained(gradient, starts, learning_rate, steps, apart):
    ends = np.sort([descend(gradient, start, learning_rate, steps)[-1] for start in starts])
    return ends[np.append(True, np.diff(ends) > apart)]


@mistake(
    "minima_reached",
    says="You keep ends that are exactly `apart` above the last one kept; keep only those that are more "
    "than that above it.",
)
def minima_at_least_apart(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] >= apart:
            minima.append(end)
    return np.array(minima)


@mistake("minima_reached", says="Your minima are in falling order; the handout asks for rising order.")
def minima_falling(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima[::-1])


@mistake("minima_reached", says="You keep the largest of the ends that lie together; keep the smallest.")
def minima_largest_of_each_group(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends, reverse=True):
        if not minima or minima[-1] - end > apart:
            minima.append(end)
    return np.array(minima[::-1])


@mistake(
    "minima_reached",
    says="You return how many minima there are; the question asks where they are.",
)
def minima_counted(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return len(minima)


@mistake(
    "minima_reached",
    says="You return only one minimum; the question asks for every one that is reached.",
)
def minima_lowest_alone(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    return np.array([min(ends)])


@mistake(
    "minima_reached",
    says="You return the slopes at the ends; the question asks where the descents end.",
)
def minima_of_slopes(gradient, starts, learning_rate, steps, apart):
    slopes = [gradient(descend(gradient, start, learning_rate, steps)[-1]) for start in starts]
    minima = []
    for slope in sorted(slopes):
        if not minima or slope - minima[-1] > apart:
            minima.append(slope)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You round the ends; return them as they are, and let `apart` decide which are one minimum.",
)
def minima_rounded(gradient, starts, learning_rate, steps, apart):
    ends = np.round([descend(gradient, start, learning_rate, steps)[-1] for start in starts], 3)
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake("minima_reached", says="You collect every point of the paths; only the ends count.")
def minima_all_places_passed(gradient, starts, learning_rate, steps, apart):
    ends = np.concatenate([descend(gradient, start, learning_rate, steps) for start in starts])
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You sort the caller's starts in place; sort a copy.",
)
def minima_sorts_the_callers_starts(gradient, starts, learning_rate, steps, apart):
    if isinstance(starts, np.ndarray):
        starts.sort()
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake("minima_reached", says="You take one step too few.")
def minima_one_step_too_few(gradient, starts, learning_rate, steps, apart):
    steps = max(steps - 1, 0)
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)


@mistake(
    "minima_reached",
    says="You leave out the first start.",
)
def minima_first_start_left_out(gradient, starts, learning_rate, steps, apart):
    ends = [descend(gradient, start, learning_rate, steps)[-1] for start in starts[1:]]
    minima = []
    for end in sorted(ends):
        if not minima or end - minima[-1] > apart:
            minima.append(end)
    return np.array(minima)
