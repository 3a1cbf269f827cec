# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from ..domains import parse_domain
from ..envelope import Answer
from ..filters import parse_filters
from ..lookup import get_model, get_record
from ..pages import search_page
from ..parameters import DOMAIN, FIELDS, LIMIT, NESTED_LIMIT, OFFSET
from ..preferences import READING
from ..serializers import (
    all_fields,
    default_fields,
    parse_fields,
    readable_fields,
    serialize_one,
    serialize_readable,
)
from ..versions import read_version
from .route import api_route


class SearchController(http.Controller):
    @api_route(
        "/search/<model_name>",
        methods=["GET"],
        parameters=(LIMIT, OFFSET, FIELDS, NESTED_LIMIT, DOMAIN),
        filters=True,
        preferences=READING,
        batch=True,
    )
    def search_records(
        self, model_name, limit, offset, fields, nested_limit, domain, filters
    ):
        """Return a page of the records that match domain and filters, by id."""
        model = get_model(self.env, model_name)
        names = parse_fields(model, fields, nested_limit) or default_fields(model)
        domain = parse_domain(model, domain) & parse_filters(model, filters)
        rows, total = search_page(model, domain, names, limit, offset, order="id")
        data = {
            "records": rows,
            "count": len(rows),
            "model": model_name,
            "fields": names.paths,
            "total_count": total,
        }
        return Answer(data, f"Found {len(rows)} records in {model_name}")

    @api_route(
        "/search/<model_name>/<record_id>",
        methods=["GET"],
        parameters=(FIELDS, NESTED_LIMIT),
        preferences=READING,
        batch=True,
    )
    def read_record(self, model_name, record_id, fields, nested_limit):
        """Return one record: the fields asked for, or all but the binaries."""
        model = get_model(self.env, model_name)
        names = parse_fields(model, fields, nested_limit)
        readable = readable_fields(model)
        if names:
            record = get_record(model, record_id, list(names.values()))
            row = serialize_one(record, names)
        else:
            columns = [name for name, field in readable.items() if field.column_type]
            record = get_record(model, record_id, columns)
            row = serialize_readable(record, all_fields(model, readable))
        data = {
            "record": row,
            "model": model_name,
            "id": record.id,
            "fields_returned": names.paths or list(row),
            "total_fields_available": len(readable),
        }
        message = f"Found record {record.id} in {model_name}"
        return Answer(data, message, version=read_version(record))
