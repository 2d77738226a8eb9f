"""Correct work as people hand it in: from Colab, Kaggle, Deepnote, VS Code, Jupyter and editors."""

from tests.honest.case import CASES
from tests.honest.notebooks import answers, order, printed, programs, services, shell

__all__ = ["CASES", "answers", "order", "printed", "programs", "services", "shell"]
