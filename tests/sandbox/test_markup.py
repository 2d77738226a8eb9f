# ruff: noqa: E501 - a row of markup is read most easily on one line
"""What may leave the sandbox as markup, and what may not."""

from __future__ import annotations

import time

import pytest

from grader.sandbox.crossing.markup import MATHML, is_safe

GOOD = [
    "", "text", "a &amp; b &#955; &#x3bb;", "<p>x <b>y</b><br>z</p>", "<hr>", "<ul><li>a</li><li>b</li></ul>",
    '<a href="https://example.org/?a=1&amp;b=2">x</a>', '<a href="mailto:a@example.org">x</a>',
    '<div class="highlight hl-ipython3"><pre><span></span><span class="kn">import</span></pre></div>',
    '<pre class="out err">x</pre>', '<img src="data:image/png;base64,iVBORw0KGgo=" alt="drawn by the cell">',
    '<table><tr><td colspan="2">1</td></tr></table>',
    f'<p><math xmlns="{MATHML}" display="inline"><mrow><mi>x</mi><mo stretchy="false">(</mo></mrow></math></p>',
]  # fmt: skip
BAD = [
    "<script>x</script>", "<SCRIPT>x</SCRIPT>", "<p onclick=\"x\">y</p>", "<p style=\"x\">y</p>", '<p id="q1">y</p>',
    "<style>x</style>", "<iframe></iframe>", '<form action="x"></form>', "<svg></svg>", "<input>", "<section></section>",
    "</article>", "</p>", "<p>", "<b><i></b></i>", "<p>x</p></div>", "<div></p></div>", "<", ">", "a < b", "a & b", "&bogus;",
    "<!-- x -->", "<![CDATA[x]]>", "<?x?>", "<!doctype html>", "<p/x>", "<p >x</p>", "<p\n>x</p>", "<b/>",
    '<a href="javascript:x">y</a>', '<a href="https://x" href="javascript:x">y</a>', '<a href=" https://x">y</a>',
    '<a href="data:text/html,x">y</a>', '<a href="//example.org">y</a>', '<a href="#q1">y</a>', '<a href="https://x" target="_blank">y</a>',
    '<img src="https://example.org/x.png" alt="x">', '<img src="data:image/svg+xml;base64,AAAA" alt="x">',
    '<img src="data:image/png;base64,AA" onerror="x">', '<img src="data:image/png;base64,A\nA" alt="x">',
    '<span class="tag full">x</span>', '<div class="verdict">x</div>', '<span class="k\n">x</span>',
    "<p><div></div></p>", "<p><p></p></p>", "<math><p>x</p></math>", "<mi>x</mi>", "<math><math></math></math>",
    '<math href="javascript:x"></math>', '<math xmlns="http://www.w3.org/1999/xhtml"></math>', "<math><maction></maction></math>",
    '<math><mspace width="99999em"></mspace></math>', "<math><annotation-xml></annotation-xml></math>",
]  # fmt: skip


@pytest.mark.parametrize("markup", GOOD)
def test_what_nbconvert_makes_is_let_through(markup):
    assert is_safe(markup)


@pytest.mark.parametrize("markup", BAD)
def test_everything_else_is_refused(markup):
    assert not is_safe(markup)
    assert not is_safe(f"<p>fine</p>{markup}<p>fine</p>")


def test_depth_is_bounded():
    assert is_safe("<b>" * 60 + "</b>" * 60)
    assert not is_safe("<b>" * 61 + "</b>" * 61)


@pytest.mark.parametrize(
    "piece", ["<p>", "<b></b>", '<a href="https://x" ', "&", "x", '<p a="b"', " ", "<b", '<td colspan="1"'],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(piece):
    started = time.process_time()
    is_safe(piece * 300_000)
    assert time.process_time() - started < 10
