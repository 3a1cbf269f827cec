# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conditions on fields that do not search through records that the caller may not see.

Odoo applies record rules to related records with the operator `any`, but not to plain
ids in a list of records, nor with `bypass_search_access` (`odoo.orm.domains`). A search
could reveal the values of records that the caller may not see.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from functools import partial
from typing import Any

from odoo.api import Environment
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain, Field
from odoo.models import BaseModel
from odoo.tools import SQL

from .. import casting
from ..errors import InvalidFilter
from ..field_types import EMPTY_AS_FALSE, TEXT_TYPES, X2MANY
from ..orm.queries import field_to_sql, search_query
from .paths import follow

_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 30)
_SIGNS = {sign: SQL(sign) for sign in ("<", "<=", ">", ">=")}
MAX_IDS = 10_000  # ids that one request looks up

_CASTS: dict[str, Any] = {
    "boolean": casting.to_boolean,
    "integer": casting.to_integer,
    "many2one_reference": partial(casting.to_integer, low=0),
    "float": casting.to_float,
    "monetary": casting.to_float,
    "date": casting.to_date,
    "datetime": casting.to_datetime,
    "many2one": casting.to_id,
    "many2many": casting.to_id,
    "one2many": casting.to_id,
}


def cast_value(env: Environment, field: Field, value: Any) -> Any:
    """Parse the value of a condition by the type of its field.

    :param value: text, or the JSON value of the type
    :raise ValueError: saying what was expected
    """
    if field.type in TEXT_TYPES:
        return value or False
    if field.type in EMPTY_AS_FALSE and str(value).lower() == "false":
        return False
    if field.type == "selection":
        return _cast_selection(env, field, value)
    if field.type == "reference":
        return casting.to_reference(value, field.get_values(env))
    if field.type in _CASTS:
        return _CASTS[field.type](value)
    raise ValueError("a filter on a field of another type")


def cast_ordered(field: Field, value: Any) -> Any:
    """Return a value to compare with `<` or `>`; empty is not allowed.

    A date stays a date for a datetime field: Odoo compares it with the whole day, in
    the time zone of the caller.
    """
    if field.type in TEXT_TYPES:
        if not value:
            raise ValueError("text")
        return value
    if field.type == "datetime":
        with suppress(ValueError):
            day = casting.to_day(value)
            if _FIRST_DAY < day < _LAST_DAY:
                return day
            # Odoo could not compute the days next to it.
            return datetime.combine(day, time.min)
        return casting.to_moment(value)
    return _CASTS[field.type](value)


def _cast_selection(env: Environment, field: Field, value: Any) -> str:
    allowed = field.get_values(env)
    if value not in allowed:
        if str(value) in allowed:
            raise ValueError(f'a string, "{value}"')
        raise ValueError("one of " + ", ".join(map(str, allowed)))
    return value


def compare(model: BaseModel, field: Field, operator: str, value: Any) -> Domain:
    """Return the condition of one of Odoo's operators on one field of a model.

    :param value: a parsed value, or a list of them
    """
    if operator in ("child_of", "parent_of"):
        return _compare_hierarchy(model, field, operator, value)
    if field.type in X2MANY:
        return _compare_list(model, field, operator, value)
    if isinstance(value, casting.Instant) and field.store:
        return _compare_instant(field.name, operator, value)
    return Domain(field.name, operator, value)


def _compare_instant(name: str, operator: str, instant: casting.Instant) -> Domain:
    """Return a comparison with `<` or `>` that is exact to the microsecond.

    Odoo's own compares whole seconds.
    """

    def to_sql(model: BaseModel, alias: str, query: Any) -> SQL:
        stored = field_to_sql(model, alias, name, query)
        comparison = SQL("%s %s %s", stored, _SIGNS[operator], instant)
        # False instead of NULL, as it may be negated.
        return SQL("(%s IS NOT NULL AND %s)", stored, comparison)

    return Domain.custom(to_sql=to_sql)


def is_set(model: BaseModel, field: Field) -> Domain:
    """Return the condition that a relational field contains a visible record."""
    if field.type in X2MANY and not _has_own_search(field):
        return any_of(model, field, Domain.TRUE)
    return Domain(field.name, "!=", False)


def any_of(
    model: BaseModel, field: Field, condition: Domain, operator: str = "any"
) -> Domain:
    """Return the condition that a record behind a relation matches a condition.

    :param operator: `any` or `not any`
    """
    if not bypasses_rules(field):
        return Domain(field.name, operator, condition)
    comodel = model.env[field.comodel_name].with_context(**field.context)
    if field.type == "many2one":
        comodel = comodel.with_context(active_test=False)
    message = f"'{field.name}' of {model._name} cannot be searched for this value"
    query = build_query(comodel, condition, message)
    if _has_own_search(_base_field(field)):
        operator = "in" if operator == "any" else "not in"
        return Domain(field.name, operator, _few_ids(comodel, query, field))
    return Domain(field.name, operator, Domain("id", "any", query))


def along(model: BaseModel, fields: list[Field], condition: Domain) -> Domain:
    """Return a condition on the last of `fields` as one on `model`.

    :param fields: of a dotted path, as `resolve_path` returns them
    """
    for field in reversed(fields[:-1]):
        condition = any_of(model.env[field.model_name], field, condition)
    return condition


def build_query(model: BaseModel, condition: Domain, message: str) -> Any:
    """Return the query of a condition, without running it.

    Computed fields with a `search` that does not support the operator or the value
    raise various exceptions.

    :raise InvalidFilter: with the message
    """
    with unless_impossible(message):
        return search_query(model, condition)


@contextmanager
def unless_impossible(message: str) -> Iterator[None]:
    """Raise `InvalidFilter` with the message for a search that Odoo cannot do."""
    try:
        yield
    except AccessError:
        raise
    except (
        AssertionError,
        AttributeError,
        KeyError,
        NotImplementedError,
        RecursionError,
        TypeError,
        UserError,
        ValueError,
    ) as exc:
        raise InvalidFilter(message) from exc


def _compare_list(model: BaseModel, field: Field, operator: str, value: Any) -> Domain:
    values = value if isinstance(value, list) else [value]
    ids = _visible_ids(model.env[field.comodel_name], values)
    condition = Domain(field.name, "in", ids) if ids else Domain.FALSE
    if False in values:
        condition |= ~is_set(model, field)
    return ~condition if operator in Domain.NEGATIVE_OPERATORS else condition


def _compare_hierarchy(
    model: BaseModel, field: Field, operator: str, value: Any
) -> Domain:
    values = value if isinstance(value, list) else [value]
    # Search the names and parents of the related model, not those of the field.
    comodel = follow(model, field, InvalidFilter) if field.relational else model
    names = [name for name in values if isinstance(name, str)]
    return Domain(field.name, operator, [*_visible_ids(comodel, values), *names])


def _visible_ids(comodel: BaseModel, values: list[Any]) -> list[int]:
    """Return the ids that the caller may see, archived or not."""
    ids = [value for value in values if isinstance(value, int) and value]
    if not ids:
        return []
    return comodel.with_context(active_test=False).search(Domain("id", "in", ids)).ids


def _few_ids(comodel: Any, query: Any, field: Field) -> Any:
    """Return the ids that a query finds, for a field with a `search` of its own.

    Such methods rarely support more than `in` with ids.
    """
    query.limit = MAX_IDS + 1
    ids = list(query.get_result_ids())
    if len(ids) > MAX_IDS:
        raise InvalidFilter(
            f"'{field.name}' is computed: more than {MAX_IDS} {comodel._name} match"
        )
    return ids


def bypasses_rules(field: Field) -> bool:
    """Tell whether `any` on this field may leave out the rules of its records."""
    return _base_field(field).bypass_search_access or _has_own_search(
        _base_field(field)
    )


def _base_field(field: Field) -> Field:
    """Return the field that a search on a related or inherited field ends at."""
    while field.related_field and not field.bypass_search_access:
        field = field.related_field
    return field


def _has_own_search(field: Field) -> bool:
    return not field.store and not field.related_field
