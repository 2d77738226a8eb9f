"""Makes every page: one frame, one style, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from grader.gradebook import headline
from grader.points import number, percent

__all__ = ["drawing", "render"]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("grader.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(number=number, percent=percent, headline=headline)
    return environment


@cache
def _asset(name: str) -> str:
    return (files("grader.report") / "templates" / name).read_text(encoding="utf-8")


def _source(script: str) -> str:
    if not script:
        return "'none'"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def render(template: str, *, script: str = "", images: bool = False, **values: Any) -> str:
    """A whole page. It fetches nothing and runs nothing but its own ``script``.

    Args:
        script: The script's name among the templates; empty for none.
        images: Show images embedded in the page.
    """
    content = _asset(script) if script else ""
    policy = "; ".join(
        [
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"script-src {_source(content)}",
            *(["img-src data:"] if images else []),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    text = _environment().get_template(template).render(
        policy=policy, css=Markup(_asset("style.css")), script=Markup(content), **values
    )  # fmt: skip
    # JSON can hold a lone half of a character, which UTF-8 cannot encode.
    return text.encode("utf-8", "replace").decode()


def drawing(template: str, **values: Any) -> Markup:
    """A picture to put into a page."""
    return Markup(_environment().get_template(template).render(**values))
