# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What binary fields hold, as files that are sent in pieces."""

import re
from binascii import Error as BinasciiError
from typing import Any

from odoo.exceptions import MissingError
from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tools import replace_exceptions

from ..errors import FileMissing, InvalidFields
from ..orm.files import field_stream
from ..searching.paths import resolve_field


def resolve_binary(model: BaseModel, name: str) -> Field:
    """Return a binary field that the caller may read.

    :raise InvalidFields: there is none of this name
    :raise odoo.exceptions.AccessError: the caller may not read it
    """
    field = resolve_field(model, name, InvalidFields)
    if field.type != "binary":
        raise InvalidFields(f"'{name}' of {model._name} is not binary: it has no file")
    return field


def open_stream(record: BaseModel, field: Field) -> Any:
    """Return the file in a field as an `odoo.http.Stream`.

    It is read while it is sent, where Odoo keeps it in the file store. Type and name
    are what Odoo knows or finds out (`ir.binary`).

    :raise FileMissing: the field is empty, holds a link or is no file at all
    """
    record, field = _resolve_inherited(record, field)
    missing = FileMissing(f"'{field.name}' of {record._name} {record.id} has no file")
    _check_content(record, field, missing)
    name_field = record._fields.get("name")
    # Empty, lost from the file store, or text of an addon that was never base64.
    with replace_exceptions(MissingError, FileNotFoundError, BinasciiError, by=missing):
        stream = field_stream(
            record,
            field.name,
            # Where "name" is a record or a date it does not do for a file.
            filename_field="name" if name_field and name_field.type == "char" else "",
        )
    if stream.type == "url":
        raise FileMissing(
            f"Attachment {record.id} is a link, which the API does not follow: "
            "read its field url"
        )
    if not stream.size:
        raise missing
    # The answer is for this caller, even where Odoo shows the file to everybody.
    stream.public = False
    stream.download_name = file_name(stream.download_name)
    if not (stream.mimetype.isascii() and stream.mimetype.isprintable()):
        stream.mimetype = "application/octet-stream"
    return stream


def file_name(text: str) -> str:
    """Return a name as browsers save it: an invoice has slashes in its own."""
    return re.sub(r"[\x00-\x1f\x7f/\\]", "_", text)


def _resolve_inherited(record: BaseModel, field: Field) -> tuple[BaseModel, Field]:
    """Return where the value is, for a field that a model has by `_inherits`.

    Odoo finds the attachment behind it only there.
    """
    while field.inherited:
        record = record[field.related.partition(".")[0]]
        field = record._fields[field.name]
    return record, field


def _check_content(record: BaseModel, field: Field, missing: FileMissing) -> None:
    """Refuse the objects that some computed binary fields hold, and what is empty."""
    if record._name == "ir.attachment" or field.attachment:
        return  # not to read it as a whole
    if not isinstance(record[field.name], bytes | str) or not record[field.name]:
        raise missing
