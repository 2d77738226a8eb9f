"""The ranking as one self-contained HTML page, each pair side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from grader.files import write_named
from grader.similar.pairs import Pair

__all__ = ["write_page"]

_PAGE = jinja2.Environment(autoescape=True).from_string("""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Similar submissions: {{ title }}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 100rem; padding: 0 1rem }
td, th { padding: .2rem .8rem; text-align: left } td.n { text-align: right }
summary { cursor: pointer; padding: .3rem 0; font-weight: 600 }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem }
pre { overflow-x: auto; background: #f6f6f4; padding: .8rem; font-size: 12.5px } mark { background: #ffd98a }
</style>
<h1>Similar submissions: {{ title }}</h1>
<p>{{ documents }} submissions were compared, leaving out the handout's code and passages that more than {{ common }} of
them share. Similar does not mean copied: look at the passages, and ask.</p>
{% if not pairs %}<p>No two submissions share anything worth a look.</p>{% endif %}
{% for pair in pairs %}
<details{% if loop.first %} open{% endif %}><summary>{{ loop.index }}. {{ pair.names[0] }} and {{ pair.names[1] }}:
{{ "%.0f" | format(100 * pair.shares[0]) }}% and {{ "%.0f" | format(100 * pair.shares[1]) }}% of their own code
</summary><div class="two">
{% set html = pair.html %}
{% for side in (0, 1) %}<div><h3>{{ pair.names[side] }}</h3><pre>{{ safe(html[side]) }}</pre></div>
{% endfor %}</div></details>
{% endfor %}
</html>
""")


def write_page(path: Path, title: str, pairs: Sequence[Pair], documents: int, common: int) -> None:
    """Write the page, pair by pair."""
    # Pair.html is already escaped, except for the marks.
    parts = _PAGE.generate(title=title, pairs=pairs, documents=documents, common=common, safe=Markup)
    write_named(path, (part.encode(errors="replace") for part in parts))
