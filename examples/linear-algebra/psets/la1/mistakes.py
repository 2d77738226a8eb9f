"""Wrong versions, each with the sentence its author should read."""

import numpy as np
from reference.orthogonal import householder_qr, reflector

from grader import mistake


@mistake(
    "reflector",
    says="You reflect to +sign(x₁)‖x‖e₁, which cancels for x near e₁; take the far side, −sign(x₁)‖x‖e₁.",
)
def reflector_to_the_near_side(x):
    v = x.copy()
    v[0] -= np.copysign(np.linalg.norm(x), x[0])
    length = np.linalg.norm(v)
    return v / length if length > 0 else v


@mistake(
    "reflector",
    says="You use np.sign, which is 0 at 0, so the reflection is undefined for x₁ = 0; take sign(0) = 1.",
)
def reflector_with_sign_zero(x):
    v = x.copy()
    v[0] += np.sign(x[0]) * np.linalg.norm(x)
    return v / np.linalg.norm(v)


@mistake("reflector", says="Your v does not have length 1; divide it by its length.")
def reflector_not_normalised(x):
    v = x.copy()
    v[0] += np.copysign(np.linalg.norm(x), x[0])
    return v


@mistake(
    "reflector",
    says="You add ‖x‖ whatever the sign of x₁, which cancels for a negative x₁; add sign(x₁)‖x‖.",
)
def reflector_ignores_the_sign(x):
    v = x.copy()
    v[0] += np.linalg.norm(x)
    length = np.linalg.norm(v)
    return v / length if length > 0 else v


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


@mistake(
    "householder_qr",
    says="You apply the reflections to the identity in the order in which you made them; Q needs the "
    "reverse order.",
)
def qr_with_reflections_in_order(A):
    m, n = A.shape
    R, Q = A.copy(), np.eye(m, n)
    for j in range(n):
        v = reflector(R[j:, j])
        R[j:, j:] -= 2 * np.outer(v, v @ R[j:, j:])
        Q[j:] -= 2 * np.outer(v, v @ Q[j:])
    return Q, np.triu(R[:n])


@mistake("householder_qr", says="You return the full Q, of shape (m, m); the reduced one has n columns.")
def qr_in_full(A):
    m, n = A.shape
    R, Q = A.copy(), np.eye(m)
    for j in range(n):
        v = reflector(R[j:, j])
        R[j:, j:] -= 2 * np.outer(v, v @ R[j:, j:])
        Q[:, j:] -= 2 * np.outer(Q[:, j:] @ v, v)
    return Q, np.triu(R)


@mistake("householder_qr", says="You overwrite the caller's A; work on a copy.")
def qr_in_place(A):
    m, n = A.shape
    Q = np.eye(m)
    for j in range(n):
        v = reflector(A[j:, j])
        A[j:, j:] -= 2 * np.outer(v, v @ A[j:, j:])
        Q[:, j:] -= 2 * np.outer(Q[:, j:] @ v, v)
    return Q[:, :n], np.triu(A[:n])


@mistake(
    "least_squares",
    says="You solve the normal equations, which squares the condition number; use Q and R.",
)
def least_squares_by_normal_equations(A, b):
    return np.linalg.solve(A.T @ A, A.T @ b)


@mistake(
    "least_squares",
    says="You invert the matrix of the normal equations, which squares the condition number; use Q and R.",
)
def least_squares_by_inverse(A, b):
    return np.linalg.inv(A.T @ A) @ (A.T @ b)


@mistake("least_squares", says="You solve Rx = Qᵀb from the first row down; solve it from the last row up.")
def least_squares_forward(A, b):
    Q, R = householder_qr(A)
    y = Q.T @ b
    x = np.zeros(len(y))
    for i in range(len(y)):
        x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x


@mistake(
    "least_squares",
    says="You never solve for the first unknown; the loop over the rows of Rx = Qᵀb stops one row early.",
)
def least_squares_skips_the_first_unknown(A, b):
    Q, R = householder_qr(A)
    y = Q.T @ b
    x = np.zeros(len(y))
    for i in range(len(y) - 1, 0, -1):
        x[i] = (y[i] - R[i, i + 1 :] @ x[i + 1 :]) / R[i, i]
    return x


@mistake("power_iteration", says="You return ‖Ax‖ as λ, which is never negative; xᵀAx has the sign.")
def power_iteration_norm_for_value(A, x, tolerance, steps):
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        y = A @ x
        value = x @ y
        if np.linalg.norm(y - value * x) <= tolerance * abs(value):
            break
        x = y / np.linalg.norm(y)
    return float(np.linalg.norm(A @ x)), x


@mistake("power_iteration", says="You return the λ of the step before; compute xᵀAx for the x you return.")
def power_iteration_stale_value(A, x, tolerance, steps):
    x = x / np.linalg.norm(x)
    value = float(x @ A @ x)
    for _ in range(steps):
        y = A @ x
        value = float(x @ y)
        if np.linalg.norm(y - value * x) <= tolerance * abs(value):
            break
        x = y / np.linalg.norm(y)
    return value, x


@mistake(
    "power_iteration",
    says="You stop when x changes little; for a negative λ it changes sign in every step, so look at the "
    "residual.",
)
def power_iteration_stops_on_x(A, x, tolerance, steps):
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        y = A @ x
        y = y / np.linalg.norm(y)
        change = np.linalg.norm(y - x)
        x = y
        if change <= tolerance:
            break
    return float(x @ A @ x), x


@mistake(
    "power_iteration",
    says="You return the start, divided by its length; return the x that your λ belongs to.",
)
def power_iteration_start_returned(A, x, tolerance, steps):
    x = start = x / np.linalg.norm(x)
    for _ in range(steps):
        y = A @ x
        value = x @ y
        if np.linalg.norm(y - value * x) <= tolerance * abs(value):
            break
        x = y / np.linalg.norm(y)
    return float(x @ A @ x), start


@mistake("power_iteration", says="Your tolerance is absolute; it should be relative to |λ|.")
def power_iteration_absolute_tolerance(A, x, tolerance, steps):
    x = x / np.linalg.norm(x)
    for _ in range(steps):
        y = A @ x
        value = x @ y
        if np.linalg.norm(y - value * x) <= tolerance:
            break
        x = y / np.linalg.norm(y)
    return float(x @ A @ x), x


@mistake(
    "power_iteration",
    says="You never divide by the length, so x grows or vanishes; divide in every step.",
)
def power_iteration_not_normalised(A, x, tolerance, steps):
    for _ in range(steps):
        y = A @ x
        value = (x @ y) / (x @ x)
        if np.linalg.norm(y - value * x) <= tolerance * abs(value) * np.linalg.norm(x):
            break
        x = y
    return float((x @ A @ x) / (x @ x)), x


@mistake(
    "dominant_subspace",
    says="You make the columns orthonormal only at the end, when they all point the same way; do it in "
    "every step.",
)
def subspace_orthonormal_at_the_end(A, X, steps):
    for _ in range(steps):
        X = A @ X
        X = X / np.linalg.norm(X)
    return householder_qr(X)[0]


@mistake(
    "dominant_subspace",
    says="You only divide each column by its length; make the columns orthogonal to one another too.",
)
def subspace_normalised_columns(A, X, steps):
    for _ in range(steps):
        X = A @ X
        X = X / np.linalg.norm(X, axis=0)
    return X


@mistake("dominant_subspace", says="You take one step too few; multiply by A `steps` times.")
def subspace_one_step_short(A, X, steps):
    for _ in range(steps - 1):
        X, _ = householder_qr(A @ X)
    return householder_qr(X)[0]


@mistake(
    "condition_number",
    says="You take the ratio of eigenvalues, which says nothing for a matrix that is not symmetric; use "
    "singular values.",
)
def condition_of_eigenvalues(A):
    values = np.abs(np.linalg.eigvals(A)) if A.shape[0] == A.shape[1] else np.linalg.svd(A, compute_uv=False)
    return float(values.max() / values.min()) if values.min() > 0 else np.inf


@mistake(
    "condition_number",
    says="You compare the lengths of the columns, which are singular values only if the columns are "
    "orthogonal; use singular values.",
)
def condition_of_column_lengths(A):
    lengths = np.linalg.norm(A, axis=0)
    return float(lengths.max() / lengths.min()) if lengths.min() > 0 else np.inf


@mistake(
    "condition_number",
    says="You return the condition number of AᵀA, which is the square; use A's singular values.",
)
def condition_squared(A):
    values = np.linalg.svd(A, compute_uv=False)
    return float((values[0] / values[-1]) ** 2) if values[-1] > 0 else np.inf


@mistake(
    "condition_number",
    says="You use Frobenius norms; the condition number is the ratio of the largest to the smallest "
    "singular value.",
)
def condition_in_the_frobenius_norm(A):
    values = np.linalg.svd(A, compute_uv=False)
    if values[-1] == 0:
        return np.inf
    return float(np.sqrt(np.sum(values**2)) * np.sqrt(np.sum(values**-2.0)))


@mistake(
    "condition_number",
    says="You return nan or 0 for a matrix without full rank; its condition number is infinite.",
)
def condition_zero_without_rank(A):
    values = np.linalg.svd(A, compute_uv=False)
    return float(values[0] / values[-1]) if values[-1] > 0 else 0.0
