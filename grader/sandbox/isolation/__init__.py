"""The layers between a submission and the machine, one module each.

`plan` finds out which of them this machine has; `apply` puts a forked child under all of those, in the one order that
works. Everything here is for Linux only and imports nothing else of the grader.
"""

from grader.sandbox.isolation.apply import Confinement, Quota
from grader.sandbox.isolation.interpreter import Interpreter, interpreter_at
from grader.sandbox.isolation.plan import Plan, choose_plan, out_of_reach

__all__ = ["Confinement", "Interpreter", "Plan", "Quota", "choose_plan", "interpreter_at", "out_of_reach"]
