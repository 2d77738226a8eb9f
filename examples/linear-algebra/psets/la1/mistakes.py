"""Wrong versions, each with the sentence its author should read.

Each changes the smallest part of the solution that is the mistake, so that several are found together; another
algorithm is written out.
"""

import numpy as np

from grader import mistake

# reflector --------------------------------------------------------------------------------------------------

mistake("reflector", "reflector_to_the_near_side",
        [{"v[0] += np.copysign(np.linalg.norm(x), x[0])": "v[0] -= np.copysign(np.linalg.norm(x), x[0])"},
         {"v[0] += np.copysign(np.linalg.norm(x), x[0])": "v[0] -= np.copysign(np.linalg.norm(x), x[0])",
          "np.linalg.norm(v)": "(np.linalg.norm(v) or 1.0)"}],
        says="You reflect to +sign(x₁)‖x‖e₁, which cancels for x near e₁; take the far side, −sign(x₁)‖x‖e₁.")
mistake("reflector", "reflector_ignores_the_sign",
        [{"np.copysign(np.linalg.norm(x), x[0])": "np.linalg.norm(x)"},
         {"np.copysign(np.linalg.norm(x), x[0])": "np.linalg.norm(x)",
          "np.linalg.norm(v)": "(np.linalg.norm(v) or 1.0)"}],
        says="You add ‖x‖ whatever the sign of x₁, which cancels for a negative x₁; add sign(x₁)‖x‖.")
mistake("reflector", "reflector_with_sign_zero",
        {"np.copysign(np.linalg.norm(x), x[0])": "np.sign(x[0]) * np.linalg.norm(x)"},
        says="You use np.sign, which is 0 at 0, so the reflection is undefined for x₁ = 0; take sign(0) = 1.")
mistake("reflector", "reflector_in_integers", {"np.array(x, dtype=np.float64)": "x.copy()"},
        says="You keep x's type, which cuts off decimals when x holds integers; make v an array of floats.")
mistake("reflector", "reflector_not_normalised", {"v / np.linalg.norm(v)": "v"},
        says="Your v does not have length 1; divide it by its length.")

# householder_qr ---------------------------------------------------------------------------------------------

mistake("householder_qr", "qr_with_reflections_in_order", {"reversed(range(n))": "range(n)"},
        says="You apply the reflections to the identity in the order in which you made them; Q needs the "
        "reverse order.")
mistake("householder_qr", "qr_in_full", {"np.eye(m, n)": "np.eye(m)", "R[:n]": "R"},
        says="You return the full Q, of shape (m, m); the reduced one has n columns.")
mistake("householder_qr", "qr_in_place", {"np.array(A, dtype=np.float64)": "A"},
        says="You overwrite the caller's A; work on a copy.")


@mistake(
    "householder_qr",
    says="Your Q loses its orthogonality where columns are nearly dependent, as in classical Gram–Schmidt; "
    "use reflections.",
)
def qr_by_classical_gram_schmidt(A):
    Q, R = np.zeros(A.shape), np.zeros((A.shape[1], A.shape[1]))
    for j in range(A.shape[1]):
        R[:j, j] = Q[:, :j].T @ A[:, j]
        q = A[:, j] - Q[:, :j] @ R[:j, j]
        R[j, j] = np.linalg.norm(q)
        Q[:, j] = q / R[j, j]
    return Q, R


@mistake(
    "householder_qr",
    says="Your Q loses some of its orthogonality where columns are nearly dependent, as in modified "
    "Gram–Schmidt; use reflections.",
)
def qr_by_modified_gram_schmidt(A):
    Q, R = A.astype(float), np.zeros((A.shape[1], A.shape[1]))
    for j in range(A.shape[1]):
        R[j, j] = np.linalg.norm(Q[:, j])
        Q[:, j] /= R[j, j]
        for k in range(j + 1, A.shape[1]):
            R[j, k] = Q[:, j] @ Q[:, k]
            Q[:, k] -= R[j, k] * Q[:, j]
    return Q, R


# least_squares ----------------------------------------------------------------------------------------------

mistake("least_squares", "least_squares_by_normal_equations",
        {"return x": "return np.linalg.solve(A.T @ A, A.T @ b)"},
        says="You solve the normal equations, which squares the condition number; use Q and R.")
mistake("least_squares", "least_squares_by_inverse",
        {"return x": "return np.linalg.inv(A.T @ A) @ (A.T @ b)"},
        says="You invert the matrix of the normal equations, which squares the condition number; use Q and "
        "R.")
mistake("least_squares", "least_squares_forward", {"reversed(range(len(y)))": "range(len(y))"},
        says="You solve Rx = Qᵀb from the first row down; solve it from the last row up.")
mistake("least_squares", "least_squares_skips_the_first_unknown", {"range(len(y))": "range(1, len(y))"},
        says="You never solve for the first unknown; the loop over the rows of Rx = Qᵀb stops one row early.")

# power_iteration --------------------------------------------------------------------------------------------

mistake("power_iteration", "power_iteration_norm_for_value",
        {"float(x @ A @ x)": "float(np.linalg.norm(A @ x))"},
        says="You return ‖Ax‖ as λ, which is never negative; xᵀAx has the sign.")
mistake("power_iteration", "power_iteration_stale_value",
        {"x = x / np.linalg.norm(x)": "x = x / np.linalg.norm(x)\nvalue = x @ A @ x",
         "float(x @ A @ x)": "float(value)"},
        says="You return the λ of the step before; compute xᵀAx for the x you return.")
mistake("power_iteration", "power_iteration_start_returned",
        {"x = x / np.linalg.norm(x)": "start = x = x / np.linalg.norm(x)",
         "return float(x @ A @ x), x": "return float(x @ A @ x), start"},
        says="You return the start, divided by its length; return the x that your λ belongs to.")
mistake("power_iteration", "power_iteration_absolute_tolerance", {"tolerance * abs(value)": "tolerance"},
        says="Your tolerance is absolute; it should be relative to |λ|.")
mistake("power_iteration", "power_iteration_stops_on_x",
        {"value = x @ y\nif np.linalg.norm(y - value * x) <= tolerance * abs(value):\n    break\n"
         "x = y / np.linalg.norm(y)":
         "before = x\nx = y / np.linalg.norm(y)\nif np.linalg.norm(x - before) <= tolerance:\n    break"},
        says="You stop when x changes little; for a negative λ it changes sign in every step, so look at the "
        "residual.")
mistake("power_iteration", "power_iteration_not_normalised",
        {"x = x / np.linalg.norm(x)": "", "value = x @ y": "value = (x @ y) / (x @ x)",
         "tolerance * abs(value)": "tolerance * abs(value) * np.linalg.norm(x)",
         "x = y / np.linalg.norm(y)": "x = y", "x @ A @ x": "(x @ A @ x) / (x @ x)"},
        says="You never divide by the length, so x grows or vanishes; divide in every step.")

# dominant_subspace ------------------------------------------------------------------------------------------

mistake("dominant_subspace", "subspace_orthonormal_at_the_end",
        {"X, _ = householder_qr(A @ X)": "X = A @ X\nX = X / np.linalg.norm(X)",
         "return X": "return householder_qr(X)[0]"},
        says="You make the columns orthonormal only at the end, when they all point the same way; do it in "
        "every step.")
mistake("dominant_subspace", "subspace_normalised_columns",
        {"X, _ = householder_qr(A @ X)": "X = A @ X\nX = X / np.linalg.norm(X, axis=0)"},
        says="You only divide each column by its length; make the columns orthogonal to one another too.")
mistake("dominant_subspace", "subspace_one_step_short", {"range(steps)": "range(steps - 1)",
                                                         "return X": "return householder_qr(X)[0]"},
        says="You take one step too few; multiply by A `steps` times.")

# condition_number -------------------------------------------------------------------------------------------

mistake("condition_number", "condition_of_eigenvalues",
        {"np.linalg.svd(A, compute_uv=False)":
         "np.abs(np.linalg.eigvals(A)) if A.shape[0] == A.shape[1] else np.linalg.svd(A, compute_uv=False)",
         "values[0] / values[-1]": "values.max() / values.min()"},
        says="You take the ratio of eigenvalues, which says nothing for a matrix that is not symmetric; use "
        "singular values.")
mistake("condition_number", "condition_of_column_lengths",
        {"np.linalg.svd(A, compute_uv=False)": "np.sort(np.linalg.norm(A, axis=0))[::-1]"},
        says="You compare the lengths of the columns, which are singular values only if the columns are "
        "orthogonal; use singular values.")
mistake("condition_number", "condition_squared", {"values[0] / values[-1]": "(values[0] / values[-1]) ** 2"},
        says="You return the condition number of AᵀA, which is the square; use A's singular values.")
mistake("condition_number", "condition_in_the_frobenius_norm",
        {"values[0] / values[-1]": "np.sqrt(np.sum(values**2)) * np.sqrt(np.sum(values**-2.0))"},
        says="You use Frobenius norms; the condition number is the ratio of the largest to the smallest "
        "singular value.")
mistake("condition_number", "condition_zero_without_rank",
        {"values[0] / values[-1]": "values[0] / values[-1] if values[-1] > 0 else 0.0"},
        says="You return nan or 0 for a matrix without full rank; its condition number is infinite.")
