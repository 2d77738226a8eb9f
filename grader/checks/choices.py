"""Multiple choice: one of several options, or some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from grader.checks.asked import AskedChoice, note
from grader.checks.messages import fail
from grader.checks.options import Options, key_of
from grader.text import counted

__all__ = ["check_choice", "check_choices"]

Given = Mapping[Any, str] | Collection[Any]
_NONE: Any = object()


# One ---------------------------------------------------------------------------------------------------------


def check_choice(got: Any, right: Any = None, options: Given = (), *, name: str = "answer") -> None:
    """Fail unless the right one of several options was chosen.

    Args:
        got: The student's choice: a text or a number, or a list of one. Capitals, spaces and brackets do not count.
        right: The right option. Without it, any of them passes: for public tests, which must not tell.
        options: All options, each with what a student should read who chose it, or without.
        name: What to call the answer.

    Raises `CheckFailed`, which says why the chosen option is wrong, and not which is right.

    Examples:
        >>> check_choice(" B)", "b", {"a": "A loss can fall while accuracy does not rise.", "b": "", "c": ""})
        >>> check_choice("a", options="abc")
        >>> check_choice("a", "b", {"a": "A loss can fall while accuracy does not rise.", "b": ""}, name="q1")
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: q1 is not the right choice. A loss can fall while accuracy does not rise.
    """
    __tracebackhide__ = True
    known = Options(options, [] if right is None else [right])
    note(AskedChoice(got, tuple(known.shown.values()), several=False, judged=right is not None))
    chosen = known.chosen_in(got, name)
    if len(chosen) != 1:
        fail(f"{name} holds {counted(len(chosen), 'choice')}, but exactly one was asked for.")
    (one,) = chosen
    if right is not None and one != key_of(right):
        fail(f"{name} is not the right choice.{known.because(one)}")


# Several -----------------------------------------------------------------------------------------------------


def check_choices(
    got: Any,
    right: Collection[Any] | None = None,
    options: Given = (),
    *,
    only: Any = _NONE,
    name: str = "answer",
) -> None:
    """Fail unless exactly the right ones of several options were chosen.

    Args:
        got: The student's choices: a list, tuple or set, or a text such as ``"a, c"``.
        right: The right options. Without them, any options pass: for public tests, which must not tell.
        options: As for `check_choice`. What an option says is told where it was chosen wrongly.
        only: The one option to judge, for part of the points: whether it is rightly among the choices or rightly not.
        name: What to call the answer.

    Raises `CheckFailed`.

    Examples:
        >>> check_choices("c, a", {"a", "c"}, "abcd")
        >>> check_choices(["a", "b"], {"a", "c"}, "abcd", only="a")
        >>> check_choices(["a", "b"], {"a", "c"}, {"a": "", "b": "ReLU has a kink at 0.", "c": ""})
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: answer has one wrong choice, and lacks one right one. ReLU has a kink at 0.
    """
    __tracebackhide__ = True
    wanted = [] if right is None else [key_of(one) for one in right]
    known = Options(options, [*(right or ()), *([] if only is _NONE else [only])])
    note(AskedChoice(got, tuple(known.shown.values()), several=True, judged=right is not None))
    chosen = known.chosen_in(got, name)
    if right is None:
        return
    if only is not _NONE:
        if not chosen and wanted:
            fail(f"{name} holds no choices.")
        looked_at = {key_of(only)}
    else:
        looked_at = set(known.shown)
    wrong = [one for one in chosen if one in looked_at and one not in wanted]
    lacks = [one for one in wanted if one in looked_at and one not in chosen]
    if not wrong and not lacks:
        return
    parts = [f"has {counted(len(wrong), 'wrong choice')}"] if wrong else []
    parts += [f"lacks {counted(len(lacks), 'right one' if wrong else 'right choice')}"] if lacks else []
    fail(f"{name} {', and '.join(parts)}.{''.join(map(known.because, wrong))}")
