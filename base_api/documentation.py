# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pages of the folder `docs`, as the API serves them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from odoo.api import Environment

from .errors import NotFound
from .settings import serves_docs

FOLDER = Path(__file__).parent / "docs"
# Folders, in the order in which a newcomer reads them -> their titles.
SECTIONS = {
    "tutorials": "Tutorials",
    "how-to": "How-to guides",
    "reference": "Reference",
    "explanation": "Explanation",
    ".": "Architecture",
}
# https://llmstxt.org
_HEAD = """\
# REST API for Odoo

> Search, read, create, update and delete the records of any model of this Odoo, with
> exactly the rights of the user, under `/api/v2`.

Send an API key in the header `api-key`, or a session token from `POST /auth/login` in
`session-token`. JSON answers are `{"success": true, "data": ..., "message": ...}`, and
errors are `{"success": false, "error": {"message": ..., "code": ...}}` with the true
HTTP status. `GET /models` lists the models, `GET /fields/{model}` the fields of a
model, and [openapi.json](openapi.json) describes the endpoints; with `?models=` also
the fields. Add `Prefer: dry-run` to a write to see what it would change.
"""
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
_HEADING = re.compile(r"^(#+) (.+)$", re.M)
_CODE = re.compile(r"^```.*?^```$", re.M | re.S)


def check_served(env: Environment) -> None:
    """Refuse where a setting switches the documentation off.

    :raise NotFound: it does
    """
    if not serves_docs(env):
        raise NotFound("The documentation is switched off in the settings")


@cache
def pages() -> dict[str, Path]:
    """Return the files of the pages by name, such as `errors.md`."""
    return {path.name: path for path in sorted(FOLDER.rglob("*.md"))}


@cache
def page_text(name: str) -> str:
    """Return a page in Markdown, with links that work where it is served.

    All pages are in one folder there. Links to files that are not served become text.
    """
    known = pages()

    def replace(match: re.Match[str]) -> str:
        label, target, anchor = match[1], match[2], match[3] or ""
        file_name = target.rpartition("/")[2]
        if "://" in target or not target:
            return match[0]
        return f"[{label}]({file_name}{anchor})" if file_name in known else label

    return _LINK.sub(replace, known[name].read_text(encoding="utf-8"))


@cache
def index_text() -> str:
    """Return the list of the pages, for programs that read documentation (llms.txt)."""
    parts = [_HEAD]
    for folder, title in SECTIONS.items():
        rows = [_row(path) for path in sorted((FOLDER / folder).glob("*.md"))]
        parts.append(f"\n## {title}\n\n{''.join(rows)}")
    return "".join(parts)


def _row(path: Path) -> str:
    """Return the link to a page, with the titles of its sections."""
    headings = _HEADING.findall(_CODE.sub("", path.read_text(encoding="utf-8")))
    title = next(text for level, text in headings if level == "#")
    sections = [text for level, text in headings if level == "##"]
    note = f": {'; '.join(sections)}" if sections else ""
    return f"- [{title}](docs/{path.name}){note}\n"
