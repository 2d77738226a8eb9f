"""The command ``gradmark``: thin commands over the rest of the package.

A command's module is imported when the command runs, so that ``gradmark --help`` is quick and a student's
machine needs nothing but click for the commands that are a student's.
"""

from grader.cli.group import main

__all__ = ["main"]
