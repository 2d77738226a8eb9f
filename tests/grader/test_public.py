"""The public interface: what `import grader` gives is pinned, every public name is said to be for something."""

import importlib
import inspect
import pkgutil

import pytest

import grader

MODULES = sorted(m.name for m in pkgutil.walk_packages(grader.__path__, "grader."))
# Programs, which run when they are imported, and what alembic imports itself.
PROGRAMS = {"grader.cli.__main__"}


def test_what_a_course_may_use_is_pinned():
    assert grader.__all__ == [
        "CheckFailed",
        "GradientReport",
        "GradmarkError",
        "LocalStudent",
        "StudentCrashed",
        "StudentError",
        "StudentFault",
        "StudentMissing",
        "StudentTimeout",
        "alternative",
        "as_library",
        "check_choice",
        "check_choices",
        "check_close",
        "check_curve",
        "check_directions",
        "check_distribution",
        "check_expression",
        "check_faster_than",
        "check_figure",
        "check_gradient",
        "check_orthonormal",
        "check_outputs",
        "check_printed",
        "check_pure",
        "check_quantity",
        "check_raises",
        "check_residual",
        "check_scalar",
        "check_shape",
        "check_span",
        "check_sparse",
        "check_table",
        "check_text",
        "check_uses_rng",
        "gradients_of",
        "mistake",
        "parameters_of",
        "question",
        "seeded",
        "set_parameters",
        "symptom",
    ]


@pytest.mark.parametrize("name", [m for m in MODULES if m not in PROGRAMS and ".migrations" not in m])
def test_every_public_name_exists_and_has_a_docstring(name):
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} does not say what it is for"
    for public in getattr(module, "__all__", ()):
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert (value.__doc__ or "").strip(), f"{name}.{public} does not say what it is for"


@pytest.mark.parametrize(
    "name", ["check_close", "check_directions", "check_orthonormal", "check_residual", "check_span"]
)
def test_a_check_says_what_it_raises(name):
    assert "CheckFailed" in (getattr(grader, name).__doc__ or "")
