"""A little course whose mistakes are edits, for tests of what validation plants."""

from __future__ import annotations

from pathlib import Path

from tests.pset.tiny import write_tiny_course

HEAD = '"""Wrong versions."""\n\nimport numpy as np\n\nfrom grader.marks import mistake\n\n'
TWO_WAYS = """
mistake("mean", "sum_for_mean", [
    {"accumulated / len(x)": "accumulated"},
    {"np.sum(x)": "np.sum(x) * len(x)"},
], says="You return the sum; divide it by the number of entries.")
"""
FREE = """
mistake("weighted_mean", "adds_a_number", {"centre_of_mass + 0 * mean(x)": "centre_of_mass + c + 0 * mean(x)"},
        free={"c": (0.5, 0.25, 0.125)}, says="You add a number; add none.")
"""
UNWEIGHTED = """
mistake("weighted_mean", "unweighted", {"x * w": "x"}, says="You forget the weights.")
"""
HALVES = """
mistake("weighted_mean", "halves", {"return max(math.fsum(w.tolist()), FLOOR)": "return 2 * math.fsum(w.tolist())"},
        says="You divide by twice the sum of the weights.")
"""


def edited_course(
    place: Path, *mistakes: str, alternatives: str = "", suite: tuple[str, str] = ("", "")
) -> Path:
    """Write the tiny course with these mistakes, more alternatives, and something replaced in its suite."""
    folder = write_tiny_course(place, test_means=suite)
    (folder / "mistakes.py").write_text(HEAD + "\n".join(mistakes))
    written = (folder / "alternatives.py").read_text()
    (folder / "alternatives.py").write_text(written + alternatives)
    return folder
