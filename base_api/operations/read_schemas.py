# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: reads of records, models and files."""

from .schemas import (
    ANYTHING,
    BOOLEAN,
    COUNT,
    ID,
    INTEGER,
    MODEL,
    OPEN_OBJECT,
    RECORD,
    TEXT,
    FileAnswer,
    JsonAnswer,
    array,
    choice,
    obj,
    or_empty,
    or_false,
    or_null,
)

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
        total_count_exact=BOOLEAN,
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
_FOUND_FIELD = {"model": MODEL, "name": TEXT, "description": TEXT, "type": TEXT}
FOUND_FIELDS = JsonAnswer(
    "FoundFields", obj({"fields": array(obj(_FOUND_FIELD)), "count": COUNT})
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
                        "selection": or_false(array(array(ANYTHING))),
                        "digits": or_false(array(INTEGER)),
                        "currency_field": or_false(TEXT),
                        "company_dependent": BOOLEAN,
                        "translate": BOOLEAN,
                        "searchable": BOOLEAN,
                        "sortable": BOOLEAN,
                        "groupable": BOOLEAN,
                        "writable": BOOLEAN,
                        "required_on_create": BOOLEAN,
                        "natural_keys": array(array(TEXT)),
                    },
                    default=ANYTHING,
                    properties=obj({"parent_field": TEXT, "definitions": OPEN_OBJECT}),
                )
            ),
            "count": COUNT,
        }
    ),
)
EXPORT = FileAnswer("Export", ("application/x-ndjson", "text/csv"))
REPORT = FileAnswer("Report", ("application/pdf",))
OPENAPI = FileAnswer("OpenApiDocument", ("application/json",))
LIVENESS = JsonAnswer("Liveness", obj({"status": {"const": "ok"}}))
READINESS = JsonAnswer(
    "Readiness",
    obj(
        {
            "status": {"type": "string", "enum": ["ok", "degraded"]},
            "writable": BOOLEAN,
            "readable": BOOLEAN,
            "lag_seconds": or_null({"type": "number"}),
        }
    ),
)
DIAGNOSIS = JsonAnswer(
    "Diagnosis",
    obj(
        {
            "level": choice("ok", "warning", "error"),
            "findings": array(
                obj(
                    {
                        "check": TEXT,
                        "level": choice("ok", "warning", "error"),
                        "message": TEXT,
                        "remedy": TEXT,
                        "documentation": or_null(TEXT),
                    }
                )
            ),
        }
    ),
)
METRICS = FileAnswer("Metrics", ("text/plain",))
PLAIN_TEXT = FileAnswer("PlainText", ("text/plain",))
MARKDOWN = FileAnswer("Markdown", ("text/markdown",))
DOCS_PAGE = FileAnswer("DocsPage", ("text/html",))
DOCS_ASSET = FileAnswer(
    "DocsAsset", ("text/css", "text/javascript", "application/json", "image/svg+xml")
)
FILE = FileAnswer("File", ("*/*",))
