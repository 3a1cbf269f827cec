# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: the audit trail."""

from .schemas import (
    BOOLEAN,
    COUNT,
    ID,
    IDS,
    INTEGER,
    PAIR,
    TEXT,
    JsonAnswer,
    Schema,
    array,
    obj,
    or_empty,
    or_null,
)

_TEXT = or_empty(TEXT)
_NAMED = obj({"id": ID, "display_name": or_null(TEXT)})
_MANY2ONE = or_empty({"anyOf": [PAIR, _NAMED]})
FIELDS: dict[str, Schema] = {
    "id": ID,
    "create_date": TEXT,
    "user_id": _MANY2ONE,
    "user_number": INTEGER,
    "key_id": _MANY2ONE,
    "key_number": INTEGER,
    "key_name": _TEXT,
    "address": _TEXT,
    "client": _TEXT,
    "http_method": TEXT,
    "route": TEXT,
    "model": _TEXT,
    "record_ids": IDS,
    "field_names": array(TEXT),
    "called_method": _TEXT,
    "status": INTEGER,
    "error_code": _TEXT,
    "failed": INTEGER,
    "step": INTEGER,
    "dry_run": BOOLEAN,
    "request_id": _TEXT,
    "trace_id": _TEXT,
    "idempotency_hash": _TEXT,
    "sent_values": _TEXT,
    "seal_number": INTEGER,
}
AUDIT_PAGE = JsonAnswer(
    "AuditPage",
    obj(
        {
            "entries": array(obj(FIELDS)),
            "count": COUNT,
            "total_count": or_null(COUNT),
        },
        total_count_exact=BOOLEAN,
        next_cursor=TEXT,
    ),
)
