# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The JSON body of a request."""

from werkzeug.exceptions import RequestEntityTooLarge

from ..errors import InvalidContentType, InvalidJson, NoData, PayloadTooLarge
from ..json_text import load_json
from ..orm.http_request import has_more_input
from .json_members import check_members

MAX_RECORDS = 1000  # in one request


def read_body(env, httprequest, kind):
    """Return the JSON body of a request.

    :param kind: ``object``; ``records``, an object or a list of them; ``optional`` and
        ``optional-records``, the same or nothing
    :raise InvalidContentType: the body is not declared as JSON
    :raise InvalidJson: it is not JSON, or not of this kind
    :raise NoData: it is empty
    :raise PayloadTooLarge: more than :data:`MAX_RECORDS` objects, or too many bytes or
        members in all
    """
    raw = _read_raw(httprequest)
    if kind.startswith("optional") and not raw:
        return {}
    if not httprequest.is_json:
        raise InvalidContentType()
    return check_body(parse_json(env, raw), kind)


def _read_raw(httprequest):
    """Return the body in bytes.

    Of a body without Content-Length (chunked), werkzeug 2.3 and later reads as much as
    is allowed and says nothing of the rest, earlier versions read all of it.
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


def parse_json(env, raw):
    """Return the value of JSON text in bytes.

    :raise InvalidJson: saying where it is wrong
    :raise PayloadTooLarge: too many members
    """
    check_members(env, raw)
    try:
        # UTF-8 only (RFC 8259, section 8.1): json.loads takes more.
        return load_json(raw.decode("utf-8-sig"))
    except ValueError as exc:
        raise InvalidJson(f"The body is not JSON: {exc}") from exc
