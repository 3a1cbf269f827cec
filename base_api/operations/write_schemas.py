# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: writes of records."""

from ..protocol.bodies import Body
from .schemas import (
    BOOLEAN,
    COUNT,
    ERROR,
    ID,
    ID_OR_REFERENCE,
    IDS,
    INTEGER,
    MODEL,
    RECORD,
    TEXT,
    VALUES,
    JsonAnswer,
    array,
    choice,
    obj,
    or_null,
    results,
)

_CREDENTIALS = obj({"temporary_password": TEXT, "api_key": TEXT, "note": TEXT})
CREATED_RECORD = JsonAnswer(
    "CreatedRecord", obj({"id": ID, "record": RECORD, "model": MODEL}), 201
)
CREATED_RECORDS = JsonAnswer(
    "CreatedRecords", obj({"ids": IDS, "records": array(RECORD), "model": MODEL}), 201
)
CREATED_USER = JsonAnswer(
    "CreatedUser",
    obj({"id": ID, "record": RECORD, "model": MODEL}, credentials=_CREDENTIALS),
    201,
)
CREATED_USERS = JsonAnswer(
    "CreatedUsers",
    obj(
        {"ids": IDS, "records": array(RECORD), "model": MODEL},
        credentials=array(or_null(_CREDENTIALS)),
    ),
    201,
)
CREATED_ATTACHMENT = JsonAnswer(
    "CreatedAttachment",
    obj({"id": ID, "record": RECORD, "model": MODEL, "url": TEXT}),
    201,
)
CREATED_ATTACHMENTS = JsonAnswer(
    "CreatedAttachments",
    obj(
        {"ids": IDS, "records": array(RECORD), "model": MODEL, "urls": array(TEXT)},
    ),
    201,
)
UPDATED_RECORD = JsonAnswer(
    "UpdatedRecord", obj({"id": ID, "record": RECORD, "updated_fields": array(TEXT)})
)
UPDATED_RECORDS = JsonAnswer(
    "UpdatedRecords",
    obj(
        {"ids": IDS, "records": array(RECORD), "count": COUNT, "model": MODEL},
        updated_fields=array(TEXT),
    ),
)
DELETED_RECORD = JsonAnswer("DeletedRecord", obj({"id": ID, "model": MODEL}))
DELETED_RECORDS = JsonAnswer(
    "DeletedRecords", obj({"ids": IDS, "count": COUNT, "model": MODEL})
)
ITEM_RESULTS = JsonAnswer(
    "ItemResults",
    results(
        obj({"success": BOOLEAN, "status": INTEGER}, id=ID, record=RECORD, error=ERROR),
        "succeeded",
        "failed",
    ),
)
_STATUSES = ("created", "updated", "unchanged")
_UPSERT_STATUS = choice(*_STATUSES)
_UPSERTED = obj({"id": ID, "record": RECORD, "model": MODEL, "status": _UPSERT_STATUS})
UPSERTED_RECORD = JsonAnswer("UpsertedRecord", _UPSERTED)
UPSERT_CREATED_RECORD = JsonAnswer("UpsertCreatedRecord", _UPSERTED, 201)
UPSERTED_RECORDS = JsonAnswer(
    "UpsertedRecords",
    results(obj({"id": ID, "status": _UPSERT_STATUS, "record": RECORD}), *_STATUSES),
)
UPSERT_RESULTS = JsonAnswer(
    "UpsertResults",
    results(
        obj(
            {
                "success": BOOLEAN,
                "status": choice(*_STATUSES, "failed"),
                "http_status": INTEGER,
            },
            id=ID,
            record=RECORD,
            error=ERROR,
        ),
        *_STATUSES,
        "failed",
    ),
)
_CONTEXT = {
    "type": "object",
    "description": "Values for Odoo's context, such as default_user_id or active_ids",
}
_RECORD_IN_CONTEXT = obj({"context": _CONTEXT, "values": VALUES})
_RECORDS_IN_CONTEXT = obj(
    {"context": _CONTEXT, "records": array(VALUES, minItems=1)},
)
_ONE = {"anyOf": [VALUES, _RECORD_IN_CONTEXT]}
_ONE_OR_MANY = {"anyOf": [VALUES, _RECORD_IN_CONTEXT, _RECORDS_IN_CONTEXT]}
RECORDS_BODY = Body(_ONE_OR_MANY, items=VALUES, multipart="fields")
RECORD_BODY = Body(_ONE, multipart="fields")
UPSERT_BODY = Body(_ONE_OR_MANY, items=VALUES)
ATTACHMENT_VALUES = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "datas": {"type": "string", "contentEncoding": "base64"},
        "mimetype": TEXT,
        "res_model": MODEL,
        "res_id": ID,
        "description": TEXT,
        "public": BOOLEAN,
    },
    "required": ["name", "datas"],
}
ATTACHMENTS_BODY = Body(ATTACHMENT_VALUES, items=ATTACHMENT_VALUES, multipart="files")
_ETAGS = {"type": "string", "description": "ETags, as in the If-Match header"}
_UPDATE = {
    "type": "object",
    "properties": {"id": ID_OR_REFERENCE, "if_match": _ETAGS},
    "required": ["id"],
    "minProperties": 2,
}
BULK_UPDATE_BODY = Body(
    {
        "anyOf": [
            obj(
                {"ids": array(ID_OR_REFERENCE, minItems=1), "values": VALUES},
                context=_CONTEXT,
            ),
            obj({"context": _CONTEXT, "records": array(_UPDATE, minItems=1)}),
        ]
    },
    items=_UPDATE,
)
BULK_DELETE_BODY = Body(
    obj({"ids": array(ID_OR_REFERENCE, minItems=1)}),
    items=obj({"id": ID_OR_REFERENCE}, if_match=_ETAGS),
    optional=True,
)
