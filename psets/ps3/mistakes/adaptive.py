"""Wrong versions for q5 and q6: Adagrad and RMSProp."""

from grader import mistake

# adagrad ----------------------------------------------------------------------------------------------------

mistake("adagrad", "adagrad_uphill", {"learning_rate": "-learning_rate"},
        says="You add the step, which climbs; subtract it to descend.")
mistake("adagrad", "adagrad_fixed_rate", {"learning_rate": "c"}, free={"c": (0.01, 0.1, 0.001, 1.0)},
        says="Your rate is always the same; use the argument learning_rate.")
mistake("adagrad", "adagrad_without_root", {"np.sqrt(total)": "total"},
        says="You divide by the sum of squares; divide by its root.")
mistake("adagrad", "adagrad_not_saved", [{"{'sum': total}": "{}"}, {"state.get('sum', 0.0)": "0.0"}],
        says="Every step of yours divides by its own gradient alone; read the sum of squares from the "
        "state, and put the new one into the state you return.")
mistake("adagrad", "adagrad_not_squared", [{"dw ** 2": "dw", "np.sqrt(total)": "np.sqrt(np.abs(total))"},
        {"dw ** 2": "dw"}],
        says="You sum the gradients, whose signs cancel; sum their squares.")
mistake("adagrad", "adagrad_of_sizes", {"dw ** 2": "np.abs(dw)", "np.sqrt(total)": "total"},
        says="You divide by the sum of the gradients' absolute values; divide by the root of their summed "
        "squares.")
mistake("adagrad", "adagrad_of_absolute_values", {"dw ** 2": "np.abs(dw)"},
        says="You sum the gradients' absolute values; sum their squares.")
mistake("adagrad", "adagrad_of_mean", {"np.sqrt(total)": "np.sqrt(total / (t := state.get('t', 0) + 1))",
        "{'sum': total}": "{'sum': total, 't': t}"},
        says="You average the squares over the steps, so the rate never falls; Adagrad divides by the root "
        "of their sum.")
mistake("adagrad", "adagrad_of_the_norm", [{"dw ** 2": "(dw ** 2).sum()"}, {"dw ** 2": "(dw ** 2).mean()"}],
        says="You sum the squares over all parameters; each parameter has its own sum, and so its own rate.")
mistake("adagrad", "adagrad_sum_of_the_past", {"np.sqrt(total)": "np.sqrt(state.get('sum', 0.0))"},
        says="You divide by the sum of the earlier steps and add this gradient's square afterwards; add it "
        "first.")
mistake("adagrad", "adagrad_that_forgets", {
        "state.get('sum', 0.0)": "c * state.get('sum', 0.0)", "dw ** 2": "(1 - c) * dw ** 2"},
        free={"c": (0.9, 0.99, 0.95)},
        says="Your sum fades from step to step, as in RMSProp; Adagrad's never fades.")
mistake("adagrad", "adagrad_starts_above_zero", {"0.0": "c"}, free={"c": (0.1, 1.0, 1e-8)},
        says="Your sum starts at another number than 0, as in some libraries; here it starts at 0.")
mistake("adagrad", "adagrad_writes_into_state", {"{'sum': total}": "state.update(sum=total) or state"},
        says="You add up in place (state['sum'] += ...), which changes the caller's state; make a new "
        "array.")
mistake("adagrad", "adagrad_in_place", {"w - learning_rate * dw / (np.sqrt(total) + epsilon)":
        "np.subtract(w, learning_rate * dw / (np.sqrt(total) + epsilon), out=w)"},
        says="You write into the caller's w (w -= ...); return a new array.")

mistake("adagrad", "adagrad_constant_outside_the_division", [{
        "learning_rate * dw / (np.sqrt(total) + epsilon)":
         "learning_rate * (dw / np.sqrt(total) + epsilon)"},
        {"learning_rate * dw / (np.sqrt(total) + epsilon)":
        "(learning_rate * dw / np.sqrt(total) + epsilon)"}],
        says="Your brackets are missing: dw / sqrt(G) + epsilon adds the constant to the step; it belongs "
        "in the denominator.")
mistake("adagrad", "adagrad_constant_in_two_places", {
        "np.sqrt(total) + epsilon": "(np.sqrt(total) + epsilon if state else np.sqrt(total + epsilon))"},
        says="You add the constant inside the root at the first step and outside it later; either is "
        "accepted, but use the same one at every step.")
mistake("adagrad", "adagrad_constant_summed_up", [{"dw ** 2": "dw ** 2 + epsilon",
         "np.sqrt(total) + epsilon": "np.sqrt(total)"}, {"dw ** 2": "dw ** 2 + epsilon"}],
        says="You add the constant to the sum you save, so it grows step by step; add it in the denominator "
        "only.")
mistake("adagrad", "adagrad_without_constant", {"epsilon": "0.0"},
        says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to "
        "the denominator.")
mistake("adagrad", "adagrad_fixed_constant", {"epsilon": "c"}, free={"c": (1e-8, 1e-7, 1e-6, 1e-10, 1e-5)},
        says="Your constant is always the same; use the argument epsilon.")

# rmsprop ----------------------------------------------------------------------------------------------------

mistake("rmsprop", "rmsprop_uphill", {"learning_rate": "-learning_rate"},
        says="You add the step, which climbs; subtract it to descend.")
mistake("rmsprop", "rmsprop_fixed_rate", {"learning_rate": "c"}, free={"c": (0.01, 0.1, 0.001, 1.0)},
        says="Your rate is always the same; use the argument learning_rate.")
mistake("rmsprop", "rmsprop_decay_swapped", {
        "decay * state.get('cache', 0.0)": "(1 - decay) * state.get('cache', 0.0)", "1 - decay": "decay"},
        says="You swap the weights; decay belongs to the old average, 1 − decay to the new square.")
mistake("rmsprop", "rmsprop_rate_as_weight", {"1 - decay": "learning_rate"},
        says="You multiply the new square by the learning rate; its weight is 1 − decay.")
mistake("rmsprop", "rmsprop_sum_for_average", {"1 - decay": "1.0"},
        says="You add the new square in full; in an average its weight is 1 − decay.")
mistake("rmsprop", "rmsprop_weight_squared", {"(1 - decay) * dw ** 2": "((1 - decay) * dw) ** 2"},
        says="You square the weight 1 − decay along with the gradient; multiply the square by it.")
mistake("rmsprop", "rmsprop_that_never_forgets", {"decay * state.get('cache', 0.0)":
        "state.get('cache', 0.0)"},
        says="You keep the old average in full; its weight is decay.")
mistake("rmsprop", "rmsprop_as_adagrad", {
        "decay * state.get('cache', 0.0)": "state.get('cache', 0.0)", "1 - decay": "1.0"},
        says="You sum the squares for ever, as Adagrad does; RMSProp lets old ones fade by decay.")
mistake("rmsprop", "rmsprop_old_average_forgotten", {"decay * state.get('cache', 0.0)": "decay"},
        says="You write decay + (1 - decay) * dw**2, without the old average; multiply decay by it.")
mistake("rmsprop", "rmsprop_fixed_decay", {
        "decay * state.get('cache', 0.0)": "c * state.get('cache', 0.0)", "1 - decay": "1 - c"},
        free={"c": (0.99, 0.9, 0.95, 0.999)}, says="Your decay is always the same; use the argument decay.")
mistake("rmsprop", "rmsprop_not_saved", [{"{'cache': cache}": "{}"}, {"state.get('cache', 0.0)": "0.0"}],
        says="Every step of yours starts from an average of 0; read it from the state, and put the new one "
        "into the state you return.")
mistake("rmsprop", "rmsprop_of_sizes", {"dw ** 2": "np.abs(dw)"},
        says="You average the gradients' absolute values; average their squares.")
mistake("rmsprop", "rmsprop_not_squared", [{"dw ** 2": "dw"},
        {"dw ** 2": "dw", "np.sqrt(cache)": "np.sqrt(np.abs(cache))"}],
        says="You average the gradients, whose signs cancel; average their squares.")
mistake("rmsprop", "rmsprop_of_the_norm", [{"dw ** 2": "(dw ** 2).mean()"}, {"dw ** 2": "(dw ** 2).sum()"}],
        says="You take the squares of all parameters together; each parameter has its own average, and so "
        "its own rate.")
mistake("rmsprop", "rmsprop_without_root", {"np.sqrt(cache)": "cache"},
        says="You divide by the mean square; divide by its root.")
mistake("rmsprop", "rmsprop_corrected", {
        "np.sqrt(cache)": "np.sqrt(cache / (1 - decay ** (t := state.get('t', 0) + 1)))",
        "{'cache': cache}": "{'cache': cache, 't': t}"},
        says="You divide the average by 1 − decay**t, as Adam does; RMSProp has no such correction.")
mistake("rmsprop", "rmsprop_average_of_the_past", {"np.sqrt(cache)": "np.sqrt(state.get('cache', 0.0))"},
        says="You divide by the average of the earlier steps and add this square afterwards; update the "
        "average first.")
mistake("rmsprop", "rmsprop_starts_at_the_first_square", {"0.0": "dw ** 2"},
        says="Your average starts at the first gradient's square; it should start at 0.")
mistake("rmsprop", "rmsprop_starts_at_one", {"0.0": "c"}, free={"c": (1.0, 0.1, 1e-8)},
        says="Your average starts at another number than 0; it should start at 0.")
mistake("rmsprop", "rmsprop_writes_into_state", {"{'cache': cache}": "state.update(cache=cache) or state"},
        says="You write into the state you are given; leave it unchanged and return a new dictionary.")
mistake("rmsprop", "rmsprop_in_place", {"w - learning_rate * dw / (np.sqrt(cache) + epsilon)":
        "np.subtract(w, learning_rate * dw / (np.sqrt(cache) + epsilon), out=w)"},
        says="You write into the caller's w (w -= ...); return a new array.")

mistake("rmsprop", "rmsprop_constant_outside_the_division", [{
        "learning_rate * dw / (np.sqrt(cache) + epsilon)":
         "learning_rate * (dw / np.sqrt(cache) + epsilon)"},
        {"learning_rate * dw / (np.sqrt(cache) + epsilon)":
        "(learning_rate * dw / np.sqrt(cache) + epsilon)"}],
        says="Your brackets are missing: dw / sqrt(C) + epsilon adds the constant to the step; it belongs "
        "in the denominator.")
mistake("rmsprop", "rmsprop_constant_in_two_places", {
        "np.sqrt(cache) + epsilon": "(np.sqrt(cache) + epsilon if state else np.sqrt(cache + epsilon))"},
        says="You add the constant inside the root at the first step and outside it later; either is "
        "accepted, but use the same one at every step.")
mistake("rmsprop", "rmsprop_without_constant", {"epsilon": "0.0"},
        says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to "
        "the denominator.")
mistake("rmsprop", "rmsprop_fixed_constant", {"epsilon": "c"}, free={"c": (1e-8, 1e-7, 1e-6, 1e-10, 1e-5)},
        says="Your constant is always the same; use the argument epsilon.")
