"""Answers in torch, in the clothes that students give them, through the real sandbox."""

from __future__ import annotations

import pytest

from tests.asking.answering import failed, graded, judge_of, told

RIGHT = {
    "with keepdim": (
        "def standardise(X):\n    m = X.mean(0, keepdim=True)\n    s = (X - m).pow(2).mean(0, keepdim=True).sqrt()\n"
        "    s[s == 0] = 1\n    return (X - m) / s"
    ),
    "by numpy": (
        "import numpy as np\ndef standardise(X):\n    A = X.numpy()\n    s = A.std(axis=0)\n"
        "    return torch.from_numpy((A - A.mean(axis=0)) / np.where(s == 0, 1, s).astype(A.dtype))"
    ),
    "returned as an array": (
        "def standardise(X):\n    Z = X - X.mean(0)\n    s = Z.std(0, correction=0)\n"
        "    return (Z / torch.where(s == 0, torch.ones_like(s), s)).numpy()"
    ),
    "with a gradient that nobody asked for": (
        "def standardise(X):\n    X = X.clone().requires_grad_()\n    Z = X - X.mean(dim=0)\n"
        "    s = Z.pow(2).mean(dim=0).sqrt()\n    return Z / (s + (s == 0))"
    ),
    "a class of its own": (
        "class Net(nn.Module):\n    def __init__(self, features, hidden, classes):\n        super().__init__()\n"
        "        self.layers = nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, classes))\n"
        "    def forward(self, x):\n        return self.layers(x)\n"
        "def make_net(features, hidden, classes):\n    return Net(features, hidden, classes).layers"
    ),
    "layers from a list": (
        "def make_net(features, hidden, classes):\n    layers = [nn.Linear(features, hidden), nn.Tanh()]\n"
        "    layers += [nn.Linear(hidden, classes)]\n    return nn.Sequential(*layers)"
    ),
    "named layers": (
        "from collections import OrderedDict\ndef make_net(features, hidden, classes):\n    return nn.Sequential("
        "OrderedDict([('0', nn.Linear(features, hidden)), ('1', nn.Tanh()), ('2', nn.Linear(hidden, classes))]))"
    ),
    "initialised otherwise": (
        "def make_net(features, hidden, classes):\n"
        "    net = nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, classes))\n"
        "    for p in net.parameters():\n        nn.init.normal_(p, std=0.1)\n    return net"
    ),
    "shifted by hand": (
        "def cross_entropy(net, X, y):\n    z = net(X)\n    z = z - z.max(dim=1, keepdim=True).values\n"
        "    logp = z - z.exp().sum(dim=1, keepdim=True).log()\n    return -logp[range(len(y)), y].mean()"
    ),
    "one-hot": (
        "import torch.nn.functional as F\ndef cross_entropy(net, X, y):\n    logp = F.log_softmax(net(X), dim=-1)\n"
        "    return -(F.one_hot(y, logp.shape[1]) * logp).sum(dim=1).mean()"
    ),
    "row by row": (
        "def cross_entropy(net, X, y):\n    losses = []\n    for x, k in zip(X, y):\n        z = net(x)\n"
        "        losses.append(torch.logsumexp(z, 0) - z[k])\n    return torch.stack(losses).mean()"
    ),
    "with an optimizer": (
        "def train(net, X, y, rate, steps):\n    optimizer = torch.optim.SGD(net.parameters(), lr=rate)\n"
        "    losses = []\n    for _ in range(steps):\n        optimizer.zero_grad()\n"
        "        loss = cross_entropy(net, X, y)\n        loss.backward()\n        optimizer.step()\n"
        "        losses.append(loss.detach())\n    return losses"
    ),
    "losses in a tensor": (
        "def train(net, X, y, rate, steps):\n    losses = torch.zeros(steps)\n    for t in range(steps):\n"
        "        net.zero_grad()\n        loss = cross_entropy(net, X, y)\n        loss.backward()\n"
        "        for p in net.parameters():\n            p.data.add_(p.grad, alpha=-rate)\n"
        "        losses[t] = loss.item()\n    return losses"
    ),
    "through the state": (
        "def train(net, X, y, rate, steps):\n    losses = []\n    for _ in range(steps):\n        net.zero_grad()\n"
        "        loss = cross_entropy(net, X, y)\n        loss.backward()\n"
        "        state = {n: p.detach() - rate * p.grad for n, p in net.named_parameters()}\n"
        "        net.load_state_dict(state)\n        losses.append(float(loss))\n    return tuple(losses)"
    ),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_passes_however_it_is_written(answer):
    assert told(graded("torch", answer)) == ""


WRONG = {
    "changes its argument": (
        "def standardise(X):\n    X -= X.mean(0)\n    s = X.pow(2).mean(0).sqrt()\n"
        "    X /= s.masked_fill(s == 0, 1)\n    return X",
        "in place",
    ),
    "half precision": (
        "def standardise(X):\n    X = X.bfloat16()\n    Z = X - X.mean(0)\n    s = Z.pow(2).mean(0).sqrt()\n"
        "    return Z / s.masked_fill(s == 0, 1)",
        "X is wrong",
    ),
    "the other precision": (
        "def standardise(X):\n    X = X.double()\n    Z = X - X.mean(0)\n    s = Z.pow(2).mean(0).sqrt()\n"
        "    return Z / s.masked_fill(s == 0, 1)",
        "X has the right values, but they are float64 instead of float32.",
    ),
    "nan for a constant column": (
        "def standardise(X):\n    Z = X - X.mean(0)\n    return Z / Z.pow(2).mean(0).sqrt()",
        "X is nan at 9 of 36 entries",
    ),
    "transposed": (
        "def standardise(X):\n    Z = X - X.mean(0)\n    s = Z.pow(2).mean(0).sqrt()\n"
        "    return (Z / s.masked_fill(s == 0, 1)).T",
        "transposed",
    ),
    "another width": (
        "def make_net(features, hidden, classes):\n"
        "    return nn.Sequential(nn.Linear(features, classes), nn.Tanh(), nn.Linear(classes, classes))",
        "the network's parameter 0.weight has shape (3, 4), but shape (5, 4) was expected.",
    ),
    "no biases": (
        "def make_net(features, hidden, classes):\n"
        "    return nn.Sequential(nn.Linear(features, hidden, bias=False), nn.Tanh(), nn.Linear(hidden, classes))",
        "the network lacks 'the parameter 0.bias'",
    ),
    "no network": (
        "def make_net(features, hidden, classes):\n"
        "    return [torch.zeros(hidden, features), torch.zeros(classes, hidden)]",
        "the network is no torch module whose parameters can be read.",
    ),
    "the class and no object": (
        "def make_net(features, hidden, classes):\n    return nn.Sequential",
        "the network is no torch module whose parameters can be read.",
    ),
    "detached": (
        "def cross_entropy(net, X, y):\n    z = net(X).detach()\n"
        "    return (torch.logsumexp(z, 1) - z[range(len(y)), y]).mean()",
        "the loss does not depend on 0.weight, 0.bias, 2.weight, so it has no gradient there.",
    ),
    "a number": (
        "def cross_entropy(net, X, y):\n    z = net(X)\n"
        "    return (torch.logsumexp(z, 1) - z[range(len(y)), y]).mean().item()",
        "the loss is a plain number, which has no gradient: return torch's tensor, not `.item()` of it.",
    ),
    "a loss for each row": (
        "def cross_entropy(net, X, y):\n    z = net(X)\n    return torch.logsumexp(z, 1) - z[range(len(y)), y]",
        "loss has shape (12,), but a single number was expected.",
    ),
    "one step too few": (
        "def train(net, X, y, rate, steps):\n    losses = []\n    for _ in range(steps - 1):\n        net.zero_grad()\n"
        "        loss = cross_entropy(net, X, y)\n        loss.backward()\n        for p in net.parameters():\n"
        "            p.data -= rate * p.grad\n        losses.append(loss.item())\n    return losses",
        "losses has shape (2,), but shape (3,) was expected.",
    ),
    "gradients that add up": (
        "def train(net, X, y, rate, steps):\n    losses = []\n    for _ in range(steps):\n"
        "        loss = cross_entropy(net, X, y)\n        loss.backward()\n        for p in net.parameters():\n"
        "            p.data -= rate * p.grad\n        losses.append(loss.item())\n    return losses",
        "losses is wrong",
    ),
    "nothing": ("def train(net, X, y, rate, steps):\n    pass", "losses is None. Does the function return its result?"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_how_it_is_wrong(answer, sentence):
    assert sentence in told(graded("torch", answer))


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        ("make_net_relu", "Your network uses ReLU"),
        ("cross_entropy_unshifted", "large ones overflow"),
        ("train_losses_after", "You note the loss after each step"),
    ],
)
def test_a_known_mistake_is_named(mistake, says):
    (planted,) = [one for one in judge_of("torch").problem_set.mistakes() if one.name == mistake]
    assert says in told(graded("torch", planted.cell))


HOSTILE = {
    "a tensor that lies": (
        "class Liar(torch.Tensor):\n    def numpy(self, *a, **k):\n        return self\n"
        "    def detach(self):\n        raise KeyboardInterrupt\n    def __eq__(self, other):\n        return True\n"
        "def standardise(X):\n    return X.as_subclass(Liar)"
    ),
    "a tensor without numbers": "def standardise(X):\n    return torch.empty(X.shape, device='meta')",
    "a huge sparse tensor": (
        "def standardise(X):\n    at = torch.zeros(2, 1, dtype=int)\n"
        "    return torch.sparse_coo_tensor(at, torch.ones(1), (10**9, 10**9))"
    ),
    "a tensor of no memory": "def standardise(X):\n    return torch.zeros(1).expand(10**6, 10**6)",
}
HOSTILE_NETS = {
    "parameters without end": (
        "class Endless(nn.Module):\n    def named_parameters(self, *a, **k):\n        while True:\n"
        "            yield 'x', nn.Parameter(torch.zeros(1))\ndef make_net(f, h, k):\n    return Endless()"
    ),
    "huge parameters": "def make_net(f, h, k):\n    return nn.Sequential(nn.Linear(9000, 9000), nn.Tanh())",
    "names that are no names": (
        "class Odd(nn.Module):\n    def named_parameters(self, *a, **k):\n        return [(10**6000, torch.zeros(1))]\n"
        "def make_net(f, h, k):\n    return Odd()"
    ),
    "exits": "def make_net(f, h, k):\n    import os\n    os._exit(0)",
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_tensor_costs_its_own_question_alone(answer):
    result = graded("torch", answer)
    assert {one.status for one in failed(result, "q1")} <= {"failed", "timeout", "crashed", "error"}
    assert failed(result, "q1")
    assert failed(result) == failed(result, "q1")


@pytest.mark.parametrize("answer", HOSTILE_NETS.values(), ids=HOSTILE_NETS)
def test_a_hostile_network_costs_its_own_question_alone(answer):
    result = graded("torch", answer)
    assert {one.status for one in failed(result, "q2")} <= {"failed", "timeout", "crashed", "error"}
    assert failed(result, "q2")
    assert failed(result) == failed(result, "q2")
