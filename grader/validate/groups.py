"""Groups of submissions that fail alike, what is said to them, and a mistake drafted from one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import yaml

from grader.batch.store import ResultStore
from grader.errors import GradmarkError
from grader.files import write_whole
from grader.pset import ProblemSet
from grader.results import QuestionBehaviour, SubmissionBehaviour
from grader.suite.behaviour import Sentence, load_sentences, say, sentences_file

__all__ = ["Group", "draft_mistake", "find_group", "groups_of", "say_to_group"]

HEADER = "# What staff say to everyone whose answers to a question behave alike; written by gradmark mistakes --say.\n"


@dataclass(frozen=True)
class Group:
    """Submissions whose calls in one question all gave equal results, to rounding."""

    example: QuestionBehaviour
    submissions: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.example.group


def groups_of(behaviours: Iterable[SubmissionBehaviour]) -> list[Group]:
    """Groups, the largest first; groups of equal size in the order of their names."""
    members: dict[tuple[str, str], list[tuple[str, QuestionBehaviour]]] = defaultdict(list)
    for one in behaviours:
        for question in one.questions:
            members[question.question, question.digest].append((one.submission, question))
    groups = [Group(found[0][1], tuple(name for name, _ in found)) for found in members.values()]
    return sorted(groups, key=lambda group: (-len(group.submissions), group.name))


def find_group(groups: list[Group], name: str) -> Group:
    """The group of that name; raises `GradmarkError` where there is none."""
    for group in groups:
        if group.name == name:
            return group
    raise GradmarkError(f"there is no group {name}; gradmark mistakes DIR lists them")


def say_to_group(problem_set: ProblemSet, store: ResultStore, group: Group, sentence: str) -> int:
    """Keep a sentence for all who behave so, and put it into this batch's results; the number of results."""
    sentence = " ".join(sentence.split())
    known = load_sentences(problem_set)
    key = (group.example.question, group.example.digest)
    before = known.get(key, "")
    known[key] = sentence
    entries = [
        msgspec.to_builtins(Sentence(question=question, digest=digest, says=says))
        for (question, digest), says in known.items()
    ]
    text = HEADER + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    write_whole(sentences_file(problem_set), text.encode())
    changed = 0
    for name in group.submissions:
        result = store.read(name)
        if result is None:
            continue
        for question in result.questions:
            if question.id == group.example.question:
                say(question, sentence, instead_of=before)
                changed += 1
        store.write(result)
    return changed


def draft_mistake(group: Group) -> str:
    """An entry of mistakes.py to complete: the example's code under a name of its own."""
    function = group.example.functions[0] if group.example.functions else "function"
    source = group.example.source or f"def {function}():\n    ..."
    name = f"{function}_{group.example.digest[:6]}"
    renamed = re.sub(
        rf"^((?:async )?(?:def|class)\s+){re.escape(function)}\b", rf"\g<1>{name}", source, count=1
    )
    return (
        "# Read this before you keep it: it is a student's code, and mistakes.py runs with the answers in reach.\n"
        "# Give it a name and a sentence, cut it down to the mistake, and run gradmark validate.\n"
        f'@mistake("{function}", says="TODO: what the student should read.")\n{renamed}\n'
    )
