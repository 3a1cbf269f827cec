# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fields of all models, by words of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odoo.api import Environment
from odoo.fields import Domain

from ..errors import InvalidParameter
from ..lookup import get_model
from ..orm.access import has_field_access
from ..settings import bound

# Where a word may be: the field's name, its label, or the name of its model.
_PLACES = ("name", "field_description", "model")


def find_fields(
    env: Environment, model_names: Iterable[str], text: str, limit: int
) -> list[dict[str, Any]]:
    """Return the fields that the caller may read and that contain all words of a text.

    :param model_names: the models to search
    :return: `[{model, name, description, type}]`; first those whose own name is the
        text, then those whose name begins with its first word, then shorter names
    :raise InvalidParameter: there are more words than a search may have conditions
    """
    words = list(dict.fromkeys(text.lower().split()))
    most = bound(env, "max_conditions") // len(_PLACES)
    if len(words) > most > 0:
        raise InvalidParameter(
            f"search has {len(words)} words, at most {most} are allowed"
        )
    domain = Domain.AND(
        [
            Domain("model", "in", list(model_names)),
            *(Domain.OR(Domain(p, "ilike", word) for p in _PLACES) for word in words),
        ]
    )
    # sudo: only administrators may read ir.model.fields; what the caller may not read
    # is left out below.
    declared = env["ir.model.fields"].sudo()
    rows = declared.search_read(domain, ["model", "name", "field_description", "ttype"])
    found = [row for row in rows if _is_readable(env, row["model"], row["name"])]
    found.sort(key=lambda row: _rank(row, words))
    return [
        {
            "model": row["model"],
            "name": row["name"],
            "description": row["field_description"],
            "type": row["ttype"],
        }
        for row in found[:limit]
    ]


def _is_readable(env: Environment, model_name: str, name: str) -> bool:
    model = get_model(env, model_name)
    field = model._fields.get(name)
    return field is not None and has_field_access(model, field)


def _rank(row: dict[str, Any], words: list[str]) -> tuple[Any, ...]:
    name = row["name"]
    is_name = name in ("_".join(words), *words)
    is_start = bool(words) and name.startswith(words[0])
    return not is_name, not is_start, len(name), row["model"], name
