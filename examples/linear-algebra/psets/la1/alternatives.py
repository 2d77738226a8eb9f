"""Right versions, edits of the solution or in other styles; the suite must accept every one of them."""

import numpy as np
from reference.orthogonal import householder_qr

from grader import alternative

alternative("reflector", "reflector_of_the_other_sign", {"v / np.linalg.norm(v)": "-v / np.linalg.norm(v)"})
alternative(
    "householder_qr",
    "qr_with_positive_diagonal",
    {
        "return Q, np.triu(R[:n])": "signs = np.where(np.diagonal(R) < 0, -1.0, 1.0)\n"
        "return Q * signs, np.triu(R[:n]) * signs[:, None]"
    },
)


@alternative("householder_qr")
def qr_by_givens_rotations(A):
    m, n = A.shape
    R, Q = A.astype(float), np.eye(m)
    for j in range(n):
        for i in range(m - 1, j, -1):
            r = np.hypot(R[i - 1, j], R[i, j])
            if r == 0:
                continue
            c, s = R[i - 1, j] / r, R[i, j] / r
            G = np.array([[c, s], [-s, c]])
            R[i - 1 : i + 1] = G @ R[i - 1 : i + 1]
            Q[:, i - 1 : i + 1] = Q[:, i - 1 : i + 1] @ G.T
    return Q[:, :n], np.triu(R[:n])


@alternative("least_squares")
def least_squares_by_rows(A, b):
    Q, R = householder_qr(A)
    y = Q.T @ b
    x = [0.0] * len(y)
    for i in range(len(y) - 1, -1, -1):
        total = y[i]
        for k in range(i + 1, len(y)):
            total -= R[i, k] * x[k]
        x[i] = total / R[i, i]
    return x


alternative(
    "power_iteration",
    "power_iteration_with_turning_signs",
    {"x = y / np.linalg.norm(y)": "x = -y / np.linalg.norm(y)"},
)
alternative(
    "dominant_subspace",
    "subspace_by_svd",
    {"X, _ = householder_qr(A @ X)": "X, _, _ = np.linalg.svd(A @ X, full_matrices=False)"},
)
alternative(
    "condition_number",
    "condition_of_norms",
    {"values[0] / values[-1]": "np.max(values) / np.min(values)"},
)
