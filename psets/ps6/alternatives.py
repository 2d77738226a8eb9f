"""Right versions of problem set 6's answers in other styles; the suite must accept every one of them."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import torch

from grader import alternative
from reference.reporting import roc_points

alternative("falling_loss", "loss_in_capitals", {"'b'": "'B'"})
alternative("unchanged_rates", "rates_in_a_set", {"['TPR', 'FPR', 'LR+']": "{'LR+', 'TPR', 'FPR'}"})
alternative("unchanged_rates", "rates_in_one_text", {"['TPR', 'FPR', 'LR+']": "'TPR, FPR, LR+'"})
alternative("first_loss", "loss_rounded", {"np.log(4)": "1.39"})


@alternative("plot_training")
def training_by_pyplot(training, validation):
    figure = plt.figure()
    t = list(range(1, len(training) + 1))
    plt.semilogy(t, validation, "--", label="validation")
    plt.semilogy(t, training, "o-", label="training", markersize=3)
    plt.axvline(t[int(np.argmin(validation))], label="best", color="red")
    plt.xlabel("Epoch")
    plt.ylabel("Loss (nats)")
    plt.title("Training and validation loss")
    plt.legend(loc="upper right")
    return figure


@alternative("plot_training")
def training_by_pandas(training, validation):
    frame = pd.DataFrame({"training": training, "validation": validation})
    frame.index += 1
    ax = frame.plot(logy=True)
    ax.axvline(frame["validation"].idxmin(), label="best", linestyle="--")
    ax.set(xlabel="epoch", ylabel="loss")
    ax.legend()
    return ax.figure


@alternative("plot_training")
def training_with_vlines(training, validation):
    fig, ax = plt.subplots(figsize=(4, 3))
    for label, losses in (("training", training), ("validation", validation)):
        ax.plot(np.arange(len(losses)) + 1.0, losses, label=label)
    best = 1 + np.flatnonzero(validation == validation.min())[0]
    ax.plot([best, best], [training.min(), validation.max()], "k--", label="best")
    ax.set(yscale="log", xlabel="epoch", ylabel="loss")
    ax.legend()
    return fig


@alternative("metrics_table")
def table_row_by_row(y_true, y_pred, names):
    rows = []
    for c, name in enumerate(names):
        right = np.sum((y_true == c) & (y_pred == c))
        n, predicted = np.sum(y_true == c), np.sum(y_pred == c)
        rows.append(
            {
                "class": name,
                "examples": int(n),
                "precision": right / predicted if predicted else np.nan,
                "recall": right / n if n else float("nan"),
                "F1": 2 * right / (n + predicted) if n + predicted else None,
            }
        )
    table = pd.DataFrame(rows).set_index("class").astype({"F1": float})
    return table.iloc[np.argsort(-table["examples"].to_numpy(), kind="stable")]


@alternative("metrics_table")
def table_of_a_cross_table(y_true, y_pred, names):
    every = range(len(names))
    M = pd.crosstab(y_true, y_pred).reindex(index=every, columns=every, fill_value=0).to_numpy()
    row, column, right = M.sum(axis=1), M.sum(axis=0), np.diag(M)
    with np.errstate(all="ignore"):
        columns = {"F1": 2 * right / (row + column), "recall": right / row, "precision": right / column}
    table = pd.DataFrame({"examples": row, **columns}, index=pd.Index(names))
    order = sorted(every, key=lambda c: -row[c])
    return table.iloc[order]


@alternative("plot_roc")
def roc_by_pyplot(y_true, P, names):
    figure = plt.figure()
    plt.plot([0, 1], [0, 1], linestyle="--", color="gray", label="chance")
    for c in reversed(range(len(names))):
        FPR, TPR = roc_points(y_true == c, P[:, c])
        area = np.sum(np.diff(FPR) * (TPR[1:] + TPR[:-1]) / 2)
        plt.plot(FPR, TPR, label=names[c] + f" (AUC {area:.2f})")
    plt.xlabel("False positive rate")
    plt.ylabel("True positive rate")
    plt.legend()
    return figure


@alternative("plot_roc")
def roc_with_corners_only(y_true, P, names):
    fig, ax = plt.subplots()
    for c, name in enumerate(names):
        FPR, TPR = roc_points(y_true == c, P[:, c])
        turn = np.diff(FPR[:-1]) * np.diff(TPR[1:]) - np.diff(TPR[:-1]) * np.diff(FPR[1:])
        kept = np.r_[True, np.abs(turn) > 1e-12, True]
        ax.plot(FPR[kept], TPR[kept], label=f"{name} (AUC {np.trapezoid(TPR, FPR):.2f})")
    ax.plot([0, 0.5, 1], [0, 0.5, 1], label="chance")
    ax.set(xlabel="false positive rate (1 − specificity)", ylabel="true positive rate (recall)")
    ax.legend()
    return fig


@alternative("softmax")
def softmax_by_logsumexp(z):
    return torch.exp(z - torch.logsumexp(z, dim=1, keepdim=True))


@alternative("softmax")
def softmax_row_by_row(z):
    rows = [torch.exp(row - torch.max(row)) for row in z]
    return torch.stack([row / row.sum() for row in rows])


@alternative("cross_entropy")
def entropy_by_gather(z, y):
    shifted = z - z.max(dim=-1, keepdim=True)[0]
    log_p = shifted - torch.log(torch.exp(shifted).sum(-1, keepdim=True))
    return -torch.mean(torch.gather(log_p, 1, y.view(-1, 1)))


@alternative("cross_entropy")
def entropy_with_one_hot(z, y):
    hot = torch.eye(z.shape[1], dtype=z.dtype)[y]
    return torch.sum(torch.logsumexp(z, 1) - torch.sum(hot * z, 1)) / z.shape[0]


@alternative("loss_and_gradients")
def gradients_by_autograd(X, y, W, b):
    parameters = [part.detach().clone() for part in (W, b)]
    for part in parameters:
        part.requires_grad = True
    z = torch.matmul(X, parameters[0]) + parameters[1]
    loss = torch.mean(torch.logsumexp(z, 1) - z.gather(1, y[:, None])[:, 0])
    return (loss, *torch.autograd.grad(loss, parameters))


@alternative("loss_and_gradients")
def gradients_by_hand(X, y, W, b):
    z = X @ W + b
    p = torch.exp(z - torch.logsumexp(z, 1, keepdim=True))
    loss = (torch.logsumexp(z, 1) - z[torch.arange(len(y)), y]).mean()
    p[torch.arange(len(y)), y] -= 1
    return loss, X.T @ p / len(y), p.mean(dim=0)
