"""What functions and cells print and write: right answers in many styles, and wrong ones with what is told of them."""

from __future__ import annotations

import pytest

from tests.asking.answering import failed, graded, told

REPORT = """
def report(losses, accuracies):
    for i in range(len(losses)):
        print("epoch", i + 1, ":", "loss=", losses[i], ", accuracy=", accuracies[i] * 100, "%")
    print("best epoch:", np.argmax(accuracies) + 1)
"""
SAVE = """
def save_losses(losses, path):
    with open(path, "w") as file:
        file.write("epoch,loss\\n")
        for i, loss in enumerate(losses):
            file.write(f"{i + 1},{loss}\\n")
"""
RIGHT = {
    "with commas": REPORT,
    "one text": """
def report(losses, accuracies):
    text = ""
    for i, (l, a) in enumerate(zip(losses, accuracies), 1):
        text += f"epoch {i}: loss={l:.5f}, accuracy={a:.2%}\\n"
    print(text + "best epoch: " + str(int(np.argmax(accuracies)) + 1))
""",
    "with format": """
def report(losses, accuracies):
    for i in range(len(losses)):
        print("epoch {}: loss={:.4f}, accuracy={:.1f}%".format(i + 1, losses[i], 100 * accuracies[i]))
    print("best epoch: {}".format(list(accuracies).index(max(accuracies)) + 1))
""",
    "with percent signs": """
def report(losses, accuracies):
    best = 0
    for i in range(len(losses)):
        if accuracies[i] > accuracies[best]: best = i
        print("epoch %3d: loss = %8.4f, accuracy = %5.1f%%" % (i + 1, losses[i], 100 * accuracies[i]))
    print()
    print("best epoch:", best + 1)
    return best
""",
    "written to standard output": """
import sys
def report(losses, accuracies):
    for i, (l, a) in enumerate(zip(losses, accuracies)):
        sys.stdout.write(f"epoch {i + 1}: loss={l:.4f}, accuracy={100 * a:.1f}%\\r\\n")
    sys.stdout.flush()
    sys.stdout.write(f"best epoch: {np.argmax(accuracies) + 1}")
""",
    "with warnings": """
import sys, warnings
def report(losses, accuracies):
    warnings.warn("about to print")
    print("debug", file=sys.stderr)
    for i, (l, a) in enumerate(zip(losses, accuracies)):
        print(f"epoch {i + 1}: loss={l}, accuracy={100 * a}%")
    print(f"best epoch: {np.argmax(accuracies) + 1}   ")
""",
    "numpy's numbers": """
def report(losses, accuracies):
    shares = np.round(100 * np.asarray(accuracies), 1)
    for i in range(len(losses)):
        print(f"epoch {i + 1}: loss={np.float64(losses[i]):.6e}, accuracy={shares[i]}%")
    print("best epoch:", shares.argmax() + 1)
""",
    "saved by hand": SAVE,
    "saved by pandas": """
def save_losses(losses, path):
    import pandas as pd
    pd.DataFrame({"epoch": range(1, len(losses) + 1), "loss": losses}).to_csv(path, index=False)
""",
    "saved by numpy": """
def save_losses(losses, path):
    rows = np.column_stack([np.arange(1, len(losses) + 1), losses])
    np.savetxt(path, rows, fmt=["%d", "%.17g"], delimiter=",", header="epoch,loss", comments="")
""",
    "saved by pathlib": """
from pathlib import Path
def save_losses(losses, path):
    rows = [f"{i},{float(x)!r}" for i, x in enumerate(losses, 1)]
    return Path(path).write_text("\\n".join(["epoch,loss", *rows]))
""",
    "saved with a mark": SAVE.replace(
        'open(path, "w")', 'open(path, "w", encoding="utf-8-sig", newline="\\r\\n")'
    ),
}
LINE = 'f"epoch {i + 1}: loss={losses[i]:.4f}, accuracy={100 * accuracies[i]:.1f}%"'
PLAIN = f"""
def report(losses, accuracies):
    for i in range(len(losses)):
        print({LINE})
    print("best epoch:", np.argmax(accuracies) + 1)
"""
WRONG = {
    "a capital": (
        PLAIN.replace("loss={", "Loss={"),
        "In line 1, `report` prints `Loss` where `loss` was asked for.",
    ),
    "a share": (PLAIN.replace("100 * ", ""), "You print the accuracy as a share with a percent sign"),
    "from zero": (PLAIN.replace("i + 1", "i"), "A number in line 1 that `report` prints is wrong"),
    "returned": (
        PLAIN.replace("print(", "return str("),
        "`report` prints nothing: it returns a text, but should print it.",
    ),
    "nothing": (
        "def report(losses, accuracies):\n    pass",
        "prints nothing: show the result with `print(...)`.",
    ),
    "returned as numbers": (
        "def report(losses, accuracies):\n    return losses, accuracies",
        "prints nothing: it returns what it should print with `print(...)`.",
    ),
    "without the last line": (
        PLAIN.replace('    print("best epoch:", np.argmax(accuracies) + 1)\n', ""),
        "`report` prints 2 lines, but 3 lines were expected: line 3 is missing.",
    ),
    "with another line": (
        PLAIN.replace("    for", '    print("losses:")\n    for'),
        "`report` prints 4 lines, but 3 lines were expected: line 1 is not asked for.",
    ),
    "too few digits": (PLAIN.replace(".4f", ".1f"), "prints numbers with too few digits: show more of them."),
    "the largest loss": (
        PLAIN.replace("np.argmax(accuracies)", "np.argmax(losses)"),
        "You take the epoch with the largest loss; the best one has the largest accuracy.",
    ),
    "the wrong mark": (
        PLAIN.replace("epoch {i + 1}:", "epoch {i + 1} -"),
        "prints another mark than was asked for",
    ),
    "another word": (PLAIN.replace("accuracy={", "correct={"), "prints another word than was asked for"),
    "in one line": (PLAIN.replace('%")', '%", end=" ")'), "prints everything in one line, but 3 lines were"),
    "without end": (
        "def report(losses, accuracies):\n    while True:\n        print('x' * 1000)",
        "took longer than",
    ),
    "far too much": (
        "def report(losses, accuracies):\n    for _ in range(1000):\n        print('x' * 10**6)",
        "`report` prints far too much: more than 100,000 characters.",
    ),
    "an error": (PLAIN.replace("losses[i]:", "losses[i + 1]:"), "IndexError"),
    "no header": (
        SAVE.replace('        file.write("epoch,loss\\n")\n', ""),
        "Your file has no first line with the names",
    ),
    "rounded": (
        SAVE.replace("{loss}", "{loss:.2f}"),
        "You round the losses before you write them; write all digits.",
    ),
    "another file": (
        SAVE.replace("open(path", 'open("Run.CSV"'),
        "`save_losses` writes no file run.csv, but Run.CSV.",
    ),
    "no file": ("def save_losses(losses, path):\n    return losses", "`save_losses` writes no file run.csv."),
    "an index": (
        "def save_losses(losses, path):\n    import pandas as pd\n"
        '    pd.DataFrame({"epoch": range(1, len(losses) + 1), "loss": losses}).to_csv(path)',
        "run.csv",
    ),
    "a folder": (
        "def save_losses(losses, path):\n    import os\n    os.makedirs(path)",
        "`save_losses` wrote something else: run.csv is a folder, but a file was expected.",
    ),
    "no table": (
        "def save_losses(losses, path):\n    np.array(losses).tofile(path)",
        "`save_losses` wrote something else: run.csv cannot be read as a table: look at what is in it.",
    ),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_in_any_style_passes(answer):
    result = graded("output", answer)
    assert told(result, "q1") + told(result, "q2") == ""


@pytest.mark.parametrize(("answer", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_what_is_wrong(answer, says):
    result = graded("output", answer)
    assert failed(result)
    assert says in told(result)


# Cells -------------------------------------------------------------------------------------------------------


CELL = "losses = 2.0 * 0.8 ** np.arange(30.0)\n"
PRINT = 'print(f"mean {losses.mean():.4f}, deviation {losses.std():.4f}")\n'
WRITE = 'np.save("losses.npy", losses)'


@pytest.mark.parametrize(
    "cell",
    [
        CELL + PRINT + WRITE,
        CELL + "print('mean', np.mean(losses), ', deviation', np.std(losses))\n" + WRITE,
        CELL
        + WRITE
        + "\nf'mean {losses.mean():.6f}, deviation {losses.std():.6f}'".replace("f'", "print(f'")
        + ")",
        CELL + PRINT + "with open('losses.npy', 'wb') as file:\n    np.save(file, losses)",
        CELL + PRINT + "import os\nos.makedirs('out', exist_ok=True)\nnp.save('./losses', losses)",
    ],
)
def test_a_cell_prints_and_writes(cell):
    assert told(graded("output", cell), "q3") == ""


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (CELL + WRITE, "The cell of q3 prints nothing: show the result with `print(...)`."),
        (CELL + PRINT, "The notebook writes no file losses.npy."),
        (
            CELL + PRINT + "np.savetxt('losses.txt', losses)",
            "The notebook writes no file losses.npy, but losses.txt.",
        ),
        (
            CELL + PRINT + "np.save('losses.npy', np.array([{}], dtype=object))",
            "losses.npy cannot be read as numbers",
        ),
        (CELL + PRINT + "np.save('losses.npy', 2 * losses)", "losses.npy"),
        (
            CELL + PRINT.replace("std()", "std(ddof=1)") + WRITE,
            "A number in line 1 that the cell of q3 prints",
        ),
        (CELL + PRINT.replace("mean {", "Mean {") + WRITE, "prints `Mean` where `mean` was asked for."),
        (CELL + WRITE + "\nraise ValueError\n" + PRINT, "The cell of q3 prints nothing"),
    ],
)
def test_a_cell_prints_or_writes_something_else(cell, says):
    assert says in told(graded("output", cell), "q3")


def test_a_file_that_was_there_before_does_not_count():
    before = 'open("run.csv", "w").write("epoch,loss\\n1,0.5\\n")\ndef save_losses(losses, path):\n    pass'
    assert "writes no file run.csv" in told(graded("output", before), "q2")
