# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.models import BaseModel

from ..envelope import Answer, counted
from ..errors import InvalidFilter
from ..errors.write import LanguageNotInstalled
from ..lookup import get_model, get_record
from ..operations import read_schemas, schemas
from ..operations.route import api_route, without_files
from ..operations.runner import OperationController
from ..protocol.bodies import Body
from ..protocol.parameters import (
    COUNT,
    CURSOR,
    DOMAIN,
    FIELDS,
    LIMIT,
    NESTED_LIMIT,
    OFFSET,
    ORDER,
    TRANSLATIONS,
    Filters,
    parse_members,
    value,
)
from ..protocol.preferences import READING
from ..reading.pages import Slice, search_page
from ..reading.serializers import (
    all_fields,
    default_fields,
    parse_fields,
    readable_fields,
    serialize_one,
    serialize_readable,
)
from ..reading.translations import choose_languages
from ..reading.versions import read_version
from ..searching.searches import parse_conditions, parse_ranked_search, parse_search

# Members of the body of POST.
MEMBERS = (
    LIMIT,
    OFFSET,
    ORDER,
    CURSOR,
    COUNT,
    NESTED_LIMIT,
    TRANSLATIONS,
    value(
        "fields",
        "",
        "Fields to return, in a list or separated by commas",
        {"anyOf": [schemas.array(schemas.TEXT), schemas.TEXT]},
        ["name", "partner_id.email"],
    ),
    value(
        "domain",
        (),
        "An Odoo domain",
        schemas.array(schemas.ANYTHING),
        [["id", ">", 7]],
    ),
)
QUERY_BODY = Body(
    schemas.obj(
        **{member.name: schemas.or_null(member.json_schema()) for member in MEMBERS}
    ),
    optional=True,
)


class SearchController(OperationController, http.Controller):
    @api_route(
        "/search/<model_name>",
        methods=["GET"],
        answer=read_schemas.RECORD_PAGE,
        parameters=(
            LIMIT,
            OFFSET,
            FIELDS,
            NESTED_LIMIT,
            ORDER,
            CURSOR,
            COUNT,
            DOMAIN,
            TRANSLATIONS,
        ),
        errors=(LanguageNotInstalled,),
        filters=True,
        preferences=READING,
        batch=True,
    )
    def search_records(self, model_name: str, filters: Filters, **query: Any) -> Answer:
        """Return a page of the records that match domain and filters."""
        model = get_model(self.env, model_name)
        return page_answer(model, query, filters)

    @api_route(
        "/search/<model_name>",
        methods=["POST"],
        answer=read_schemas.RECORD_PAGE,
        errors=(InvalidFilter, LanguageNotInstalled),
        body=QUERY_BODY,
        preferences=READING,
        operation="read",
        readonly=True,
        max_content_length=without_files,
        batch=True,
    )
    def post_search(self, model_name: str, body: dict[str, Any]) -> Answer:
        """Return a page of records, for queries that are too long for a URL."""
        model = get_model(self.env, model_name)
        return page_answer(model, parse_members(self.env, body, MEMBERS), Filters())

    @api_route(
        "/count/<model_name>",
        methods=["GET"],
        answer=read_schemas.RECORD_COUNT,
        parameters=(DOMAIN,),
        filters=True,
        batch=True,
    )
    def count_records(
        self, model_name: str, domain: tuple[Any, ...] | list[Any], filters: Filters
    ) -> Answer:
        """Return how many records match domain and filters."""
        model = get_model(self.env, model_name)
        found = model.search_count(parse_conditions(model, domain, filters))
        data = {"count": found, "model": model_name}
        return Answer(data, f"Found {counted(found, 'record')} in {model_name}")

    @api_route(
        "/search/<model_name>/<record_id>",
        methods=["GET"],
        answer=read_schemas.RECORD_FOUND,
        parameters=(FIELDS, NESTED_LIMIT, TRANSLATIONS),
        errors=(LanguageNotInstalled,),
        preferences=READING,
        batch=True,
    )
    def read_record(
        self,
        model_name: str,
        record_id: str,
        fields: str,
        nested_limit: int,
        translations: list[str],
    ) -> Answer:
        """Return one record: the requested fields, or all except binaries."""
        model = get_model(self.env, model_name)
        projection = parse_fields(model, fields, nested_limit)
        languages = choose_languages(self.env, translations)
        projection.languages = languages
        readable = readable_fields(model)
        if projection:
            record = get_record(model, record_id, list(projection.values()))
            row = serialize_one(record, projection)
        else:
            columns = [name for name, field in readable.items() if field.column_type]
            record = get_record(model, record_id, columns)
            row = serialize_readable(record, all_fields(model, readable), languages)
        data = {
            "record": row,
            "model": model_name,
            "id": record.id,
            "fields_returned": projection.paths or list(row),
            "total_fields_available": len(readable),
        }
        message = f"Found record {record.id} in {model_name}"
        return Answer(data, message, version=read_version(record))


def page_answer(model: BaseModel, query: dict[str, Any], filters: Filters) -> Answer:
    """Return the answer with a page of records, see `search_page`.

    :param query: the values of the members that GET and POST share
    """
    projection = parse_fields(model, query.pop("fields"), query.pop("nested_limit"))
    projection = projection or default_fields(model)
    projection.languages = choose_languages(model.env, query.pop("translations"))
    domain, order = query.pop("domain"), query.pop("order")
    if order:
        search = parse_search(model, domain, filters, order)
    else:
        search = parse_ranked_search(model, domain, filters)
    page = search_page(search, projection, Slice(**query))
    message = f"Found {counted(len(page.rows), 'record')} in {model._name}"
    return Answer(page.data(projection), message)
