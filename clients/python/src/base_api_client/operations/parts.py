# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts of paths."""

from __future__ import annotations

from urllib.parse import quote, unquote


def join(*parts: str) -> str:
    """Return a path of names, which cannot lead to another path.

    External ids are quoted already, see `references.path_id`.

    :raises ValueError: a name is empty or has a slash, which servers do not tell from
        the end of the name, however it is written
    """
    for part in parts:
        if not part or "/" in unquote(part):
            raise ValueError(f"Not a name: {part!r}")
    return "".join(f"/{quote(part, safe='@.,{}%')}" for part in parts)
