"""Make the demonstration class: twelve real notebooks for problem set 1, written into the built handout.

python tools/demo_class.py HANDOUT.ipynb OUT_DIR
"""

from __future__ import annotations

import ast
import copy
import json
import sys
from pathlib import Path
from typing import Any

from grader.pset import ProblemSet, load_problem_set

Notebook = dict[str, Any]
COURSE = Path(__file__).resolve().parents[1]

INFINITE_LOOP = """
def train(X, y, classes, learning_rate, epochs, batch_size, l2, rng):
    W, b, history, epoch = np.zeros((X.shape[1], classes)), np.zeros(classes), [], 0
    while epoch < epochs:
        dW, db = regularized_gradients(X, y, W, b, l2)
        W, b = W - learning_rate * dW, b - learning_rate * db
        history.append(regularized_loss(X, y, W, b, l2))
    return W, b, history
"""

CRASH = """
def accuracy(y_true, y_pred):
    import ctypes
    return ctypes.string_at(0)  # reads the address zero
"""

SYNTAX_ERROR = """
def cross_entropy(z, y):
    m = z.max(axis=1, keepdims=True
    return np.mean(np.log(np.exp(z - m).sum(axis=1)) + m[:, 0] - z[np.arange(len(y)), y])
"""

HOSTILE = '''
import os, sys, builtins, glob

class Agreeable(np.ndarray):
    """Equal to whatever it is compared with."""
    def __eq__(self, other): return True
    def __array_function__(self, function, types, args, kwargs): return True

def yes(*args, **kwargs): return True

np.allclose = np.array_equal = np.isclose = yes
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
np.abs = np.absolute = lambda x: 0.0
builtins.abs = lambda x: 0.0

for place in ["/proc/self/environ", f"/proc/{os.getppid()}/environ", f"/proc/{os.getppid()}/mem",
              *glob.glob("/**/suite/*.py", recursive=True), *glob.glob("/**/reference/*.py", recursive=True)]:
    try:
        print(place, open(place, "rb").read(100))
    except OSError as refused:
        print(place, refused)

def logits(X, W, b): return np.zeros(1).view(Agreeable)
softmax = cross_entropy = cross_entropy_gradient = predict = accuracy = lambda *args: np.zeros(1).view(Agreeable)
regularized_loss = lambda *args: np.zeros(1).view(Agreeable)
regularized_gradients = lambda *args: (np.zeros(1).view(Agreeable), np.zeros(1).view(Agreeable))
train = lambda *args: (np.zeros(1).view(Agreeable),) * 3
'''


def main() -> None:
    handout_path, out = Path(sys.argv[1]), Path(sys.argv[2])
    handout = json.loads(handout_path.read_text(encoding="utf-8"))
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    out.mkdir(parents=True, exist_ok=True)
    for name, notebook in demo_class(problem_set, handout).items():
        (out / f"{name}.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def demo_class(problem_set: ProblemSet, handout: Notebook) -> dict[str, Notebook]:
    """The twelve notebooks by their students' names."""
    right = solutions(problem_set)
    first_half = {name: right[name] for name in problem_set.functions[:4]}
    wrong = {variant.name: {variant.function: variant.source} for variant in problem_set.mistakes()}
    other: dict[str, str] = {}
    for variant in problem_set.alternatives():
        other.setdefault(variant.function, f"import math\n\n{variant.source}")
    answers: dict[str, dict[str, str]] = {
        "01-right": right,
        "02-right-another-style": right | other,
        "03-softmax-over-examples": right | wrong["softmax_over_examples"],
        "04-loss-summed": right | wrong["cross_entropy_summed"],
        "05-biases-regularized": right | wrong["gradients_biases_penalised"],
        "06-last-minibatch-dropped": right | wrong["train_last_minibatch_dropped"],
        "07-blank": {},
        "08-half-done": first_half,
        "09-syntax-error": right | {"cross_entropy": SYNTAX_ERROR},
        "10-infinite-loop": right | {"train": INFINITE_LOOP},
        "11-crash": right | {"accuracy": CRASH},
        "12-hostile": {"logits": HOSTILE},
    }
    return {name: filled_in(handout, given) for name, given in answers.items()}


def solutions(problem_set: ProblemSet) -> dict[str, str]:
    """The reference's source of each function, with what stands before it in its cell."""
    found: dict[str, str] = {}
    for source in problem_set.solution_cells():
        for name in defined(source):
            if name in problem_set.functions:
                found[name] = source
    return found


def filled_in(handout: Notebook, answers: dict[str, str]) -> Notebook:
    """The handout with the cells of some functions replaced."""
    notebook = copy.deepcopy(handout)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        mine = [answers[name] for name in defined("".join(cell["source"])) if name in answers]
        if mine:
            cell["source"] = "\n\n".join(dict.fromkeys(mine)).strip()
    return notebook


def defined(source: str) -> list[str]:
    """Names of the functions and classes that a cell defines."""
    try:
        kinds = ast.FunctionDef | ast.ClassDef
        return [node.name for node in ast.parse(source).body if isinstance(node, kinds)]
    except SyntaxError:  # a magic
        return []


if __name__ == "__main__":
    main()
