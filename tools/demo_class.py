"""Make the demonstration class: twelve real notebooks for problem set 1, written into the built handout.

python tools/demo_class.py HANDOUT.ipynb OUT_DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from grader.pset import ProblemSet, load_problem_set
from grader.simulate import troubles
from grader.simulate.answers import Notebook, filled_in, solutions

COURSE = Path(__file__).resolve().parents[1]


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
        "09-syntax-error": right
        | {"cross_entropy": troubles.unparsable(right["cross_entropy"], "cross_entropy")},
        "10-infinite-loop": right | {"train": troubles.endless(right["train"], "train")},
        "11-crash": right | {"accuracy": troubles.crashing(right["accuracy"], "accuracy")},
        "12-hostile": {"logits": troubles.hostile(list(problem_set.functions))},
    }
    return {name: filled_in(handout, given) for name, given in answers.items()}


if __name__ == "__main__":
    main()
