# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Groups of records and their measures, computed by PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from odoo.api import Environment
from odoo.fields import Domain, Field
from odoo.models import BaseModel
from odoo.orm.utils import (
    READ_GROUP_ALL_TIME_GRANULARITY,
    READ_GROUP_TIME_GRANULARITY,
)

from ..casting import to_names
from ..errors import InvalidFields, InvalidParameter
from ..errors.hints import hint
from ..field_types import COMPARABLE, COUNTABLE, GROUPABLE, NUMBERS
from ..orm.answer_size import answer_size
from ..orm.groups import OUT_OF_RANGE, read_far_groups
from ..orm.queries import check_aggregate, check_group, fetches_by_itself
from ..protocol.preferences import current_preferences
from ..searching.conditions import bypasses_rules
from ..searching.paths import follow, resolve_path
from ..searching.properties import LISTS, Property, find_property
from ..settings import bound
from .json_bytes import json_bytes
from .strict_types import strict_moment

MAX_GROUPINGS = 8  # in one request, as each can join a table
MAX_MEASURES = 64
MANY2MANY_WORK = 3  # in levels
COUNT = "count"
DATE_TYPES = ("date", "datetime")

# Odoo's functions, except those that return the values of all records.
_FUNCTIONS = {
    "sum": NUMBERS,
    "avg": NUMBERS,
    "min": COMPARABLE,
    "max": COMPARABLE,
    "count": COUNTABLE,
    "count_distinct": COUNTABLE,
    "bool_and": frozenset(("boolean",)),
    "bool_or": frozenset(("boolean",)),
    "sum_currency": frozenset(("monetary",)),
}


@dataclass(frozen=True)
class Column:
    """One column of the answer.

    :param name: as the client sent it, and as the answer shows it
    :param spec: the same with current field names, for Odoo's `_read_group`
    :param field: the grouped or measured field, or a `Property`; None for the count
    :param function: of a measure, or the granularity of a date
    """

    name: str
    spec: str
    field: Any = None
    function: str = ""


# Properties that Odoo cannot group by.
UNGROUPABLE = ("html", "separator", "text")
# Odoo has no groups of hours here, nor of the numbers of a date (`month_number`).
PROPERTY_GRANULARITIES = tuple(
    item for item in READ_GROUP_TIME_GRANULARITY if item != "hour"
)
COUNT_COLUMN = Column(COUNT, "__count")


def parse_groupings(model: BaseModel, text: str) -> list[Column]:
    """Return the columns of a comma-separated list of `path[:granularity]`.

    :raise InvalidFields: a field that does not exist
    :raise InvalidParameter: one that cannot be grouped by in this way, or too many
    :raise odoo.exceptions.AccessError: a field that the caller may not read
    :raise KeyRestricted: a path over a model that the API key is not for
    """
    names = to_names(text)
    if len(names) > MAX_GROUPINGS:
        raise InvalidParameter(f"groupby: expected at most {MAX_GROUPINGS} fields")
    columns = [_parse_grouping(model, name) for name in names]
    _check_work(model.env, columns)
    return columns


def _check_work(env: Environment, columns: list[Column]) -> None:
    """Refuse very many groups: a record is in a group for each combination of its
    many2many values.
    """
    work = sum(map(_work, columns))
    most = bound(env, "max_group_work")
    if work > most > 0:
        raise InvalidParameter(
            f"groupby: expected at most {most} levels (max_group_work), where each "
            f"many2many counts as {MANY2MANY_WORK}; this is {work}"
        )


def _work(column: Column) -> int:
    return MANY2MANY_WORK if column.field.type in LISTS else 1


def parse_measures(model: BaseModel, text: str) -> list[Column]:
    """Return the columns of a comma-separated list of `field:function`.

    :raise InvalidFields, InvalidParameter, odoo.exceptions.AccessError: as
        `parse_groupings`
    """
    names = to_names(text)
    if len(names) > MAX_MEASURES:
        raise InvalidParameter(f"measures: expected at most {MAX_MEASURES}")
    return [_parse_measure(model, name) for name in names]


def parse_group_order(text: str, columns: list[Column]) -> str:
    """Return Odoo's order of groups for `name [asc|desc], ...`.

    :param columns: by which groups can be ordered
    :raise InvalidParameter: anything else
    """
    specs = {column.name: column.spec for column in columns}
    terms = []
    for term in to_names(text):
        name, _, direction = term.partition(" ")
        direction = direction.strip().lower() or "asc"
        if name not in specs or direction not in ("asc", "desc"):
            raise InvalidParameter(
                f"order={term[:80]} is not allowed, expected one of {', '.join(specs)}"
                f" with asc or desc{hint(name, specs)}"
            )
        terms.append(f"{specs[name]} {direction}")
    return ", ".join(terms)


def read_groups(
    model: BaseModel,
    domain: Domain,
    groupings: list[Column],
    measures: list[Column],
    limit: int,
    offset: int,
    order: str,
) -> list[dict[str, Any]]:
    """Return groups as JSON, one object each; one group without groupings.

    In Odoo's own representation: a many2one is `[id, name]`, a date is
    `[start, label]` with the start of a datetime in UTC, empty is `false`.

    :raise AnswerTooLarge: the answer exceeds its bound
    """
    columns = [*groupings, *measures, COUNT_COLUMN]
    specs = (
        [column.spec for column in groupings],
        list(dict.fromkeys(column.spec for column in [*measures, COUNT_COLUMN])),
    )
    page = {"offset": offset, "limit": limit, "order": order}
    dates = [item.name for item in groupings if item.field.type in DATE_TYPES]
    try:
        groups = model.formatted_read_group(domain, *specs, **page)
    except OUT_OF_RANGE:
        if not dates:
            raise
        groups = _read_far_groups(dates, model, domain, *specs, **page)
    if size := answer_size(model.env.cr):
        size.add(json_bytes(groups))
    serialize = _strict if current_preferences(model.env).strict_types else _odoo
    return [
        {column.name: serialize(column, group[column.spec]) for column in columns}
        for group in groups
    ]


def _read_far_groups(
    dates: list[str], *args: Any, **options: Any
) -> list[dict[str, Any]]:
    try:
        return read_far_groups(*args, **options)
    except OUT_OF_RANGE as exc:
        raise InvalidParameter(
            f"groupby={', '.join(dates)}: a group starts before the year 1 or after "
            "9999, filter it out"
        ) from exc


def _odoo(column: Column, value: Any) -> Any:
    if isinstance(value, tuple) and column.field.type in DATE_TYPES:
        start, label = value
        return (_four_digits(start), label)
    return value


def _four_digits(text: str) -> str:
    """Return a date with the four digits of its year, which `strftime` leaves out."""
    year, dash, rest = text.partition("-")
    return year.zfill(4) + dash + rest


def _strict(column: Column, value: Any) -> Any:
    """Return a value with `null` for empty and objects for pairs."""
    if value is False and (not column.field or column.field.type != "boolean"):
        return None
    if isinstance(value, tuple):
        first, label, *_color = _odoo(column, value)
        if column.field.type == "date":
            return {"from": first, "label": label}
        if column.field.type == "datetime":
            return {"from": f"{first.replace(' ', 'T')}Z", "label": label}
        return {"id": first, "display_name": label}
    if isinstance(value, datetime):
        return strict_moment(column.field, value)
    return value


def _parse_property_grouping(prop: Property, name: str, granularity: str) -> Column:
    if len(prop.fields) > 1:
        raise InvalidParameter(
            f"groupby={name[:80]} is not possible: expected a property of the records"
        )
    _check_granularity(name, prop.type, prop.name, granularity, PROPERTY_GRANULARITIES)
    if prop.type in UNGROUPABLE:
        raise InvalidParameter(
            f"groupby={name[:80]} is not possible: '{prop.name}' is a {prop.type}"
        )
    spec = f"{prop.expression}:{granularity}" if granularity else prop.expression
    return Column(name, spec, prop, granularity)


def _parse_grouping(model: BaseModel, name: str) -> Column:
    path, _, granularity = name.partition(":")
    if prop := find_property(model, path, InvalidFields):
        return _parse_property_grouping(prop, name, granularity)
    fields = resolve_path(model, path, InvalidFields)
    _check_granularity(name, fields[-1].type, fields[-1].name, granularity)
    spec = _spec(fields, granularity)
    if (
        any(field.type != "many2one" for field in fields[:-1])
        or not _is_groupable(model, fields[-1], spec)
        or _shows_other_values(model, fields)
    ):
        raise InvalidParameter(
            f"groupby={name[:80]} is not possible: expected stored fields, or stored "
            "fields of the records of many2one fields"
        )
    if fields[-1].type == "many2many":
        # Its groups have names, unlike a flat read.
        follow(model.env[fields[-1].model_name], fields[-1], InvalidFields)
    return Column(name, spec, fields[-1], granularity)


def _check_granularity(
    name: str,
    kind: str,
    field_name: str,
    granularity: str,
    granularities: Iterable[str] = READ_GROUP_ALL_TIME_GRANULARITY,
) -> None:
    allowed = tuple(granularities) if kind in DATE_TYPES else ()
    if kind == "date":
        allowed = tuple(item for item in allowed if item != "hour")
    if allowed and granularity not in allowed:
        raise InvalidParameter(
            f"groupby={name[:80]} is a {kind}: expected {field_name}:month, with "
            "one of " + ", ".join(allowed) + hint(granularity, allowed)
        )
    if granularity and not allowed:
        raise InvalidParameter(f"groupby={name[:80]}: '{field_name}' is not a date")


def _is_groupable(model: BaseModel, field: Field, spec: str) -> bool:
    if field.type not in GROUPABLE:
        return False
    if field.type == "many2many" and bypasses_rules(field):
        # Odoo also returns groups of records that the caller may not see.
        return False
    try:
        # Build the SQL without running it.
        check_group(model, spec)
    except (AssertionError, ValueError):
        return False
    return True


def _shows_other_values(model: BaseModel, fields: list[Field]) -> bool:
    """Tell whether a path crosses a model that hides values when it is read.

    `calendar.event` shows private events as "Busy" in its own groups, but not in those
    of other models.
    """
    classes = [type(model.env[field.model_name]) for field in fields[1:]]
    return any(map(fetches_by_itself, classes))


def _parse_measure(model: BaseModel, name: str) -> Column:
    if name == COUNT:
        return COUNT_COLUMN
    path, _, function = name.partition(":")
    field = resolve_path(model, path, InvalidFields)[0]
    if function not in _FUNCTIONS:
        raise InvalidParameter(
            f"measures={name[:80]}: expected field:function, with one of "
            + ", ".join(_FUNCTIONS)
            + hint(function, _FUNCTIONS)
        )
    spec = f"{field.name}:{function}"
    if (
        "." in path
        or field.type not in _FUNCTIONS[function]
        or not _is_measurable(model, spec)
    ):
        raise InvalidParameter(
            f"measures={name[:80]} is not possible: {function} takes a stored "
            + " or ".join(sorted(_FUNCTIONS[function]))
            + f" of {model._name}"
        )
    return Column(name, spec, field, function)


def _is_measurable(model: BaseModel, spec: str) -> bool:
    try:
        # Builds SQL without running it.
        check_aggregate(model, spec)
    except ValueError:
        return False
    return True


def _spec(fields: list[Field], suffix: str) -> str:
    path = ".".join(field.name for field in fields)
    return f"{path}:{suffix}" if suffix else path
