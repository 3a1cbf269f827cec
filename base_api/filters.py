# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``?field=value`` as a domain, cast by the type of the field."""

from odoo.fields import Domain

from . import casting
from .aliases import current_name, old_names
from .errors import InvalidFilter
from .hints import hint

# Types whose empty value is written ``false``, as answers write it.
_FALSE_IS_EMPTY = frozenset(
    ("date", "datetime", "many2one", "many2many", "one2many", "reference", "selection")
)
_TEXT_TYPES = frozenset(("char", "text", "html"))
_ID_LISTS = frozenset(("many2many", "one2many"))

_CASTS = {
    "boolean": casting.to_boolean,
    "integer": casting.to_integer,
    "many2one_reference": casting.to_id,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "date": casting.to_date,
    "datetime": casting.to_datetime,
    "many2one": casting.to_id,
    "many2many": casting.to_id,
    "one2many": casting.to_id,
}


def parse_filters(model, filters):
    """Return the domain of all ``filters`` together.

    :param filters: list of ``(field name, text)``; a name may come twice
    :raise InvalidFilter: unknown field, one that cannot be searched, or a value that
        cannot be cast
    :raise odoo.exceptions.AccessError: a field that the caller may not read, whose
        values the presence of a record would give away
    """
    return Domain.AND(_condition(model, name, text) for name, text in filters)


def _condition(model, name, text):
    field = model._fields.get(current_name(model._name, name))
    if field is None:
        known = [*model._fields, *old_names(model._name), "limit", "offset", "fields"]
        raise InvalidFilter(f"Unknown filter '{name}'{hint(name, known)}")
    model._check_field_access(field, "read")
    if not field._description_searchable:
        raise InvalidFilter(f"'{name}' is computed and cannot be searched")
    try:
        value = _cast(model.env, field, text)
    except ValueError as exc:
        raise InvalidFilter(
            f"{name}={text[:80]} is not a {field.type}: expected {exc}"
        ) from exc
    if field.type in _ID_LISTS and value:
        condition = Domain(field.name, "in", [value])
    else:
        condition = Domain(field.name, "=", value)
    if not (field.store and field.column_type):
        _check_searchable(model, name, condition)
    return condition


def _check_searchable(model, name, condition):
    """Refuse what the ``search`` of a computed field is not made for.

    This builds a query without running it. What is raised depends on the addon.
    """
    try:
        model._search(condition)
    except (
        AttributeError,
        KeyError,
        NotImplementedError,
        TypeError,
        ValueError,
    ) as exc:
        raise InvalidFilter(f"'{name}' cannot be searched for this value") from exc


def _cast(env, field, text):
    if field.type in _TEXT_TYPES:
        return text or False
    if field.type in _FALSE_IS_EMPTY and text.lower() == "false":
        return False
    if field.type == "selection":
        return _cast_selection(env, field, text)
    if field.type == "reference":
        return casting.to_reference(text, field.get_values(env))
    if field.type in _CASTS:
        return _CASTS[field.type](text)
    raise ValueError("a field of another type to filter on")


def _cast_selection(env, field, text):
    allowed = field.get_values(env)
    if text not in allowed:
        raise ValueError("one of " + ", ".join(map(str, allowed)))
    return text
