"""A network of torch's by the names of its parameters: reading them, setting them, and the gradients of a loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.actions import act
from grader.checks.messages import clip, fail, fail_keys, one_number
from grader.kinds import AsLibrary, made_here, plain
from grader.operators import Operators, bare
from grader.student import Kept

__all__ = ["gradients_of", "parameters_of", "set_parameters"]


NO_NETWORK = "the network is no torch module whose parameters can be read."


def _asked(action: str, module: Any, *operands: Any) -> Any:
    """What an action gives where the module is: in the sandbox, or in this process."""
    if isinstance(module, Kept):
        return module.done(action, *bare(operands))
    if isinstance(module, Operators):
        return module._operate(action, module, *operands)
    return act(action, made_here(bare((module, *operands))))


def _arrays(found: Any, otherwise: str) -> dict[str, Any]:
    """Arrays by name, None where there is none; fails with a sentence if that is not what was found."""
    __tracebackhide__ = True
    found = plain(found)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        fail(otherwise)
    if not all(one is None or isinstance(plain(one), np.ndarray) for one in found.values()):
        fail(otherwise)
    return {name: plain(one) for name, one in found.items()}


def _is_shape(name: Any, shape: Any) -> bool:
    return isinstance(name, str) and isinstance(shape, tuple) and all(type(side) is int for side in shape)


def parameters_of(module: Any) -> dict[str, np.ndarray]:
    """The parameters of a student's torch module by name, such as ``"0.weight"``, as arrays.

    Raises:
        CheckFailed: They cannot be read.
        StudentFault: It is no torch module, or reading it fails.

    Example, in a hidden test:
        ``check_close(parameters_of(student.make_net(4, 3))["0.bias"], np.zeros(3))``
    """
    __tracebackhide__ = True
    return _arrays(_asked("parameters", module), NO_NETWORK)


def set_parameters(module: Any, values: Mapping[str, Any]) -> None:
    """Put arrays in place of the parameters of a student's torch module, by name: then it computes with known numbers.

    Each parameter keeps its own dtype.

    Raises:
        CheckFailed: The module has other parameters, or others' shapes; says which.
        StudentFault: As for `parameters_of`.

    Example, in a hidden test:
        ``set_parameters(net, {"0.weight": W.T, "0.bias": b})``
    """
    __tracebackhide__ = True
    there = plain(_asked("shapes", module))
    if not isinstance(there, dict) or not all(_is_shape(name, shape) for name, shape in there.items()):
        fail(NO_NETWORK)
    wanted = {name: np.asarray(value) for name, value in values.items()}
    fail_keys(
        "the network",
        [f"the parameter {name}" for name in wanted if name not in there],
        [name for name in there if name not in wanted],
    )
    for name, value in wanted.items():
        if there[name] != value.shape:
            shape = clip(str(there[name]), 60)
            fail(f"the network's parameter {name} has shape {shape}, but shape {value.shape} was expected.")
    _asked("set_parameters", module, wanted)


def gradients_of(module: Any, loss: Any) -> dict[str, np.ndarray]:
    """The gradients of a loss with respect to the parameters of a student's torch module, by name.

    Earlier gradients are cleared, and ``loss.backward()`` is called.

    Args:
        module: A module that the student's code made.
        loss: What a function of the student's returned for it: a tensor that depends on the parameters.

    Raises:
        CheckFailed: The loss does not depend on one of them; says which.
        StudentFault: It is no tensor whose gradient torch follows.

    Example, in a hidden test:
        ``gradients_of(net, student.loss(net, as_library("torch", X), as_library("torch", y)))["0.weight"]``
    """
    __tracebackhide__ = True
    if not isinstance(loss, Operators | AsLibrary) and not hasattr(loss, "backward"):
        fail("the loss is a plain number, which has no gradient: return torch's tensor, not `.item()` of it.")
    value = plain(loss)
    if isinstance(value, np.ndarray):
        one_number(value, "the loss")
    found = _arrays(_asked("gradients", module, loss), "the gradients of the loss cannot be computed.")
    lacks = [name for name, one in found.items() if one is None]
    if lacks:
        fail(f"the loss does not depend on {', '.join(lacks[:3])}, so it has no gradient there.")
    return found
