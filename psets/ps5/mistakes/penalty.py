"""Wrong versions for q1: the penalty and its gradient."""

from grader import mistake

# l2_penalty -------------------------------------------------------------------------------------------------

mistake("l2_penalty", "penalty_without_half", {"0.5": "1.0"},
        says="You leave out the factor ½; the penalty is ½λ Σ W², so that its gradient is λW.")
mistake("l2_penalty", "penalty_without_strength", {"l2": "1.0"},
        says="You never multiply by λ (the argument l2).")
mistake("l2_penalty", "penalty_with_squared_strength", {"l2": "l2**2"},
        says="You square λ along with the weights; the penalty is ½λ Σ W².")

mistake("l2_penalty", "penalty_of_absolute_values", {"W * W": "np.abs(W)"},
        says="You sum |W|, which is the L1 penalty; L2 sums the squares, W².")
mistake("l2_penalty", "penalty_not_squared", {"W * W": "W"},
        says="You sum the weights themselves, whose signs cancel; sum their squares, W².")
mistake("l2_penalty", "penalty_of_matrix_products", [{"W * W": "W.T @ W"}, {"W * W": "W @ W.T"}],
        says="You multiply the matrix W by itself (@ or np.dot); square every weight, W * W.")
mistake("l2_penalty", "penalty_of_squared_sum", {"(W * W).sum()": "W.sum() ** 2"},
        says="You square the sum of the weights; the penalty is the sum of their squares.")
mistake("l2_penalty", "penalty_averaged", {"(W * W).sum()": "(W * W).mean()"},
        says="You average the squared weights; the penalty is their sum, whatever their number.")
mistake("l2_penalty", "penalty_of_norms", [{"(W * W).sum()": "np.sqrt((W * W).sum())"},
        {"sum((W * W).sum() for name, W in params.items() if name.startswith('W'))":
         "np.sqrt(sum((W * W).sum() for name, W in params.items() if name.startswith('W')))"}],
        says="You take the root of the sum of squares (np.linalg.norm); the penalty uses the sum itself.")

mistake("l2_penalty", "penalty_of_biases_too", {"name.startswith('W')": "True"},
        says="You penalise the biases too; only names that begin with W are penalised.")
mistake("l2_penalty", "penalty_of_first_layer", {"name.startswith('W')": "name == 'W1'"},
        says="You penalise W1 alone; include every layer's weights.")
mistake("l2_penalty", "penalty_of_two_layers", {"name.startswith('W')": "name in ('W1', 'W2')"},
        says="You penalise only W1 and W2; there may be any number of layers, so go through the keys.")
mistake("l2_penalty", "penalty_without_first_layer", {"name.startswith('W')":
        "name[0] == 'W' and name != 'W1'"},
        says="You leave W1 out of the penalty; include every layer's weights.")
mistake("l2_penalty", "penalty_without_last_layer", [
        {"name.startswith('W')": "name in [f'W{i}' for i in range(1, len(params) // 2)]"},
        {"name.startswith('W')": "name in [key for key in params if key[0] == 'W'][:-1]"}],
        says="You leave the last layer's weights out of the penalty; include every layer's (range ends too "
        "early?).")
mistake("l2_penalty", "penalty_of_last_layer",
        {"name.startswith('W')": "name == [key for key in params if key[0] == 'W'][-1]"},
        says="You keep only one layer's penalty (= instead of +=?); add up over all layers.")
mistake("l2_penalty", "penalty_layer_by_layer", {
        "0.5 * l2 * sum((W * W).sum() for name, W in params.items() if name.startswith('W'))":
        "{name: 0.5 * l2 * (W * W).sum() for name, W in params.items() if name.startswith('W')}"},
        says="You return one number per layer; the penalty is a single number, the sum over all layers.")

# l2_gradient ------------------------------------------------------------------------------------------------

mistake("l2_gradient", "slope_doubled", {"l2": "2 * l2"},
        says="Your gradient is 2λW; with the ½ of the penalty it is λW.")
mistake("l2_gradient", "slope_halved", {"l2": "0.5 * l2"},
        says="Your gradient is ½λW; the ½ cancels the 2 of the square, which leaves λW.")
mistake("l2_gradient", "slope_without_strength", {"l2": "1.0"},
        says="You never multiply by λ (the argument l2).")
mistake("l2_gradient", "slope_averaged", {"l2": "l2 / value.size"},
        says="You divide λW by the number of weights; the penalty is a sum, so its gradient is λW.")

mistake("l2_gradient", "slope_negative", {"value": "-value"},
        says="Your gradient has the wrong sign; return +λW, which gradient descent then subtracts.")
mistake("l2_gradient", "slope_of_absolute_values", {"value": "np.sign(value)"},
        says="Your gradient is λ·sign(W), which belongs to the L1 penalty; the L2 penalty's is λW.")
mistake("l2_gradient", "slope_squared", {"value": "value**2"},
        says="Your gradient is λW²; the derivative of ½λw² is λw.")
mistake("l2_gradient", "slope_constant", {"value": "np.ones(value.shape)"},
        says="Your gradient is λ for every weight, whatever its size; it is λ times the weight.")

mistake("l2_gradient", "slope_of_biases_too", {"name.startswith('W')": "True"},
        says="You give the biases a gradient too; they are not penalised, so theirs is 0.")
mistake("l2_gradient", "slope_of_first_layer", {"name.startswith('W')": "name == 'W1'"},
        says="You handle W1 alone; every layer's weights have a gradient.")
mistake("l2_gradient", "slope_of_two_layers", {"name.startswith('W')": "name in ('W1', 'W2')"},
        says="You handle only W1 and W2; there may be any number of layers, so go through the keys.")
mistake("l2_gradient", "slope_without_last_layer", [
        {"name.startswith('W')": "name in [f'W{i}' for i in range(1, len(params) // 2)]"},
        {"name.startswith('W')": "name in [key for key in params if key[0] == 'W'][:-1]"}],
        says="You give the last layer's weights no gradient; every layer's have one (range ends too "
        "early?).")
mistake("l2_gradient", "slope_without_biases", {
        "params.items()": "[(key, W) for key, W in params.items() if key.startswith('W')]"},
        says="You return only the weights' gradients; the dictionary should have all keys of params, with "
        "zeros for the biases.")
mistake("l2_gradient", "slope_of_biases_a_number", {
        "(l2 if name.startswith('W') else 0.0) * value": "l2 * value if name.startswith('W') else 0.0"},
        says="You return the number 0 for every bias; return an array of zeros with the bias's shape.")
mistake("l2_gradient", "slope_in_place", [{"(l2 if name.startswith('W') else 0.0) * value":
        "np.multiply(l2 if name.startswith('W') else 0.0, value, out=value if value.dtype == float else "
        "None)"},
        {"(l2 if name.startswith('W') else 0.0) * value":
         "np.multiply(l2 if name.startswith('W') else 0.0, value, out=value)"}],
        says="You change the arrays of params in place (*=); make new ones.")
