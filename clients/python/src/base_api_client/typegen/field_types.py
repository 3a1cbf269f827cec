# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The types of fields, as they are written in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .schemas import FieldSchema, Kind

Names = Mapping[str, str]  # of models -> of their classes, without suffix

_RECORD: dict[Kind, str] = {
    "any": "Any",
    "binary": "str",
    "bool": "bool",
    "date": "str",
    "int": "int",
    "moment": "str",
    "number": "float",
    "text": "str",
}
_VALUES: dict[Kind, str] = {
    **_RECORD,
    "binary": "Binary",
    "date": "Day",
    "moment": "Moment",
    "number": "Number",
}
_ORDER = ("gt", "gte", "lt", "lte")
_TEXT = ("like", "ilike", "ieq", "startswith", "endswith")


def choices_name(prefix: str, field: FieldSchema) -> str:
    """Return the name of the type of a selection."""
    words = field.name.replace("__", "_").split("_")
    return prefix + "".join(word.capitalize() for word in words) + "Choice"


def record_type(field: FieldSchema, prefix: str, names: Names) -> str:
    """Return the type of a value that was read."""
    related = names.get(field.relation or "")
    if field.kind == "many":
        inner = f"{related}Record" if related else "dict[str, Any]"
        return f"list[int] | list[{inner}]"
    if field.kind == "one":
        text = f"{related}Record" if related else "Related"
    elif field.choices:
        text = choices_name(prefix, field)
    else:
        text = _RECORD[field.kind]
    return f"{text} | None" if field.can_be_empty else text


def values_type(field: FieldSchema, prefix: str, names: Names) -> str:
    """Return the type of a value to write."""
    if field.kind == "one":
        return "ToOne"
    if field.kind == "many":
        related = names.get(field.relation or "")
        inner = f"{related}Values" if related else "dict[str, Any]"
        return f"Sequence[Any] | Lines[{inner}]"
    text = choices_name(prefix, field) if field.choices else _VALUES[field.kind]
    if field.is_translated:
        text = f"{text} | Translations"
    return text if field.kind in ("any", "bool") else f"{text} | None"


def filters(field: FieldSchema, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the keyword filters of a field with the types of their values."""
    name = field.name
    if field.kind in ("binary", "any"):
        return
    if field.kind in ("one", "many"):
        yield from _relation_filters(name)
        return
    value = choices_name(prefix, field) if field.choices else _VALUES[field.kind]
    if field.kind == "moment":
        value = "Day"  # a datetime is a date, too, and a date means the whole day
    yield name, value if field.kind in ("bool", "int", "number") else f"{value} | None"
    yield f"{name}__ne", value
    if field.kind == "bool":
        return
    for operator in ("in", "nin"):
        yield f"{name}__{operator}", f"Iterable[{value}]"
    if field.kind not in ("int", "number"):
        yield f"{name}__is_set", "bool"
    if field.choices:
        return
    for operator in _ORDER:
        yield f"{name}__{operator}", value
    yield f"{name}__between", f"Iterable[{value}]"
    if field.kind == "text":
        for operator in _TEXT:
            yield f"{name}__{operator}", "str"


def _relation_filters(name: str) -> Iterator[tuple[str, str]]:
    yield name, "int | str | Ref | None"
    yield f"{name}__ne", "int | str | Ref"
    for operator in ("in", "nin", "child_of"):
        yield f"{name}__{operator}", "Iterable[int | str | Ref]"
    yield f"{name}__is_set", "bool"
    yield f"{name}__search", "str"


def condition_type(field: FieldSchema, names: Names) -> str:
    """Return the type of a field in conditions."""
    if field.kind not in ("one", "many"):
        return "BaseField"
    related = names.get(field.relation or "")
    return f"{related}Fields" if related else "Field"
