"""Wrong versions for q1 and q2: logits and softmax."""

from grader import mistake

# logits -----------------------------------------------------------------------------------------------------

mistake("logits", "logits_without_bias", {"X @ W + b": "X @ W"},
        says="You never add the biases; z = XW + b, with b added to every row.")
mistake("logits", "logits_bias_subtracted", {"b": "-b"},
        says="You subtract the biases; add them: z = XW + b.")
mistake("logits", "logits_bias_summed", {"b": "b.sum()"},
        says="You add the sum of all biases to every logit; each class has its own bias, b[k] for column k.")
mistake("logits", "logits_first_bias_for_all", {"b": "b[0]"},
        says="You add the first class's bias to every class; column k needs b[k].")
mistake("logits", "logits_bias_multiplied", {"X @ W + b": "X @ W * b"},
        says="You multiply by the biases; add them: z = XW + b.")
mistake("logits", "logits_bias_for_each_example", {"b": "b[:, None]"},
        says="You make the biases a column, which adds b[i] to row i; column k needs b[k], so add b as it is.")

mistake("logits", "logits_of_single_entries", {"X @ W": "X * W"},
        says="X * W multiplies entry by entry; the matrix product is X @ W.")
mistake("logits", "logits_of_transposed_weights", {"W": "W.T"},
        says="You transpose W; with the examples as rows, z = XW + b needs W as it is.")
mistake("logits", "logits_transposed", {"X @ W + b": "W.T @ X.T + b[:, None]"},
        says="Your logits have one column per example; the handout asks for one row per example, shape (N, C).")
mistake("logits", "logits_truncated_to_integers", {"X @ W + b": "(X @ W + b).astype(X.dtype)"},
        says="You store the logits in an array of X's type, which cuts off the decimals when the pixels are "
             "integers; use an array of floats.")
mistake("logits", "logits_already_softmax", {"X @ W + b": "softmax(X @ W + b)"},
        says="You return probabilities; logits are the scores before softmax.")
mistake("logits", "logits_through_sigmoid", {"X @ W + b": "1 / (1 + np.exp(-(X @ W + b)))"},
        says="You apply a sigmoid; logits are the scores themselves, z = XW + b.")
mistake("logits", "logits_through_relu", {"X @ W + b": "np.maximum(0, X @ W + b)"},
        says="You set negative logits to 0; this model is linear, with no ReLU, and logits may have any sign.")
mistake("logits", "logits_shifted", {"X @ W + b": "X @ W + b - (X @ W + b).max(axis=1, keepdims=True)"},
        says="You subtract each row's largest logit here; that belongs in softmax. Return z = XW + b.")
mistake("logits", "logits_of_centred_inputs", {"X": "(X - X.mean(axis=0))"},
        says="You centre X before you multiply; compute the logits from X as it is.")
mistake("logits", "logits_changes_weights", {"return X @ W + b": "z = X @ W + b\nW += b\nreturn z"},
        says="Your logits are right, but you write into W to get them; leave the arrays you are given unchanged.")

# softmax: the shift -----------------------------------------------------------------------------------------

mistake("softmax", "softmax_without_shift",
        [{"z - np.real(z).max(axis=1, keepdims=True)": "z"},
         {"exponentials / exponentials.sum(axis=1, keepdims=True)":
          "np.exp(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))"}],
        says="You exponentiate the logits as they are, which overflows to inf/inf; subtract each row's "
             "largest logit first.")

mistake("softmax", "softmax_shift_added",
        {"z - np.real(z).max(axis=1, keepdims=True)": "z + np.real(z).max(axis=1, keepdims=True)"},
        says="You add each row's largest logit, which overflows all the sooner; subtract it.")
mistake("softmax", "softmax_shifted_by_global_max", {"np.real(z).max(axis=1, keepdims=True)": "z.max()"},
        says="You subtract the largest logit of the whole batch, so a row far below it becomes 0/0; subtract "
             "each row's own largest logit.")
mistake("softmax", "softmax_shifted_by_column_max",
        {"np.real(z).max(axis=1, keepdims=True)": "z.max(axis=0)"},
        says="You subtract each column's largest logit, which changes the probabilities; subtract each row's "
             "(axis=1, keepdims=True).")
mistake("softmax", "softmax_shift_without_keepdims",
        {"np.real(z).max(axis=1, keepdims=True)": "z.max(axis=1)"},
        says="You subtract row maxima of shape (N,), which numpy matches with the columns; keep them a "
             "column with keepdims=True.")
mistake("softmax", "softmax_shifted_by_mean",
        {"np.real(z).max(axis=1, keepdims=True)": "z.mean(axis=1, keepdims=True)"},
        says="You subtract each row's mean, which still overflows when one logit lies far above the others; "
             "subtract its largest logit.")
mistake("softmax", "softmax_shifted_by_min",
        {"np.real(z).max(axis=1, keepdims=True)": "z.min(axis=1, keepdims=True)"},
        says="You subtract each row's smallest logit, which makes the others larger still; subtract its largest.")
mistake("softmax", "softmax_shifted_by_largest_size",
        {"np.real(z).max(axis=1, keepdims=True)": "np.abs(z).max(axis=1, keepdims=True)"},
        says="You subtract the largest absolute value, so a row of very negative logits becomes 0/0; "
             "subtract the largest logit, whatever its sign.")
mistake("softmax", "softmax_divided_by_max",
        {"z - np.real(z).max(axis=1, keepdims=True)": "z / np.real(z).max(axis=1, keepdims=True)"},
        says="You divide the logits by their largest, which changes the probabilities; subtract it.")
mistake("softmax", "softmax_of_clipped_logits",
        [{"z - np.real(z).max(axis=1, keepdims=True)": "np.clip(z, -c, c)"},
         {"z - np.real(z).max(axis=1, keepdims=True)": "np.minimum(z, c)"}],
        free={"c": (500, 700, 709, 100, 50, 20)},
        says="You clip the logits before exponentiating, which makes very different logits equally probable; "
             "subtract each row's largest logit instead.")
mistake("softmax", "softmax_shift_only_in_the_sum",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)":
         "np.exp(z) / exponentials.sum(axis=1, keepdims=True)"},
        says="You shift the logits in the sum but not above it; both need the same shift.")
mistake("softmax", "softmax_shift_missing_in_the_sum",
        {"exponentials.sum(axis=1, keepdims=True)": "np.exp(z).sum(axis=1, keepdims=True)"},
        says="You shift the logits above the sum but not in it; both need the same shift.")
mistake("softmax", "softmax_changes_logits",
        {"z - np.real(z).max(axis=1, keepdims=True)":
         "np.subtract(z, np.real(z).max(axis=1, keepdims=True), out=z)"},
        says="You shift the logits in place (z -= ...), which changes the caller's array; work on a new one.")

# softmax: the exponentials ----------------------------------------------------------------------------------

mistake("softmax", "softmax_in_powers_of_two",
        {"np.exp(z - np.real(z).max(axis=1, keepdims=True))":
         "2.0 ** (z - np.real(z).max(axis=1, keepdims=True))"},
        says="You use powers of 2; softmax uses powers of e.")
mistake("softmax", "softmax_in_powers_of_ten",
        {"np.exp(z - np.real(z).max(axis=1, keepdims=True))":
         "10.0 ** (z - np.real(z).max(axis=1, keepdims=True))"},
        says="You use powers of 10; softmax uses powers of e.")
mistake("softmax", "softmax_of_minus_logits",
        [{"z - np.real(z).max(axis=1, keepdims=True)": "z.min(axis=1, keepdims=True) - z"},
         {"z - np.real(z).max(axis=1, keepdims=True)": "np.real(z).max(axis=1, keepdims=True) - z"},
         {"z - np.real(z).max(axis=1, keepdims=True)": "-z"}],
        says="You exponentiate −z, so the largest logit becomes the least probable; drop the minus sign.")
mistake("softmax", "softmax_without_exponentials",
        [{"np.exp(z - np.real(z).max(axis=1, keepdims=True))": "z"},
         {"np.exp(z - np.real(z).max(axis=1, keepdims=True))": "z - np.real(z).max(axis=1, keepdims=True)"}],
        says="You divide the logits by their sum; divide their exponentials, which are positive.")
mistake("softmax", "softmax_of_normalised_sigmoids",
        {"np.exp(z - np.real(z).max(axis=1, keepdims=True))": "1 / (1 + np.exp(-z))"},
        says="You divide each sigmoid by their sum; softmax divides exponentials by theirs.")

# softmax: the division --------------------------------------------------------------------------------------

mistake("softmax", "softmax_over_examples",
        [{"np.real(z).max(axis=1, keepdims=True)": "z.max(axis=0)",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=0)"},
         {"exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=0)"}],
        says="You normalise down the columns; each row (axis=1) has to sum to 1.")
mistake("softmax", "softmax_over_everything",
        [{"np.real(z).max(axis=1, keepdims=True)": "z.max()",
          "exponentials.sum(axis=1, keepdims=True)": "exponentials.sum()"},
         {"exponentials.sum(axis=1, keepdims=True)": "exponentials.sum()"}],
        says="You divide by the sum over the whole batch; each row should sum to 1 by itself.")
mistake("softmax", "softmax_without_keepdims",
        {"exponentials.sum(axis=1, keepdims=True)": "exponentials.sum(axis=1)"},
        says="You divide by row sums of shape (N,), which numpy matches with the columns; keep them a column "
             "with keepdims=True.")
mistake("softmax", "softmax_with_epsilon",
        {"exponentials.sum(axis=1, keepdims=True)": "(exponentials.sum(axis=1, keepdims=True) + c)"},
        free={"c": (1e-8, 1e-10, 1e-12, 1e-7, 1e-6, 1e-5, 1e-9, 1e-15)},
        says="You add a constant to the sum, which biases every probability; after the shift the sum is at "
             "least 1, so it is not needed.")
mistake("softmax", "softmax_by_euclidean_norm",
        {"exponentials.sum(axis=1, keepdims=True)": "np.linalg.norm(exponentials, axis=1, keepdims=True)"},
        says="You divide by the row's Euclidean length; divide by its sum.")
mistake("softmax", "softmax_by_mean",
        {"exponentials.sum(axis=1, keepdims=True)": "exponentials.mean(axis=1, keepdims=True)"},
        says="You divide by the row's mean; divide by its sum, so that each row sums to 1.")
mistake("softmax", "softmax_not_normalised",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)": "exponentials"},
        says="You leave out the division; divide the exponentials by their row's sum.")

# softmax: what is returned ----------------------------------------------------------------------------------

mistake("softmax", "softmax_twice",
        {"return exponentials / exponentials.sum(axis=1, keepdims=True)":
         "once = exponentials / exponentials.sum(axis=1, keepdims=True)\nagain = np.exp(once)\n"
         "return again / again.sum(axis=1, keepdims=True)"},
        says="You apply softmax twice; the input here is logits, so once is enough.")
mistake("softmax", "softmax_in_logarithms",
        [{"exponentials / exponentials.sum(axis=1, keepdims=True)":
          "z - z.max(axis=1, keepdims=True) - np.log(exponentials.sum(axis=1, keepdims=True))"},
         {"exponentials / exponentials.sum(axis=1, keepdims=True)":
          "np.log(exponentials / exponentials.sum(axis=1, keepdims=True))"}],
        says="You return log probabilities; the question asks for the probabilities themselves.")
mistake("softmax", "softmax_as_hardmax",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)": "np.eye(z.shape[1])[z.argmax(axis=1)]"},
        says="You give the class with the largest logit all of the probability (a hardmax); softmax leaves "
             "every class its share.")
mistake("softmax", "softmax_by_sigmoid",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)": "1 / (1 + np.exp(-z))"},
        says="You apply a sigmoid to each logit separately; softmax divides a total of 1 among the classes of a row.")
mistake("softmax", "softmax_transposed",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)":
         "(exponentials / exponentials.sum(axis=1, keepdims=True)).T"},
        says="Your probabilities are transposed; they should have the shape of z, (N, C).")
mistake("softmax", "softmax_of_the_first_row",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)":
         "(exponentials / exponentials.sum(axis=1, keepdims=True))[0]"},
        says="You return the first row's probabilities only; return a row for every example, shape (N, C).")
mistake("softmax", "softmax_rounded",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)":
         "np.round(exponentials / exponentials.sum(axis=1, keepdims=True), c)"},
        free={"c": (4, 2, 3, 5, 6, 1)},
        says="You round the probabilities; return them as they are.")
mistake("softmax", "softmax_in_integer_array",
        {"exponentials / exponentials.sum(axis=1, keepdims=True)":
         "(exponentials / exponentials.sum(axis=1, keepdims=True)).astype(z.dtype)"},
        says="You fill an array made like z, which cuts probabilities down to 0 when the logits are "
             "integers; use an array of floats.")
