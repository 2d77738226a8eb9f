"""The answers of the course: numpy, one lecture topic per module, nothing from the grading tool.

Import the module of the topic, as in ``import reference.softmax as ref``: names such as ``train`` recur from
topic to topic, so this package exports none. In the order of the lecture:

- `likelihood`, `regression`, `convexity`: risk, least squares, descent, and where it ends (L1 to L8);
- `activations`, `graph`, `layers`, `differences`, `mlp`: activations and backpropagation (L9 to L13);
- `minibatch`, `optimizers`, `epsilon_inside_root`: gradient management (L2, L14);
- `metrics`, `ranking`, `imbalance`: how good a classifier is, and unbalanced classes (L15 to L18);
- `spiral`, `complexity`, `regularization`: under- and overfitting, and what helps (L19, L20);
- `spiral_run`, `reporting`: a network's training and its results, in figures and tables (L15, L17, L19);
- `softmax`, `softmax_torch`: the linear classifier of problem set 1, and the same in torch (L21).

Two modules need more than numpy: `reporting` matplotlib and pandas, `softmax_torch` torch. docs/lecture-map.md says row
by row where everything is.
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
    "reporting",
    "softmax",
    "softmax_torch",
    "spiral",
    "spiral_run",
]
