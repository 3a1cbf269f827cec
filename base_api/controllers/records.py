# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from http import HTTPStatus

from odoo import http
from odoo.http import request
from odoo.models import BaseModel

from ..aliases import current_name
from ..envelope import Answer
from ..filters import parse_filters
from ..lookup import get_model, get_record
from ..parameters import FIELDS, LIMIT, OFFSET
from ..preferences import read_preferences
from ..serializers import (
    all_fields,
    default_fields,
    parse_fields,
    readable_fields,
    serialize,
    serialize_one,
    serialize_readable,
)
from ..values import parse_values
from ..writing import create
from .route import PREFIX, api_route


class RecordsController(http.Controller):
    @api_route(
        "/search/<model_name>",
        methods=["GET"],
        parameters=(LIMIT, OFFSET, FIELDS),
        filters=True,
    )
    def search_records(self, model_name, limit, offset, fields, filters):
        """Return a page of the records that match all filters, by id."""
        model = get_model(self.env, model_name)
        names, headers = self._parse_fields(model, fields)
        names = names or default_fields(model)
        domain = parse_filters(model, filters)
        rows, total = search_page(model, domain, names, limit, offset, order="id")
        data = {
            "records": rows,
            "count": len(rows),
            "model": model_name,
            "fields": list(names),
            "total_count": total,
        }
        return Answer(
            data, f"Found {len(rows)} records in {model_name}", headers=headers
        )

    @api_route(
        "/search/<model_name>/<record_id>", methods=["GET"], parameters=(FIELDS,)
    )
    def read_record(self, model_name, record_id, fields):
        """Return one record: the fields asked for, or all but the binaries."""
        model = get_model(self.env, model_name)
        names, headers = self._parse_fields(model, fields)
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
            "fields_returned": list(row),
            "total_fields_available": len(readable),
        }
        return Answer(
            data, f"Found record {record.id} in {model_name}", headers=headers
        )

    @api_route("/create/<model_name>", methods=["POST"], body="records")
    def create_records(self, model_name, body):
        """Create a record, or all of a list of records."""
        model = get_model(self.env, model_name)
        if isinstance(body, dict):
            [record] = create(model, [parse_values(model, body)])
            return created_answer(record, echo(record, [body])[0])
        values = [
            parse_values(model, item, f"/{position}")
            for position, item in enumerate(body)
        ]
        records = create(model, values)
        data = {"ids": records.ids, "records": echo(records, body), "model": model_name}
        message = f"Created {len(records)} records in {model_name}"
        return Answer(data, message, HTTPStatus.CREATED)

    @api_route(
        "/update/<model_name>/<record_id>", methods=["PUT", "PATCH"], body="object"
    )
    def update_record(self, model_name, record_id, body):
        """Change the fields of a record that are sent, and no others."""
        model = get_model(self.env, model_name)
        record = get_record(model, record_id)
        record.write(parse_values(model, body))
        data = {
            "id": record.id,
            "record": echo(record, [body])[0],
            "updated_fields": list(body),
        }
        return Answer(data, f"Updated record {record.id} in {model_name}")

    @api_route("/delete/<model_name>/<record_id>", methods=["DELETE"])
    def delete_record(self, model_name, record_id):
        """Delete a record."""
        record = get_record(get_model(self.env, model_name), record_id)
        data = {"id": record.id, "model": model_name}
        record.unlink()
        return Answer(data, f"Deleted record {data['id']} in {model_name}")

    def _parse_fields(self, model, fields):
        preferences = read_preferences(request.httprequest.headers)
        lenient = preferences.get("handling") == "lenient"
        headers = {"Preference-Applied": "handling=lenient"} if lenient else {}
        return parse_fields(model, fields, lenient), headers


def search_page(model, domain, names, limit, offset, order):
    """Return a page of records as JSON, and how many records there are in all.

    Counting is left out where the page itself tells. It does not where a model, with a
    ``_search`` of its own, filters what it finds after the limit (``mail.message``).
    """
    if not limit:
        return [], model.search_count(domain)
    records = model.search_fetch(domain, list(names.values()), offset, limit, order)
    is_last = len(records) < limit and (records or not offset)
    if is_last and type(model)._search is BaseModel._search:
        total = offset + len(records)
    else:
        total = model.search_count(domain)
    return serialize(records.with_env(model.env), names), total


def echo(records, bodies):
    """Return what became of written records: their names and the fields that were sent.

    Without what the caller may write but not read; of a record as a whole, only the id.

    :param bodies: for each record the names of its fields, or an object that has them
    """
    visible = records._filtered_access("read")
    model = records.browse()
    rows = []
    for record, body in zip(records, bodies, strict=True):
        if record not in visible:
            rows.append({"id": record.id})
            continue
        names = default_fields(model)
        for name in body:
            field = model._fields[current_name(model._name, name)]
            if field.type != "binary" and model._has_field_access(field, "read"):
                names[name] = field.name
        rows.append(serialize_readable(record, names))
    return rows


def created_answer(record, row, **more):
    """Return the answer to the creation of one record, with its address."""
    data = {"id": record.id, "record": row, "model": record._name} | more
    return Answer(
        data,
        f"Created record {record.id} in {record._name}",
        HTTPStatus.CREATED,
        {"Location": f"{PREFIX}/search/{record._name}/{record.id}"},
    )
