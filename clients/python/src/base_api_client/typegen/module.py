# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The source of a module with the types of models."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Sequence

from ..conditions import BaseField
from . import field_types
from .field_types import Names
from .methods import RESERVED, write_clients, write_model
from .schemas import ModelSchema

_HEADER = '''"""Types of the models of a database, made by `base-api types`.

Records are typed as a client with `types="strict"` reads them. Of a record, only the
fields that were requested are there.
"""

# ruff: noqa

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from typing_extensions import TypeAlias, TypedDict, Unpack

import base_api_client
from base_api_client import AsyncModel, BaseField, Condition, Model, Page, Ref
from base_api_client.conditions import Domain, Field
from base_api_client.targets import Target
from base_api_client.typing import (
    Binary,
    Day,
    Lines,
    Moment,
    Number,
    Progress,
    ReadArguments,
    Related,
    ToOne,
    Translations,
)

if TYPE_CHECKING:
    from base_api_client.frames import PandasFrame, PolarsFrame
'''
_NOT_REQUESTED = ("external_id", "external_ids")


def write_module(models: Sequence[ModelSchema]) -> str:
    """Return the source of the module."""
    names = name_classes(model.name for model in models)
    parts = [_HEADER]
    for model in models:
        parts += _write_types(model, names)
    parts += [write_model(names[model.name]) for model in models]
    parts.append(write_clients(names))
    return "\n\n".join(part.strip("\n") + "\n" for part in parts)


def name_classes(models: Iterable[str]) -> Names:
    """Return unique names in CamelCase by the names of models."""
    names: dict[str, str] = {}
    for model in models:
        words = "".join(char if char.isalnum() else " " for char in model).split()
        name = "".join(word.capitalize() for word in words)
        while name in names.values():
            name += "_"
        names[model] = name
    return names


def _write_types(model: ModelSchema, names: Names) -> Iterator[str]:
    prefix = names[model.name]
    fields = model.fields
    yield "\n".join(
        f"{field_types.choices_name(prefix, field)}: TypeAlias = "
        f"Literal[{', '.join(map(repr, field.choices))}]"
        for field in fields
        if field.choices
    )
    record = [
        (field.name, field_types.record_type(field, prefix, names), field.label)
        for field in fields
    ]
    own = [("external_id", "str | None", ""), ("external_ids", "list[str]", "")]
    known = {field.name for field in fields}
    record += [item for item in own if item[0] not in known]
    yield _typed_dict(f"{prefix}Record", record, f"A record of {model.name}.", True)
    sent = [
        (field.name, field_types.values_type(field, prefix, names), field.label)
        for field in fields
        if field.is_writable
    ]
    # For updates of several records, and upserts with key="external_id".
    sent += [
        item
        for item in (("id", "int | Ref", ""), ("external_id", "str", ""))
        if item[0] not in {name for name, _, _ in sent}
    ]
    yield _typed_dict(f"{prefix}Values", sent, f"Values of {model.name}.", False)
    yield from _write_projection(model, names, [name for name, _, _ in record])
    wanted = [
        (name, value, "")
        for field in fields
        for name, value in field_types.filters(field, prefix)
        if _is_name(name) and name not in RESERVED
    ]
    yield _typed_dict(f"{prefix}Filters", wanted, f"Filters of {model.name}.", False)
    yield _write_conditions(model, names)


def _write_projection(
    model: ModelSchema, names: Names, requested: Sequence[str]
) -> Iterator[str]:
    prefix = names[model.name]
    yield f"{prefix}Field: TypeAlias = Literal[{', '.join(map(repr, requested))}]"
    entries = []
    for field in model.fields:
        related = names.get(field.relation or "")
        inner = f"{related}Projection" if related else "str | Sequence[Any]"
        is_relation = field.kind in ("one", "many")
        entries.append((field.name, f"bool | {inner}" if is_relation else "bool", ""))
    text = f"Fields of {model.name}, and what is read of related records."
    yield _typed_dict(f"{prefix}Nested", entries, text, False)
    yield (
        f"{prefix}Projection: TypeAlias = "
        f'"{prefix}Field | {prefix}Nested | Sequence[{prefix}Field | {prefix}Nested]"'
    )


def _write_conditions(model: ModelSchema, names: Names) -> str:
    lines = [f"class {names[model.name]}Fields(BaseField):"]
    lines.append(f'    """Fields of {model.name}, in conditions."""\n')
    for field in model.fields:
        if _is_name(field.name) and not hasattr(BaseField, field.name):
            lines.append(
                f"    {field.name}: {field_types.condition_type(field, names)}"
            )
    return "\n".join(lines)


def _typed_dict(
    name: str, entries: Sequence[tuple[str, str, str]], text: str, total: bool
) -> str:
    base = "TypedDict" if total else "TypedDict, total=False"
    if all(_is_name(key) for key, _, _ in entries):
        lines = [f"class {name}({base}):", f'    """{text}"""\n']
        for key, value, label in entries:
            lines.append(f"    {key}: {value}" + (f"  # {label}" if label else ""))
        return "\n".join(lines)
    # Names that Python reserves, such as `from`.
    inner = ", ".join(f'{key!r}: "{value}"' for key, value, _ in entries)
    return f'{name} = TypedDict("{name}", {{{inner}}}, total={total})'


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
