"""Markup that came out of the sandbox: accepted as a whole, or not at all.

Nothing is repaired, and nothing is parsed beyond a flat list of tokens. A piece of markup is accepted if it consists of
text and of the tags and attributes named here, properly nested. Otherwise it is refused, and the text that it was made
from is shown instead. The list has no script, style, identifier, form, frame or address to fetch.

A page must not put such markup inside any element named here (use section, article or main), so that no closing tag
in it can close an element of the page.
"""

from __future__ import annotations

import re

__all__ = ["HTML_TAGS", "MATHML", "MATH_TAGS", "is_safe"]

MATHML = "http://www.w3.org/1998/Math/MathML"
MAX_DEPTH = 60

_NUMBER = r"[0-9]{1,3}"
_WORD = r"[a-z-]{1,20}"
_LENGTH = r"-?[0-9]{0,2}(?:\.[0-9]{1,4})?(?:em|ex|px)?"
_PICTURE = r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}"
# Pygments' classes and our own: none that the page's style uses for something else.
_CLASS = r" ?highlight(?: hl-[a-z0-9-]{1,20})?|out(?: err)?|[a-z][a-z0-9]?"

HTML_TAGS: dict[str, dict[str, str]] = {
    **{
        tag: {}
        for tag in (
            "p br hr b i u s em strong del ins sub sup small mark code kbd samp var blockquote ul li dl dt dd "
            "h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr"
        ).split()
    },
    "a": {"href": r"(?:https?://|mailto:)[^\"<>\s]{1,2000}"},
    "ol": {"start": _NUMBER},
    "th": {"colspan": _NUMBER, "rowspan": _NUMBER},
    "td": {"colspan": _NUMBER, "rowspan": _NUMBER},
    "img": {"src": _PICTURE, "alt": r"[a-z ]{1,60}"},
    "pre": {"class": _CLASS},
    "div": {"class": _CLASS},
    "span": {"class": _CLASS},
}
"""Tags with their attributes and what these may be."""

_OPERATOR = {
    **dict.fromkeys(("fence", "stretchy", "separator", "accent", "movablelimits"), "true|false"),
    **dict.fromkeys(("lspace", "rspace", "minsize", "maxsize"), _LENGTH),
    "form": "prefix|postfix|infix",
    "mathvariant": _WORD,
}
MATH_TAGS: dict[str, dict[str, str]] = {
    **{tag: {} for tag in ("mrow", "msqrt", "mroot", "msub", "msup", "msubsup", "mmultiscripts", "mprescripts", "mtr")},
    **{tag: {"mathvariant": _WORD} for tag in ("mi", "mn", "mtext")},
    **{tag: {"accent": "true|false", "accentunder": "true|false"} for tag in ("mover", "munder", "munderover")},
    "math": {"xmlns": re.escape(MATHML), "display": "block|inline"},
    "mo": _OPERATOR,
    "mfrac": {"linethickness": _LENGTH},
    "mspace": {"width": _LENGTH, "linebreak": "newline"},
    "mstyle": {"displaystyle": "true|false", "scriptlevel": _NUMBER},
    "mtable": {"columnalign": r"[a-z ]{1,80}", "displaystyle": "true|false"},
    "mtd": {"columnalign": _WORD},
}  # fmt: skip

_VOID = {"br", "hr", "img"}
_TOKEN = re.compile(
    r"(?P<text>[^<>&]+|&(?:amp|lt|gt|quot|nbsp|\#[0-9]{1,6}|\#x[0-9a-fA-F]{1,5});)"
    r"|<(?P<open>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z]+=\"[^\"<>]*\")*)(?P<empty> ?/)?>"
    r"|</(?P<close>[a-z][a-z0-9]*)>"
)
_ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
_VALUES = {
    tag: {name: re.compile(value) for name, value in attributes.items()}
    for tag, attributes in (HTML_TAGS | MATH_TAGS).items()
}
# Opening one of these closes an open paragraph, so that the browser would not nest them as this module does.
_ENDS_PARAGRAPH = set(
    "p hr blockquote ul ol dl table pre div h1 h2 h3 h4 h5 h6".split()
)  # fmt: skip


def is_safe(markup: str) -> bool:
    """Whether a page may show this markup; takes time proportional to its length.

    >>> is_safe('<p>x &lt; <b>1</b></p>'), is_safe('<p onclick="f()">x</p>'), is_safe("<p>x</p></p>")
    (True, False, False)
    """
    at = 0
    stack: list[str] = []
    while at < len(markup):
        token = _TOKEN.match(markup, at)
        if token is None:
            return False
        at = token.end()
        if tag := token["open"]:
            if not _may_open(tag, stack) or not _attributes_fit(tag, token["attributes"]):
                return False
            if tag in _VOID:
                continue
            if token["empty"]:
                return False
            stack.append(tag)
        elif (tag := token["close"]) and (not stack or stack.pop() != tag):
            return False
    return not stack


def _may_open(tag: str, stack: list[str]) -> bool:
    if len(stack) >= MAX_DEPTH:
        return False
    if "math" in stack:
        return tag in MATH_TAGS and tag != "math"
    return (tag in HTML_TAGS or tag == "math") and not ("p" in stack and tag in _ENDS_PARAGRAPH)


def _attributes_fit(tag: str, attributes: str) -> bool:
    found = _ATTRIBUTE.findall(attributes)
    names = [name for name, _ in found]
    return len(set(names)) == len(names) and all(
        name in _VALUES[tag] and _VALUES[tag][name].fullmatch(value) for name, value in found
    )
