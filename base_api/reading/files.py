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

    :raise InvalidFields: there is no such field
    :raise odoo.exceptions.AccessError: the caller may not read it
    """
    field = resolve_field(model, name, InvalidFields)
    if field.type != "binary":
        raise InvalidFields(f"'{name}' of {model._name} is not binary: it has no file")
    return field


def open_stream(record: BaseModel, field: Field) -> Any:
    """Return the file in a field as an `odoo.http.Stream`.

    It is read from the filestore while it is sent. Odoo determines type and name
    (`ir.binary`).

    :raise FileMissing: the field is empty, or contains a link or another object
    """
    record, field = _resolve_inherited(record, field)
    missing = FileMissing(f"'{field.name}' of {record._name} {record.id} has no file")
    _check_content(record, field, missing)
    name_field = record._fields.get("name")
    # Empty, missing in the filestore, or not base64.
    with replace_exceptions(MissingError, FileNotFoundError, BinasciiError, by=missing):
        stream = field_stream(
            record,
            field.name,
            # Do not use a "name" that is a record or a date.
            filename_field="name" if name_field and name_field.type == "char" else "",
        )
    if stream.type == "url":
        raise FileMissing(
            f"Attachment {record.id} is a link, which the API does not follow: "
            "read its field url"
        )
    if not stream.size:
        raise missing
    # The response is private, even if the file is public.
    stream.public = False
    stream.download_name = file_name(stream.download_name)
    if not (stream.mimetype.isascii() and stream.mimetype.isprintable()):
        stream.mimetype = "application/octet-stream"
    return stream


def file_name(text: str) -> str:
    """Return a file name without slashes, which the names of invoices have."""
    return re.sub(r"[\x00-\x1f\x7f/\\]", "_", text)


def _resolve_inherited(record: BaseModel, field: Field) -> tuple[BaseModel, Field]:
    """Return the record and the field that store an `_inherits` field.

    Odoo finds its attachment only there.
    """
    while field.inherited:
        record = record[field.related.partition(".")[0]]
        field = record._fields[field.name]
    return record, field


def _check_content(record: BaseModel, field: Field, missing: FileMissing) -> None:
    """Refuse empty fields, and the objects in some computed binary fields."""
    if record._name == "ir.attachment" or field.attachment:
        return  # without reading it as a whole
    if not isinstance(record[field.name], bytes | str) or not record[field.name]:
        raise missing
