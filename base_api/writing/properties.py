# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse the values of properties: fields that another record defines.

The team of a lead, for example, has the list of the properties of its leads
(`odoo/orm/fields_properties.py`). The ORM replaces all values at once, and stores
whatever it is given.
"""

from collections.abc import Callable, Iterator
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from .. import casting
from ..auth.api_key import allows_operation
from ..errors import RecordNotFound
from ..errors.details import (
    FOREIGN_KEY,
    MAX_DETAILS,
    NOT_ALLOWED,
    NOT_WRITABLE,
    REQUIRED,
    UNKNOWN_FIELD,
    FieldReporter,
)
from ..errors.hints import hint
from ..lookup import find_records
from .html_bounds import check_html
from .scalars import RefusedValue, parse_boolean, parse_many2one, parse_text

_LISTS = ("one2many", "many2many", "properties")
# Members of the read form that change the definition instead of the values.
REDEFINING = ("definition_changed", "definition_deleted")


class _UnknownOption(Exception):
    """The key of a value is not among the options of its property.

    :param options: the keys, for a message
    """

    def __init__(self, options: str) -> None:
        super().__init__()
        self.options = options


def is_redefinition(value: Any) -> bool:
    """Tell whether the value of a properties field changes its definition."""
    return isinstance(value, list) and any(
        isinstance(item, dict) and item.get(flag)
        for item in value
        for flag in REDEFINING
    )


def holds_properties(field: Field, value: Any) -> bool:
    """Tell whether a value of a field holds the values of properties.

    Other values empty a properties field, or redefine the properties.
    """
    is_empty = value is None or value is False
    return field.type == "properties" and not (is_empty or is_redefinition(value))


def parse_properties(
    records: BaseModel,
    field: Field,
    value: Any,
    values: dict[str, Any],
    place: FieldReporter,
) -> dict[str, Any]:
    """Return the values of all properties of a record, those that were sent merged in.

    :param records: the record to write; empty for a new one
    :param value: `{name: value}`, or a list of objects with `name` and `value` as it is
        read; null empties a property
    :param values: the other parsed values of the record; the record with the
        definitions is added if Odoo would compute it
    :param place: where to report errors
    """
    sent = list(_sent_properties(value, place))
    if not sent:
        return _stored(records, field)
    container = _container(records, field, values)
    if not container:
        name = field.definition_record
        if values.get(name):
            message = _not_found(container, values[name])
            place.add(f"{place.field}: {message}", FOREIGN_KEY)
        else:
            message = f"send {name}, which defines the properties"
            place.add(f"{place.field}: {message}", REQUIRED)
        return {}
    # sudo: whoever can access a record sees the definitions of its properties, even if
    # they cannot read the record that holds them (`Properties.convert_to_read_multi`).
    definitions = {
        item["name"]: item for item in container.sudo()[field.definition_record_field]
    }
    stored = _stored(records, field)
    merged = {name: item for name, item in stored.items() if name in definitions}
    shows_definitions = allows_operation(records.env, "read", records._name)
    for name, item, item_place in sent:
        if len(place.details) >= MAX_DETAILS:
            break
        try:
            definition = definitions.get(name)
            if definition is None:
                known = definitions if shows_definitions else ()
                message = f"no property '{name[:80]}' is defined{hint(name, known)}"
                raise RefusedValue(message, UNKNOWN_FIELD)
            parsed = _parse_property(records.env, definition, item, stored.get(name))
            if parsed is not False or name in merged or not records:
                merged[name] = parsed
        except _UnknownOption as exc:
            options = f": expected one of {exc.options}" if shows_definitions else ""
            message = f"{place.field}: not an option of '{name}'{options}"
            item_place.add(message, NOT_ALLOWED)
        except RefusedValue as exc:
            item_place.add(f"{place.field}: {exc}", exc.code)
        except ValueError as exc:
            item_place.report(f"{exc} for '{name[:80]}'")
    return merged


def _sent_properties(
    value: Any, place: FieldReporter
) -> Iterator[tuple[str, Any, FieldReporter]]:
    """Yield the name, the value and the place of each property."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield name, item, place.at(name)
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
                place.at(position).report("an object with name and value")
            elif "value" in entry:
                yield entry["name"], entry["value"], place.at(position, "value")
    else:
        place.report("an object {name: value}, or a list of objects with name, value")


def _stored(records: BaseModel, field: Field) -> dict[str, Any]:
    """Return the values of the first record as they are stored."""
    record = records[:1]
    return field.convert_to_cache(record[field.name], record) or {}


def _container(records: BaseModel, field: Field, values: dict[str, Any]) -> BaseModel:
    """Return the record with the definitions, which may be one of the sent values.

    Without it, the ORM drops the properties of a new record.
    """
    name = field.definition_record
    if name in values:
        # Do not reveal the definitions in a record that the caller cannot read.
        return find_records(records[name].browse(), [values[name] or 0])
    if records:
        return records[:1][name]
    if container := records.default_get([name]).get(name):
        values[name] = container
        return records[name].browse(container)
    # Computed from other values.
    plain = {key for key, other in records._fields.items() if other.type not in _LISTS}
    known = records.default_get(list(plain - values.keys()))
    known |= {key: item for key, item in values.items() if key in plain}
    ids = records.new(known)[name].ids
    if ids:
        values[name] = ids[0]
    return records[name].browse(ids)


def _parse_property(
    env: Environment, definition: dict[str, Any], value: Any, stored: Any
) -> Any:
    """Return the value of a property in the form that the ORM stores; empty is False.

    :param stored: the value so far, whose records may be hidden from the caller
    :raise ValueError: saying what was expected
    :raise _UnknownOption: of a selection or of tags
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
        raise _UnknownOption(", ".join(map(str, allowed)))
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
        raise RefusedValue(_not_found(env[comodel], missing[0]), FOREIGN_KEY)


def _not_found(model: BaseModel, record_id: int) -> str:
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
