"""Wrong versions for q3 and q4: momentum and Nesterov's momentum."""

from grader import mistake

# momentum ---------------------------------------------------------------------------------------------------

mistake("momentum", "momentum_uphill", [{"learning_rate": "-learning_rate"}, {"w + v": "w - v"}],
        says="You go uphill; the gradient is subtracted, v = μv − rate · g, and then w = w + v.")
mistake("momentum", "momentum_not_saved", [{"{'v': v}": "{}"}, {"state.get('v', 0.0)": "0.0"}],
        says="Every step of yours starts from rest; read the velocity from the state, and put the new one "
        "into the state you return.")
mistake("momentum", "momentum_as_average", {"learning_rate": "(1 - mu) * learning_rate"},
        says="You multiply the gradient by 1 − μ, as for an average; the velocity is a sum, v = μv − rate · "
        "g.")
mistake("momentum", "momentum_by_old_velocity", {"w + v": "w + state.get('v', 0.0)"},
        says="You step by the old velocity and update it afterwards; update it first, then step by the new "
        "one.")
mistake("momentum", "momentum_rate_outside", [{"learning_rate": "-1.0", "w + v": "w - learning_rate * v"},
        {"learning_rate": "1.0", "w + v": "w + learning_rate * v"}],
        says="You leave the learning rate out of the velocity and multiply the whole velocity by it "
        "afterwards. That is the same while the rate is constant, but wrong when it changes: v = μv − rate "
        "· g, w = w + v.")
mistake("momentum", "momentum_rate_twice", {"w + v": "w + learning_rate * v"},
        says="You multiply by the learning rate twice, in the velocity and in the step.")
mistake("momentum", "momentum_without_rate", {"learning_rate": "1.0"},
        says="You leave the learning rate out of the velocity; v = μv − rate · g.")
# Not together with another change of the step, which would make any factor of the rate out of it.
mistake("momentum", "momentum_fixed_rate", {"learning_rate": "c", "w + v": "v + w"},
        free={"c": (0.01, 0.1, 0.001)},
        says="Your rate is always the same; use the argument learning_rate.")
mistake("momentum", "momentum_fixed_mu", {"mu": "c"}, free={"c": (0.9, 0.5, 0.99)},
        says="Your μ is always the same; use the argument mu.")
mistake("momentum", "momentum_mu_negative", {"mu": "-mu"},
        says="Your old velocity has the wrong sign, so it slows the next step down; v = μv − rate · g.")
mistake("momentum", "momentum_that_never_slows", {"mu": "1.0"},
        says="You keep the whole old velocity; only the share μ of it is left, v = μv − rate · g.")
mistake("momentum", "momentum_as_nesterov", {"w + v": "w + mu * v - learning_rate * dw"},
        says="You step by μv minus the rate times g, with the new v; that is Nesterov's step. Here w = w + "
        "v.")
mistake("momentum", "momentum_of_last_gradient", {"{'v': v}": "{'v': -learning_rate * dw}"},
        says="You keep the last gradient instead of the velocity; the velocity is a sum over all steps.")
mistake("momentum", "momentum_starts_moving", {"0.0": "-learning_rate * dw"},
        says="Your velocity starts as the first gradient's step; it should start at 0.")
mistake("momentum", "momentum_writes_into_state", {"{'v': v}": "state.update(v=v) or state"},
        says="You write the velocity into the state you are given; leave it unchanged and return a new "
        "dictionary.")
mistake("momentum", "momentum_in_place", {"w + v": "np.add(w, v, out=w)"},
        says="You write into the caller's w (w += ...); return a new array.")
mistake("momentum", "momentum_truncated_to_integers", {"mu * state.get('v', 0.0) - learning_rate * dw":
        "(mu * state.get('v', 0.0) - learning_rate * dw).astype(w.dtype)"},
        says="You fill an array made like w, which cuts off the decimals when w holds integers; use an "
        "array of floats.")
mistake("momentum", "momentum_without_state", {"(w + v, {'v': v})": "w + v"},
        says="You return w alone; every optimizer returns the pair (w, state).")

# nesterov ---------------------------------------------------------------------------------------------------

mistake("nesterov", "nesterov_as_momentum", {"w + mu * v - learning_rate * dw": "w + v"},
        says="You step by v, which is plain momentum; Nesterov's look-ahead point moves by μv minus the "
        "rate times g, with the new v.")
mistake("nesterov", "nesterov_without_old_velocity", {"w + mu * v - learning_rate * dw": "w + (1 + mu) * v"},
        says="You step by (1 + μ)v; subtract μ times the old velocity as well.")
mistake("nesterov", "nesterov_old_velocity_added", {
        "w + mu * v - learning_rate * dw": "w + mu * state.get('v', 0.0) + (1 + mu) * v"},
        says="You add μ times the old velocity; subtract it: w − μ · v_old + (1 + μ) · v_new.")
mistake("nesterov", "nesterov_old_velocity_in_full", {
        "w + mu * v - learning_rate * dw": "w - state.get('v', 0.0) + (1 + mu) * v"},
        says="You subtract the whole of v_old, without the μ; the step is −μ · v_old + (1 + μ) · v_new.")
mistake("nesterov", "nesterov_velocity_alone", {"w + mu * v - learning_rate * dw": "w + mu * v"},
        says="You step by μv alone; the step is μv minus the rate times g.")
mistake("nesterov", "nesterov_velocity_in_full", {"mu * v": "v"},
        says="You add the new velocity in full and the gradient as well; the step is μv minus the rate "
        "times g.")
mistake("nesterov", "nesterov_step_saved", {"{'v': v}": "{'v': mu * v - learning_rate * dw}"},
        says="You save the whole step as the velocity; save v = μv − rate · g.")
mistake("nesterov", "nesterov_not_saved", [{"{'v': v}": "{}"}, {"state.get('v', 0.0)": "0.0"}],
        says="Every step of yours starts from rest; read the velocity from the state, and put the new one "
        "into the state you return.")
mistake("nesterov", "nesterov_fixed_mu", {"mu * state.get('v', 0.0)": "c * state.get('v', 0.0)",
        "mu * v": "c * v"},
        free={"c": (0.9, 0.5, 0.99)}, says="Your μ is always the same; use the argument mu.")
mistake("nesterov", "nesterov_as_average", [{"v = mu * state.get('v', 0.0) - learning_rate * dw":
         "dw = (1 - mu) * dw\nv = mu * state.get('v', 0.0) - learning_rate * dw"},
        {"mu * state.get('v', 0.0) - learning_rate * dw":
         "mu * state.get('v', 0.0) - (1 - mu) * learning_rate * dw"}],
        says="You multiply the gradient by 1 − μ, as for an average; the velocity is a sum, v = μv − rate · "
        "g.")
mistake("nesterov", "nesterov_rate_outside", {
        "mu * state.get('v', 0.0) - learning_rate * dw": "mu * state.get('v', 0.0) + dw",
        "w + mu * v - learning_rate * dw": "w - learning_rate * (dw + mu * v)"},
        says="You leave the learning rate out of the velocity and multiply the whole velocity by it "
        "afterwards. That is the same while the rate is constant, but wrong when it changes: v = μv − rate "
        "· g.")
mistake("nesterov", "nesterov_uphill", {
        "mu * state.get('v', 0.0) - learning_rate * dw": "mu * state.get('v', 0.0) + learning_rate * dw",
        "w + mu * v - learning_rate * dw": "w + mu * v + learning_rate * dw"},
        says="You go uphill; both the velocity and the step go against the gradient.")
mistake("nesterov", "nesterov_writes_into_state", {"{'v': v}": "state.update(v=v) or state"},
        says="You write the velocity into the state you are given; leave it unchanged and return a new "
        "dictionary.")
mistake("nesterov", "nesterov_in_place", {
        "w + mu * v - learning_rate * dw": "np.add(w, mu * v - learning_rate * dw, out=w)"},
        says="You write into the caller's w (w += ...); return a new array.")
