# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas (draft 2020-12) of request bodies, and of the `data` of answers.

Objects are closed: a member that is not declared here is a mistake in one of the two,
which the tests report. The records of Odoo's models are open; only a live registry
knows their fields.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ..auth.administration import OPERATIONS
from ..auth.restrictions import METHODS
from ..calling.batches import MAX_STEPS
from ..protocol.bodies import Body
from ..protocol.parameters import Schema
from ..settings import MAX_KEY_DAYS

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


MOMENT = {"type": "string", "format": "date-time"}
MODEL = {"type": "string", "description": "Name of a model", "examples": ["sale.order"]}
RECORD = {"type": "object", "description": "Fields of a record, as the model has them"}
VALUES = {
    "type": "object",
    "description": "Values of fields, see GET /fields/{model_name}",
    "minProperties": 1,
}
PAIR = {
    "type": "array",
    "prefixItems": [ID, TEXT],
    "minItems": 2,
    "maxItems": 2,
    "description": "Id and name of a record",
}
IDS = array(ID)

# Users
_ACCOUNT = {"id": ID, "name": TEXT, "login": TEXT, "email": or_false(TEXT)}
_OWN_PROFILE = _ACCOUNT | {"active": BOOLEAN, "company_id": or_false(PAIR)}
_GROUPS = array(obj({"id": ID, "name": TEXT}))
_PERMISSIONS = obj(
    {"is_admin": BOOLEAN, "is_user": BOOLEAN, "can_manage_users": BOOLEAN}
)
_SUMMARY = obj(
    _ACCOUNT | {"active": BOOLEAN, "create_date": or_false(MOMENT)},
    groups=array(TEXT),
    company_id=TEXT,
    login_date=or_false(MOMENT),
)
_PROFILE = obj(
    {
        "id": ID,
        "name": TEXT,
        "email": or_false(TEXT),
        "active": BOOLEAN,
        "create_date": or_false(MOMENT),
    },
    login=TEXT,
    phone=or_false(TEXT),
    lang=or_false(TEXT),
    tz=or_false(TEXT),
    signature=or_false(TEXT),
    company_id=or_false(PAIR),
    groups=array(obj({"id": ID, "name": TEXT, "full_name": TEXT})),
    company_ids=array(obj({"id": ID, "name": TEXT})),
    login_date=or_false(MOMENT),
)
API_TEST = JsonAnswer("ApiTest", obj({"message": TEXT, "version": TEXT}))
KEY_TEST = JsonAnswer(
    "KeyTest",
    obj(
        {
            "user_id": ID,
            "user_name": TEXT,
            "user_login": TEXT,
            "authenticated": BOOLEAN,
        }
    ),
)
USER_INFO = JsonAnswer(
    "UserInfo",
    obj({"user": obj(_OWN_PROFILE), "api_version": TEXT, "database": TEXT}),
)
ME = JsonAnswer(
    "Me",
    obj({"user": obj(_OWN_PROFILE | {"groups": _GROUPS, "permissions": _PERMISSIONS})}),
)
LOGIN = JsonAnswer(
    "Login",
    obj(
        {
            "session_token": TEXT,
            "expires_at": MOMENT,
            "user": obj(_ACCOUNT | {"groups": array(TEXT)}),
        }
    ),
)
REFRESHED_SESSION = JsonAnswer(
    "RefreshedSession",
    obj({"session_token": TEXT, "expires_at": MOMENT, "user": obj(_ACCOUNT)}),
)
LOGOUT = JsonAnswer("Logout", {"type": "null"})
USER_LIST = JsonAnswer(
    "UserList",
    obj(
        {
            "users": array(_SUMMARY),
            "count": COUNT,
            "total_count": COUNT,
            "limit": COUNT,
            "offset": COUNT,
        }
    ),
)
USER = JsonAnswer("User", obj({"user": _PROFILE}))
# With a key that may not read users, only the id and what was sent.
UPDATED_USER = JsonAnswer(
    "UpdatedUser", obj({"user": OPEN_OBJECT, "updated_fields": array(TEXT)})
)
PASSWORD_CHANGED = JsonAnswer("PasswordChanged", obj({"user_id": ID, "message": TEXT}))
PASSWORD_RESET = JsonAnswer(
    "PasswordReset", obj({"user_id": ID, "temporary_password": TEXT, "message": TEXT})
)
GROUP_LIST = JsonAnswer(
    "GroupList",
    obj(
        {
            "groups_by_category": {
                "type": "object",
                "additionalProperties": array(
                    obj(
                        {
                            "id": ID,
                            "name": TEXT,
                            "full_name": TEXT,
                            "xml_id": or_false(TEXT),
                            "comment": or_false(TEXT),
                            "users_count": COUNT,
                        }
                    )
                ),
            },
            "total_groups": COUNT,
        }
    ),
)
LOGIN_BODY = Body(
    {
        "type": "object",
        "properties": {"username": TEXT, "password": TEXT, "totp": TEXT},
        "required": ["username", "password"],
    }
)
PASSWORD_BODY = Body(
    {
        "type": "object",
        "properties": {"new_password": TEXT, "old_password": or_null(TEXT)},
        "required": ["new_password"],
    }
)
USER_BODY = Body(VALUES)

# API keys and sessions
_OPERATION = {"type": "string", "enum": list(OPERATIONS)}
_RESTRICTIONS = {
    "models": {
        "type": "object",
        "additionalProperties": array(_OPERATION),
        "description": "Operations by model; * stands for every other model",
        "examples": [{"res.partner": ["read"]}],
    },
    "networks": array(
        {"type": "string", "description": "CIDR notation", "examples": ["10.0.0.0/8"]}
    ),
}
_KEY = {
    "id": ID,
    "name": TEXT,
    "prefix": or_false(TEXT),
    "scope": or_false(TEXT),
    "created_at": or_false(MOMENT),
    "expires_at": or_false(MOMENT),
    "last_used_at": or_false(MOMENT),
    "last_used_from": or_false(TEXT),
    "strict_types": BOOLEAN,
    "administrative": BOOLEAN,
    "read_only": BOOLEAN,
    "models": or_null(_RESTRICTIONS["models"]),
    "networks": or_null(_RESTRICTIONS["networks"]),
}
API_KEY_LIST = JsonAnswer(
    "ApiKeyList", obj({"user_id": ID, "api_keys": array(obj(_KEY)), "count": COUNT})
)
NEW_API_KEY = JsonAnswer(
    "NewApiKey",
    obj({"user_id": ID, "user_name": or_false(TEXT), "api_key": TEXT, "note": TEXT}),
)
REVOKED_API_KEY = JsonAnswer("RevokedApiKey", obj({"user_id": ID, "id": ID}))
API_KEY_BODY = Body(
    obj(
        name=or_null(TEXT),
        expires_in_days=or_null(
            {"type": "integer", "minimum": 1, "maximum": MAX_KEY_DAYS}
        ),
        read_only=or_null(BOOLEAN),
        models=or_null(_RESTRICTIONS["models"]),
        networks=or_null(_RESTRICTIONS["networks"]),
        strict_types=or_null(BOOLEAN),
    ),
    optional=True,
)
ROLL_BODY = Body(
    obj(overlap_days=or_null({"type": "integer", "minimum": 0, "maximum": 7})),
    optional=True,
)
SESSION_LIST = JsonAnswer(
    "SessionList",
    obj(
        {
            "user_id": ID,
            "sessions": array(
                obj(
                    {
                        "id": ID,
                        "started_at": MOMENT,
                        "last_activity": MOMENT,
                        "address": or_false(TEXT),
                        "client": or_false(TEXT),
                        "expires_at": MOMENT,
                        "current": BOOLEAN,
                    }
                )
            ),
            "count": COUNT,
        }
    ),
)
ENDED_SESSION = JsonAnswer("EndedSession", obj({"user_id": ID, "id": ID}))
ENDED_SESSIONS = JsonAnswer(
    "EndedSessions", obj({"user_id": ID, "ids": IDS, "count": COUNT})
)

# Reading records
PARTNER_LIST = JsonAnswer(
    "PartnerList",
    obj(
        {
            "partners": array(
                obj(
                    {
                        "id": ID,
                        "name": or_empty(TEXT),
                        "email": or_empty(TEXT),
                        "phone": or_empty(TEXT),
                        "is_company": BOOLEAN,
                        "customer_rank": INTEGER,
                        "city": or_empty(TEXT),
                        "country": or_empty(TEXT),
                    }
                )
            ),
            "count": COUNT,
            "total_count": COUNT,
        }
    ),
)
PRODUCT_LIST = JsonAnswer(
    "ProductList",
    obj(
        {
            "products": array(
                obj(
                    {
                        "id": ID,
                        "name": or_empty(TEXT),
                        "default_code": or_empty(TEXT),
                        "list_price": {"type": "number"},
                        "sale_ok": BOOLEAN,
                        "category": or_empty(TEXT),
                    }
                )
            ),
            "count": COUNT,
            "total_count": COUNT,
        }
    ),
)
RECORD_PAGE = JsonAnswer(
    "RecordPage",
    obj(
        {
            "records": array(RECORD),
            "count": COUNT,
            "model": MODEL,
            "fields": array(TEXT),
            "total_count": or_null(COUNT),
        },
        next_cursor=TEXT,
    ),
)
RECORD_FOUND = JsonAnswer(
    "Record",
    obj(
        {
            "record": RECORD,
            "model": MODEL,
            "id": ID,
            "fields_returned": array(TEXT),
            "total_fields_available": COUNT,
        }
    ),
)
RECORD_COUNT = JsonAnswer("RecordCount", obj({"count": COUNT, "model": MODEL}))
GROUPS = JsonAnswer(
    "Groups",
    obj(
        {
            "groups": array(OPEN_OBJECT),
            "count": COUNT,
            "model": MODEL,
            "groupby": array(TEXT),
            "measures": array(TEXT),
        }
    ),
)
MODEL_LIST = JsonAnswer(
    "ModelList",
    obj({"models": array(obj({"model": MODEL, "name": TEXT})), "count": COUNT}),
)
FIELD_LIST = JsonAnswer(
    "FieldList",
    obj(
        {
            "model": MODEL,
            "fields": array(
                obj(
                    {
                        "name": TEXT,
                        "description": or_false(TEXT),
                        "type": TEXT,
                        "required": BOOLEAN,
                        "readonly": BOOLEAN,
                        "help": or_false(TEXT),
                        "relation": or_false(MODEL),
                        "store": BOOLEAN,
                    }
                )
            ),
            "count": COUNT,
        }
    ),
)
EXPORT = FileAnswer("Export", ("application/x-ndjson", "text/csv"))
REPORT = FileAnswer("Report", ("application/pdf",))
FILE = FileAnswer("File", ("*/*",))

# Writing records
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
_DETAIL = {
    "type": "object",
    "properties": {
        "field": TEXT,
        "pointer": {"type": "string", "format": "json-pointer"},
        "message": TEXT,
        "code": TEXT,
    },
    "required": ["message", "code"],
}
_STEP = obj({"index": COUNT, "id": or_null(TEXT), "method": TEXT, "path": TEXT})
ERROR = obj(
    {"message": TEXT, "code": TEXT},
    details=array(_DETAIL),
    step=_STEP,
    request_id=TEXT,
)
PROBLEM = obj(
    {"type": TEXT, "title": TEXT, "status": INTEGER, "detail": TEXT, "code": TEXT},
    errors=array(_DETAIL),
    step=_STEP,
    request_id=TEXT,
)
ITEM_RESULTS = JsonAnswer(
    "ItemResults",
    obj(
        {
            "results": array(
                obj(
                    {"success": BOOLEAN, "status": INTEGER},
                    id=ID,
                    record=RECORD,
                    error=ERROR,
                )
            ),
            "succeeded": COUNT,
            "failed": COUNT,
            "model": MODEL,
        }
    ),
)
_UPSERT_STATUS = {"type": "string", "enum": ["created", "updated", "unchanged"]}
_UPSERTED = obj({"id": ID, "record": RECORD, "model": MODEL, "status": _UPSERT_STATUS})
UPSERTED_RECORD = JsonAnswer("UpsertedRecord", _UPSERTED)
UPSERT_CREATED_RECORD = JsonAnswer("UpsertCreatedRecord", _UPSERTED, 201)
UPSERTED_RECORDS = JsonAnswer(
    "UpsertedRecords",
    obj(
        {
            "results": array(
                obj({"id": ID, "status": _UPSERT_STATUS, "record": RECORD})
            ),
            "model": MODEL,
            "created": COUNT,
            "updated": COUNT,
            "unchanged": COUNT,
        }
    ),
)
UPSERT_RESULTS = JsonAnswer(
    "UpsertResults",
    obj(
        {
            "results": array(
                obj(
                    {
                        "success": BOOLEAN,
                        "status": {
                            "type": "string",
                            "enum": [*_UPSERT_STATUS["enum"], "failed"],
                        },
                        "http_status": INTEGER,
                    },
                    id=ID,
                    record=RECORD,
                    error=ERROR,
                )
            ),
            "model": MODEL,
            "created": COUNT,
            "updated": COUNT,
            "unchanged": COUNT,
            "failed": COUNT,
        }
    ),
)
_DRY_RUN_CHANGE = obj(
    {
        "model": MODEL,
        "id": ID,
        "before": or_null(OPEN_OBJECT),
        "after": or_null(OPEN_OBJECT),
    }
)
# What a dry run adds to the data of an answer.
DRY_RUN_MEMBERS = {"dry_run": {"const": True}, "changes": array(_DRY_RUN_CHANGE)}
RECORDS_BODY = Body(VALUES, items=VALUES, multipart="fields")
RECORD_BODY = Body(VALUES, multipart="fields")
UPSERT_BODY = Body(VALUES, items=VALUES)
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
BULK_UPDATE_BODY = Body(
    obj({"ids": array(ID, minItems=1), "values": VALUES}),
    items={
        "type": "object",
        "properties": {"id": ID, "if_match": _ETAGS},
        "required": ["id"],
        "minProperties": 2,
    },
)
BULK_DELETE_BODY = Body(
    obj({"ids": array(ID, minItems=1)}),
    items=obj({"id": ID}, if_match=_ETAGS),
    optional=True,
)

# Methods and batches
CALL_RESULT = JsonAnswer(
    "CallResult", obj({"result": ANYTHING, "model": MODEL, "method": TEXT, "ids": IDS})
)
CALL_RESULTS = JsonAnswer(
    "CallResults",
    obj(
        {
            "results": array(
                obj(
                    {"id": ID, "success": BOOLEAN, "status": INTEGER},
                    result=ANYTHING,
                    error=ERROR,
                )
            ),
            "succeeded": COUNT,
            "failed": COUNT,
            "model": MODEL,
            "method": TEXT,
        }
    ),
)
CALL_BODY = Body(
    obj(ids=or_null(IDS), args=or_null(array(ANYTHING)), kwargs=or_null(OPEN_OBJECT)),
    optional=True,
)
BATCH_RESULT = JsonAnswer(
    "BatchResult",
    obj(
        {
            "results": array(
                obj(
                    {"id": or_null(TEXT), "status": INTEGER, "data": ANYTHING},
                    headers={"type": "object", "additionalProperties": TEXT},
                )
            ),
            "count": COUNT,
        }
    ),
)
_STEP_ID = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"}
BATCH_BODY = Body(
    obj(
        {
            "steps": array(
                obj(
                    {"method": {"type": "string", "enum": list(METHODS)}, "path": TEXT},
                    id=or_null(_STEP_ID),
                    headers=or_null({"type": "object", "additionalProperties": TEXT}),
                    body=ANYTHING,
                ),
                minItems=1,
                maxItems=MAX_STEPS,
            )
        }
    )
)
