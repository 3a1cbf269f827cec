# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The JSON body of a request."""

import json

from ..errors import InvalidContentType, InvalidJson, NoData, PayloadTooLarge
from ..orm.http_request import has_more_input

MAX_RECORDS = 1000  # in one request


def read_body(httprequest, kind):
    """Return the JSON body of a request.

    :param kind: ``object``; ``records``, an object or a list of them; ``optional`` and
        ``optional-records``, the same or nothing
    :raise InvalidContentType: the body is not declared as JSON
    :raise InvalidJson: it is not JSON, or not of this kind
    :raise NoData: it is empty
    :raise PayloadTooLarge: more bytes than the route takes, or more than
        :data:`MAX_RECORDS` objects
    """
    raw = _read_bytes(httprequest)
    if kind.startswith("optional") and not raw:
        return {}
    if not httprequest.is_json:
        raise InvalidContentType()
    return check_body(parse_json(raw), kind)


def _read_bytes(httprequest):
    raw = httprequest.get_data()
    limit = httprequest.max_content_length
    if limit is not None and len(raw) >= limit and has_more_input(httprequest):
        raise PayloadTooLarge()
    return raw


def check_body(body, kind):
    """Return a parsed body that is of the kind of a route, see :func:`read_body`."""
    if kind.endswith("records") and isinstance(body, list):
        _check_records(body)
    elif not isinstance(body, dict):
        raise InvalidJson("The body must be a JSON object")
    if not body and not kind.startswith("optional"):
        raise NoData()
    return body


def as_items(body):
    """Return the objects of a body, and where in it they are: ``[(object, pointer)]``.

    :param body: an object or a list of them; the pointers are JSON Pointers (RFC 6901)
    """
    if isinstance(body, dict):
        return [(body, "")]
    return [(item, f"/{position}") for position, item in enumerate(body)]


def _check_records(records):
    if len(records) > MAX_RECORDS:
        raise PayloadTooLarge(f"At most {MAX_RECORDS} records in one request")
    for position, record in enumerate(records):
        if not isinstance(record, dict):
            raise InvalidJson(f"Item {position} of the list must be a JSON object")
        if not record:
            raise NoData(f"Item {position} of the list is empty")


def parse_json(raw):
    """Return the value of JSON text in bytes.

    :raise InvalidJson: saying where it is wrong
    """
    try:
        # UTF-8 only (RFC 8259, section 8.1): json.loads takes more.
        return load_json(raw.decode("utf-8-sig"))
    except ValueError as exc:
        raise InvalidJson(f"The body is not JSON: {exc}") from exc


def load_json(text):
    """Return the value of a JSON text.

    :raise ValueError: it is not JSON, too deep, or holds what PostgreSQL cannot store
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        if "\\u" in text:
            _check_text(value)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value


def _refuse_constant(name):
    # Python reads NaN and Infinity; RFC 8259, section 6 has neither.
    raise ValueError(f"{name} is not a JSON value")


def _check_text(value):
    """Refuse what JSON can escape and PostgreSQL cannot store."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text holds a NUL character")
        value.encode()  # UnicodeEncodeError, a ValueError, on a lone surrogate
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_text(name)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
