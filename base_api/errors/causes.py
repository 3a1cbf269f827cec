# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the fields that an error of Odoo or PostgreSQL is about, in the sent body.

A pointer is given only if the place is certain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2.errors import (
    CheckViolation,
    ForeignKeyViolation,
    NotNullViolation,
)

from odoo.exceptions import MissingError, ValidationError

from ..aliases import current_name
from ..field_types import STRUCTURED
from ..orm.constraints import constrained_fields, failed_check, table_object
from .details import (
    CHECK,
    CONSTRAINT,
    FOREIGN_KEY,
    MAX_DETAILS,
    REQUIRED,
    UNIQUE,
    WRONG_TYPE,
    detail,
    join,
)
from .sent_body import texts
from .unfit_values import find_unfit_images

if TYPE_CHECKING:
    from .sent_body import SentBody


# PostgreSQL reports the columns of a broken constraint, and their values, as text: "Key
# (company_id, code)=(1, X) already exists."
_KEY = re.compile(r"\((?P<columns>.*?)\)=\((?P<values>.*)\)")
# The representation of records in the message of a MissingError.
_RECORDS = re.compile(r"(?P<model>\w+(\.\w+)*)\((?P<ids>\d+(, ?\d+)*),?\)")


def find_details(exc: Any, sent: SentBody) -> list[dict[str, Any]] | None:
    """Return the `details` of an error that Odoo raised, or None.

    :param sent: the `SentBody` of the request
    """
    message = str(exc.args[0])
    if isinstance(exc.__cause__, psycopg2.IntegrityError):
        return _violation_details(exc.__cause__, message, sent) or None
    if isinstance(exc, MissingError):
        return _missing_record_details(message, sent) or None
    if isinstance(exc, ValidationError):
        return _constraint_details(exc, message, sent) or None
    return find_unfit_images(exc, sent) or None


def find_structures(exc: Any, sent: SentBody) -> list[dict[str, Any]]:
    """Return the `details` of values whose structure may have caused an error.

    Only the code that reads a JSON value knows which structure it needs.

    :param sent: the `SentBody` of the request
    """
    reason = f": {exc}"[:200] if isinstance(exc, ValueError) else ""
    details = []
    for item in sent.objects():
        for name in item.values:
            field = item.model._fields.get(current_name(item.model._name, name))
            if field is not None and field.type in STRUCTURED:
                message = f"{name}: invalid value{reason}"
                pointer = join(item.pointer, name)
                details.append(detail(name, message, WRONG_TYPE, pointer))
    return details[:MAX_DETAILS]


def _violation_details(
    exc: Any, message: str, sent: SentBody
) -> list[dict[str, Any]] | None:
    """Odoo translates an error of PostgreSQL and keeps it as the cause."""
    diag = exc.diag
    if isinstance(exc, NotNullViolation):
        return _required_details(diag, message, sent)
    if isinstance(exc, CheckViolation):
        names = _checked_fields(diag, sent.registry)
        wanted = dict.fromkeys(names)
        return _sent_details(diag.table_name, wanted, message, CHECK, sent)
    match = _KEY.search(diag.message_detail or "")
    if not match:
        return None
    wanted = _key(match["columns"], match["values"])
    if isinstance(exc, ForeignKeyViolation):
        if "id" in wanted:
            return _referrer_details(diag, message, sent.registry)
        # Odoo's message is about deleting, even if an id does not exist.
        message = "There is no record with the ID " + match["values"]
        return _sent_details(diag.table_name, wanted, message, FOREIGN_KEY, sent)
    return _sent_details(diag.table_name, wanted, message, UNIQUE, sent)


def _key(column_text: str, value_text: str) -> dict[str, Any]:
    """Return `{column: value as text, or None if it is not known}`."""
    columns = column_text.split(", ")
    values: list[Any] = value_text.split(", ")
    if len(columns) != len(values):
        values = [None] * len(columns)
    key = {}
    for column, value in zip(columns, values, strict=True):
        if re.fullmatch(r"\w+", column):
            key[column] = value
        else:  # an expression, such as lower(login::text)
            key |= dict.fromkeys(re.findall(r"(?<!:)\b[a-z]\w*\b(?!\()", column))
    return key


def _required_details(diag: Any, message: str, sent: SentBody) -> list[dict[str, Any]]:
    column = diag.column_name
    details = []
    for item in sent.objects():
        name = item.sent_name(column)
        empty = item.is_new if name is None else not item.values[name]
        if empty and item.field_of(diag.table_name, column):
            pointer = join(item.pointer, name or column)
            details.append(detail(name or column, message, REQUIRED, pointer))
    return details or [detail(column, message, REQUIRED)]


def _checked_fields(diag: Any, registry: Any) -> list[str]:
    """Return the fields in the definition of a declared check constraint."""
    for model in models_of(diag.table_name, registry):
        if constraint := table_object(model, diag.constraint_name):
            words = re.findall(r"\w+", constraint.get_definition(registry))
            return [word for word in dict.fromkeys(words) if word in model._fields]
    return []


def _referrer_details(
    diag: Any, message: str, registry: Any
) -> list[dict[str, Any]] | None:
    """Return the field that still refers to a record that should be deleted."""
    for model in models_of(diag.table_name, registry):
        for field in model._fields.values():
            # PostgreSQL's name of a constraint that Odoo creates.
            if diag.constraint_name == f"{model._table}_{field.name}_fkey":
                return [detail(field.name, message, FOREIGN_KEY, model=model._name)]
    return None


def models_of(table: str, registry: Any) -> list[Any]:
    """Return the models of a table, usually one."""
    return [model for model in registry.values() if model._table == table]


def _missing_record_details(
    message: str, sent: SentBody
) -> list[dict[str, Any]] | None:
    """Return the relational fields that contain a record reported as missing."""
    match = _RECORDS.search(message)
    if not match:
        return None
    ids = set(re.findall(r"\d+", match["ids"]))
    details = []
    for item in sent.objects():
        for name, value in item.values.items():
            field = item.model._fields.get(current_name(item.model._name, name))
            if field is not None and field.comodel_name == match["model"]:
                if ids & texts(value):
                    pointer = join(item.pointer, name)
                    details.append(detail(name, message, FOREIGN_KEY, pointer))
    return details


def _constraint_details(
    exc: ValidationError, message: str, sent: SentBody
) -> list[dict[str, Any]] | None:
    """Return the fields of the `@api.constrains` method that raised."""
    records, check = failed_check(exc.__traceback__)
    if check is None:
        return None
    wanted = dict.fromkeys(constrained_fields(check))
    return _sent_details(records._table, wanted, message, CONSTRAINT, sent)


def _sent_details(
    table: str, wanted: dict[str, Any], message: str, code: str, sent: SentBody
) -> list[dict[str, Any]]:
    """Return the details of some columns, with pointers if the places are certain.

    :param wanted: `{column: the text of the wrong value, or None}`
    """
    found = sent.find(table, wanted)
    if len(found) == 1 or all(len(names) == len(wanted) for _item, names in found):
        details = [
            detail(name, message, code, join(item.pointer, name))
            for item, names in found
            for name in names
        ]
    else:
        names = dict.fromkeys(name for _item, names in found for name in names)
        details = [detail(name, message, code) for name in names]
    return details or [detail(column, message, code) for column in wanted]
