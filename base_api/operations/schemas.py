# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas (draft 2020-12): what those of bodies and answers are made of.

Objects are closed: a member that is not declared here is a mistake in one of the two,
which the tests report. The records of Odoo's models are open; only a live registry
knows their fields.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ..protocol.parameters import Schema
from ..quota_names import VIOLATED_POLICIES

TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
COUNT = {"type": "integer", "minimum": 0}
ID = {"type": "integer", "minimum": 1}
BOOLEAN = {"type": "boolean"}
ANYTHING: Schema = {}
OPEN_OBJECT = {"type": "object"}


@dataclass(frozen=True)
class JsonAnswer:
    """A successful answer in the envelope.

    :param name: of the schema, in CamelCase
    :param data: JSON Schema of its `data`
    """

    name: str
    data: Schema
    status: int = HTTPStatus.OK


@dataclass(frozen=True)
class FileAnswer:
    """A successful answer that is a file.

    :param media_types: that it may have; `*/*` for any
    """

    name: str
    media_types: tuple[str, ...]
    status: int = HTTPStatus.OK


def obj(required: Schema | None = None, **optional: Schema) -> Schema:
    """Return the schema of a closed object.

    :param required: members that are always there, with their schemas
    :param optional: members that may be absent
    """
    required = required or {}
    schema = {
        "type": "object",
        "properties": required | optional,
        "additionalProperties": False,
    }
    return schema | ({"required": list(required)} if required else {})


def array(items: Schema, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items} | more


def or_false(schema: Schema) -> Schema:
    """Return the schema of a value that Odoo represents as false where it is empty."""
    return {"anyOf": [schema, {"const": False}]}


def or_null(schema: Schema) -> Schema:
    """Return the schema of a value or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def or_empty(schema: Schema) -> Schema:
    """Return the schema of a value that is false where empty, or null if strict."""
    return {"anyOf": [schema, {"const": False}, {"type": "null"}]}


def choice(*values: str) -> Schema:
    """Return the schema of one of some strings."""
    return {"type": "string", "enum": list(values)}


def results(item: Schema, *counts: str, **more: Schema) -> Schema:
    """Return the schema of data with a result for each item of a request.

    :param item: of one result
    :param counts: members that count the results of one kind
    :param more: other members
    """
    numbers = dict.fromkeys(counts, COUNT)
    return obj({"results": array(item), "model": MODEL} | numbers | more)


# Without the offset that the format date-time needs (RFC 3339).
MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$",
    "description": "UTC, in ISO 8601",
    "examples": ["2026-03-01T10:30:00"],
}
SENT_MOMENT = TEXT | {"description": "ISO 8601, in UTC or with an offset"}
MODEL = {"type": "string", "description": "Name of a model", "examples": ["sale.order"]}
RECORD = {"type": "object", "description": "Fields of a record, as the model has them"}
# Of one item among results, which may be an error; not in the schemas of the model.
ITEM_RECORD = {"type": "object", "description": "The record, as in other answers"}
OTHER_RECORD = {
    "type": "object",
    "description": "Fields of a record of another model than that in the path",
}
VALUES = {
    "type": "object",
    "description": "Values of fields, see GET /fields/{model_name}",
    "minProperties": 1,
}
NEW_VALUES = VALUES | {"description": "Values of the fields of a new record"}
OTHER_VALUES = {
    "type": "object",
    "description": "Values of the fields of another model than that in the path",
    "minProperties": 1,
}
CONTEXT = {
    "type": "object",
    "description": "Values for Odoo's context, such as default_user_id or active_ids",
}
PAIR = {
    "type": "array",
    "prefixItems": [ID, TEXT],
    "minItems": 2,
    "maxItems": 2,
    "description": "Id and name of a record",
}
REFERENCE = {
    "type": "object",
    "description": "A record by its external id, or by the values of fields",
    "minProperties": 1,
    "examples": [{"external_id": "base.be"}, {"code": "BE"}],
}
ID_OR_REFERENCE = {"anyOf": [ID, REFERENCE]}
IDS = array(ID)
ETAGS = {"type": "string", "description": "ETags, as in the If-Match header"}
RECORD_UPDATE = {
    "type": "object",
    "description": "The id of a record, and values of its fields",
    "properties": {"id": ID_OR_REFERENCE, "if_match": ETAGS},
    "required": ["id"],
    "minProperties": 2,
}
DETAIL = {
    "type": "object",
    "properties": {
        "field": TEXT,
        "pointer": {"type": "string", "format": "json-pointer"},
        "message": TEXT,
        "code": TEXT,
    },
    "required": ["message", "code"],
}
# Of errors about rate limits.
_QUOTA_MEMBERS = {VIOLATED_POLICIES: array(TEXT), "quota_type": TEXT}
STEP = obj({"index": COUNT, "id": or_null(TEXT), "method": TEXT, "path": TEXT})
ERROR = obj(
    {"message": TEXT, "code": TEXT},
    details=array(DETAIL),
    step=STEP,
    request_id=TEXT,
    **_QUOTA_MEMBERS,
)
PROBLEM = obj(
    {
        "type": TEXT,
        "title": TEXT,
        "status": INTEGER,
        "detail": TEXT,
        "code": TEXT,
        "documentation": {"type": "string", "format": "uri-reference"},
    },
    errors=array(DETAIL),
    step=STEP,
    request_id=TEXT,
    **_QUOTA_MEMBERS,
)
DRY_RUN_CHANGE = obj(
    {
        "model": MODEL,
        "id": ID,
        "before": or_null(OPEN_OBJECT),
        "after": or_null(OPEN_OBJECT),
    }
)
# What a dry run adds to the data of an answer.
DRY_RUN_CHANGES = array(DRY_RUN_CHANGE)
DRY_RUN_MEMBERS = {"dry_run": {"const": True}, "changes": DRY_RUN_CHANGES}
