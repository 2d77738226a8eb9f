"""Wrong answers: edits of the solution."""

from grader import mistake

mistake(
    "standardise",
    "standardise_sample_variance",
    {"torch.sqrt((centred**2).mean(dim=0))": "X.std(dim=0)"},
    says="You divide by torch's `std`, which divides by n − 1; the variance here is the mean of the squares.",
)
mistake(
    "standardise",
    "standardise_whole",
    {"X.mean(dim=0)": "X.mean()", "(centred**2).mean(dim=0)": "(centred**2).mean()"},
    says="You standardise by the mean and variance of all entries; do it column by column, with dim=0.",
)
mistake(
    "standardise",
    "standardise_variance",
    {"torch.sqrt((centred**2).mean(dim=0))": "(centred**2).mean(dim=0)"},
    says="You divide by the variance; divide by its square root.",
)
mistake(
    "make_net",
    "make_net_relu",
    {"nn.Tanh()": "nn.ReLU()"},
    says="Your network uses ReLU between the layers; the question asks for tanh.",
)
mistake(
    "make_net",
    "make_net_softmax",
    {
        "nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, classes))": (
            "nn.Sequential(nn.Linear(features, hidden), nn.Tanh(), nn.Linear(hidden, classes), nn.Softmax(dim=1))"
        )
    },
    says="Your network ends with a softmax; it should give logits, since the loss takes the softmax.",
)
mistake(
    "cross_entropy",
    "cross_entropy_sum",
    {"(torch.logsumexp(logits, dim=1) - picked).mean()": "(torch.logsumexp(logits, dim=1) - picked).sum()"},
    says="You add the losses of the rows; take their mean.",
)
mistake(
    "cross_entropy",
    "cross_entropy_unshifted",
    {"torch.logsumexp(logits, dim=1)": "torch.log(torch.exp(logits).sum(dim=1))"},
    says="You exponentiate the logits as they are, and large ones overflow; torch.logsumexp shifts them first.",
)
mistake(
    "cross_entropy",
    "cross_entropy_over_columns",
    {"torch.logsumexp(logits, dim=1)": "torch.logsumexp(logits, dim=0).mean()"},
    says="You normalise over the rows; the softmax of each row is over its classes, dim=1.",
)
mistake(
    "train",
    "train_uphill",
    {"parameter -= rate * gradients[i]": "parameter += rate * gradients[i]"},
    says="You step along the gradient, uphill; subtract it.",
)
mistake(
    "train",
    "train_losses_after",
    {"losses.append(loss.item())": "losses.append(cross_entropy(net, X, y).item())"},
    says="You note the loss after each step; the question asks for the one before.",
)
mistake(
    "train",
    "train_without_rate",
    {"rate * gradients[i]": "gradients[i]"},
    says="You leave the rate out: a step is rate times the gradient.",
)
mistake(
    "train",
    "train_one_parameter",
    {"list(net.parameters())": "list(net.parameters())[:1]"},
    says="You change only the first parameter; all of them take part in each step.",
)
