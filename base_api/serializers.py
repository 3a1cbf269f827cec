# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records as JSON: which fields, and what they look like."""

import base64
from contextlib import suppress

from odoo.exceptions import AccessError

from .aliases import current_name, old_names
from .binaries import is_raw
from .errors import Forbidden, InvalidFields
from .hints import hint
from .preferences import current_preferences

DEFAULT_FIELDS = ("id", "name", "display_name")


def default_fields(model):
    """Return the fields of a list: id, name (where there is one) and display_name."""
    return {name: name for name in DEFAULT_FIELDS if name in model._fields}


def readable_fields(model):
    """Return ``{field name: field}`` of all that the caller may read.

    Unlike ``fields_get`` without the lists of records of models that are out of the
    caller's reach, which Odoo refuses to read, and without what only the own user sees.
    """
    fields = {name: model._fields[name] for name in model.fields_get(attributes=())}
    return {
        name: field
        for name, field in fields.items()
        if model._has_field_access(field, "read")
        and (
            field.type not in ("one2many", "many2many")
            or model.env[field.comodel_name].has_access("read")
        )
    }


def all_fields(model, readable):
    """Return the fields of a single record: every readable one but the binaries."""
    names = {"id": "id"}
    names |= {name: name for name, field in readable.items() if field.type != "binary"}
    return names | {
        old: new for old, new in old_names(model._name).items() if new in names
    }


def parse_fields(model, text):
    """Return ``{name in the answer: field name}`` for a comma-separated list.

    :return: ``id`` first; nothing when no name was sent
    :raise InvalidFields: a name that does not exist
    :raise odoo.exceptions.AccessError: a field that the caller may not read
    """
    asked = [name for name in map(str.strip, text.split(",")) if name]
    names = {name: current_name(model._name, name) for name in asked}
    unknown = [name for name, field in names.items() if field not in model._fields]
    if unknown and not current_preferences(model.env).lenient:
        known = [*model._fields, *old_names(model._name)]
        raise InvalidFields(
            f"Unknown fields in {model._name}: "
            + ", ".join(f"'{name}'{hint(name, known)}" for name in unknown)
        )
    names = {name: field for name, field in names.items() if name not in unknown}
    for field in names.values():
        model._check_field_access(model._fields[field], "read")
    return {"id": "id"} | names if asked else {}


def serialize(records, names):
    """Return the records in Odoo's own representation, one dict each.

    As with Odoo's ``read``, a record is left out where one of its values is missing.

    Empty is ``false``, many2one ``[id, name]``, x2many a list of ids, dates in UTC.

    :param records: fetched, and checked, by ``search_fetch`` or ``_filtered_access``
    :param dict names: name in the answer to field name, as :func:`parse_fields` gives
        it
    """
    # As search_read does: read() would check the same access once more.
    rows = records._read_format(list(dict.fromkeys(names.values())))
    for field_name in names.values():
        field = records._fields[field_name]
        if field.type == "binary":
            for row in rows:
                row[field_name] = _serialize_binary(field, row[field_name])
    return [{name: row[field] for name, field in names.items()} for row in rows]


def _serialize_binary(field, value):
    """Return base64 as text, or the object that some computed binary fields hold."""
    if is_raw(field):
        return base64.b64encode(value or b"").decode() or False
    if isinstance(value, dict):
        # Keyed by more than text, in account.move.needed_terms.
        return {str(key): item for key, item in value.items()}
    return value


def serialize_readable(record, names):
    """Return one record like :func:`serialize`, without what Odoo refuses to compute.

    Whether a computed field reads something that the caller may not see is only known
    when it is read: one of them must not make the whole record unreadable.
    """
    row = {}
    for name, field in names.items():
        with suppress(AccessError):
            for value in serialize(record, {name: field}):
                row |= value
    return row


def serialize_one(record, names):
    """Return one record like :func:`serialize`.

    :raise Forbidden: a field holds a record that is missing for this caller
    """
    rows = serialize(record, names)
    if not rows:
        raise Forbidden("One of the fields holds what you may not see: choose fields")
    return rows[0]
