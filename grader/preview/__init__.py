"""A problem set while its author writes it: the handout in a browser, checked again whenever a file is saved."""

from grader.preview.serve import preview

__all__ = ["preview"]
