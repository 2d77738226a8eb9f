"""Wrong versions for q3: random starts."""

from grader import mistake

# The size of the weights ------------------------------------------------------------------------------------

mistake("initialize_mlp", "start_by_he", {
        "np.sqrt(features)": "np.sqrt(features / 2)", "np.sqrt(hidden)": "np.sqrt(hidden / 2)"},
        says="Your weights have variance 2/n, which is He's rule for ReLU; here the variance should be 1/n.")
mistake("initialize_mlp", "start_by_glorot", {
        "np.sqrt(features)": "np.sqrt((features + hidden) / 2)",
        "np.sqrt(hidden)": "np.sqrt((hidden + classes) / 2)"},
        says="Your weights have variance 2/(inputs + outputs), which is Glorot's rule; it should be 1/n, "
        "where n counts the inputs alone.")
mistake("initialize_mlp", "start_by_both_sizes", {
        "np.sqrt(features)": "np.sqrt(features + hidden)", "np.sqrt(hidden)": "np.sqrt(hidden + classes)"},
        says="Your weights have variance 1/(inputs + outputs); it should be 1/n, where n counts the inputs "
        "alone.")
mistake("initialize_mlp", "start_divided_by_inputs", {"np.sqrt(features)": "features",
        "np.sqrt(hidden)": "hidden"},
        says="You divide by n instead of its root; 1/n is the variance, so the standard deviation is 1/√n.")
mistake("initialize_mlp", "start_multiplied", {
        "np.sqrt(features)": "features ** -0.5", "np.sqrt(hidden)": "hidden ** -0.5"},
        says="You multiply by √n; divide by it, so that the variance is 1/n.")
mistake("initialize_mlp", "start_by_outputs", {
        "np.sqrt(features)": "hidden ** 0.5", "np.sqrt(hidden)": "classes ** 0.5"},
        says="You scale by the number of outputs; n is the number of the layer's inputs.")
mistake("initialize_mlp", "start_scaled_by_features", {"np.sqrt(hidden)": "features ** 0.5"},
        says="You scale both layers by the number of features; the inputs of W2 are the hidden units.")
mistake("initialize_mlp", "start_unscaled", {"np.sqrt(features)": "(1 / c)", "np.sqrt(hidden)": "(1 / c)"},
        free={"c": (1.0, 0.01, 0.1, 0.001, 0.05, 0.02, 0.5)},
        says="Your weights have the same size in all layers; their variance should be 1/n, where n is the "
        "number of the layer's inputs.")

# Their distribution -----------------------------------------------------------------------------------------

mistake("initialize_mlp", "start_uniform", [{
        "rng.normal(size=(features, hidden))":
        "rng.uniform(-np.sqrt(3), np.sqrt(3), size=(features, hidden))",
        "rng.normal(size=(hidden, classes))": "rng.uniform(-np.sqrt(3), np.sqrt(3), size=(hidden, classes))"},
        {"rng.normal(size=(features, hidden))": "rng.uniform(-1, 1, size=(features, hidden))",
         "rng.normal(size=(hidden, classes))": "rng.uniform(-1, 1, size=(hidden, classes))"}],
        says="Your weights are uniform (rng.random or rng.uniform); draw them from a normal distribution.")
mistake("initialize_mlp", "start_positive", {
        "rng.normal(size=(features, hidden))": "rng.random(size=(features, hidden))",
        "rng.normal(size=(hidden, classes))": "rng.random(size=(hidden, classes))"},
        says="Your weights lie between 0 and 1 (rng.random); draw them from a normal distribution.")
mistake("initialize_mlp", "start_at_zero", {
        "rng.normal(size=(features, hidden))": "np.zeros((features, hidden))",
        "rng.normal(size=(hidden, classes))": "np.zeros((hidden, classes))"},
        says="All weights start at 0, so all hidden units stay the same; draw them at random.")
mistake("initialize_mlp", "start_at_one", {
        "rng.normal(size=(features, hidden))": "np.ones((features, hidden))",
        "rng.normal(size=(hidden, classes))": "np.ones((hidden, classes))"},
        says="All weights of a layer start at one number, so all hidden units stay the same; draw them at "
        "random.")
mistake("initialize_mlp", "start_with_equal_units", {
        "rng.normal(size=(features, hidden))": "rng.normal(size=(features, 1)) * np.ones(hidden)"},
        says="You give all hidden units the same weights; draw every weight separately.")
mistake("initialize_mlp", "start_from_own_generator", [
        {"rng.normal(size=(features, hidden))":
        "(rng := np.random.default_rng(c)).normal(size=(features, hidden))"},
        {"rng.normal(size=(features, hidden))":
        "(rng := np.random.RandomState(c)).normal(size=(features, hidden))"}],
        free={"c": (0, 42, 1, 123, 1234, 2)},
        says="You make a generator of your own, so every start is the same; use rng.")

# Biases and shapes ------------------------------------------------------------------------------------------

mistake("initialize_mlp", "start_with_random_biases", [{
        "np.zeros(hidden)": "rng.normal(size=hidden) / np.sqrt(features)",
        "np.zeros(classes)": "rng.normal(size=classes) / np.sqrt(hidden)"},
        {"np.zeros(hidden)": "rng.normal(size=hidden)", "np.zeros(classes)": "rng.normal(size=classes)"}],
        says="Your biases start at random; they should start at 0.")
mistake("initialize_mlp", "start_with_constant_biases", {
        "np.zeros(hidden)": "np.full(hidden, c)", "np.zeros(classes)": "np.full(classes, c)"},
        free={"c": (1.0, 0.01, 0.1)}, says="Your biases start above 0; they should start at 0.")
mistake("initialize_mlp", "start_with_row_biases", {
        "np.zeros(hidden)": "np.zeros((1, hidden))", "np.zeros(classes)": "np.zeros((1, classes))"},
        says="Your biases have shape (1, H) and (1, C); they should be (H,) and (C,).")
mistake("initialize_mlp", "start_with_column_biases", {
        "np.zeros(hidden)": "np.zeros((hidden, 1))", "np.zeros(classes)": "np.zeros((classes, 1))"},
        says="Your biases have shape (H, 1) and (C, 1); they should be (H,) and (C,).")
mistake("initialize_mlp", "start_transposed", {
        "(features, hidden)": "(hidden, features)", "(hidden, classes)": "(classes, hidden)"},
        says="Your weights have shapes (H, D) and (C, H); they should be (D, H) and (H, C).")
