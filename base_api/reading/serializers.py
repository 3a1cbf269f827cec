# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Represent records as JSON."""

import base64
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from odoo.exceptions import AccessError
from odoo.fields import Field
from odoo.models import BaseModel

from ..aliases import current_name, old_names
from ..errors import Forbidden, InvalidFields
from ..errors.hints import quote_unknown
from ..field_types import X2MANY, is_raw
from ..orm.access import has_field_access
from ..orm.computing import without_leftovers
from ..orm.values import is_cached
from ..protocol.parameters import DEFAULT_NESTED_LIMIT
from ..protocol.preferences import current_preferences
from ..searching.external_ids import is_external_id, resolve_owner
from ..searching.paths import resolve_path
from .measured_columns import read_measured
from .nesting import nest
from .projection import Projection, split_names
from .strict_types import strict_value
from .translations import add_translations

DEFAULT_FIELDS = ("id", "name", "display_name")


def default_fields(model: BaseModel) -> Projection:
    """Return the default fields of a list: id, name (if it exists) and display_name."""
    return Projection({name: name for name in DEFAULT_FIELDS if name in model._fields})


def readable_fields(model: BaseModel) -> dict[str, Any]:
    """Return `{field name: field}` of the fields that the caller may read.

    Unlike `fields_get`, without x2many fields of models that the caller may not read,
    which Odoo refuses, and without fields that only the user themselves may read.
    """
    return {
        name: field
        for name, field in model._fields.items()
        if has_field_access(model, field)
        and (
            field.type not in X2MANY or model.env[field.comodel_name].has_access("read")
        )
    }


def all_fields(model: BaseModel, readable: dict[str, Any]) -> dict[str, Any]:
    """Return the default fields of a single record: all readable non-binary ones."""
    names = {"id": "id"}
    names |= {name: name for name, field in readable.items() if field.type != "binary"}
    return names | {
        old: new for old, new in old_names(model._name).items() if new in names
    }


def parse_fields(
    model: BaseModel, names: Any, nested_limit: int = DEFAULT_NESTED_LIMIT
) -> Projection:
    """Return the `Projection` of the sent names.

    :param names: separated by commas, or a list; dotted ones lead to other records
    :param nested_limit: maximum number of records in each nested list
    :return: with `id` first; empty if no name was sent
    :raise InvalidFields: a name that does not exist
    :raise odoo.exceptions.AccessError: a model or field that the caller may not read
    :raise KeyRestricted: a model that the API key may not read
    """
    asked = split_names(names)
    lenient = current_preferences(model.env).lenient
    unknown = _unknown_names(model, asked)
    if unknown and not lenient:
        known = [*model._fields, *old_names(model._name)]
        raise InvalidFields(
            f"Unknown fields in {model._name}: "
            + ", ".join(quote_unknown(unknown, known).values())
        )
    projection = Projection({"id": "id"} if asked else {}, nested_limit)
    dropped = set(unknown)
    for path in asked:
        if path in dropped:
            continue
        try:
            projection.add(path, _resolve(model, path))
        except InvalidFields:
            if not lenient:
                raise
    return projection


def _resolve(model: BaseModel, path: str) -> list[Field]:
    if is_external_id(model, path):
        return resolve_owner(model, path, InvalidFields)[1]
    return resolve_path(model, path, InvalidFields)


def _unknown_names(model: BaseModel, asked: list[str]) -> list[str]:
    """Return the names that the model does not have, without duplicates."""
    names = dict.fromkeys(path.partition(".")[0] for path in asked)
    return [
        name
        for name in names
        if current_name(model._name, name) not in model._fields
        and not is_external_id(model, name)
    ]


def serialize(records: BaseModel, projection: dict[str, str]) -> list[dict[str, Any]]:
    """Return the records as JSON, one dict each.

    In Odoo's representation, empty values are `false`, a many2one is `[id, name]`,
    x2many fields are lists of ids, and datetimes are in UTC. See `strict_types` for the
    other representation, and `nesting` for nested records.

    :param records: fetched, and checked, by `search_fetch` or `_filtered_access`
    :param projection: name in the answer to field name, see `parse_fields`
    """
    with without_leftovers(records.env):
        if not isinstance(projection, Projection):
            return _serialize_flat(records, projection)
        if projection.is_nested:
            rows = nest(records, projection, _serialize_flat)
        else:
            rows = _serialize_flat(records, projection)
        if languages := projection.languages:
            model = records.browse()
            add_translations(model, rows, projection, projection.nested, languages)
        return rows


def _serialize_flat(
    records: BaseModel,
    projection: dict[str, str],
    times: dict[int, Any] | None = None,
) -> list[dict[str, Any]]:
    field_names = list(dict.fromkeys(projection.values()))
    # As search_read does: read() would check the access again.
    columns = read_measured(records, field_names, times)
    strict_types = current_preferences(records.env).strict_types
    for field_name, values in columns.items():
        field = records._fields[field_name]
        if field.type == "binary":
            values = [_serialize_binary(field, value) for value in values]
        if strict_types:
            values = [strict_value(field, value) for value in values]
        columns[field_name] = values
    rows = zip(*map(columns.get, projection.values()), strict=True)
    return [dict(zip(projection, row, strict=True)) for row in rows]


def _serialize_binary(field: Field, value: Any) -> Any:
    """Return base64 as text, or the object that some computed binary fields hold."""
    if is_raw(field):
        return base64.b64encode(value or b"").decode() or False
    if isinstance(value, dict):
        # Keys may be other types, as in account.move.needed_terms.
        return {str(key): item for key, item in value.items()}
    return value


def serialize_readable(
    record: BaseModel, projection: dict[str, str], languages: Sequence[str] = ()
) -> dict[str, Any]:
    """Return one record like `serialize`, without fields that Odoo refuses to compute.

    Only reading a computed field shows whether it needs something that the caller may
    not see. One such field must not make the record unreadable.

    :param languages: in which translated fields are shown; none for that of the request
    """
    rows = serialize_all(record, projection)
    if languages:
        add_translations(record.browse(), rows, projection, {}, languages)
    return rows[0]


def serialize_all(
    records: BaseModel, projection: dict[str, str]
) -> list[dict[str, Any]]:
    """Return one dict for each record like `serialize_readable`.

    All at once if Odoo refuses nothing: first the fields that depend on rights, before
    the superuser puts values into the cache.
    """
    by_rights = _names_by_rights(records, projection)
    others = {name: projection[name] for name in projection if name not in by_rights}
    parts: Any = (by_rights, others)
    if all(_is_column(records._fields[name]) for name in others.values()):
        parts = (projection,)  # the superuser reads nothing
    else:
        projection = _without_unfetched(records, projection)
        parts = [
            {name: part[name] for name in part if name in projection} for part in parts
        ]
    with suppress(AccessError):
        parts = [serialize(records, part) for part in parts if part]
        if all(len(rows) == len(records) for rows in parts):
            merged: list[dict[Any, Any]] = [{} for _record in records]
            for rows in parts:
                for row, more in zip(merged, rows, strict=True):
                    row |= more
            return [{name: row[name] for name in projection} for row in merged]
    return [_serialize_each(record, projection) for record in records]


def _without_unfetched(
    records: BaseModel, projection: dict[str, str]
) -> dict[str, Any]:
    """Return the fields, without the columns that the model does not fetch.

    A model may skip values that this caller must not see (hr.employee). Later the
    superuser may put them into the cache to compute another field.
    """
    columns = {
        name: field_name
        for name, field_name in projection.items()
        if field_name != "id" and _has_column(records._fields[field_name])
    }
    try:
        records.fetch(list(columns.values()))
    except AccessError:
        return projection
    hidden = {
        name
        for name, field_name in columns.items()
        if not is_cached(records, records._fields[field_name])
    }
    return {name: projection[name] for name in projection if name not in hidden}


def _is_column(field: Field) -> bool:
    """Tell whether a field is read from the table of its model only."""
    return _has_column(field) and not field.relational


def _has_column(field: Field) -> bool:
    return bool(field.store and field.column_type)


def _serialize_each(record: BaseModel, projection: dict[str, str]) -> dict[str, Any]:
    """Return the fields of a record that the caller may read, one by one.

    Rights are checked when other records are fetched. Values that the superuser put
    into the cache would be read without a check.
    """
    by_rights = _names_by_rights(record, projection)
    row: dict[Any, Any] = {}
    for name in projection:
        if name in by_rights:
            record.env.invalidate_all()
        with suppress(AccessError):
            for value in serialize(record, {name: projection[name]}):
                row |= value
    return row


def _names_by_rights(model: BaseModel, projection: dict[str, str]) -> dict[str, Any]:
    """Return the names of fields that depend on rights on other records.

    display_name comes last, as it often contains names that the superuser reads.
    """
    found = {}
    for name, field_name in projection.items():
        field = model._fields[field_name]
        if field.type in X2MANY if field.store else not field.compute_sudo:
            found[name] = field_name
    if "display_name" in found:
        found["display_name"] = found.pop("display_name")
    return found


def serialize_one(record: BaseModel, projection: Projection) -> dict[str, Any]:
    """Return one record like `serialize`.

    :raise Forbidden: a field contains a record that the caller may not see
    """
    rows = serialize(record, projection)
    if not rows:
        raise Forbidden(
            "One of the fields contains a record that the user may not see: send fields"
        )
    return rows[0]
