# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parameters that routes declare, and their parsing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from odoo.api import Environment

from ..casting import INTEGER_MAX, to_boolean, to_choice, to_integer, to_names, to_text
from ..errors import InvalidFilter, InvalidParameter
from ..errors.hints import hint
from ..json_text import load_json
from ..settings import max_limit
from .json_members import check_members

DEFAULT_LIMIT = 10
DEFAULT_NESTED_LIMIT = 100  # records in each nested list
Schema = dict[str, Any]  # a JSON Schema (draft 2020-12)


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query string, a header, or a member of a query in a body.

    :param name: the keyword argument of the endpoint, and the name in a query string
    :param cast: called with the text and the environment, returns the value; raises
        `ValueError` with what is allowed
    :param description: one line for the developers of clients
    :param schema: JSON Schema of the value, or a function from the environment to it if
        it depends on a setting
    :param header: the name of the header, for a parameter that is one
    :param example: a value that is allowed
    :param required: whether the endpoint refuses requests without it
    """

    name: str
    cast: Callable[[Any, Any], Any]
    default: Any
    description: str
    schema: Schema | Callable[[Any], Schema] = field(default_factory=dict)
    header: str | None = None
    example: Any = None
    required: bool = False

    def json_schema(self, env: Any = None) -> Schema:
        """Return the JSON Schema of the value.

        :param env: None for the defaults of the settings
        """
        schema = self.schema(env) if callable(self.schema) else self.schema
        if self.default not in (None, "", ()):
            schema = schema | {"default": self.default}
        return schema

    def parse(self, texts: list[Any], env: Environment) -> Any:
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


def boolean(name: str, default: bool, description: str) -> Parameter:
    """Return a parameter that is true or false."""

    def cast(text: str, env: Environment) -> bool:
        return to_boolean(text)

    return Parameter(name, cast, default, description, {"type": "boolean"})


def integer(
    name: str, low: int, high: Callable | int, default: int | None, description: str
) -> Parameter:
    """Return a parameter that is a whole number.

    :param high: the maximum, or a function from the environment to it
    """

    def bounds(env: Environment | None) -> tuple[int, int]:
        return low, high(env) if callable(high) else high

    def cast(text: Any, env: Environment) -> int:
        return to_integer(text, *bounds(env))

    def schema(env: Environment | None) -> dict[str, Any]:
        minimum, maximum = bounds(env)
        return {"type": "integer", "minimum": minimum, "maximum": maximum}

    return Parameter(name, cast, default, description, schema)


def text(
    name: str, description: str, example: str | None = None, required: bool = False
) -> Parameter:
    """Return a parameter that is text, by default empty."""

    def cast(text: Any, env: Environment) -> str:
        return to_text(text)

    schema = {"type": "string"}
    options: dict[str, Any] = {"example": example, "required": required}
    return Parameter(name, cast, "", description, schema, **options)


def value(
    name: str,
    default: str | tuple[Any, ...],
    description: str,
    schema: dict[str, Any],
    example: list[Any] | None = None,
) -> Parameter:
    """Return a member of a body that is checked where the model is known."""

    def cast(value: Any, env: Environment) -> Any:
        return value

    return Parameter(name, cast, default, description, schema, example=example)


def choice(
    name: str, values: tuple[str, ...] | dict[str, Any], default: str, description: str
) -> Parameter:
    """Return a parameter that is one of some texts."""

    def cast(text: Any, env: Environment) -> str:
        return to_choice(text, values)

    schema = {"type": "string", "enum": list(values)}
    return Parameter(name, cast, default, description, schema)


def read_domain(text: str) -> Any:
    """Return the JSON in the `domain` of a query string.

    :raise InvalidFilter: it is not JSON
    """
    try:
        return load_json(text)
    except ValueError as exc:
        raise InvalidFilter(
            f'domain is not JSON, expected a list such as [["id", ">", 7]]: {exc}'
        ) from exc


def _read_domain(env: Environment, text: str) -> list[Any]:
    check_members(env, text.encode())
    return read_domain(text)


LIMIT = integer(
    "limit",
    0,
    max_limit,
    DEFAULT_LIMIT,
    "Maximum number of records to return; 0 returns only the count",
)
OFFSET = integer("offset", 0, INTEGER_MAX, 0, "Number of records to skip")
FIELDS = text(
    "fields",
    "Fields to return, separated by commas; dotted names are fields of related records",
    "name,partner_id.email",
)
NESTED_LIMIT = integer(
    "nested_limit",
    0,
    max_limit,
    DEFAULT_NESTED_LIMIT,
    "Maximum number of records in each nested list",
)
DOMAIN = Parameter(
    "domain",
    lambda text, env: _read_domain(env, text),
    (),
    "An Odoo domain as JSON; records must match it and all filters",
    {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"type": "array"},
    },
    example='[["id", ">", 7]]',
)
ORDER = text(
    "order", "Fields to sort by, each with asc or desc; by default id", "name desc,id"
)
CURSOR = text("cursor", "The next_cursor of the previous page")
COUNT = choice(
    "count",
    ("exact", "estimated", "none"),
    "",
    "Whether to count all matching records, or to estimate more than 10,000; by "
    "default they are counted only without a cursor",
)
TRANSLATIONS = Parameter(
    "translations",
    lambda text, env: to_names(text),
    (),
    "Languages in which to return translated fields, separated by commas, or all",
    {"type": "string"},
    example="en_US,fr_FR",
)
DOWNLOAD = boolean(
    "download", False, "Whether browsers should save the file instead of showing it"
)


@dataclass(frozen=True)
class Filters:
    """The undeclared parameters of a query string.

    :param pairs: `(name, text)` each; a name may come twice
    :param parameters: the declared names, for spelling hints
    """

    pairs: tuple[tuple[str, str], ...] = ()
    parameters: tuple[str, ...] = ()


def check_query(query: bytes) -> None:
    """Refuse a query string that would be misread.

    :param bytes query: from the URL
    :raise InvalidParameter: it is not percent-encoded UTF-8 (RFC 3986, section 2.5)
    """
    if not query.isascii():
        raise InvalidParameter(
            "The query string contains characters that are not ASCII: percent-encode "
            "them as UTF-8"
        )
    check_percent_encoding(query)


def check_percent_encoding(query: bytes) -> None:
    """Refuse a query string in which percent-encoded bytes are not UTF-8.

    :param bytes query: as in `check_query`
    :raise InvalidParameter: naming the parameter
    """
    for pair in query.split(b"&") if b"%" in query else ():
        try:
            unquote_to_bytes(pair).decode()
        except UnicodeDecodeError as exc:
            name = unquote(pair.partition(b"=")[0].decode(errors="replace"))[:80]
            raise InvalidParameter(
                f"{name}: the percent-encoded bytes are not UTF-8"
            ) from exc


def parse_query(
    env: Environment,
    query: Any,
    parameters: tuple[Any, ...],
    with_filters: bool = False,
) -> dict[str, Any]:
    """Return the values of `parameters` from the query string, as keyword arguments.

    :param query: the query string, a werkzeug `MultiDict`
    :param with_filters: whether undeclared parameters are returned as `filters`,
        instead of being refused
    :raise InvalidParameter: unknown, repeated or not allowed
    """
    declared = {item.name: item for item in parameters if not item.header}
    arguments = {name: parameter.default for name, parameter in declared.items()}
    undeclared: list[tuple[str, str]] = []
    for name, texts in query.lists():
        if any("\0" in part for part in (name, *texts)):
            raise InvalidParameter("The query string contains a NUL character")
        if name in declared:
            arguments[name] = declared[name].parse(texts, env)
        elif with_filters:
            undeclared.extend((name, part) for part in texts)
        else:
            raise InvalidParameter(
                f"Unknown parameter '{name[:80]}'{hint(name, declared)}"
            )
    if with_filters:
        arguments["filters"] = Filters(tuple(undeclared), tuple(declared))
    return arguments


def parse_members(
    env: Environment, body: dict[str, Any], parameters: tuple[Any, ...]
) -> dict[str, Any]:
    """Return the values of `parameters` from a JSON object; null counts as absent.

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


def parse_headers(
    env: Environment, headers: Any, parameters: tuple[Any, ...]
) -> dict[str, Any]:
    """Return the values of the `parameters` that are headers."""
    arguments = {}
    for parameter in parameters:
        if parameter.header:
            texts = headers.getlist(parameter.header)
            arguments[parameter.name] = (
                parameter.parse(texts, env) if texts else parameter.default
            )
    return arguments
