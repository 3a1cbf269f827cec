# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the records that references identify."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel
from odoo.tools import split_every

from ..aliases import current_name
from ..auth.api_key import check_operation
from ..errors import InvalidFields, InvalidValue
from ..errors.details import UNKNOWN_FIELD
from ..external_ids import EXTERNAL_ID, find_by_name
from ..upserting.external_id_match import ExternalIdMatch
from ..upserting.field_match import FieldMatch
from ..writing.scalars import RefusedValue
from .known import Known, known_id, known_references

if TYPE_CHECKING:
    from .reference import Reference

MAX_KEYS = 1000  # in one statement
Match = ExternalIdMatch | FieldMatch


def make_match(
    model: BaseModel, identity: dict[str, Any], parse_values: Callable
) -> Match:
    """Return what finds the records of a model by an identity.

    :raise RefusedValue: a field that does not exist or cannot identify records
    :raise KeyRestricted: the API key may not read the model
    :raise odoo.exceptions.AccessError: the caller may not read the model or a field
    """
    check_operation(model.env, "read", model._name)
    model.check_access("read")
    if EXTERNAL_ID in identity:
        return ExternalIdMatch(model)
    return FieldMatch(model, sorted(identity), parse_values, _refuse)


def _refuse(message: str, code: str = UNKNOWN_FIELD) -> RefusedValue:
    return RefusedValue(message, code)


def find_one(match: Match, key: Any) -> tuple[int, ...]:
    """Return the ids of the records with a key, at most two."""
    return _find(match, [key])[key]


def find_all(
    model: BaseModel, references: Iterable[Reference], parse_values: Callable
) -> None:
    """Look up references to one model together, and note them as known.

    Those that are not valid, or that depend on a record that is not known, are left
    out: looking them up alone reports why.
    """
    known = known_references(model.env.cr)
    groups: dict[tuple[str, ...], dict[str, Reference]] = {}
    for reference in references:
        if (model._name, reference.text) not in known:
            group = groups.setdefault(tuple(sorted(reference.identity)), {})
            group[reference.text] = reference
    for group in groups.values():
        _find_group(model, list(group.values()), parse_values, known)


def _find_group(
    model: BaseModel, references: list[Reference], parse_values: Callable, known: Known
) -> None:
    """Look up references by the same fields."""
    keys = {}
    try:
        match = make_match(model, references[0].identity, parse_values)
        for reference in references:
            identity = _with_ids(model, reference.identity)
            if identity is not None:
                keys[reference.text] = match.split(identity, "")[0]
    except (InvalidFields, InvalidValue, RefusedValue):
        return
    found: dict[Any, tuple[int, ...]] = {}
    for some in split_every(MAX_KEYS, dict.fromkeys(keys.values())):
        found |= _find(match, list(some))
    known |= {
        (model._name, text): found[key] for text, key in keys.items() if key in found
    }


def _with_ids(model: BaseModel, identity: dict[str, Any]) -> dict[str, Any] | None:
    """Return an identity with known ids in place of the references in it."""
    replaced = {}
    for name, value in identity.items():
        if isinstance(value, dict):
            field = model._fields.get(current_name(model._name, name))
            comodel_name = "" if field is None else str(field.comodel_name)
            value = known_id(model.env.cr, comodel_name, value)
            if value is None:
                return None
        replaced[name] = value
    return replaced


def _find(match: Match, keys: list[Any]) -> dict[Any, tuple[int, ...]]:
    """Return `{key: ids}`, at most two ids each.

    Keys are left out if so many records were found that some are missing.
    """
    if isinstance(match, ExternalIdMatch):
        records = find_by_name(match.model, keys)
        return {key: records[key]._ids if key in records else () for key in keys}
    limit = len(keys) + 1
    found = match.search(keys, limit)
    if sum(map(len, found.values())) < limit or len(keys) == 1:
        return {key: found[key]._ids if key in found else () for key in keys}
    return {key: records._ids for key, records in found.items() if len(records) > 1}
