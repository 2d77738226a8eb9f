"""Written answers as markup, for the people who grade them.

A student's own HTML is shown as text, and formulas as they were typed. Pictures are shown if the submission itself
contains them, and otherwise by their descriptions. The trusted side does not believe what is made here: it accepts only
what `grader.sandbox.crossing.markup` knows.

This module is preloaded, so that the parser is ready in forked children. Notebooks have another parser
(`grader.sandbox.inside.page`), because theirs needs nbconvert, and answers are read even where that is not installed.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.errors import SubmissionRejected
from grader.sandbox.crossing.channel import Channel
from grader.sandbox.crossing.files import contents_of
from grader.sandbox.crossing.markup import HTML_TAGS
from grader.sandbox.crossing.messages import RenderAnswers, RenderedMarkup, RenderingDone
from grader.sandbox.inside.pictures import picture, picture_at
from grader.sandbox.inside.submission import Opened, read_submission
from grader.sandbox.inside.timed import TooSlow, limited

__all__ = ["send_answers"]

ANSWER_SECONDS = 2
"""For the markup of one answer."""
MAX_PICTURES = 1_500_000
"""Characters of the addresses of all pictures in one answer."""
_ADDRESS = re.compile(HTML_TAGS["a"]["href"])
_START = re.compile(HTML_TAGS["ol"]["start"])


class _Pictures:
    """The pictures of one answer, as long as there is room for them."""

    def __init__(self, opened: Opened | None, drawn: Mapping[str, bytes]) -> None:
        self._opened, self._drawn, self._room = opened, drawn, MAX_PICTURES

    def at(self, target: str) -> str:
        """The address of a picture; empty if it cannot be shown."""
        if target.startswith("drawn:"):
            content = self._drawn.get(target.removeprefix("drawn:"), b"")
            found = picture("image/png", base64.b64encode(content).decode())
        else:
            found = picture_at(target, self._opened, Path.cwd()) if self._opened else ""
        if len(found) > self._room:
            return ""
        self._room -= len(found)
        return found


def send_answers(channel: Channel[Any], request: RenderAnswers, body: bytearray) -> None:
    """Send the markup of each text that has some; the others will be shown as they are."""
    contents = contents_of(request, body)
    opened = _opened(request, dict(zip(request.paths, contents, strict=False)))
    drawn = dict(zip(request.pictures, contents[len(request.paths) :], strict=True))
    for index, text in enumerate(request.texts):
        if markup := _markup(text, opened, drawn):
            channel.send(RenderedMarkup(cell=index, markup=markup))
    channel.send(RenderingDone())


def _opened(request: RenderAnswers, files: dict[str, bytes]) -> Opened | None:
    """The submission, for its pictures; None if it was not sent or cannot be read."""
    try:
        return read_submission(files, request.name, Path.cwd()) if files else None
    except SubmissionRejected:
        return None


def _markup(text: str, opened: Opened | None, drawn: Mapping[str, bytes]) -> str:
    try:
        with limited(ANSWER_SECONDS):
            return str(_MARKDOWN.render(text, {"pictures": _Pictures(opened, drawn)}))
    except (Exception, TooSlow):
        return ""


def _parser() -> MarkdownIt:
    """CommonMark with tables and formulas, rendered to tags and attributes that the trusted side accepts."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False)
    for kind in ("fence", "code_block"):
        markdown.add_render_rule(kind, _code)
    markdown.add_render_rule("math_inline", _formula)
    markdown.add_render_rule("math_block", _formulas)
    markdown.add_render_rule("image", _image)
    markdown.core.ruler.push("let_through", _let_through)
    return markdown


def _code(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f"<pre><code>{html.escape(tokens[index].content)}</code></pre>\n"


def _formula(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<span class="fx">{html.escape(tokens[index].content)}</span>'


def _formulas(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<div class="fx">{html.escape(tokens[index].content)}</div>\n'


def _image(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Mapping[str, Any]) -> str:
    pictures = env.get("pictures")
    shown = pictures.at(str(tokens[index].meta.get("target", ""))) if pictures else ""
    if shown:
        return f'<img src="{shown}" alt="picture in the answer" />'
    return f"[image: {html.escape(tokens[index].content)}]"


def _let_through(state: Any) -> None:
    """Drop attributes that would not be accepted, and links to anything but a web or mail address."""
    for token in state.tokens:
        _bare(token)
        open_links: list[bool] = []
        for child in token.children or ():
            if child.type == "link_open":
                address = str(child.attrs.get("href", ""))
                child.attrs = {"href": address} if _ADDRESS.fullmatch(address) else {}
                child.hidden = not child.attrs
                open_links.append(child.hidden)
            elif child.type == "link_close":
                child.hidden = open_links.pop()
            else:
                if child.type == "image":
                    child.meta = {"target": str(child.attrs.get("src", ""))}
                _bare(child)


def _bare(token: Token) -> None:
    start = str(token.attrs.get("start", ""))
    token.attrs = {"start": start} if token.tag == "ol" and _START.fullmatch(start) else {}


_MARKDOWN = _parser()
_MARKDOWN.render("# a\n\n| b |\n|---|\n| $c$ |\n\n```\nd\n```\n")  # warm
