# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from typing import Any

from odoo import http

from ..auth.administrators import manages_settings
from ..casting import INTEGER_MAX, to_datetime
from ..envelope import Answer, counted
from ..errors import Forbidden
from ..lookup import get_model
from ..operations import audit_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import (
    COUNT,
    CURSOR,
    LIMIT,
    OFFSET,
    Filters,
    Parameter,
    integer,
    text,
)
from ..reading.pages import Slice, search_page
from ..reading.serializers import parse_fields
from ..searching.searches import parse_search

AUDIT = "api.audit"
NEWEST_FIRST = "id desc"
FIELDS = ",".join(audit_schemas.FIELDS)


def _moment(name: str, description: str) -> Parameter:
    schema = {"type": "string"}  # also a date, and a time without an offset
    example = "2026-11-28 09:00:00"
    return Parameter(
        name,
        lambda sent, env: to_datetime(sent),
        None,
        description,
        schema,
        example=example,
    )


class AuditController(OperationController, http.Controller):
    @api_route(
        "/audit",
        methods=["GET"],
        answer=audit_schemas.AUDIT_PAGE,
        model=AUDIT,
        administrators=True,
        parameters=(
            LIMIT,
            OFFSET,
            CURSOR,
            COUNT,
            text("request_id", "X-Request-Id of the request"),
            integer("key", 1, INTEGER_MAX, None, "Id of the API key"),
            integer("user", 1, INTEGER_MAX, None, "Id of the user"),
            text("model", "Name of the model", "res.partner"),
            _moment("since", "The earliest date and time"),
            _moment("until", "The date and time before which the entries are"),
        ),
    )
    def list_entries(
        self,
        limit: int,
        offset: int,
        cursor: str,
        count: str,
        **conditions: Any,
    ) -> Answer:
        """Return entries of the audit trail, the newest first; needs Settings."""
        if not manages_settings(self.env):
            raise Forbidden("Reading the audit trail needs the group Settings")
        model = get_model(self.env, AUDIT)
        projection = parse_fields(model, FIELDS)
        domain = _domain(**conditions)
        search = parse_search(model, domain, Filters(), NEWEST_FIRST)
        page = search_page(search, projection, Slice(limit, offset, cursor, count))
        data = page.data(projection)
        entries = [_as_entry(row) for row in data.pop("records")]
        del data["model"], data["fields"]
        message = f"Found {counted(len(entries), 'audit row')}"
        return Answer({"entries": entries} | data, message)


def _domain(
    request_id: str,
    key: int | None,
    user: int | None,
    model: str,
    since: datetime | None,
    until: datetime | None,
) -> list[Any]:
    terms = [
        ("request_id", "=", request_id),
        ("key_number", "=", key),
        ("user_number", "=", user),
        ("model", "=", model),
        ("create_date", ">=", since and since.isoformat(" ")),
        ("create_date", "<", until and until.isoformat(" ")),
    ]
    return [list(term) for term in terms if term[2]]


def _as_entry(row: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with lists instead of text separated by commas."""
    ids, names = row["record_ids"] or "", row["field_names"] or ""
    return row | {
        "record_ids": [int(text) for text in ids.split(",") if text],
        "field_names": [text for text in names.split(",") if text],
    }
