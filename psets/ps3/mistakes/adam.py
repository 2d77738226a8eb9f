"""Wrong versions for q8: Adam."""

import numpy as np

from grader import mistake


@mistake(
    "adam",
    says="You leave out the bias correction; divide m by 1 − beta1**t and v by 1 − beta2**t before use.",
)
def adam_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": state.get("t", 0) + 1, "m": m, "v": v}


@mistake("adam", says="You correct m but not v; v needs its own factor, 1 − beta2**t.")
def adam_second_moment_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (1 - beta1**t) / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You correct v but not m; m needs its own factor, 1 − beta1**t.")
def adam_first_moment_uncorrected(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * m / (np.sqrt(v / (1 - beta2**t)) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You use t before you advance it, so the first step divides by 1 − β⁰ = 0; t is 1 at the first "
    "step.",
)
def adam_t_from_zero(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0)
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        m_hat = m / np.float64(1 - beta1**t)
        v_hat = v / np.float64(1 - beta2**t)
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t + 1, "m": m, "v": v}


@mistake("adam", says="Your t is 2 at the first step; advance it once per step, starting from 0.")
def adam_t_from_two(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 1) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You never save t, so it is 1 at every step; put it into the state you return.")
def adam_t_not_saved(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"m": m, "v": v}


@mistake(
    "adam", says="You set m and v to 0 in every call, so nothing is remembered; read them from the state."
)
def adam_moments_reset(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m, v = np.zeros(np.shape(w)), np.zeros(np.shape(w))
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You save the corrected averages, so they are corrected again and again; save m and v themselves.",
)
def adam_corrected_moments_saved(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = (beta1 * state.get("m", 0.0) + (1 - beta1) * dw) / (1 - beta1**t)
    v = (beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2) / (1 - beta2**t)
    return w - learning_rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your v averages the gradients' absolute values; it should average their squares.")
def adam_second_moment_not_squared(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * np.abs(dw)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your v averages the square of m; it should average the square of the gradient.")
def adam_square_of_the_mean(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * m**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You write beta1 + (1 - beta1) * dw, without the old average; write beta1 * m + (1 - beta1) * dw.",
)
def adam_old_mean_forgotten(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You swap beta1 and beta2; beta1 is for the gradients, beta2 for their squares.")
def adam_betas_swapped(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0.0) + (1 - beta2) * dw
    v = beta1 * state.get("v", 0.0) + (1 - beta1) * dw**2
    m_hat, v_hat = m / (1 - beta2**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You correct both averages with beta1; v's factor is 1 − beta2**t.")
def adam_one_beta_for_both_corrections(
    w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You multiply the averages by 1 − β**t; divide by it, since they are too small at first.",
)
def adam_correction_multiplied(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m * (1 - beta1**t), v * (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You divide by 1 − β at every step; the correction is 1 − β to the power of t.")
def adam_correction_without_power(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You add the constant to √v and correct afterwards, as in the paper's shortcut; here it is √v̂ + δ.",
)
def adam_constant_before_correction(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="Your brackets are missing: m_hat / sqrt(v_hat) + epsilon adds the constant to the step; it "
    "belongs in the denominator.",
)
def adam_constant_outside_the_division(
    w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * (m_hat / np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You add the constant inside the root at the first step and outside it later; either is accepted, "
    "but use the same one at every step.",
)
def adam_constant_in_two_places(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if not state:
        m, v = (1 - beta1) * dw, (1 - beta2) * dw**2
        return w - learning_rate * dw / np.sqrt(dw**2 + epsilon), {"t": 1, "m": m, "v": v}
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * dw
    v = beta2 * state["v"] + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake(
    "adam",
    says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to the "
    "denominator.",
)
def adam_without_constant(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    with np.errstate(divide="ignore", invalid="ignore"):
        return w - learning_rate * m_hat / np.sqrt(v_hat), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your constant is always 1e-8; use the argument epsilon.")
def adam_fixed_constant(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), {"t": t, "m": m, "v": v}


@mistake("adam", says="Your betas are always 0.9 and 0.999; use the arguments beta1 and beta2.")
def adam_fixed_betas(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = 0.9 * state.get("m", 0.0) + 0.1 * dw
    v = 0.999 * state.get("v", 0.0) + 0.001 * dw**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You divide by v̂; divide by its root.")
def adam_without_root(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (v_hat + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You step along the gradient itself; Adam steps along its average, m̂.")
def adam_without_first_moment(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    return w - learning_rate * dw / (np.sqrt(v / (1 - beta2**t)) + epsilon), {"t": t, "m": m, "v": v}


@mistake("adam", says="You keep the largest v̂ so far, as AMSGrad does; Adam's v̂ may fall again.")
def adam_as_amsgrad(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    largest = np.maximum(state.get("largest", 0.0), v / (1 - beta2**t))
    w = w - learning_rate * m / (1 - beta1**t) / (np.sqrt(largest) + epsilon)
    return w, {"t": t, "m": m, "v": v, "largest": largest}


@mistake(
    "adam",
    says="You write into the state you are given; leave it unchanged and return a new dictionary.",
)
def adam_writes_into_state(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    state["t"] = t = state.get("t", 0) + 1
    state["m"] = m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    state["v"] = v = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), state


@mistake(
    "adam",
    says="You make m and v arrays like w, which cuts off the decimals when w holds integers; use arrays of "
    "floats.",
)
def adam_truncated_to_integers(w, dw, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.get("t", 0) + 1
    m, v = np.zeros_like(w), np.zeros_like(w)
    m[...] = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    v[...] = beta2 * state.get("v", 0.0) + (1 - beta2) * dw**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), {"t": t, "m": m, "v": v}
