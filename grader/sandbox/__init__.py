"""Running code nobody trusts.

A `Sandbox` owns one template process; a `Session` is one submission in it: its cells are run, its
functions called, and when its process dies it is run again in a fresh one.
"""

from grader.limits import Limits
from grader.sandbox.host import Sandbox
from grader.sandbox.messages import Written
from grader.sandbox.session import Handle, LoadReport, Session

__all__ = ["Handle", "Limits", "LoadReport", "Sandbox", "Session", "Written"]
