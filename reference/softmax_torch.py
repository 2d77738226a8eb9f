"""The softmax classifier of `reference.softmax` once more, in torch, which finds the gradients by itself.

Notation: N examples, D features, C classes; X (N, D), W (D, C), b (C,), logits z (N, C), and integer labels y (N,)
from 0 to C−1, all of them tensors. Losses are in nats, in the precision of the tensors.

Source: lecture rows L1 and L21.
"""

from __future__ import annotations

from typing import Any

import torch

__all__ = ["cross_entropy", "loss_and_gradients", "softmax"]

Tensor = Any


def softmax(z: Tensor) -> Tensor:
    """Return the probability of every class, p = exp(z − m) / Σ_j exp(z_j − m) with m the row's largest logit.

    Shapes: z (N, C) → (N, C), each row with the sum 1. Source: L21.

    >>> softmax(torch.tensor([[0.0, 0.0], [0.0, 20000.0]])).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    e = torch.exp(z - z.max(dim=1, keepdim=True).values)
    return e / e.sum(dim=1, keepdim=True)


def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    """Return the mean over the examples of −log p_y, finite for any logits, as a tensor that can be differentiated.

    Shapes: z (N, C), y (N,) → (). Source: L1, L21.

    >>> cross_entropy(torch.tensor([[0.0, 20000.0]]), torch.tensor([0])).item()
    20000.0
    """
    return (torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]).mean()


def loss_and_gradients(X: Tensor, y: Tensor, W: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the mean cross-entropy of the logits XW + b, and its gradients by W and by b.

    Shapes: X (N, D), y (N,), W (D, C), b (C,) → (), (D, C), (C,). W and b stay as they are. Source: L1, L21.

    >>> X, W, b = torch.ones(2, 1), torch.zeros(1, 2), torch.zeros(2)
    >>> [part.tolist() for part in loss_and_gradients(X, torch.tensor([0, 0]), W, b)]
    [0.6931471824645996, [[-0.5, 0.5]], [-0.5, 0.5]]
    """
    W, b = W.clone().requires_grad_(), b.clone().requires_grad_()
    loss = cross_entropy(X @ W + b, y)
    loss.backward()
    return loss.detach(), W.grad, b.grad
