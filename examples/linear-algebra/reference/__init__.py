"""The answers: numerical linear algebra in plain numpy, one topic per module.

- `orthogonal`: Householder reflections, QR and least squares;
- `eigen`: power iteration and orthogonal iteration;
- `conditioning`: condition numbers.
"""

__all__ = ["conditioning", "eigen", "orthogonal"]
