"""Wrong versions for q5 and q6: Adagrad and RMSProp."""

import numpy as np

from grader import mistake

# adagrad ----------------------------------------------------------------------------------------------------


@mistake("adagrad", says="You divide by the sum of squares; divide by its root.")
def adagrad_without_root(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (total + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You never save the sum of squares, so every step divides by its own gradient alone; put it into "
    "the state you return.",
)
def adagrad_not_saved(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {}


@mistake("adagrad", says="You sum the gradients, whose signs cancel; sum their squares.")
def adagrad_not_squared(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw
    return w - learning_rate * dw / (np.sqrt(np.abs(total)) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You divide by the sum of the gradients' absolute values; divide by the root of their summed "
    "squares.",
)
def adagrad_of_sizes(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + np.abs(dw)
    return w - learning_rate * dw / (total + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You average the squares over the steps, so the rate never falls; Adagrad divides by the root of "
    "their sum.",
)
def adagrad_of_mean(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    t = state.get("t", 0) + 1
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total / t) + epsilon), {"sum": total, "t": t}


@mistake(
    "adagrad",
    says="You sum the squares over all parameters; each parameter has its own sum, and so its own rate.",
)
def adagrad_of_the_norm(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + (dw**2).sum()
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You divide by the sum of the earlier steps and add this gradient's square afterwards; add it "
    "first.",
)
def adagrad_sum_of_the_past(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", np.zeros(np.shape(w)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total + dw**2}


@mistake(
    "adagrad",
    says="Your brackets are missing: dw / sqrt(G) + epsilon adds the constant to the step; it belongs in "
    "the denominator.",
)
def adagrad_constant_outside_the_division(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (dw / np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You add the constant inside the root at the first step and outside it later; either is accepted, "
    "but use the same one at every step.",
)
def adagrad_constant_in_two_places(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    if not state:
        total = dw**2
        return w - learning_rate * dw / np.sqrt(total + epsilon), {"sum": total}
    total = state["sum"] + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to the "
    "denominator.",
)
def adagrad_without_constant(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / np.sqrt(total), {"sum": total}


@mistake("adagrad", says="Your constant is always 1e-8; use the argument epsilon.")
def adagrad_fixed_constant(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + 1e-8), {"sum": total}


@mistake(
    "adagrad",
    says="You add the constant to the sum you save, so it grows step by step; add it in the denominator "
    "only.",
)
def adagrad_constant_summed_up(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.0) + dw**2 + epsilon
    return w - learning_rate * dw / np.sqrt(total), {"sum": total}


@mistake("adagrad", says="Your sum starts at 0.1, as in one library; here it starts at 0.")
def adagrad_starts_above_zero(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = state.get("sum", 0.1) + dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake("adagrad", says="Your sum fades by 0.9 per step, as in RMSProp; Adagrad's never fades.")
def adagrad_that_forgets(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    total = 0.9 * state.get("sum", 0.0) + 0.1 * dw**2
    return w - learning_rate * dw / (np.sqrt(total) + epsilon), {"sum": total}


@mistake(
    "adagrad",
    says="You add up in place (state['sum'] += ...), which changes the caller's state; make a new array.",
)
def adagrad_writes_into_state(w, dw, state, learning_rate=0.01, epsilon=1e-8):
    state["sum"] = state.get("sum", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(state["sum"]) + epsilon), state


# rmsprop ----------------------------------------------------------------------------------------------------


@mistake(
    "rmsprop",
    says="You swap the weights; decay belongs to the old average, 1 − decay to the new square.",
)
def rmsprop_decay_swapped(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = (1 - decay) * state.get("cache", 0.0) + decay * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You multiply the new square by the learning rate; its weight is 1 − decay.")
def rmsprop_rate_as_weight(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + learning_rate * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You add the new square in full; in an average its weight is 1 − decay.")
def rmsprop_sum_for_average(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You never save the average of the squares, so every step starts from 0; put it into the state you return.",
)
def rmsprop_not_saved(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {}


@mistake("rmsprop", says="You average the gradients' absolute values; average their squares.")
def rmsprop_of_sizes(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * np.abs(dw)
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="You divide by the mean square; divide by its root.")
def rmsprop_without_root(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (cache + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="Your brackets are missing: dw / sqrt(C) + epsilon adds the constant to the step; it belongs in "
    "the denominator.",
)
def rmsprop_constant_outside_the_division(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (dw / np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You add the constant inside the root at the first step and outside it later; either is accepted, "
    "but use the same one at every step.",
)
def rmsprop_constant_in_two_places(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    if not state:
        cache = (1 - decay) * dw**2
        return w - learning_rate * dw / np.sqrt(cache + epsilon), {"cache": cache}
    cache = decay * state["cache"] + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to the "
    "denominator.",
)
def rmsprop_without_constant(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * dw / np.sqrt(cache), {"cache": cache}


@mistake("rmsprop", says="Your constant is always 1e-8; use the argument epsilon.")
def rmsprop_fixed_constant(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + 1e-8), {"cache": cache}


@mistake("rmsprop", says="Your decay is always 0.99; use the argument decay.")
def rmsprop_fixed_decay(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = 0.99 * state.get("cache", 0.0) + (1 - 0.99) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You divide the average by 1 − decay**t, as Adam does; RMSProp has no such correction.",
)
def rmsprop_corrected(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    t = state.get("t", 0) + 1
    cache = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache / (1 - decay**t)) + epsilon), {"cache": cache, "t": t}


@mistake("rmsprop", says="Your average starts at the first gradient's square; it should start at 0.")
def rmsprop_starts_at_the_first_square(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", dw**2) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake("rmsprop", says="Your average starts at 1; it should start at 0.")
def rmsprop_starts_at_one(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", np.ones(np.shape(w))) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You average the squares over all parameters; each parameter has its own average, and so its own "
    "rate.",
)
def rmsprop_of_the_norm(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = decay * state.get("cache", 0.0) + (1 - decay) * (dw**2).mean()
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You sum the squares for ever, as Adagrad does; RMSProp lets old ones fade by decay.",
)
def rmsprop_as_adagrad(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = state.get("cache", 0.0) + dw**2
    return w - learning_rate * dw / (np.sqrt(cache) + epsilon), {"cache": cache}


@mistake(
    "rmsprop",
    says="You divide by the average of the earlier steps and add this square afterwards; update the "
    "average first.",
)
def rmsprop_average_of_the_past(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    cache = state.get("cache", np.zeros(np.shape(w)))
    with np.errstate(divide="ignore", invalid="ignore"):
        w = w - learning_rate * dw / (np.sqrt(cache) + epsilon)
    return w, {"cache": decay * cache + (1 - decay) * dw**2}


@mistake(
    "rmsprop",
    says="You write into the state you are given; leave it unchanged and return a new dictionary.",
)
def rmsprop_writes_into_state(w, dw, state, learning_rate=0.01, decay=0.99, epsilon=1e-8):
    state["cache"] = decay * state.get("cache", 0.0) + (1 - decay) * dw**2
    return w - learning_rate * dw / (np.sqrt(state["cache"]) + epsilon), state
