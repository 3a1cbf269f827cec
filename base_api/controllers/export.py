# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.api import Environment
from odoo.models import BaseModel

from ..auth.api_key import current_key
from ..casting import INTEGER_MAX
from ..errors import InvalidFields, Overloaded
from ..errors.write import LanguageNotInstalled
from ..lookup import get_model
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..orm.scope import bound_scope
from ..protocol.parameters import (
    CURSOR,
    DOMAIN,
    FIELDS,
    NESTED_LIMIT,
    ORDER,
    TRANSLATIONS,
    boolean,
    choice,
    integer,
)
from ..protocol.preferences import READING
from ..reading.export_slots import take_slot
from ..reading.exports import export_batches
from ..reading.formats import FORMATS, Columns
from ..reading.serializers import default_fields, parse_fields
from ..reading.spooled_response import SpooledResponse
from ..reading.translations import choose_languages
from ..searching.cursors import unseal
from ..searching.external_ids import is_external_id, resolve_owner
from ..searching.paths import resolve_path
from ..searching.searches import parse_search
from ..settings import bound

if TYPE_CHECKING:
    from ..protocol.parameters import Filters
    from ..reading.projection import Projection
    from ..searching.keyset import Search


BOUNDS = ("exports_per_key", "exports_total", "export_spool_bytes", "export_min_rate")

_logger = logging.getLogger(__name__)

FORMAT = choice("format", FORMATS, "ndjson", "File format")
LIMIT = integer(
    "limit",
    1,
    INTEGER_MAX,
    None,
    "Maximum number of records to return; by default all",
)
CURSORS = boolean(
    "cursors", False, "Whether the last record of each batch has next_cursor"
)


class ExportController(OperationController, http.Controller):
    @api_route(
        "/export/<model_name>",
        methods=["GET"],
        answer=read_schemas.EXPORT,
        errors=(LanguageNotInstalled, Overloaded),
        parameters=(
            FORMAT,
            FIELDS,
            NESTED_LIMIT,
            ORDER,
            LIMIT,
            CURSOR,
            CURSORS,
            DOMAIN,
            TRANSLATIONS,
        ),
        filters=True,
        preferences=READING,
        low_priority=True,
    )
    def export_records(
        self,
        model_name: str,
        domain: tuple[Any, ...] | list[Any],
        filters: Filters,
        order: str,
        cursor: str,
        **options: Any,
    ) -> Any:
        """Stream all records that match domain and filters, from one snapshot."""
        model = get_model(self.env, model_name)
        projection = parse_fields(
            model, options.pop("fields"), options.pop("nested_limit")
        )
        projection = projection or default_fields(model)
        translations = options.pop("translations")
        projection.languages = choose_languages(self.env, translations)
        search = parse_search(model, domain, filters, order)
        position = unseal(search, cursor)
        return self._stream(search, projection, position, **options)

    def _stream(
        self,
        search: Search,
        projection: Projection,
        position: Any,
        format: str,
        limit: int | None,
        cursors: bool,
    ) -> Any:
        share, total, *spooling = [bound(self.env, name) for name in BOUNDS]
        with ExitStack() as opened:
            slot = take_slot(self.env.cr.dbname, *caller(self.env), share, total)
            opened.enter_context(slot)
            batches = export_batches(search, projection, position, limit, cursors)
            opened.enter_context(closing(batches))
            headers = file_headers(f"{search.model._name}.{format}", next(batches))
            columns = describe_columns(search.model, projection, cursors)
            scope: Any = bound_scope(self.env.cr)
            counted = count_records(batches, scope.admission)
            content = log_errors(FORMATS[format].encode(columns, counted))
            headers["Content-Type"] = FORMATS[format].content_type
            response = SpooledResponse(content, *spooling, headers=headers)
            # Also if nothing is read from it: after HEAD, or when the client has gone.
            response.call_on_close(opened.pop_all().close)
        return response


def file_headers(file_name: str, total: int) -> dict[str, Any]:
    return {
        "Total-Count": str(total),
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{file_name}"',
    }


def caller(env: Environment) -> tuple[str, int]:
    """Return the kind of the caller (`key` or `user`) and its id."""
    key = current_key(env)
    return ("key", key.id) if key else ("user", env.uid)


def describe_columns(
    model: BaseModel, projection: Projection, cursors: bool
) -> Columns:
    """Return the `Columns` of an export."""
    columns: dict[str, Any] = {}
    lists = {}
    for path in projection.paths:
        parts = path.split(".")
        if is_external_id(model, path):
            _owner, fields = resolve_owner(model, path, InvalidFields)
            columns[path] = None
        else:
            *fields, columns[path] = resolve_path(model, path, InvalidFields)
        for depth, field in enumerate(fields, 1):
            if field.type != "many2one":
                lists[".".join(parts[:depth])] = True
    if cursors:
        columns["next_cursor"] = None
    return Columns(columns, tuple(lists))


def count_records(batches: Iterator[list[Any]], admission: Any) -> Iterator[list[Any]]:
    """Yield lists of records, and count them for the rate limits of the caller.

    :param admission: an `Admission`, or None without rate limits
    """
    for rows in batches:
        if admission:
            admission.rows += len(rows)
        yield rows


def log_errors(chunks: Iterator) -> Iterator[bytes]:
    """Yield chunks until an error, which comes too late for an error answer.

    The client notices by `Total-Count`. After an exception, werkzeug would append a
    page of HTML to the records.
    """
    try:
        yield from chunks
    except Exception:
        _logger.exception("An export ended early")
