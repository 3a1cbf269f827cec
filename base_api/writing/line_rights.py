# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an API key must allow to write the lines in a field."""

from typing import Any

from odoo.fields import Command, Field
from odoo.models import BaseModel

from ..auth.api_key import (
    check_operation,
    check_operations,
    current_restrictions,
)
from .linked_models import check_owner_models

# Operations on the model of the lines. Removing a line from a one2many can delete it.
_OPERATIONS = {
    "many2many": {
        Command.CREATE: "create",
        Command.UPDATE: "update",
        Command.DELETE: "delete",
    },
    "one2many": {
        Command.CREATE: "create",
        Command.UPDATE: "update",
        Command.LINK: "update",
        Command.DELETE: "delete",
        Command.UNLINK: "delete",
        Command.CLEAR: "delete",
        Command.SET: "delete",
    },
}


def check_line_rights(records: BaseModel, field: Field, commands: list[Any]) -> None:
    """Refuse commands that the API key does not allow.

    :param records: the owners of the lines; empty for new records
    :raise KeyRestricted: saying which operation it was
    """
    table = _OPERATIONS[field.type]
    needed = [table[code] for code, *_rest in commands if code in table]
    check_operations(records.env, dict.fromkeys(needed), field.comodel_name)
    if field.type == "one2many" and current_restrictions(records.env).models:
        _check_added(records, field, commands)


def _check_added(records: BaseModel, field: Field, commands: list[Any]) -> None:
    """Refuse to add lines that the API key may not update, as that writes them.

    :raise KeyRestricted: also if they are removed from a record of another model
    """
    ids = {line_id for code, line_id, _ids in commands if code == Command.LINK}
    ids.update(*(ids for code, _id, ids in commands if code == Command.SET))
    record = records[-1:]  # only one record gets them
    added = ids - set(own_ids(record, field)) - {None}
    if added:
        check_operation(records.env, "update", field.comodel_name)
        lines = records.env[field.comodel_name].browse(added).exists()
        check_owner_models(lines, {field.inverse_name: record.id})


def own_ids(records: BaseModel, field: Field) -> list[int]:
    """Return the ids in a field, including archived lines."""
    return records.with_context(active_test=False).mapped(field.name).ids
