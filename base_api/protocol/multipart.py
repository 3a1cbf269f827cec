# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of `multipart/form-data` (RFC 7578), translated to JSON values.

Files become base64 text, other parts the value of their field. Errors have the same
pointers as for JSON.
"""

import base64
from typing import Any

from werkzeug.exceptions import ClientDisconnected

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from .. import casting
from ..aliases import current_name
from ..errors import (
    InvalidFields,
    InvalidJson,
    InvalidMultipart,
    InvalidValue,
    NoData,
)
from ..errors.details import FieldReporter, join
from ..field_types import STRUCTURED, TEXT_TYPES, X2MANY
from ..orm.http_request import parse_forms_with
from .bodies import parse_json
from .form_parser import StrictFormDataParser

MIMETYPE = "multipart/form-data"
VALUES = "values"  # the part with a JSON object of fields
FILE = "file"  # the part with a file, where one part is one record


def read_fields(model: BaseModel, httprequest: Any) -> dict[str, Any]:
    """Return the values of one record: parts are named like its fields.

    Files are for binary fields. The part `values` is a JSON object with more fields.

    :raise InvalidMultipart: not multipart, truncated, or text that is not UTF-8
    :raise InvalidFields: a part was sent twice
    :raise InvalidValue: a text that its field does not accept, or an unexpected file
    :raise InvalidJson: the part `values` is not a JSON object
    :raise PayloadTooLarge: the JSON in a part has too many members
    """
    texts, files = _read_parts(httprequest)
    values = _pop_values(model.env, texts, files)
    parts = texts | files
    if twice := values.keys() & parts.keys():
        raise InvalidFields(f"'{min(twice)}' was sent twice: send it once")
    values |= _cast_parts(model, parts)
    if not values:
        raise NoData()
    return values


def read_files(
    model: BaseModel, httprequest: Any
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return one record for each part `file`, with the other parts in common.

    :return: a list of objects with `name`, `mimetype` and `datas`; one object
        where there is one file
    :raise InvalidFields: no file, or an unexpected part; see also `read_fields`
    """
    texts, files = _read_parts(httprequest, repeatable=FILE)
    uploads = files.pop(FILE, [])
    if files or not uploads:
        raise InvalidFields(f"Send files in parts with the name '{FILE}', at least one")
    common = _cast_parts(model, texts)
    records = [
        {
            "name": upload.filename,
            "mimetype": upload.mimetype,
            "datas": _to_base64(upload),
        }
        | common
        for upload in uploads
    ]
    return records[0] if len(records) == 1 else records


READERS = {"fields": read_fields, "files": read_files}


def _read_parts(httprequest: Any, repeatable: str | None = None) -> tuple[Any, Any]:
    """Return `{name: text}` and `{name: file}`; a list of files if repeatable."""
    parse_forms_with(httprequest, StrictFormDataParser)
    try:
        texts, files = httprequest.form, httprequest.files
    except ClientDisconnected as exc:
        raise InvalidMultipart() from exc
    if not texts and not files:
        # werkzeug also returns nothing for a body that it cannot parse.
        raise InvalidMultipart()
    _check_text(texts, files)
    for name in {*texts, *files} - {repeatable}:
        count = len(texts.getlist(name) + files.getlist(name))
        if count > 1:
            raise InvalidFields(f"Part '{name}' was sent {count} times, send one")
    found = files.to_dict()
    if repeatable in found:
        found[repeatable] = files.getlist(repeatable)
    return texts.to_dict(), found


def _check_text(texts: Any, files: Any) -> None:
    """Refuse text that PostgreSQL cannot store, and parts without a name."""
    names = {*texts, *files}
    if None in names:
        raise InvalidMultipart("A part has no name")
    uploads = [upload for _name, upload in files.items(multi=True)]
    sent = [*names, *(text for _name, text in texts.items(multi=True))]
    sent += [text for upload in uploads for text in (upload.filename, upload.mimetype)]
    if any("\0" in text for text in sent):
        raise InvalidMultipart("A part contains a NUL character")


def _pop_values(
    env: Environment, texts: dict[str, Any], files: dict[str, Any]
) -> dict[str, Any]:
    """Return the JSON object in the part `values`; browsers send it as a file."""
    raw = texts.pop(VALUES, "").encode()
    if VALUES in files:
        raw = _read(files.pop(VALUES))
    values = parse_json(env, raw) if raw else {}
    if not isinstance(values, dict):
        raise InvalidJson(f"Part '{VALUES}' must be a JSON object")
    return values


def _cast_parts(model: BaseModel, parts: dict[str, Any]) -> dict[str, Any]:
    errors: list[Any] = []
    values = {}
    for name, part in parts.items():
        field = model._fields.get(current_name(model._name, name))
        try:
            values[name] = _cast_part(model.env, field, part)
        except ValueError as exc:
            FieldReporter(name, join("", name), errors).report(exc)
    if errors:
        raise InvalidValue(errors[0]["message"], details=errors)
    return values


def _cast_part(env: Environment, field: Field | None, part: Any) -> Any:
    """Return the JSON value of a part; unknown fields are reported later."""
    is_file = not isinstance(part, str)
    if is_file and field and field.type != "binary":
        raise ValueError("text, not a file")
    if is_file:
        return _to_base64(part)
    if not field or field.type in TEXT_TYPES:
        return part
    if field.type in _JSON_TYPES:
        return _to_json(env, part) if part else False
    return _CASTS.get(field.type, str)(part) if part else False


def _read(file: Any) -> bytes:
    """Return the content of a file, and rewind it for a retry of the request."""
    content = file.read()
    file.seek(0)
    return content


def _to_base64(file: Any) -> str:
    return base64.b64encode(_read(file)).decode()


def _to_json(env: Environment, text: str) -> Any:
    try:
        return parse_json(env, text.encode())
    except InvalidJson as exc:
        raise ValueError("JSON") from exc


# For the other types, values.py also accepts text.
_CASTS = {
    "boolean": casting.to_boolean,
    "many2one": casting.to_id,
}
_JSON_TYPES = X2MANY | STRUCTURED
