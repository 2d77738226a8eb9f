"""A classifier of two layers in torch: its parts, its loss, and training by gradient descent."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

__all__ = ["cross_entropy", "make_net", "standardise", "train"]


def standardise(X: Any) -> Any:
    """Columns with mean 0 and variance 1, the variance divided by the number of rows.

    >>> standardise(torch.tensor([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    centred = X - X.mean(dim=0)
    scale = torch.sqrt((centred**2).mean(dim=0))
    return centred / scale.masked_fill(scale == 0, 1)


def make_net(features: int, hidden: int, classes: int) -> nn.Module:
    """Linear, tanh, linear, with logits as outputs.

    >>> [name for name, _ in make_net(4, 3, 2).named_parameters()]
    ['0.weight', '0.bias', '2.weight', '2.bias']
    """
    return nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, classes))


def cross_entropy(net: nn.Module, X: Any, y: Any) -> Any:
    """The mean cross-entropy of a network's logits, as a tensor that can be differentiated.

    >>> net = nn.Linear(2, 2)
    >>> _ = [nn.init.zeros_(part) for part in net.parameters()]
    >>> round(cross_entropy(net, torch.ones(3, 2), torch.tensor([0, 1, 1])).item(), 6)
    0.693147
    """
    logits = net(X)
    picked = logits[torch.arange(len(y)), y]
    return (torch.logsumexp(logits, dim=1) - picked).mean()


def train(net: nn.Module, X: Any, y: Any, rate: float, steps: int) -> list[float]:
    """Gradient descent on all rows; returns the loss before each step.

    >>> net = nn.Linear(2, 2)
    >>> first, second = train(net, torch.eye(2), torch.tensor([0, 1]), 0.5, 2)
    >>> first > second
    True
    """
    losses, parameters = [], list(net.parameters())
    for _ in range(steps):
        loss = cross_entropy(net, X, y)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for i, parameter in enumerate(parameters):
                parameter -= rate * gradients[i]
        losses.append(loss.item())
    return losses
