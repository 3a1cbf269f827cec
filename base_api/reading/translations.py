# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translated fields in several languages, in the form in which they can be written.

A language without a translation is null (or false without strict types). Its readers
see the text in `en_US`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from ..field_types import TEXT_TYPES
from ..orm.answer_size import answer_size
from ..orm.queries import fetches_by_itself, read_translations
from ..protocol.localization import check_installed, installed_languages
from ..protocol.preferences import current_preferences
from .json_bytes import json_bytes

if TYPE_CHECKING:
    from .projection import Projection


ALL = "all"
SOURCE = "en_US"  # always stored


def choose_languages(env: Environment, names: Sequence[str]) -> list[str]:
    """Return the codes of the languages of a request.

    :param names: `["all"]`, or codes such as `fr_BE`
    :raise LanguageNotInstalled: naming the installed languages
    """
    if not names:
        return []
    names = list(names)
    if names == [ALL]:
        return list(dict.fromkeys((SOURCE, *installed_languages(env))))
    check_installed(env, "translations", names)
    return names


def add_translations(
    model: BaseModel,
    rows: list[dict[str, Any]],
    projection: dict[str, str],
    nested: dict[str, Projection],
    languages: Sequence[str],
) -> None:
    """Replace the values of translated fields with objects of all languages.

    :param rows: records as JSON, which the caller may read
    :param nested: projections of the records in them
    """
    names = {
        name: field_name
        for name, field_name in projection.items()
        if name not in nested and _is_translated(model._fields[field_name])
    }
    # Some models show the caller other values than those in their tables.
    if names and model.has_access("read") and not fetches_by_itself(type(model)):
        _replace(model, rows, names, languages)
    for name, inner in nested.items():
        comodel = model.env[model._fields[projection[name]].comodel_name]
        found = [item for row in rows for item in _nested_rows(row.get(name))]
        add_translations(comodel, found, inner, inner.nested, languages)


def _is_translated(field: Field) -> bool:
    if field.type not in TEXT_TYPES:
        return False
    return bool(field.translate and field.base_field.store)


def _nested_rows(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def _replace(
    model: BaseModel,
    rows: list[dict[str, Any]],
    names: dict[str, str],
    languages: Sequence[str],
) -> None:
    # A hidden record has only its name.
    ids = {row["id"] for row in rows if not names.keys().isdisjoint(row)}
    if not ids:
        return
    stored = read_translations(model.browse(ids), list(names.values()))
    empty = None if current_preferences(model.env).strict_types else False
    size = answer_size(model.env.cr)
    for row in rows:
        for name, field_name in names.items():
            if name in row and (texts := stored[row["id"]][field_name]):
                found = {code: texts.get(code, empty) for code in languages}
                row[name] = {"translations": found}
                if size:
                    size.add(json_bytes(found))
