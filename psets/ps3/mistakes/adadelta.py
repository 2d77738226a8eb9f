"""Wrong versions for q7: Adadelta."""

from grader import mistake

mistake("adadelta", "adadelta_uphill", {"learning_rate": "-learning_rate"},
        says="You go uphill; Δ has a minus sign, against the gradient.")
mistake("adadelta", "adadelta_without_rate", {"learning_rate": "1.0"},
        says="You leave out the learning rate; it is 1 by default, but another may be given.")
mistake("adadelta", "adadelta_rate_in_the_average", {"step ** 2": "(learning_rate * step) ** 2"},
        says="You average the squares of rate · Δ; D averages Δ², and the rate scales only the step of w.")
mistake("adadelta", "adadelta_gradients_for_steps", {"step ** 2": "dw ** 2"},
        says="Your D averages the squared gradients again; it should average the squared steps, Δ².")
mistake("adadelta", "adadelta_steps_not_squared", {"step ** 2": "np.abs(step)"},
        says="Your D averages the steps themselves; it should average their squares.")
mistake("adadelta", "adadelta_upside_down", {
        "-np.sqrt(state.get('steps', 0.0) + epsilon) / np.sqrt(cache + epsilon)":
        "-np.sqrt(cache + epsilon) / np.sqrt(state.get('steps', 0.0) + epsilon)"},
        says="Your fraction is upside down; the steps go above, the gradients below.")
mistake("adadelta", "adadelta_without_roots", {
        "np.sqrt(state.get('steps', 0.0) + epsilon)": "(state.get('steps', 0.0) + epsilon)",
        "np.sqrt(cache + epsilon)": "(cache + epsilon)"},
        says="You leave out the roots; Δ is −g times the quotient of the two roots.")
mistake("adadelta", "adadelta_gradients_of_the_past", {"cache + epsilon":
        "state.get('cache', 0.0) + epsilon"},
        says="You divide by the average of the earlier squared gradients; update G with this gradient "
        "first.")
mistake("adadelta", "adadelta_as_rmsprop", {"-np.sqrt(state.get('steps', 0.0) + epsilon)": "-1.0",
        "{'cache': cache, 'steps': steps}": "{'cache': cache}"},
        says="You keep no average of steps, as in RMSProp; Adadelta multiplies by the root of D + δ.")

mistake("adadelta", "adadelta_rho_swapped", {"cache = rho * state.get('cache', 0.0) + (1 - rho) * dw ** 2":
        "rho = 1 - rho\ncache = rho * state.get('cache', 0.0) + (1 - rho) * dw ** 2"},
        says="You swap the weights; ρ belongs to the old averages, 1 − ρ to the new squares.")
mistake("adadelta", "adadelta_fixed_rho", {"cache = rho * state.get('cache', 0.0) + (1 - rho) * dw ** 2":
        "rho = c\ncache = rho * state.get('cache', 0.0) + (1 - rho) * dw ** 2"},
        free={"c": (0.95, 0.9, 0.99)}, says="Your ρ is always the same; use the argument rho.")
mistake("adadelta", "adadelta_sum_for_average", {
        "(1 - rho) * dw ** 2": "dw ** 2", "(1 - rho) * step ** 2": "step ** 2"},
        says="You add the new squares in full; in an average their weight is 1 − ρ.")
mistake("adadelta", "adadelta_steps_not_saved", [{"{'cache': cache, 'steps': steps}": "{'cache': cache}"},
        {"np.sqrt(state.get('steps', 0.0) + epsilon)": "np.sqrt(epsilon)"}],
        says="Your upper root is √δ at every step; read the average D of squared steps from the state, and "
        "put the new one into the state you return.")
mistake("adadelta", "adadelta_gradients_not_saved", [{"{'cache': cache, 'steps': steps}": "{'steps': steps}"},
        {"state.get('cache', 0.0)": "0.0"}],
        says="Your average G of squared gradients starts from 0 at every step; read it from the state, and "
        "put the new one into the state you return.")
mistake("adadelta", "adadelta_writes_into_state", {
        "{'cache': cache, 'steps': steps}": "state.update(cache=cache, steps=steps) or state"},
        says="You write into the state you are given; leave it unchanged and return a new dictionary.")

mistake("adadelta", "adadelta_that_never_starts", {"state.get('steps', 0.0) + epsilon":
        "state.get('steps', 0.0)"},
        says="You leave the constant out of the upper root, so w never moves; D is 0 at the start.")
mistake("adadelta", "adadelta_without_lower_constant", {"cache + epsilon": "cache"},
        says="You leave the constant out of the lower root, so a gradient of 0 at the first step gives 0/0.")
mistake("adadelta", "adadelta_constants_outside", {
        "np.sqrt(state.get('steps', 0.0) + epsilon)": "(np.sqrt(state.get('steps', 0.0)) + epsilon)",
        "np.sqrt(cache + epsilon)": "(np.sqrt(cache) + epsilon)"},
        says="You add the constants outside the roots; in Adadelta they stand inside both.")
mistake("adadelta", "adadelta_fixed_constant", {
        "state.get('steps', 0.0) + epsilon": "state.get('steps', 0.0) + c", "cache + epsilon": "cache + c"},
        free={"c": (1e-6, 1e-8, 1e-7, 1e-5)},
        says="Your constant is always the same; use the argument epsilon.")
