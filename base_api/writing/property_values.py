# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse the value of one property by its definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.models import BaseModel

from .. import casting
from ..errors import RecordNotFound
from ..errors.details import FOREIGN_KEY, NOT_WRITABLE
from ..lookup import find_records
from ..referencing.reference import is_reference
from ..referencing.resolving import resolve_reference
from .html_bounds import check_html
from .scalars import RefusedValue, parse_boolean, parse_many2one, parse_text

if TYPE_CHECKING:
    from ..errors.details import FieldReporter


class UnknownOption(Exception):
    """The key of a value is not among the options of its property.

    :param options: the keys, for a message
    """

    def __init__(self, options: str) -> None:
        super().__init__()
        self.options = options


def with_ids(
    env: Environment,
    definition: dict[str, Any],
    value: Any,
    place: FieldReporter,
    parse_values: Callable,
) -> Any:
    """Return the value of a property with ids in place of references."""
    comodel = definition.get("comodel")
    if definition["type"] not in _RELATIONS or not comodel or comodel not in env:
        return value
    if isinstance(value, list):
        return [
            resolve_reference(env[comodel], item, place.at(position), parse_values)
            if is_reference(item)
            else item
            for position, item in enumerate(value)
        ]
    if is_reference(value):
        return resolve_reference(env[comodel], value, place, parse_values)
    return value


def parse_property(
    env: Environment, definition: dict[str, Any], value: Any, stored: Any
) -> Any:
    """Return the value of a property in the form that the ORM stores; empty is False.

    :param stored: the value so far, whose records may be hidden from the caller
    :raise ValueError: saying what was expected
    :raise UnknownOption: of a selection or of tags
    :raise RefusedValue: with another code
    """
    kind, name = definition["type"], definition["name"]
    if kind == "separator":
        raise RefusedValue(f"'{name}' is a separator", NOT_WRITABLE)
    if value is None or value is False:
        return False
    if kind in _PARSERS:
        value = _PARSERS[kind](value)
    elif kind in _OPTIONS:
        value = _OPTIONS[kind](definition, value)
    elif kind in _RELATIONS:
        value = _RELATIONS[kind](value)
        known = stored if isinstance(stored, list) else [stored]
        ids = value if isinstance(value, list) else [value]
        _check_records(env, definition, [key for key in ids if key not in known])
    if kind == "html":
        check_html(env, value)
    return False if value in ("", []) else value


def _parse_date(value: Any) -> str:
    return casting.to_date(value).isoformat()


def _parse_datetime(value: Any) -> str:
    return casting.to_datetime(value).isoformat(" ")


def _parse_option(definition: dict[str, Any], value: Any) -> Any:
    return _check_option(definition.get("selection"), value)


def _parse_tags(definition: dict[str, Any], value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list of tags")
    # Groups show a tag as [key, label, color].
    keys = [item[0] if isinstance(item, list) and item else item for item in value]
    checked = [_check_option(definition.get("tags"), key) for key in keys]
    return list(dict.fromkeys(checked))


def _check_option(options: list[Any] | None, value: Any) -> Any:
    """Return the key of an option.

    :param options: lists that begin with the key
    """
    allowed = [option[0] for option in options or ()]
    if value not in allowed:
        raise UnknownOption(", ".join(map(str, allowed)))
    return value


def _parse_ids(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise ValueError("a list of ids")
    return list(dict.fromkeys(map(parse_many2one, value)))


def _check_records(
    env: Environment, definition: dict[str, Any], ids: list[int]
) -> None:
    """Refuse records that do not exist or that the caller may not see."""
    comodel = definition.get("comodel")
    if not comodel or comodel not in env:
        message = f"the model of '{definition['name']}' does not exist"
        raise RefusedValue(message, NOT_WRITABLE)
    found = set(find_records(env[comodel], ids).ids)
    if missing := [record_id for record_id in ids if record_id not in found]:
        raise RefusedValue(not_found(env[comodel], missing[0]), FOREIGN_KEY)


def not_found(model: BaseModel, record_id: int) -> str:
    return RecordNotFound.of(model, record_id).description


_PARSERS: dict[str, Callable] = {
    "boolean": parse_boolean,
    "integer": casting.to_integer,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "char": parse_text,
    "text": parse_text,
    "html": parse_text,
    "date": _parse_date,
    "datetime": _parse_datetime,
}
_OPTIONS: dict[str, Callable] = {"selection": _parse_option, "tags": _parse_tags}
_RELATIONS: dict[str, Callable] = {"many2one": parse_many2one, "many2many": _parse_ids}
