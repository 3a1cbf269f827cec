# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The files of the interactive reference, `static/docs/`.

They are served with a hash of their contents in the path, so that browsers can keep
them for ever and never mix the modules of two versions of the addon.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "static" / "docs"
INDEX = "index.html"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Nothing inline, nothing from elsewhere, no frames, and no HTML made of text.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# What the page has instead of them.
_ASSETS = "{assets}"
_ASSETS_PATH = "/api/v2/docs/assets"
_PRELOADS = "<!-- modules -->"


class Asset(NamedTuple):
    """A file that the page loads."""

    content: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Return the files that the page loads, by name."""
    return {
        path.name: Asset(path.read_bytes(), MEDIA_TYPES[path.suffix])
        for path in sorted(FOLDER.iterdir())
        if path.suffix in MEDIA_TYPES
    }


@cache
def version() -> str:
    """Return a hash of all these files."""
    digest = hashlib.sha256()
    for name, asset in assets().items():
        digest.update(name.encode() + b"\0" + asset.content + b"\0")
    return digest.hexdigest()[:16]


@cache
def page_html() -> str:
    """Return the page. It names all modules, so that none waits for another one."""
    links = "\n    ".join(
        f'<link rel="modulepreload" href="{_ASSETS}/{name}" />'
        for name in assets()
        if name.endswith(".js")
    )
    html = (FOLDER / INDEX).read_text(encoding="utf-8")
    html = html.replace(_PRELOADS, links)
    return html.replace(_ASSETS, f"{_ASSETS_PATH}/{version()}")
