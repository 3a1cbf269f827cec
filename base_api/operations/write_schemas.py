# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: writes of records."""

from ..protocol.bodies import Body
from .schemas import (
    BOOLEAN,
    CONTEXT,
    COUNT,
    ERROR,
    ETAGS,
    ID,
    ID_OR_REFERENCE,
    IDS,
    INTEGER,
    ITEM_RECORD,
    MODEL,
    NEW_VALUES,
    RECORD,
    RECORD_UPDATE,
    TEXT,
    VALUES,
    JsonAnswer,
    Schema,
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
        obj(
            {"success": BOOLEAN, "status": INTEGER},
            id=ID,
            record=ITEM_RECORD,
            error=ERROR,
        ),
        "succeeded",
        "failed",
    ),
)
DELETE_RESULTS = JsonAnswer(
    "DeleteResults",
    results(
        obj({"success": BOOLEAN, "status": INTEGER}, id=ID, error=ERROR),
        "succeeded",
        "failed",
    ),
)
_STATUSES = ("created", "updated", "unchanged")
_UPSERT_STATUS = choice(*_STATUSES)
_UPSERTED = obj({"id": ID, "record": RECORD, "model": MODEL, "status": _UPSERT_STATUS})
UPSERTED_RECORD = JsonAnswer("UpsertedRecord", _UPSERTED)
UPSERT_CREATED_RECORD = JsonAnswer("UpsertedRecord", _UPSERTED, 201)
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
            record=ITEM_RECORD,
            error=ERROR,
        ),
        *_STATUSES,
        "failed",
    ),
)


def _in_context(values: Schema) -> Schema:
    return obj({"context": CONTEXT, "values": values})


def _one_or_many(values: Schema) -> Schema:
    many = obj({"context": CONTEXT, "records": array(values, minItems=1)})
    return {"anyOf": [values, _in_context(values), many]}


RECORDS_BODY = Body(_one_or_many(NEW_VALUES), items=NEW_VALUES, multipart="fields")
RECORD_BODY = Body({"anyOf": [VALUES, _in_context(VALUES)]}, multipart="fields")
UPSERT_BODY = Body(_one_or_many(VALUES), items=VALUES)
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
BULK_UPDATE_BODY = Body(
    {
        "anyOf": [
            obj(
                {"ids": array(ID_OR_REFERENCE, minItems=1), "values": VALUES},
                context=CONTEXT,
            ),
            obj({"context": CONTEXT, "records": array(RECORD_UPDATE, minItems=1)}),
        ]
    },
    items=RECORD_UPDATE,
)
BULK_DELETE_BODY = Body(
    obj({"ids": array(ID_OR_REFERENCE, minItems=1)}),
    items=obj({"id": ID_OR_REFERENCE}, if_match=ETAGS),
    optional=True,
)
