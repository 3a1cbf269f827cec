# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse the values of properties: fields that another record defines.

The team of a lead, for example, has the list of the properties of its leads
(`odoo/orm/fields_properties.py`). The ORM replaces all values at once, and stores
whatever it is given.
"""

from collections.abc import Callable, Iterator
from typing import Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..errors.details import (
    FOREIGN_KEY,
    MAX_DETAILS,
    NOT_ALLOWED,
    REQUIRED,
    UNKNOWN_FIELD,
    FieldReporter,
)
from ..errors.hints import hint
from ..lookup import find_records
from .property_values import UnknownOption, not_found, parse_property, with_ids
from .scalars import RefusedValue

_LISTS = ("one2many", "many2many", "properties")


def parse_properties(
    records: BaseModel,
    field: Field,
    value: Any,
    values: dict[str, Any],
    place: FieldReporter,
    parse_values: Callable,
) -> dict[str, Any]:
    """Return the values of all properties of a record, those that were sent merged in.

    :param records: the record to write; empty for a new one
    :param value: `{name: value}`, or a list of objects with `name` and `value` as it is
        read; null empties a property
    :param values: the other parsed values of the record; the record with the
        definitions is added if Odoo would compute it
    :param place: where to report errors
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    """
    sent = list(_sent_properties(value, place))
    if not sent:
        return _stored(records, field)
    container = _container(records, field, values)
    if not container:
        name = field.definition_record
        if values.get(name):
            message = not_found(container, values[name])
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
    shows_definitions = can_use(records.env, "read", records._name)
    for name, item, item_place in sent:
        if len(place.details) >= MAX_DETAILS:
            break
        try:
            definition = definitions.get(name)
            if definition is None:
                known = definitions if shows_definitions else ()
                message = f"no property '{name[:80]}' is defined{hint(name, known)}"
                raise RefusedValue(message, UNKNOWN_FIELD)
            count = len(place.details)
            item = with_ids(records.env, definition, item, item_place, parse_values)
            if len(place.details) > count:
                continue
            parsed = parse_property(records.env, definition, item, stored.get(name))
            if parsed is not False or name in merged or not records:
                merged[name] = parsed
        except UnknownOption as exc:
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
