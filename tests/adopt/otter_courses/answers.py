"""From an author's answer to the released cell and to the cell of a master notebook."""

from __future__ import annotations

import ast
from collections.abc import Sequence

__all__ = ["marked", "released"]


def released(answer: str) -> str:
    """The answer as students get it: names without values, functions without bodies."""
    return "\n".join(without(ast.parse(answer).body, answer.split("\n")))


def marked(answer: str) -> str:
    """The answer with otter's marks around what students do not get."""
    return "\n".join(with_marks(ast.parse(answer).body, answer.split("\n")))


def without(body: Sequence[ast.stmt], lines: list[str]) -> list[str]:
    """Statements as they are released."""
    out: list[str] = []
    for statement in body:
        indent = " " * statement.col_offset
        match statement:
            case ast.Import() | ast.ImportFrom():
                out += source(statement, lines)
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign():
                line = f"{indent}{target(statement)} = ..."
                out += [line] if line not in out else []
            case ast.FunctionDef() | ast.ClassDef():
                inner = statement.body[1:] if documented(statement) else statement.body
                rest = without(inner, lines) if isinstance(statement, ast.ClassDef) else [f"{indent}    ..."]
                out += [*header(statement, lines), *rest, ""]
            case _:
                pass
    while out and not out[-1]:
        out.pop()
    return out or ["..."]


def with_marks(body: Sequence[ast.stmt], lines: list[str]) -> list[str]:
    """Statements with marks."""
    out: list[str] = []
    for statement in body:
        indent = " " * statement.col_offset
        text = source(statement, lines)
        match statement:
            case ast.Import() | ast.ImportFrom():
                out += text
            case ast.Assign() if len(text) == 1:
                out.append(f"{text[0]} # SOLUTION")
            case ast.FunctionDef():
                inner = text[len(header(statement, lines)) :]
                out += [
                    *header(statement, lines),
                    f"{indent}    # BEGIN SOLUTION",
                    *inner,
                    f"{indent}    # END SOLUTION",
                ]
            case ast.ClassDef():
                inner_body = statement.body[1:] if documented(statement) else statement.body
                out += [*header(statement, lines), *with_marks(inner_body, lines)]
            case _:
                prompt = without([statement], lines)
                out += [f"{indent}# BEGIN SOLUTION NO PROMPT", *text, f"{indent}# END SOLUTION"]
                out += [f'{indent}""" # BEGIN PROMPT', *prompt, f'{indent}"""; # END PROMPT']
    return out


def target(statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> str:
    """What is assigned to."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return " = ".join(ast.unparse(t).strip("()") for t in targets)


def documented(statement: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a docstring comes first."""
    return ast.get_docstring(statement) is not None


def header(statement: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> list[str]:
    """The lines up to the body, a docstring among them."""
    first = min([statement.lineno, *(d.lineno for d in statement.decorator_list)])
    last = statement.body[0].end_lineno if documented(statement) else statement.body[0].lineno - 1
    return lines[first - 1 : last]


def source(statement: ast.stmt, lines: list[str]) -> list[str]:
    """The lines of a statement."""
    return lines[statement.lineno - 1 : statement.end_lineno]
