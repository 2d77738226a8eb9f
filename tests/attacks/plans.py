"""The isolation plans that this machine allows: the best one, and those of poorer machines."""

from __future__ import annotations

from grader.sandbox.isolation import Plan, choose_plan

__all__ = ["ALONE", "plans"]

ALONE = "one submission alone"
"""A user of its own, with a private course: safe for no class."""
_WITHOUT = {
    "all layers": (),
    "no Landlock": ("landlock",),
    "no user": ("user", "cgroup"),
    "no namespaces": ("bubblewrap",),
    "no namespaces, no user": ("bubblewrap", "user", "cgroup"),
    "namespaces alone": ("landlock", "user", "cgroup"),
    ALONE: ("landlock", "bubblewrap", "cgroup"),
}


def plans() -> dict[str, Plan]:
    """Plans by name that are safe, if only for one submission; two names that come to the same layers are one."""
    found: dict[str, Plan] = {}
    for name, without in _WITHOUT.items():
        plan = choose_plan(without=frozenset(without))
        if plan.safe_alone and plan not in found.values():
            found[name] = plan
    return found
