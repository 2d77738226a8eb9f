"""``python -m grader.cli``: the command without its launcher."""

from grader.cli import main

main(prog_name="gradmark")
