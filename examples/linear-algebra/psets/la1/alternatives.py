"""Right versions in other styles; the suite must accept every one of them."""

import numpy as np
from reference.orthogonal import householder_qr

from grader import alternative


@alternative("reflector")
def reflector_of_the_other_sign(x):
    v = -1.0 * x
    v[0] = -x[0] - np.sqrt(x @ x) if x[0] >= 0 else -x[0] + np.sqrt(x @ x)
    return v / np.sqrt(v @ v)


@alternative("householder_qr")
def qr_with_positive_diagonal(A):
    m, n = A.shape
    R, Q = A.astype(float), np.eye(m)
    for j in range(n):
        x = R[j:, j]
        v = x.copy()
        v[0] += np.linalg.norm(x) if x[0] >= 0 else -np.linalg.norm(x)
        v /= np.linalg.norm(v)
        H = np.eye(m)
        H[j:, j:] -= 2 * np.outer(v, v)
        R, Q = H @ R, Q @ H
    signs = np.where(np.diagonal(R) < 0, -1.0, 1.0)
    return Q[:, :n] * signs, np.triu(R[:n]) * signs[:, None]


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


@alternative("power_iteration")
def power_iteration_with_while(A, x, tolerance, steps):
    x = x / np.sqrt(np.sum(x**2))
    done = 0
    while done < steps:
        Ax = A.dot(x)
        rayleigh = Ax.dot(x)
        if np.sqrt(np.sum((Ax - rayleigh * x) ** 2)) <= tolerance * np.abs(rayleigh):
            break
        x = -Ax / np.sqrt(np.sum(Ax**2))
        done += 1
    return x.dot(A.dot(x)), x


@alternative("dominant_subspace")
def subspace_by_svd(A, X, steps):
    for _ in range(steps):
        X, _, _ = np.linalg.svd(A @ X, full_matrices=False)
    return X


@alternative("condition_number")
def condition_of_norms(A):
    values = np.linalg.svd(A)[1]
    with np.errstate(divide="ignore"):
        return np.max(values) / np.min(values)
