# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The models and records that a path names, as the caller may see them."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel

from .auth.administrators import FOR_FIELDS
from .auth.api_key import allows_operation, limits_administrator, opens_fields
from .casting import to_id
from .errors import ModelNotFound, RecordNotFound
from .errors.hints import MAX_LENGTH
from .external_ids import MARK, find_by_name, parse_name


def get_model(env: Environment, model_name: str) -> BaseModel:
    """Return the model of a name, as an empty recordset.

    :raise ModelNotFound: there is none, or it is abstract
    """
    if model_name not in env or env[model_name]._abstract:
        raise ModelNotFound(
            f"Model '{model_name}' not found{_nearest(env, model_name)}"
        )
    model = env[model_name]
    if limits_administrator(env) and opens_fields(env, model_name):
        model = model.with_context(**{FOR_FIELDS: True})
    return model


def readable_models(env: Environment) -> list[str]:
    """Return the names of the models that the caller and the API key may read."""
    return [
        name
        for name, model in env.items()
        if not model._abstract
        and allows_operation(env, "read", name)
        and model.has_access("read")
    ]


def _nearest(env: Environment, model_name: str) -> str:
    """Return a hint with the nearest model that the caller may read, if any."""
    if len(model_name) > MAX_LENGTH:
        return ""
    for name in get_close_matches(model_name, env, n=3, cutoff=0.8):
        model = env[name]
        if not model._abstract and allows_operation(env, "read", name):
            if model.has_access("read"):
                return f" (did you mean '{name}'?)"
    return ""


def find_record(
    model: BaseModel, record_id: str, field_names: list[str] | tuple[Any, ...] = ()
) -> BaseModel:
    """Return the record of an id, archived or not, with some fields fetched.

    :param record_id: the text in the path, an id or `@module.name`
    :return: the record; empty if it does not exist or the caller may not see it
    """
    try:
        if record_id.startswith(MARK):
            domain = Domain("id", "in", _named_id(model, record_id))
        else:
            domain = Domain("id", "=", to_id(record_id))
    except ValueError:
        return model.browse()
    return model.with_context(active_test=False).search_fetch(domain, field_names)


def get_record(
    model: BaseModel, record_id: str, field_names: list[str] | tuple[Any, ...] = ()
) -> BaseModel:
    """Return the record of an id, see `find_record`.

    :raise RecordNotFound: there is none that the caller may see
    """
    record = find_record(model, record_id, field_names).with_env(model.env)
    if not record:
        raise RecordNotFound.of(model, record_id)
    return record


def _named_id(model: BaseModel, text: str) -> list[int]:
    name = parse_name(text.removeprefix(MARK))
    return [record.id for record in find_by_name(model, [name]).values()]


def parse_id(text: str) -> int | str:
    """Return the id in a path or a query; `@module.name` as it is.

    :raise ValueError: neither of them
    """
    if text.startswith(MARK):
        parse_name(text.removeprefix(MARK))
        return text
    return to_id(text)


def named_ids(model: BaseModel, ids: Iterable[int | str]) -> list[int]:
    """Return ids, with those of `@module.name` looked up.

    :param ids: from `parse_id`
    :raise RecordNotFound: some name no record of the model that the caller may see
    """
    ids = list(ids)
    names = {
        text: parse_name(text.removeprefix(MARK))
        for text in ids
        if isinstance(text, str)
    }
    found = find_by_name(model, names.values()) if names else {}
    if missing := [text for text, name in names.items() if name not in found]:
        raise RecordNotFound.of(model, *missing)
    return [found[names[item]].id if isinstance(item, str) else item for item in ids]


def find_records(model: BaseModel, ids: list[int]) -> BaseModel:
    """Return the records of some ids, archived or not, that the caller may see."""
    domain = Domain("id", "in", ids)
    records = model.with_context(active_test=False).search(domain, order="id")
    return records.with_env(model.env)


def get_records(model: BaseModel, ids: list[int]) -> BaseModel:
    """Return the records of a list of ids, archived or not.

    :raise RecordNotFound: some do not exist, or the caller may not see them
    """
    visible = set(find_records(model, ids).ids) if ids else ()
    if missing := [record_id for record_id in ids if record_id not in visible]:
        raise RecordNotFound.of(model, *missing)
    return model.browse(ids)
