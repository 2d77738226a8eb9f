"""Right answers in other styles, which the suite must accept."""

import numpy as np

from grader import alternative


@alternative("report")
def report_at_once(losses, accuracies):
    lines = [
        f"epoch  {i + 1}: loss = {losses[i]:.6f}, accuracy = {accuracies[i] * 100:.3f} %"
        for i in range(len(losses))
    ]
    print("\n\n".join(lines))
    print("best epoch:", np.argmax(accuracies) + 1, flush=True)


@alternative("save_losses")
def save_losses_as_text(losses, path):
    rows = [f"{epoch + 1}, {loss!r}" for epoch, loss in enumerate(np.asarray(losses).tolist())]
    with open(path, "w") as file:
        file.write("epoch,loss\n" + "\n".join(rows) + "\n")
