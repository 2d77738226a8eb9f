"""What a training run prints and writes."""

import csv


def report(losses, accuracies):
    """Print a line for each epoch, and the best epoch at the end.

    Shapes: losses and accuracies (n,), one number for each epoch; prints n + 1 lines.
    """
    for epoch, loss in enumerate(losses, start=1):
        print(f"epoch {epoch}: loss={loss:.4f}, accuracy={100 * accuracies[epoch - 1]:.1f}%")
    best = max(range(len(losses)), key=lambda i: accuracies[i])
    print(f"best epoch: {best + 1}")


def save_losses(losses, path):
    """Write the losses into a CSV with the columns epoch and loss.

    Shapes: losses (n,); path a text.
    """
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", "loss"])
        for epoch, loss in enumerate(losses, start=1):
            writer.writerow([epoch, float(loss)])
