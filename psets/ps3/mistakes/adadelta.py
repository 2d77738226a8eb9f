"""Wrong versions for q7: Adadelta."""

import numpy as np

from grader import mistake


@mistake(
    "adadelta",
    says="You average the squares of rate · Δ; D averages Δ², and the rate scales only the step of w.",
)
def adadelta_rate_in_the_average(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -learning_rate * np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You leave out the learning rate; it is 1 by default, but another may be given.")
def adadelta_without_rate(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You leave the constant out of the upper root, so w never moves; D is 0 at the start.",
)
def adadelta_that_never_starts(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0)) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You add the constants outside the roots; in Adadelta they stand inside both.")
def adadelta_constants_outside(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -(np.sqrt(state.get("steps", 0.0)) + epsilon) / (np.sqrt(cache) + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You swap the weights; ρ belongs to the old averages, 1 − ρ to the new squares.")
def adadelta_rho_swapped(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = (1 - rho) * state.get("cache", 0.0) + rho * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = (1 - rho) * state.get("steps", 0.0) + rho * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="Your ρ is always 0.95; use the argument rho.")
def adadelta_fixed_rho(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = 0.95 * state.get("cache", 0.0) + 0.05 * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = 0.95 * state.get("steps", 0.0) + 0.05 * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You never save the average of squared steps, so the upper root stays √δ; put D into the state you return.",
)
def adadelta_steps_not_saved(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"cache": cache}


@mistake(
    "adadelta",
    says="You never save the average of squared gradients; put G into the state you return.",
)
def adadelta_gradients_not_saved(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"steps": rho * state.get("steps", 0.0) + (1 - rho) * step**2}


@mistake(
    "adadelta",
    says="Your D averages the squared gradients again; it should average the squared steps, Δ².",
)
def adadelta_gradients_for_steps(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    return w + learning_rate * step, {"cache": cache, "steps": cache}


@mistake("adadelta", says="Your D averages the steps themselves; it should average their squares.")
def adadelta_steps_not_squared(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * np.abs(step)
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="Your fraction is upside down; the steps go above, the gradients below.")
def adadelta_upside_down(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(cache + epsilon) / np.sqrt(state.get("steps", 0.0) + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake("adadelta", says="You leave out the roots; Δ is −g times the quotient of the two roots.")
def adadelta_without_roots(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -(state.get("steps", 0.0) + epsilon) / (cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You divide by the average of the earlier squared gradients; update G with this gradient first.",
)
def adadelta_gradients_of_the_past(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = state.get("cache", 0.0)
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": rho * cache + (1 - rho) * dw**2, "steps": steps}


@mistake("adadelta", says="You go uphill; Δ has a minus sign, against the gradient.")
def adadelta_uphill(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(cache + epsilon) * dw
    steps = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, {"cache": cache, "steps": steps}


@mistake(
    "adadelta",
    says="You keep no average of steps, as in RMSProp; Adadelta multiplies by the root of D + δ.",
)
def adadelta_as_rmsprop(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    cache = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    return w - learning_rate * dw / np.sqrt(cache + epsilon), {"cache": cache}


@mistake(
    "adadelta",
    says="You write into the state you are given; leave it unchanged and return a new dictionary.",
)
def adadelta_writes_into_state(w, dw, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    state["cache"] = rho * state.get("cache", 0.0) + (1 - rho) * dw**2
    step = -np.sqrt(state.get("steps", 0.0) + epsilon) / np.sqrt(state["cache"] + epsilon) * dw
    state["steps"] = rho * state.get("steps", 0.0) + (1 - rho) * step**2
    return w + learning_rate * step, state
