# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts of paths."""

from __future__ import annotations

from urllib.parse import quote


def join(*parts: str) -> str:
    """Return a path of names, which cannot lead to another path.

    External ids are quoted already, see `references.path_id`.
    """
    return "".join(f"/{quote(part, safe='@.,{}%')}" for part in parts)
