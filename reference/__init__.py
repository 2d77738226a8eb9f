"""The answers of the course: pure numpy, one lecture topic per module, nothing from the grading tool.

Import the module of the topic, as in ``import reference.softmax as ref``: names such as ``train`` recur from
topic to topic, so this package exports none. In the order of the lecture:

- `likelihood`, `regression`, `convexity`: risk, least squares, descent, and where it ends (L1 to L8);
- `activations`, `graph`, `layers`, `differences`, `mlp`: activations and backpropagation (L9 to L13);
- `minibatch`, `optimizers`, `epsilon_inside_root`: gradient management (L2, L14);
- `metrics`, `ranking`, `imbalance`: how good a classifier is, and unbalanced classes (L15 to L18);
- `spiral`, `complexity`, `regularization`: under- and overfitting, and what helps (L19, L20);
- `softmax`: the linear classifier of problem set 1 (L21).

docs/lecture-map.md says row by row where everything is.
"""

__all__ = [
    "activations",
    "complexity",
    "convexity",
    "differences",
    "epsilon_inside_root",
    "graph",
    "imbalance",
    "layers",
    "likelihood",
    "metrics",
    "minibatch",
    "mlp",
    "optimizers",
    "ranking",
    "regression",
    "regularization",
    "softmax",
    "spiral",
]
