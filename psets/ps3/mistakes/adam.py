"""Wrong versions for q8: Adam."""

from grader import mistake

# The bias correction ----------------------------------------------------------------------------------------

mistake("adam", "adam_uncorrected", {"m / (1 - beta1 ** t)": "m", "v / (1 - beta2 ** t)": "v"},
        says="You leave out the bias correction; divide m by 1 − beta1**t and v by 1 − beta2**t before use.")
mistake("adam", "adam_second_moment_uncorrected", {"v / (1 - beta2 ** t)": "v"},
        says="You correct m but not v; v needs its own factor, 1 − beta2**t.")
mistake("adam", "adam_first_moment_uncorrected", {"m / (1 - beta1 ** t)": "m"},
        says="You correct v but not m; m needs its own factor, 1 − beta1**t.")
mistake("adam", "adam_correction_multiplied", {
        "m / (1 - beta1 ** t)": "m * (1 - beta1 ** t)", "v / (1 - beta2 ** t)": "v * (1 - beta2 ** t)"},
        says="You multiply the averages by 1 − β**t; divide by it, since they are too small at first.")
mistake("adam", "adam_correction_with_product", {"beta1 ** t": "beta1 * t", "beta2 ** t": "beta2 * t"},
        says="You multiply β by t; the correction is 1 − β to the power of t.")
mistake("adam", "adam_one_beta_for_both_corrections", {"beta2 ** t": "beta1 ** t"},
        says="You correct both averages with beta1; v's factor is 1 − beta2**t.")
mistake("adam", "adam_second_beta_for_both_corrections", {"beta1 ** t": "beta2 ** t"},
        says="You correct both averages with beta2; m's factor is 1 − beta1**t.")
mistake("adam", "adam_t_from_zero", {
        "state.get('t', 0) + 1": "state.get('t', 0)", "{'t': t, 'm': m, 'v': v}":
        "{'t': t + 1, 'm': m, 'v': v}"},
        says="You use t before you advance it, so the first step divides by 1 − β⁰ = 0; t is 1 at the first "
        "step.")
mistake("adam", "adam_t_from_two", {"state.get('t', 0)": "state.get('t', 1)"},
        says="Your t is 2 at the first step; advance it once per step, starting from 0.")
mistake("adam", "adam_t_not_saved", [{"{'t': t, 'm': m, 'v': v}": "{'m': m, 'v': v}"}, {
        "state.get('t', 0)": "0"},
        {"beta1 ** t": "beta1", "beta2 ** t": "beta2"}],
        says="You divide by 1 − β at every step, as if t were always 1; divide by 1 − β**t, and let the "
        "state keep t, which grows by 1 at every step.")

# The averages -----------------------------------------------------------------------------------------------

mistake("adam", "adam_moments_reset", [{"state.get('m', 0.0)": "0.0", "state.get('v', 0.0)": "0.0"},
        {"{'t': t, 'm': m, 'v': v}": "{'t': t}"}],
        says="Your m and v start from 0 at every step; read them from the state, and put the new ones into "
        "the state you return.")
mistake("adam", "adam_first_moment_reset", [
        {"state.get('m', 0.0)": "0.0"}, {"{'t': t, 'm': m, 'v': v}": "{'t': t, 'v': v}"}],
        says="Your m starts from 0 at every step; read it from the state, and put the new one into the "
        "state you return.")
mistake("adam", "adam_second_moment_reset", [
        {"state.get('v', 0.0)": "0.0"}, {"{'t': t, 'm': m, 'v': v}": "{'t': t, 'm': m}"}],
        says="Your v starts from 0 at every step; read it from the state, and put the new one into the "
        "state you return.")
mistake("adam", "adam_corrected_moments_saved", {"{'t': t, 'm': m, 'v': v}":
        "{'t': t, 'm': m_hat, 'v': v_hat}"},
        says="You save the corrected averages, so they are corrected again and again; save m and v "
        "themselves.")
mistake("adam", "adam_second_moment_not_squared", {"dw ** 2": "np.abs(dw)"},
        says="Your v averages the gradients' absolute values; it should average their squares.")
mistake("adam", "adam_second_moment_of_gradients", [{"dw ** 2": "dw"},
        {"dw ** 2": "dw", "np.sqrt(v_hat)": "np.sqrt(np.abs(v_hat))"}],
        says="Your v averages the gradients, whose signs cancel; it should average their squares.")
mistake("adam", "adam_square_of_the_mean", {"dw ** 2": "m ** 2"},
        says="Your v averages the square of m; it should average the square of the gradient.")
mistake("adam", "adam_of_the_norm", [{"dw ** 2": "(dw ** 2).sum()"}, {"dw ** 2": "(dw ** 2).mean()"}],
        says="You take the squares of all parameters together; each parameter has its own v, and so its own "
        "rate.")
mistake("adam", "adam_old_mean_forgotten", {"beta1 * state.get('m', 0.0)": "beta1"},
        says="You write beta1 + (1 - beta1) * dw, without the old average; write beta1 * m + (1 - beta1) * "
        "dw.")
mistake("adam", "adam_old_square_forgotten", {"beta2 * state.get('v', 0.0)": "beta2"},
        says="You write beta2 + (1 - beta2) * dw**2, without the old average; write beta2 * v + (1 - beta2) "
        "* dw**2.")
mistake("adam", "adam_first_weight_missing", {"1 - beta1": "1.0"},
        says="You add the gradient to m in full; in an average its weight is 1 − beta1.")
mistake("adam", "adam_second_weight_missing", {"1 - beta2": "1.0"},
        says="You add the squared gradient to v in full; in an average its weight is 1 − beta2.")
mistake("adam", "adam_first_weight_for_both", {"1 - beta2": "1 - beta1"},
        says="You give the squared gradient the weight 1 − beta1; in v it is 1 − beta2.")
mistake("adam", "adam_betas_swapped", {
        "t = state.get('t', 0) + 1": "t = state.get('t', 0) + 1\nbeta1, beta2 = beta2, beta1"},
        says="You swap beta1 and beta2; beta1 is for the gradients, beta2 for their squares.")
mistake("adam", "adam_fixed_betas", {
        "t = state.get('t', 0) + 1": "t = state.get('t', 0) + 1\nbeta1, beta2 = 0.9, 0.999"},
        says="Your betas are always 0.9 and 0.999; use the arguments beta1 and beta2.")
mistake("adam", "adam_fixed_beta1", {"t = state.get('t', 0) + 1": "t = state.get('t', 0) + 1\nbeta1 = c"},
        free={"c": (0.9, 0.99, 0.5)}, says="Your beta1 is always the same; use the argument beta1.")
mistake("adam", "adam_fixed_beta2", {"t = state.get('t', 0) + 1": "t = state.get('t', 0) + 1\nbeta2 = c"},
        free={"c": (0.999, 0.99, 0.9, 0.995)}, says="Your beta2 is always the same; use the argument beta2.")
mistake("adam", "adam_as_amsgrad", [{
        "v / (1 - beta2 ** t)": "np.maximum(state.get('largest', 0.0), v / (1 - beta2 ** t))",
        "{'t': t, 'm': m, 'v': v}": "{'t': t, 'm': m, 'v': v, 'largest': v_hat}"}, {
        "v / (1 - beta2 ** t)": "(largest := np.maximum(state.get('largest', 0.0), v)) / (1 - beta2 ** t)",
        "{'t': t, 'm': m, 'v': v}": "{'t': t, 'm': m, 'v': v, 'largest': largest}"}],
        says="You keep the largest v̂ so far, as AMSGrad does; Adam's v̂ may fall again.")
mistake("adam", "adam_writes_into_state", {"{'t': t, 'm': m, 'v': v}":
        "state.update(t=t, m=m, v=v) or state"},
        says="You write into the state you are given; leave it unchanged and return a new dictionary.")
mistake("adam", "adam_truncated_to_integers", {"m_hat = m / (1 - beta1 ** t)":
        "m, v = m.astype(w.dtype), v.astype(w.dtype)\nm_hat = m / (1 - beta1 ** t)"},
        says="You make m and v arrays like w, which cuts off the decimals when w holds integers; use arrays "
        "of floats.")

# The step ---------------------------------------------------------------------------------------------------

mistake("adam", "adam_uphill", {"learning_rate": "-learning_rate"},
        says="You add the step, which climbs; subtract it to descend.")
mistake("adam", "adam_fixed_rate", {"learning_rate": "c"}, free={"c": (0.001, 0.01, 0.1, 1.0)},
        says="Your rate is always the same; use the argument learning_rate.")
mistake("adam", "adam_without_first_moment", {"m_hat": "dw"},
        says="You step along the gradient itself; Adam steps along its average, m̂.")
mistake("adam", "adam_without_root", {"np.sqrt(v_hat)": "v_hat"},
        says="You divide by v̂; divide by its root.")
mistake("adam", "adam_in_place", {"w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)":
        "np.subtract(w, learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), out=w)"},
        says="You write into the caller's w (w -= ...); return a new array.")
mistake("adam", "adam_constant_before_correction", {"epsilon": "epsilon / np.sqrt(1 - beta2 ** t)"},
        says="You add the constant to √v and correct afterwards, as in the paper's shortcut; here it is √v̂ "
        "+ δ.")
mistake("adam", "adam_constant_outside_the_division", [{"learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)":
         "learning_rate * (m_hat / np.sqrt(v_hat) + epsilon)"},
        {"learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)":
        "(learning_rate * m_hat / np.sqrt(v_hat) + epsilon)"}],
        says="Your brackets are missing: m_hat / sqrt(v_hat) + epsilon adds the constant to the step; it "
        "belongs in the denominator.")
mistake("adam", "adam_constant_in_two_places", {
        "np.sqrt(v_hat) + epsilon": "(np.sqrt(v_hat) + epsilon if state else np.sqrt(v_hat + epsilon))"},
        says="You add the constant inside the root at the first step and outside it later; either is "
        "accepted, but use the same one at every step.")
mistake("adam", "adam_without_constant", {"epsilon": "0.0"},
        says="You leave out the constant, so a gradient of 0 at the first step gives 0/0; add epsilon to "
        "the denominator.")
mistake("adam", "adam_fixed_constant", {"epsilon": "c"}, free={"c": (1e-8, 1e-7, 1e-6, 1e-10, 1e-5)},
        says="Your constant is always the same; use the argument epsilon.")
