# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse a JSON object to values for `create` and `write`.

The ORM trusts its callers: a many2one as text becomes empty, `"false"` becomes true,
and an unknown field of a line is a crash. So values are checked here, at every depth.
"""

import base64
from collections.abc import Iterable
from functools import partial
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import MAGIC_COLUMNS, BaseModel

from .. import casting
from ..aliases import current_name, old_names
from ..auth.api_key import raise_together
from ..errors import InvalidFields, InvalidValue, KeyRestricted, ModelNotFound
from ..errors.details import (
    DUPLICATE,
    MAX_DETAILS,
    NOT_ALLOWED,
    NOT_WRITABLE,
    UNKNOWN_FIELD,
    WRONG_TYPE,
    FieldReporter,
    join,
)
from ..errors.hints import MAX_HINTS, hint
from ..field_types import X2MANY, is_raw
from ..lookup import get_model
from ..referencing.reference import is_reference
from ..referencing.resolving import look_up_references, resolve_reference
from ..upserting.unchanged import changed_values
from .html_bounds import check_html, find_html
from .languages import check_language
from .line_upserts import is_line_upsert
from .lines import parse_lines
from .linked_models import check_linked_models
from .properties import parse_properties
from .property_forms import holds_properties
from .scalars import (
    RefusedValue,
    parse_boolean,
    parse_json,
    parse_many2one,
    parse_many2one_reference,
    parse_text,
)
from .translations import holds_translations, parse_translations


def parse_values(
    records: BaseModel, values: dict[str, Any], pointer: str = ""
) -> dict[str, Any]:
    """Return checked `values` with current field names.

    :param records: the records to write; empty for new ones
    :param dict values: field name to JSON value; see `lines` for x2many fields, and
        `referencing.reference` for records without their ids
    :param pointer: pointer to `values` in the body (RFC 6901), for errors
    :raise InvalidFields: fields that do not exist or cannot be written
    :raise InvalidValue: values of the wrong type
    """
    details: list[Any] = []
    look_up(records, [values])
    parsed = _parse_object(records, values, pointer, details)
    if not details:
        return parsed
    wrong_fields = [entry for entry in details if entry["code"] in _FIELD_CODES]
    if wrong_fields:
        raise InvalidFields(wrong_fields[0]["message"], details=details)
    raise InvalidValue(details[0]["message"], details=details)


def look_up(model: BaseModel, bodies: Iterable[dict[str, Any]]) -> None:
    """Look up the references in the values of many records together, to parse them."""
    look_up_references(model, bodies, parse_values)


# An error in the client program, not in its data: 400, not 422.
_FIELD_CODES = (UNKNOWN_FIELD, NOT_WRITABLE, DUPLICATE)


def _parse_object(
    records: BaseModel, values: dict[str, Any], pointer: str, details: list[Any]
) -> dict[str, Any]:
    parsed: dict[str, Any] = {}
    # Their definitions depend on other values.
    properties: dict[str, tuple[str, Any]] = {}
    refused: list[tuple[str, KeyRestricted]] = []
    for name, value in values.items():
        if len(details) >= MAX_DETAILS:
            break
        try:
            field = _find_field(records, name, len(details) < MAX_HINTS)
            if not is_writable(field):
                if _is_stored_value(records, field, value):
                    continue
                message = f"Field '{name}' of {records._name} cannot be written"
                raise RefusedValue(message, NOT_WRITABLE)
            if field.name in parsed or field.name in properties:
                message = (
                    f"Field '{field.name}' was sent twice, under different names: "
                    "send it once"
                )
                raise RefusedValue(message, DUPLICATE)
            if field.type in X2MANY:
                place = FieldReporter(name, join(pointer, name), details)
                parse_object = partial(_parse_object, details=details)
                value = parse_lines(
                    records, field, value, place, parse_values, parse_object
                )
            elif holds_properties(field, value):
                properties[field.name] = name, value
                continue
            elif is_reference(value) and field.type in _TO_ONE:
                place = FieldReporter(name, join(pointer, name), details)
                comodel = _find_comodel(records, field, values)
                value = resolve_reference(comodel, value, place, parse_values)
            elif holds_translations(field, value):
                place = FieldReporter(name, join(pointer, name), details)
                value = parse_translations(records, field, value, place)
            else:
                value = parse_value(records, field, value)
                if field.translate:
                    place = FieldReporter(name, join(pointer, name), details)
                    check_language(records, field, value, place)
            parsed[field.name] = value
        except KeyRestricted as exc:
            refused.append((name, exc))
        except RefusedValue as exc:
            FieldReporter(name, join(pointer, name), details).add(str(exc), exc.code)
        except ValueError as exc:
            FieldReporter(name, join(pointer, name), details).report(exc)
    raise_together(refused)
    for field_name, (name, value) in properties.items():
        field = records._fields[field_name]
        place = FieldReporter(name, join(pointer, name), details)
        merged = parse_properties(records, field, value, parsed, place, parse_values)
        parsed[field_name] = merged
    check_linked_models(records, parsed)
    return parsed


_TO_ONE = ("many2one", "many2one_reference")


def _find_comodel(
    records: BaseModel, field: Field, values: dict[str, Any]
) -> BaseModel:
    """Return the model that a relation to one record leads to.

    That of a many2one_reference is the value of another field.

    :raise ValueError: it has none
    """
    if field.type == "many2one":
        return records.env[field.comodel_name]
    name = values.get(field.model_field) or records[:1][field.model_field]
    try:
        return get_model(records.env, name)
    except (ModelNotFound, TypeError):
        raise ValueError(f"the name of a model in {field.model_field}") from None


def _find_field(model: BaseModel, name: str, with_hint: bool) -> Field:
    field = model._fields.get(current_name(model._name, name))
    if field is None:
        known = [*model._fields, *old_names(model._name)] if with_hint else ()
        message = f"Unknown field '{name[:80]}' in {model._name}{hint(name, known)}"
        raise RefusedValue(message, UNKNOWN_FIELD)
    return field


def _is_stored_value(records: BaseModel, field: Field, value: Any) -> bool:
    """Tell whether a value is what the database computed for these records already.

    A client that reads a record, changes one field and sends everything back changes
    nothing else.
    """
    if not (records and field.base_field.store) or field.name in MAGIC_COLUMNS:
        return False
    if field.type in X2MANY:
        return False
    values = {field.name: parse_value(records, field, value)}
    return not any(changed_values(record, values) for record in records)


def depends_on_record(model: BaseModel, sent: dict[str, Any]) -> bool:
    """Tell whether the parsed values differ from record to record.

    Properties and translations are merged into the stored ones, and lines matched with
    those that exist.
    """
    for name, value in sent.items():
        field = model._fields.get(current_name(model._name, name))
        if field is not None and (
            holds_properties(field, value)
            or holds_translations(field, value)
            or is_line_upsert(field, value)
        ):
            return True
    return False


def written_names(model: BaseModel, body: dict[str, Any], values: Any) -> list[str]:
    """Return the names in a body whose values are written.

    :param values: from `parse_values`
    """
    return [name for name in body if current_name(model._name, name) in values]


def is_writable(field: Field) -> bool:
    """Tell whether the values of a field can be written, as far as Odoo declares it.

    Computed and related fields only with an inverse, or if they are not readonly: the
    ORM would store a total that contradicts its lines. A plain field that is readonly
    is so in views only. A field of an `_inherits` parent is what it is there, although
    Odoo gives it an inverse.
    """
    field = field.base_field
    if field.name in MAGIC_COLUMNS:
        return False
    if field.inverse or not field.readonly:
        return True
    return bool(field.store and not field.compute)


def parse_value(model: BaseModel, field: Field, value: Any) -> Any:
    """Return the value of a field other than x2many for the ORM.

    :raise ValueError: saying what was expected
    """
    if value is None or value is False:
        return False
    if field.type == "selection":
        return _parse_selection(model.env, field, value)
    if field.type == "reference":
        return casting.to_reference(value, field.get_values(model.env))
    # Unlisted types, of other addons, check their values themselves.
    parse = _PARSERS.get(field.type)
    value = parse(value) if parse else value
    if field.type == "html" and field.sanitize:
        check_html(model.env, value)
    if field.type in ("properties", "properties_definition"):
        for _pointer, text in find_html(value):
            check_html(model.env, text)
    return base64.b64decode(value) if is_raw(field) else value


def _parse_selection(env: Environment, field: Field, value: Any) -> Any:
    allowed = field.get_values(env)
    if value not in allowed:
        if str(value) in allowed:
            message = f'{field.name}: expected a string, "{value}"'
            raise RefusedValue(message, WRONG_TYPE)
        expected = ", ".join(map(str, allowed))
        raise RefusedValue(f"{field.name}: expected one of {expected}", NOT_ALLOWED)
    return value


def _parse_definitions(value: Any) -> dict[str, Any] | list[Any]:
    if isinstance(value, list) and not all(isinstance(item, dict) for item in value):
        raise ValueError("a list of objects")
    return parse_json(value)


_PARSERS: dict[str, Any] = {
    "boolean": parse_boolean,
    "integer": casting.to_integer,
    "many2one_reference": parse_many2one_reference,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "char": parse_text,
    "text": parse_text,
    "html": parse_text,
    "date": casting.to_date,
    "datetime": casting.to_datetime,
    "many2one": parse_many2one,
    "binary": casting.to_base64,
    "json": parse_json,
    "properties": _parse_definitions,
    "properties_definition": _parse_definitions,
}
