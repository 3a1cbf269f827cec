# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The JSON body of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge

from odoo.api import Environment

from ..errors import InvalidContentType, InvalidJson, NoData, PayloadTooLarge
from ..json_text import load_json
from ..orm.http_request import has_more_input
from .compression import check_encoding, inflate
from .json_members import check_members

MAX_RECORDS = 1000  # in one request


@dataclass(frozen=True)
class Body:
    """The JSON body that a route takes.

    :param schema: JSON Schema of the object
    :param items: JSON Schema of each object where the body may be a list, too
    :param optional: whether the body may be absent or an empty object
    :param multipart: whether the body may be multipart/form-data instead, and of which
        kind: `fields`, parts named like the fields of a record, or `files`
    """

    schema: dict[str, Any]
    items: dict[str, Any] | None = None
    optional: bool = False
    multipart: str | None = None

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the whole body."""
        if self.items is None:
            return self.schema
        many = {"type": "array", "items": self.items, "maxItems": MAX_RECORDS}
        return {"oneOf": [self.schema, many]}

    def check(self, value: Any) -> Any:
        """Return a parsed body, if its outermost type is what the route takes.

        :raise InvalidJson: it is not
        :raise NoData: it is empty
        :raise PayloadTooLarge: more than `MAX_RECORDS` objects
        """
        if self.items is not None and isinstance(value, list):
            check_records(value)
        elif not isinstance(value, dict):
            raise InvalidJson("The body must be a JSON object")
        if not value and not self.optional:
            raise NoData()
        return value


def read_content(httprequest: Any, body: Body) -> bytes:
    """Return the JSON text that was sent, without its compression.

    :param body: the `Body` that the route takes
    :raise InvalidContentType: the body is not declared as JSON
    :raise InvalidJson: it is not gzip, though it is declared so
    :raise PayloadTooLarge: too many bytes
    :raise UnsupportedEncoding: it is compressed in another way than by gzip
    """
    is_gzip = check_encoding(httprequest.headers.get("Content-Encoding"))
    raw = _read_raw(httprequest)
    if body.optional and not raw:
        return raw
    if not httprequest.is_json:
        raise InvalidContentType()
    return inflate(raw, httprequest.max_content_length) if is_gzip and raw else raw


def parse_content(
    env: Environment, content: bytes, body: Body
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON body of a request.

    :param content: see `read_content`
    :param body: the `Body` that the route takes
    :raise InvalidJson: it is not JSON, or its outermost type is wrong
    :raise NoData: it is empty
    :raise PayloadTooLarge: more than `MAX_RECORDS` objects, or too many members in all
    """
    if body.optional and not content:
        return {}
    return body.check(parse_json(env, content))


def _read_raw(httprequest: Any) -> bytes:
    """Return the body in bytes.

    Of a body without Content-Length (chunked), werkzeug 2.3 and later silently reads
    only what is allowed; earlier versions read all of it.
    """
    most = httprequest.max_content_length
    too_large = PayloadTooLarge(f"The body is larger than {most} bytes")
    try:
        raw = httprequest.get_data()
    except RequestEntityTooLarge as exc:
        raise too_large from exc
    if most is not None and len(raw) >= most and has_more_input(httprequest):
        raise too_large
    return raw


def as_items(
    body: dict[str, Any] | list[dict[str, Any]], pointer: str = ""
) -> list[tuple[Any, str]]:
    """Return the objects of a body with their pointers: `[(object, pointer)]`.

    :param body: an object or a list of them
    :param pointer: of the body itself, a JSON Pointer (RFC 6901)
    """
    if isinstance(body, dict):
        return [(body, pointer)]
    return [(item, f"{pointer}/{position}") for position, item in enumerate(body)]


def check_records(records: list[Any]) -> None:
    """Check that a list holds objects, and not too many.

    :raise InvalidJson: an item is no object
    :raise NoData: an item is empty
    :raise PayloadTooLarge: more than `MAX_RECORDS`
    """
    if len(records) > MAX_RECORDS:
        raise PayloadTooLarge(f"At most {MAX_RECORDS} records in one request")
    for position, record in enumerate(records):
        if not isinstance(record, dict):
            raise InvalidJson(f"Item {position} of the list must be a JSON object")
        if not record:
            raise NoData(f"Item {position} of the list is empty")


def parse_json(env: Environment, raw: bytes) -> dict[str, Any] | list[Any]:
    """Return the value of JSON text in bytes.

    :raise InvalidJson: saying where it is wrong
    :raise PayloadTooLarge: too many members
    """
    check_members(env, raw)
    try:
        # UTF-8 only (RFC 8259, section 8.1): json.loads accepts more.
        return load_json(raw.decode("utf-8-sig"))
    except ValueError as exc:
        raise InvalidJson(f"The body is not JSON: {exc}") from exc
