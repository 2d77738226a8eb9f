"""Right answers in other styles."""

from grader import alternative


@alternative("standardise")
def standardise_by_std_mean(X):
    import torch

    deviation, mean = torch.std_mean(X, dim=0, correction=0)
    return (X - mean) / deviation.masked_fill(deviation == 0, 1)


@alternative("make_net")
def make_net_appended(features, hidden, classes):
    from torch import nn

    net = nn.Sequential()
    net.append(nn.Linear(features, hidden))
    net.append(nn.Tanh())
    net.append(nn.Linear(hidden, classes))
    return net


@alternative("cross_entropy")
def cross_entropy_by_gather(net, X, y):
    import torch

    return -torch.log_softmax(net(X), 1).gather(1, y.unsqueeze(1)).mean()


@alternative("train")
def train_by_backward(net, X, y, rate, steps):
    losses = []
    for _ in range(steps):
        net.zero_grad()
        loss = cross_entropy(net, X, y)  # noqa: F821 - the student's own
        loss.backward()
        for parameter in net.parameters():
            parameter.data = parameter.data - rate * parameter.grad
        losses.append(float(loss))
    return losses
