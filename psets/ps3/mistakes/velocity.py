"""Wrong versions for q3 and q4: momentum and Nesterov's momentum."""

import numpy as np

from grader import mistake

# momentum ---------------------------------------------------------------------------------------------------


@mistake("momentum", says="You add the gradient to the velocity, so it rolls uphill; v = μv − rate · g.")
def momentum_uphill(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You never save the velocity, so every step starts from rest; put it into the state you return.",
)
def momentum_not_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {}


@mistake(
    "momentum",
    says="You set the velocity to 0 in every call, so nothing is remembered; read it from the state.",
)
def momentum_reset(w, dw, state, learning_rate=0.01, mu=0.9):
    v = np.zeros(np.shape(w))
    v = mu * v - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You multiply the gradient by 1 − μ, as for an average; the velocity is a sum, v = μv − rate · g.",
)
def momentum_as_average(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - (1 - mu) * learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You step by the old velocity and update it afterwards; update it first, then step by the new one.",
)
def momentum_by_old_velocity(w, dw, state, learning_rate=0.01, mu=0.9):
    v = state.get("v", np.zeros(np.shape(w)))
    return w + v, {"v": mu * v - learning_rate * dw}


@mistake(
    "momentum",
    says="You leave the learning rate out of the velocity and multiply the whole velocity by it "
    "afterwards. That is the same while the rate is constant, but wrong when it changes: v = μv − "
    "rate · g, w = w + v.",
)
def momentum_rate_outside(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + dw
    return w - learning_rate * v, {"v": v}


@mistake("momentum", says="You multiply by the learning rate twice, in the velocity and in the step.")
def momentum_rate_twice(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + learning_rate * v, {"v": v}


@mistake("momentum", says="You leave the learning rate out of the velocity; v = μv − rate · g.")
def momentum_without_rate(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - dw
    return w + v, {"v": v}


@mistake("momentum", says="Your μ is always 0.9; use the argument mu.")
def momentum_fixed_mu(w, dw, state, learning_rate=0.01, mu=0.9):
    v = 0.9 * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You step by μv minus the rate times g, with the new v; that is Nesterov's step. Here w = w + v.",
)
def momentum_as_nesterov(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v - learning_rate * dw, {"v": v}


@mistake(
    "momentum",
    says="You keep the last gradient instead of the velocity; the velocity is a sum over all steps.",
)
def momentum_of_last_gradient(w, dw, state, learning_rate=0.01, mu=0.9):
    step = mu * state.get("v", 0.0) - learning_rate * dw
    return w + step, {"v": -learning_rate * dw}


@mistake("momentum", says="Your velocity starts as the first gradient's step; it should start at 0.")
def momentum_starts_moving(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", -learning_rate * dw) - learning_rate * dw
    return w + v, {"v": v}


@mistake(
    "momentum",
    says="You write the velocity into the state you are given; leave it unchanged and return a new "
    "dictionary.",
)
def momentum_writes_into_state(w, dw, state, learning_rate=0.01, mu=0.9):
    state["v"] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + state["v"], state


@mistake("momentum", says="You write into the caller's w (w += ...); return a new array.")
def momentum_in_place(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    w += v
    return w, {"v": v}


@mistake(
    "momentum",
    says="You fill an array made like w, which cuts off the decimals when w holds integers; use an array "
    "of floats.",
)
def momentum_truncated_to_integers(w, dw, state, learning_rate=0.01, mu=0.9):
    v = np.zeros_like(w)
    v[...] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


# nesterov ---------------------------------------------------------------------------------------------------


@mistake(
    "nesterov",
    says="You step by v, which is plain momentum; Nesterov's look-ahead point moves by μv minus the rate "
    "times g, with the new v.",
)
def nesterov_as_momentum(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v, {"v": v}


@mistake("nesterov", says="You step by (1 + μ)v; subtract μ times the old velocity as well.")
def nesterov_without_old_velocity(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + (1 + mu) * v, {"v": v}


@mistake("nesterov", says="You add μ times the old velocity; subtract it: w − μ · v_old + (1 + μ) · v_new.")
def nesterov_old_velocity_added(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state.get("v", 0.0)
    v = mu * old - learning_rate * dw
    return w + mu * old + (1 + mu) * v, {"v": v}


@mistake(
    "nesterov",
    says="You subtract the whole of v_old, without the μ; the step is −μ · v_old + (1 + μ) · v_new.",
)
def nesterov_old_velocity_in_full(w, dw, state, learning_rate=0.01, mu=0.9):
    old = state.get("v", 0.0)
    v = mu * old - learning_rate * dw
    return w - old + (1 + mu) * v, {"v": v}


@mistake("nesterov", says="You step by μv alone; the step is μv minus the rate times g.")
def nesterov_velocity_alone(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v, {"v": v}


@mistake(
    "nesterov",
    says="You add the new velocity in full and the gradient as well; the step is μv minus the rate times g.",
)
def nesterov_velocity_in_full(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + v - learning_rate * dw, {"v": v}


@mistake("nesterov", says="You save the whole step as the velocity; save v = μv − rate · g.")
def nesterov_step_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    step = mu * v - learning_rate * dw
    return w + step, {"v": step}


@mistake(
    "nesterov",
    says="You never save the velocity, so every step starts from rest; put it into the state you return.",
)
def nesterov_not_saved(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * v - learning_rate * dw, {}


@mistake(
    "nesterov",
    says="You multiply the gradient by 1 − μ, as for an average; the velocity is a sum, v = μv − rate · g.",
)
def nesterov_as_average(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) - (1 - mu) * learning_rate * dw
    return w + mu * v - (1 - mu) * learning_rate * dw, {"v": v}


@mistake(
    "nesterov",
    says="You leave the learning rate out of the velocity and multiply the whole velocity by it "
    "afterwards. That is the same while the rate is constant, but wrong when it changes: v = μv − "
    "rate · g.",
)
def nesterov_rate_outside(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + dw
    return w - learning_rate * (dw + mu * v), {"v": v}


@mistake("nesterov", says="You go uphill; both the velocity and the step go against the gradient.")
def nesterov_uphill(w, dw, state, learning_rate=0.01, mu=0.9):
    v = mu * state.get("v", 0.0) + learning_rate * dw
    return w + mu * v + learning_rate * dw, {"v": v}


@mistake(
    "nesterov",
    says="You write the velocity into the state you are given; leave it unchanged and return a new "
    "dictionary.",
)
def nesterov_writes_into_state(w, dw, state, learning_rate=0.01, mu=0.9):
    state["v"] = mu * state.get("v", 0.0) - learning_rate * dw
    return w + mu * state["v"] - learning_rate * dw, state
