"""Mistakes for q1 and q2: activations and their derivatives."""

from grader import mistake

# sigmoid ----------------------------------------------------------------------------------------------------

mistake("sigmoid", "sigmoid_inf_over_inf",
        {"np.where(np.real(x) >= 0, -x, x)": "x", "np.where(np.real(x) >= 0, 1.0, e)": "e"},
        says="You divide e^x by 1 + e^x, which is inf/inf = nan for large x; use that form for negative x "
             "only.")
mistake("sigmoid", "sigmoid_of_minus_x",
        {"np.where(np.real(x) >= 0, 1.0, e)": "np.where(np.real(x) >= 0, e, 1.0)"},
        says="You exponentiate x where the formula has −x; σ(x) = 1/(1 + e^{−x}) rises with x.")
mistake("sigmoid", "sigmoid_of_clipped_input",
        {"np.where(np.real(x) >= 0, -x, x)": "-np.minimum(np.abs(x), c)"}, free={"c": (10.0, 5.0, 15.0)},
        says="You clip x before exponentiating, which changes the results of moderate inputs too; leave x "
             "as it is.")
mistake("sigmoid", "sigmoid_in_powers_of_two", {"np.exp": "np.exp2"},
        says="You exponentiate in base 2; the sigmoid uses powers of e.")
mistake("sigmoid", "sigmoid_in_an_array_like_x",
        {"np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)":
         "(np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)).astype(x.dtype)"},
        says="You fill an array made like x, which cuts results down to 0 when x holds integers; use an "
             "array of floats.")
mistake("sigmoid", "sigmoid_as_softmax",
        {"np.where(np.real(x) >= 0, -x, x)": "x - x.max()", "np.where(np.real(x) >= 0, 1.0, e)": "e",
         "1.0 + e": "e.sum()"},
        says="You normalise over the array, as softmax does; a sigmoid looks at one entry at a time.")
mistake("sigmoid", "sigmoid_without_brackets",
        {"np.where(np.real(x) >= 0, -x, x)": "-x",
         "np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)": "1.0 / 1.0 + e"},
        says="Your brackets are missing: 1 / 1 + e^{−x} adds after dividing; write 1 / (1 + e^{−x}).")
mistake("sigmoid", "sigmoid_with_a_minus",
        {"np.where(np.real(x) >= 0, -x, x)": "-x",
         "np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)": "1.0 / (1.0 - e)"},
        says="You divide by 1 − e^{−x}, which is 0 at x = 0; the sigmoid has 1 + e^{−x}.")
mistake("sigmoid", "sigmoid_is_tanh", {"np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)": "np.tanh(x)"},
        says="You return tanh(x), which lies between −1 and 1; the sigmoid lies between 0 and 1.")
mistake("sigmoid", "sigmoid_in_place",
        {"return np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)":
         "e = np.where(np.real(x) >= 0, 1.0, e) / (1.0 + e)\nx *= -1\nreturn e"},
        says="You turn the sign of the caller's own array; work on a copy, or write np.exp(-x).")

# sigmoid_gradient -------------------------------------------------------------------------------------------

mistake("sigmoid_gradient", "sigmoid_gradient_of_the_output", {"sigmoid(-x)": "(1 - x)", "sigmoid(x)": "x"},
        says="You return (1 − x)x, as if x were already the sigmoid's value; the gradient is taken at the "
             "input x.")
mistake("sigmoid_gradient", "sigmoid_gradient_plus", {"sigmoid(-x)": "(1 + sigmoid(x))"},
        says="You return σ(1 + σ); the derivative is σ(1 − σ).")
mistake("sigmoid_gradient", "sigmoid_gradient_negative",
        {"sigmoid(-x) * sigmoid(x)": "-sigmoid(-x) * sigmoid(x)"},
        says="Your gradient has the wrong sign; the sigmoid rises, so its slope is positive.")
mistake("sigmoid_gradient", "sigmoid_gradient_like_tanh", {"sigmoid(-x) * sigmoid(x)": "1 - sigmoid(x) ** 2"},
        says="You return 1 − σ², which is tanh's pattern; the sigmoid's slope is σ(1 − σ).")
mistake("sigmoid_gradient", "sigmoid_gradient_inf_over_inf",
        [{"sigmoid(-x) * sigmoid(x)": "np.exp(-x) / (1 + np.exp(-x)) ** 2"},
         {"sigmoid(-x) * sigmoid(x)": "np.exp(x) / (1 + np.exp(x)) ** 2"}],
        says="Your quotient of exponentials is inf/inf = nan far from 0; write the slope with the sigmoid "
             "itself.")
mistake("sigmoid_gradient", "sigmoid_gradient_of_the_sigmoid",
        {"-x": "-sigmoid(x)", "sigmoid(x)": "sigmoid(sigmoid(x))"},
        says="You take the derivative at σ(x) instead of x; that applies the sigmoid twice.")
mistake("sigmoid_gradient", "sigmoid_gradient_is_sigmoid", {"sigmoid(-x) * sigmoid(x)": "sigmoid(x)"},
        says="You return the sigmoid itself; its slope is σ(1 − σ).")
mistake("sigmoid_gradient", "sigmoid_gradient_of_one_factor", {"sigmoid(-x) * sigmoid(x)": "sigmoid(-x)"},
        says="You return 1 − σ; the derivative is σ(1 − σ), a product of two factors.")

# tanh -------------------------------------------------------------------------------------------------------

mistake("tanh", "tanh_inf_over_inf",
        [{"np.tanh(x)": "(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))"},
         {"np.tanh(x)": "(np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)"},
         {"np.tanh(x)": "(1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))"}],
        says="Your quotient of exponentials is inf/inf = nan far from 0; use np.tanh, or the sigmoid of 2x.")
mistake("tanh", "tanh_of_half", {"np.tanh(x)": "np.tanh(0.5 * x)"},
        says="You return 2σ(x) − 1, which is tanh(x/2); the identity is tanh(x) = 2σ(2x) − 1.")
mistake("tanh", "tanh_trigonometric", {"np.tanh": "np.tan"},
        says="You return the trigonometric tangent; this is the hyperbolic one, np.tanh.")
mistake("tanh", "tanh_negative", {"np.tanh(x)": "-np.tanh(x)"},
        says="Your tanh has the wrong sign; it rises with x, so it is positive for positive x.")
mistake("tanh", "tanh_without_minus_one", {"np.tanh(x)": "(np.tanh(x) + 1)"},
        says="You return 2σ(2x), which is never negative; subtract 1, so that tanh(0) = 0.")
mistake("tanh", "tanh_is_sigmoid", {"np.tanh(x)": "(0.5 + 0.5 * np.tanh(0.5 * x))"},
        says="You return the sigmoid, which lies between 0 and 1; tanh lies between −1 and 1.")

# tanh_gradient ----------------------------------------------------------------------------------------------

mistake("tanh_gradient", "tanh_gradient_of_the_output", {"np.tanh(x)": "x"},
        says="You return 1 − x², as if x were already the value of tanh; the gradient is taken at the input "
             "x.")
mistake("tanh_gradient", "tanh_gradient_without_square", {"np.tanh(x) ** 2": "np.tanh(x)"},
        says="You return 1 − tanh; the derivative is 1 − tanh².")
mistake("tanh_gradient", "tanh_gradient_like_sigmoid",
        {"1.0 - np.tanh(x) ** 2": "np.tanh(x) * (1.0 - np.tanh(x))"},
        says="You return tanh(1 − tanh), which is the sigmoid's pattern; the slope of tanh is 1 − tanh².")
mistake("tanh_gradient", "tanh_gradient_inf_over_inf",
        [{"1.0 - np.tanh(x) ** 2": "4 * np.exp(2 * x) / (np.exp(2 * x) + 1) ** 2"},
         {"1.0 - np.tanh(x) ** 2": "4 * np.exp(-2 * x) / (np.exp(-2 * x) + 1) ** 2"},
         {"np.tanh(x)": "((np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)))"}],
        says="Your formula is right, but it goes through e^x, which overflows to inf/inf = nan; write the "
             "slope as 1 − tanh².")
mistake("tanh_gradient", "tanh_gradient_of_tanh", {"np.tanh(x)": "np.tanh(np.tanh(x))"},
        says="You take the derivative at tanh(x) instead of x; that applies tanh twice.")
mistake("tanh_gradient", "tanh_gradient_squared_as_a_whole",
        {"1.0 - np.tanh(x) ** 2": "(1.0 - np.tanh(x)) ** 2"},
        says="You square the difference, (1 − tanh)²; the derivative is 1 − tanh², where only tanh is "
             "squared.")
mistake("tanh_gradient", "tanh_gradient_plus", {"1.0 - np.tanh(x) ** 2": "1.0 + np.tanh(x) ** 2"},
        says="You return 1 + tanh²; the derivative is 1 − tanh².")
mistake("tanh_gradient", "tanh_gradient_negative", {"1.0 - np.tanh(x) ** 2": "-(1.0 - np.tanh(x) ** 2)"},
        says="Your gradient has the wrong sign; tanh rises, so its slope is positive.")

# relu -------------------------------------------------------------------------------------------------------

mistake("relu", "relu_in_place", {"return np.maximum(0.0, x)": "x[x < 0] = 0\nreturn np.maximum(0.0, x)"},
        says="You zero the negative entries of the caller's own array; work on a copy.")
mistake("relu", "relu_absolute", {"np.maximum(0.0, x)": "np.abs(x)"},
        says="You return |x|; negative inputs should become 0.")
mistake("relu", "relu_negative_part", {"np.maximum": "np.minimum"},
        says="You return min(0, x); ReLU keeps the positive part.")
mistake("relu", "relu_cut_off",
        {"np.maximum(0.0, x)": "np.minimum(np.maximum(0.0, x), c)"}, free={"c": (1.0, 6.0)},
        says="You cut large results off; ReLU has no upper bound.")
mistake("relu", "relu_is_its_slope", {"np.maximum(0.0, x)": "np.where(x > 0, 1.0, 0.0)"},
        says="You return 1 for positive x, the slope of ReLU; return x itself there.")
mistake("relu", "relu_leaky", [{"0.0": "0.1 * x"}, {"0.0": "0.01 * x"}],
        says="You return a share of x for negative x, as Leaky ReLU does; ReLU gives 0 there.")
mistake("relu", "relu_does_nothing", {"np.maximum(0.0, x)": "x.copy()"},
        says="You return x as it is; negative inputs should become 0.")

# relu_gradient ----------------------------------------------------------------------------------------------

mistake("relu_gradient", "relu_gradient_is_relu", {"1.0": "x"},
        says="You return max(0, x), the function itself; its slope is 1 where x is positive.")
mistake("relu_gradient", "relu_gradient_by_division", {"np.where(x > 0, 1.0, 0.0)": "np.maximum(0, x) / x"},
        says="You divide max(0, x) by x, which is 0/0 = nan at 0; compare x with 0 instead.")
mistake("relu_gradient", "relu_gradient_cut_off", {"1.0": "np.minimum(x, 1.0)"},
        says="You cut x off at 0 and at 1, which gives the slope only outside that range; compare x with 0 "
             "instead.")
mistake("relu_gradient", "relu_gradient_sign", {"0.0": "np.sign(x)"},
        says="You return the sign of x; where x is negative the slope is 0, not −1.")
mistake("relu_gradient", "relu_gradient_exchanged", {"1.0": "0.0", "0.0": "1.0"},
        says="You have swapped the two sides; the slope is 1 where x is positive.")
mistake("relu_gradient", "relu_gradient_leaky", [{"0.0": "0.1"}, {"0.0": "0.01"}],
        says="Your slope below 0 is that of Leaky ReLU; ReLU's is 0.")
mistake("relu_gradient", "relu_gradient_always_one", {"np.where(x > 0, 1.0, 0.0)": "np.ones(x.shape)"},
        says="Your slope is 1 everywhere; it is 0 where x is negative.")
mistake("relu_gradient", "relu_gradient_in_place",
        {"return np.where(x > 0, 1.0, 0.0)": "x[x <= 0] = 0\nx[x > 0] = 1\nreturn np.where(x > 0, 1.0, 0.0)"},
        says="You write the slopes into the caller's own array; fill a new one.")
mistake("relu_gradient", "relu_gradient_decided_once", {"np.where(x > 0, 1.0, 0.0)": "1.0 if x > 0 else 0.0"},
        says="`if x > 0` decides once for the whole array, which fails; compare entry by entry, as np.where "
             "does.")

# leaky_relu -------------------------------------------------------------------------------------------------

mistake("leaky_relu", "leaky_relu_of_another_slope", {"0.1": "c"}, free={"c": (0.01, 0.0, 0.2, 0.3, -0.1)},
        says="Your slope below 0 is not the one asked for; the lecture and this problem set use 0.1.")
mistake("leaky_relu", "leaky_relu_minimum", {"np.maximum": "np.minimum"},
        says="You take the minimum of 0.1x and x; the function is their maximum.")
mistake("leaky_relu", "leaky_relu_constant",
        [{"np.maximum(0.1 * x, x)": "np.where(x > 0, x, 0.1)"}, {"0.1 * x": "0.1"}],
        says="You return the constant 0.1 for negative inputs; return 0.1 times the input.")
mistake("leaky_relu", "leaky_relu_in_a_copy",
        {"np.maximum(0.1 * x, x)": "np.maximum(0.1 * x, x).astype(x.dtype)"},
        says="You write 0.1x into a copy of x, which cuts off the decimals when x holds integers; use an "
             "array of floats.")
mistake("leaky_relu", "leaky_relu_in_place",
        {"return np.maximum(0.1 * x, x)": "x[...] = np.maximum(0.1 * x, x)\nreturn x.copy()"},
        says="You change the caller's own array; work on a copy.")

# leaky_relu_gradient ----------------------------------------------------------------------------------------

mistake("leaky_relu_gradient", "leaky_relu_gradient_of_another_slope",
        {"0.1": "c"}, free={"c": (0.01, 0.0, 0.2, 0.3, -0.1)},
        says="Your slope below 0 is not the one asked for; the lecture and this problem set use 0.1.")
mistake("leaky_relu_gradient", "leaky_relu_gradient_times_x", {"0.1": "0.1 * x"},
        says="You return 0.1x below 0, which is the function itself; its slope is 0.1.")
mistake("leaky_relu_gradient", "leaky_relu_gradient_is_leaky_relu", {"1.0": "x", "0.1": "0.1 * x"},
        says="You return max(0.1x, x), the function itself; its slopes are 1 and 0.1.")
mistake("leaky_relu_gradient", "leaky_relu_gradient_exchanged", {"1.0": "0.1", "0.1": "1.0"},
        says="You have swapped the two sides; the slope is 1 where x is positive and 0.1 where it is "
             "negative.")
mistake("leaky_relu_gradient", "leaky_relu_gradient_in_an_array_like_x",
        {"np.where(x > 0, 1.0, 0.1)": "np.where(x > 0, 1.0, 0.1).astype(x.dtype)"},
        says="You fill an array made like x, which cuts 0.1 down to 0 when x holds integers; use an array "
             "of floats.")
mistake("leaky_relu_gradient", "leaky_relu_gradient_decided_once",
        {"np.where(x > 0, 1.0, 0.1)": "1.0 if x > 0 else 0.1"},
        says="`if x > 0` decides once for the whole array, which fails; compare entry by entry, as np.where "
             "does.")
