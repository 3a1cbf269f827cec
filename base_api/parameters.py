# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The query string of a request: what a route declares, and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .casting import to_boolean, to_integer
from .errors import InvalidParameter
from .hints import hint
from .settings import max_limit

DEFAULT_LIMIT = 10


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query string.

    :param cast: from text and environment to the value; raises :class:`ValueError`
        saying what is allowed
    :param description: one line for the API description
    """

    name: str
    cast: Callable[[str, Any], Any]
    default: Any
    description: str

    def parse(self, texts, env):
        if len(texts) > 1:
            raise InvalidParameter(f"{self.name} was sent {len(texts)} times, send one")
        try:
            return self.cast(texts[0], env)
        except ValueError as exc:
            raise InvalidParameter(
                f"{self.name}={texts[0][:80]} is not allowed, expected {exc}"
            ) from exc


def boolean(name, default, description):
    return Parameter(name, lambda text, env: to_boolean(text), default, description)


def text(name, description):
    return Parameter(name, lambda text, env: text, "", description)


LIMIT = Parameter(
    "limit",
    lambda text, env: to_integer(text, 0, max_limit(env)),
    DEFAULT_LIMIT,
    "Most records to return; 0 counts only",
)
OFFSET = Parameter(
    "offset", lambda text, env: to_integer(text, 0), 0, "Records to skip"
)
FIELDS = text("fields", "Fields to return, separated by commas")


def parse_query(env, query, parameters, with_filters=False):
    """Return the values of all ``parameters``, as keyword arguments of the endpoint.

    :param query: the query string, a werkzeug ``MultiDict``
    :param with_filters: pass what is not declared on as ``filters``, a list of
        ``(name, text)``, instead of refusing it
    :raise InvalidParameter: unknown, doubled or not allowed
    """
    declared = {parameter.name: parameter for parameter in parameters}
    arguments = {parameter.name: parameter.default for parameter in parameters}
    filters = []
    for name, texts in query.lists():
        if any("\0" in part for part in (name, *texts)):
            raise InvalidParameter("The query string holds a NUL character")
        if name in declared:
            arguments[name] = declared[name].parse(texts, env)
        elif with_filters:
            filters.extend((name, part) for part in texts)
        else:
            raise InvalidParameter(f"Unknown parameter '{name}'{hint(name, declared)}")
    if with_filters:
        arguments["filters"] = filters
    return arguments
