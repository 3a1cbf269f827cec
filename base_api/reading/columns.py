# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the values of records field by field, with the result of `read`.

`BaseModel._read_format` reads each value of each record separately, and the name of
each many2one. For most fields the cached value is enough, and many records of a page
have the same related records.
"""

from typing import Any

from odoo import fields
from odoo.exceptions import MissingError
from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tools import unique

from ..orm.access import check_field_access
from ..orm.values import field_cache, has_plain_name, read_format

# Exact classes, as subclasses may convert values differently.
PLAIN_TYPES = (
    fields.Boolean,
    fields.Char,
    fields.Date,
    fields.Datetime,
    fields.Float,
    fields.Integer,
    fields.Monetary,
    fields.Selection,
    fields.Text,
)


def read_columns(records: BaseModel, field_names: list[str]) -> dict[str, Any]:
    """Return `{field name: list of values}`, with the values of `_read_format`.

    Records that are missing have no value in any of the lists.

    :param records: fetched, and checked
    """
    columns = {name: _column(records, records._fields[name]) for name in field_names}
    rest = [name for name in field_names if columns[name] is None]
    rows = read_format(records, rest) if rest else records
    if len(rows) < len(records):
        rest, rows = field_names, read_format(records, field_names)
    return columns | {name: [row[name] for row in rows] for name in rest}


def _column(records: BaseModel, field: Field) -> list[Any] | None:
    """Return the values of a field, or None if the ORM has to read them."""
    if type(field) is fields.Id:
        return list(records._ids)
    is_many2one = type(field) is fields.Many2one
    if not is_many2one and type(field) not in PLAIN_TYPES:
        return None
    check_field_access(records, field)
    if field.compute and field.store:
        field.recompute(records)
    cache = field_cache(field, records.env)
    try:
        cached = [cache[record_id] for record_id in records._ids]
        if is_many2one:
            return _names(records.env[field.comodel_name], cached)
        values = [field.convert_to_record(value, records) for value in cached]
    except (KeyError, MissingError):
        return None
    return [field.convert_to_read(value, records) for value in values]


def _names(comodel: BaseModel, ids: list[Any]) -> list[Any]:
    """Return `(id, name)` or `False` for each value of a many2one.

    :raise odoo.exceptions.MissingError: there is no such record
    """
    if has_plain_name(comodel):
        # Read only one column, as the others would be most of the work.
        comodel = comodel.with_context(prefetch_fields=False)
    # sudo: a readable many2one includes the name, see Many2one.convert_to_read.
    linked = comodel.sudo().browse(unique(filter(None, ids)))
    names = {record.id: (record.id, record.display_name) for record in linked}
    return [names.get(record_id, False) for record_id in ids]
