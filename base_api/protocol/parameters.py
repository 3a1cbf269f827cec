# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parameters of a request: what a route declares, and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from ..casting import to_boolean, to_choice, to_integer, to_text
from ..errors import InvalidFilter, InvalidParameter
from ..errors.hints import hint
from ..json_text import load_json
from ..settings import max_limit
from .json_members import check_members

DEFAULT_LIMIT = 10
DEFAULT_NESTED_LIMIT = 100  # records in each nested list


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query string, or a header.

    :param name: the keyword argument of the endpoint; in the query string the same
    :param cast: from text and environment to the value; raises :class:`ValueError`
        saying what is allowed
    :param description: what it means, in one line for who reads the code
    :param header: the name of the header, for one that is no part of the query string
    """

    name: str
    cast: Callable[[str, Any], Any]
    default: Any
    description: str
    header: str | None = None

    def parse(self, texts, env):
        if len(texts) > 1:
            name = self.header or self.name
            raise InvalidParameter(f"{name} was sent {len(texts)} times, send one")
        try:
            return self.cast(texts[0], env)
        except ValueError as exc:
            raise InvalidParameter(
                f"{self.header or self.name}={str(texts[0])[:80]} is not allowed, "
                f"expected {exc}"
            ) from exc


def boolean(name, default, description):
    return Parameter(name, lambda text, env: to_boolean(text), default, description)


def text(name, description):
    return Parameter(name, lambda text, env: to_text(text), "", description)


def value(name, default, description):
    """Return a member of a body that is checked where the model is known."""
    return Parameter(name, lambda value, env: value, default, description)


def choice(name, values, default, description):
    return Parameter(
        name, lambda text, env: to_choice(text, values), default, description
    )


def read_domain(text):
    """Return the JSON in the ``domain`` of a query string.

    :raise InvalidFilter: it is not JSON
    """
    try:
        return load_json(text)
    except ValueError as exc:
        raise InvalidFilter(
            f'domain is not JSON, expected a list such as [["id", ">", 7]]: {exc}'
        ) from exc


def _read_domain(env, text):
    check_members(env, text.encode())
    return read_domain(text)


LIMIT = Parameter(
    "limit",
    lambda text, env: to_integer(text, 0, max_limit(env)),
    DEFAULT_LIMIT,
    "Most records to return; 0 counts only",
)
OFFSET = Parameter(
    "offset", lambda text, env: to_integer(text, 0), 0, "Records to skip"
)
FIELDS = text(
    "fields", "Fields to return, separated by commas; dotted ones of related records"
)
NESTED_LIMIT = Parameter(
    "nested_limit",
    lambda text, env: to_integer(text, 0, max_limit(env)),
    DEFAULT_NESTED_LIMIT,
    "Most records in each nested list",
)
DOMAIN = Parameter(
    "domain",
    lambda text, env: _read_domain(env, text),
    (),
    "One of Odoo's domains as JSON, which holds on top of the filters",
)
ORDER = text("order", "Fields to sort by, such as name desc,id; by default the id")
CURSOR = text("cursor", "The next_cursor of the page before")
COUNT = choice(
    "count",
    ("exact", "none"),
    "",
    "Whether to count all records; by default only without a cursor",
)
DOWNLOAD = boolean("download", False, "For a browser: save the file, do not show it")


class Filters(list):
    """The part of a query string that is not declared: pairs ``(name, text)``.

    :param parameters: the names that are declared, for spelling hints
    """

    def __init__(self, parameters=()):
        super().__init__()
        self.parameters = tuple(parameters)


def check_query(query):
    """Refuse a query string that would be read as something else than was sent.

    :param bytes query: as it stands in the URL
    :raise InvalidParameter: it is not percent-encoded UTF-8 (RFC 3986, section 2.5)
    """
    if not query.isascii():
        raise InvalidParameter(
            "The query string holds characters that are not ASCII: percent-encode them "
            "as UTF-8"
        )
    check_percent_encoding(query)


def check_percent_encoding(query):
    """Refuse a query string in which percent-encoded bytes are not UTF-8.

    :param bytes query: as in :func:`check_query`
    :raise InvalidParameter: naming the parameter
    """
    for pair in query.split(b"&") if b"%" in query else ():
        try:
            unquote_to_bytes(pair).decode()
        except UnicodeDecodeError as exc:
            name = unquote(pair.partition(b"=")[0].decode(errors="replace"))[:80]
            raise InvalidParameter(f"{name}: percent-encode text as UTF-8") from exc


def parse_query(env, query, parameters, with_filters=False):
    """Return the values of ``parameters`` from the query string, as keyword arguments.

    :param query: the query string, a werkzeug ``MultiDict``
    :param with_filters: pass what is not declared on as ``filters``, instead of
        refusing it
    :raise InvalidParameter: unknown, doubled or not allowed
    """
    declared = {item.name: item for item in parameters if not item.header}
    arguments = {name: parameter.default for name, parameter in declared.items()}
    filters = Filters(declared)
    for name, texts in query.lists():
        if any("\0" in part for part in (name, *texts)):
            raise InvalidParameter("The query string holds a NUL character")
        if name in declared:
            arguments[name] = declared[name].parse(texts, env)
        elif with_filters:
            filters.extend((name, part) for part in texts)
        else:
            raise InvalidParameter(
                f"Unknown parameter '{name[:80]}'{hint(name, declared)}"
            )
    if with_filters:
        arguments["filters"] = filters
    return arguments


def parse_members(env, body, parameters):
    """Return the values of ``parameters`` from a JSON object; null is like nothing.

    :raise InvalidParameter: unknown, or not allowed
    """
    declared = {parameter.name: parameter for parameter in parameters}
    arguments = {name: parameter.default for name, parameter in declared.items()}
    for name, value in body.items():
        if name not in declared:
            raise InvalidParameter(
                f"Unknown member '{name[:80]}'{hint(name, declared)}"
            )
        if value is not None:
            arguments[name] = declared[name].parse([value], env)
    return arguments


def parse_headers(env, headers, parameters):
    """Return the values of those ``parameters`` that are headers."""
    arguments = {}
    for parameter in parameters:
        if parameter.header:
            texts = headers.getlist(parameter.header)
            arguments[parameter.name] = (
                parameter.parse(texts, env) if texts else parameter.default
            )
    return arguments
