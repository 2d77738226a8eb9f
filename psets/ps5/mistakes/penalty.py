"""Wrong versions for q1: the penalty and its gradient."""

import numpy as np

from grader import mistake

# l2_penalty -------------------------------------------------------------------------------------------------


@mistake("l2_penalty", says="You leave out the factor ½; the penalty is ½λ Σ W², so that its gradient is λW.")
def penalty_without_half(params, l2):
    return l2 * sum((params[name] ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You penalise the biases too; only names that begin with W are penalised.")
def penalty_of_biases_too(params, l2):
    return 0.5 * l2 * sum((value**2).sum() for value in params.values())


@mistake("l2_penalty", says="You sum |W|, which is the L1 penalty; L2 sums the squares, W².")
def penalty_of_absolute_values(params, l2):
    return 0.5 * l2 * sum(np.abs(params[name]).sum() for name in params if name.startswith("W"))


@mistake(
    "l2_penalty",
    says="You take the root of the sum of squares (np.linalg.norm); the penalty uses the sum itself.",
)
def penalty_of_norms(params, l2):
    return 0.5 * l2 * sum(np.linalg.norm(params[name]) for name in params if name.startswith("W"))


@mistake(
    "l2_penalty", says="You average the squared weights; the penalty is their sum, whatever their number."
)
def penalty_averaged(params, l2):
    return 0.5 * l2 * sum((params[name] ** 2).mean() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You penalise W1 alone; include every layer's weights.")
def penalty_of_first_layer(params, l2):
    return 0.5 * l2 * (params["W1"] ** 2).sum()


@mistake(
    "l2_penalty",
    says="You penalise only W1 and W2; there may be any number of layers, so go through the keys.",
)
def penalty_of_two_layers(params, l2):
    return 0.5 * l2 * sum((params[name] ** 2).sum() for name in ("W1", "W2") if name in params)


@mistake("l2_penalty", says="You never multiply by λ (the argument l2).")
def penalty_without_strength(params, l2):
    return 0.5 * sum((params[name] ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You square λ along with the weights; the penalty is ½λ Σ W².")
def penalty_with_squared_strength(params, l2):
    return 0.5 * sum(((l2 * params[name]) ** 2).sum() for name in params if name.startswith("W"))


@mistake("l2_penalty", says="You square the sum of the weights; the penalty is the sum of their squares.")
def penalty_of_squared_sum(params, l2):
    return 0.5 * l2 * sum(params[name].sum() ** 2 for name in params if name.startswith("W"))


@mistake(
    "l2_penalty",
    says="You return one number per layer; the penalty is a single number, the sum over all layers.",
)
def penalty_layer_by_layer(params, l2):
    return {name: 0.5 * l2 * (params[name] ** 2).sum() for name in params if name.startswith("W")}


# l2_gradient ------------------------------------------------------------------------------------------------


@mistake("l2_gradient", says="Your gradient is 2λW; with the ½ of the penalty it is λW.")
def slope_doubled(params, l2):
    return {name: (2 * l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="Your gradient is ½λW; the ½ cancels the 2 of the square, which leaves λW.")
def slope_halved(params, l2):
    return {name: (0.5 * l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="You give the biases a gradient too; they are not penalised, so theirs is 0.")
def slope_of_biases_too(params, l2):
    return {name: l2 * value for name, value in params.items()}


@mistake(
    "l2_gradient",
    says="You return only the weights' gradients; the dictionary should have all keys of params, with "
    "zeros for the biases.",
)
def slope_without_biases(params, l2):
    return {name: l2 * value for name, value in params.items() if name.startswith("W")}


@mistake(
    "l2_gradient",
    says="You return the number 0 for every bias; return an array of zeros with the bias's shape.",
)
def slope_of_biases_a_number(params, l2):
    return {name: l2 * value if name.startswith("W") else 0.0 for name, value in params.items()}


@mistake(
    "l2_gradient",
    says="Your gradient is λ·sign(W), which belongs to the L1 penalty; the L2 penalty's is λW.",
)
def slope_of_absolute_values(params, l2):
    return {name: (l2 if name.startswith("W") else 0.0) * np.sign(value) for name, value in params.items()}


@mistake("l2_gradient", says="You never multiply by λ (the argument l2).")
def slope_without_strength(params, l2):
    return {name: (1.0 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake(
    "l2_gradient",
    says="Your gradient has the wrong sign; return +λW, which gradient descent then subtracts.",
)
def slope_negative(params, l2):
    return {name: (-l2 if name.startswith("W") else 0.0) * value for name, value in params.items()}


@mistake(
    "l2_gradient", says="You divide λW by the number of weights; the penalty is a sum, so its gradient is λW."
)
def slope_averaged(params, l2):
    return {
        name: (l2 / value.size if name.startswith("W") else 0.0) * value for name, value in params.items()
    }


@mistake(
    "l2_gradient",
    says="You handle only W1 and W2; there may be any number of layers, so go through the keys.",
)
def slope_of_two_layers(params, l2):
    return {name: (l2 if name in ("W1", "W2") else 0.0) * value for name, value in params.items()}


@mistake("l2_gradient", says="You change the arrays of params in place (*=); make new ones.")
def slope_in_place(params, l2):
    gradient = {}
    for name, value in params.items():
        if value.dtype.kind == "f":
            value *= l2 if name.startswith("W") else 0.0
            gradient[name] = value
        else:
            gradient[name] = value * (l2 if name.startswith("W") else 0.0)
    return gradient
