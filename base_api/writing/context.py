# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The member `context` of a body: values that Odoo reads from the context.

It selects the defaults of new records (`default_user_id`), the records of a wizard
(`active_ids`), the language, and what the apps do besides. Every key is known and
checked: others would switch off what apps rely on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import pytz

from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..casting import to_id
from ..errors import InvalidFields, InvalidParameter, InvalidValue
from ..errors.details import NOT_ALLOWED, WRONG_TYPE, join, member_detail
from ..errors.hints import hint
from ..errors.write import LanguageNotInstalled
from ..orm.scope import bound_scope
from ..protocol.localization import check_companies, installed_languages
from ..referencing.ids import replace_references
from .values import parse_values

_DEFAULT = "default_"
_TYPES = {bool: "true or false", int: "a whole number", str: "text"}


def parse_context(
    model: BaseModel, context: Any, pointer: str = "/context"
) -> dict[str, Any]:
    """Return the checked values of a sent context.

    :param model: the model that is written or called; defaults are of its fields
    :param pointer: where the context is in the body (RFC 6901)
    :raise InvalidParameter: not an object, a key that is not allowed, or a wrong value
    :raise LanguageNotInstalled: `lang`
    :raise Forbidden: a company that is not among the user's
    :raise KeyRestricted: the API key may not read the model in `active_model`
    """
    if not isinstance(context, dict):
        _refuse(pointer, "context must be an object", WRONG_TYPE)
    allowed = model.env["api.context"]._allowed()
    target = _active_model(model, context, pointer)
    parsed: dict[str, Any] = {}
    for name, value in context.items():
        place = join(pointer, name)
        if name.startswith(_DEFAULT):
            parsed |= _parse_default(model, name, value, pointer)
        elif name in _PARSERS:
            parsed[name] = _PARSERS[name](target, value, place)
        elif name in allowed:
            parsed[name] = _check_type(allowed[name], value, place)
        else:
            known = [*_PARSERS, *allowed]
            message = (
                f"context: '{name[:80]}' is not allowed, expected default_ and the "
                f"name of a field, or one of {', '.join(known)}{hint(name, known)}"
            )
            _refuse(place, message, NOT_ALLOWED)
    return parsed


def with_context(model: BaseModel, context: dict[str, Any]) -> BaseModel:
    """Return a model in a checked context; its language also is that of the answer."""
    scope = bound_scope(model.env.cr)
    if scope and scope.step is None and context.get("lang"):
        scope.localization = scope.localization | {"lang": context["lang"]}
        scope.missing_language = ""
    return model.with_context(**context)


def _active_model(model: BaseModel, context: dict[str, Any], pointer: str) -> BaseModel:
    """Return the model of `active_model`; without it, the model itself."""
    name = context.get("active_model")
    if not name:
        return model
    if not isinstance(name, str) or name not in model.env:
        place = join(pointer, "active_model")
        _refuse(place, "context: active_model is not a model", NOT_ALLOWED)
    check_operation(model.env, "read", name)
    return model.env[name]


def _parse_default(
    model: BaseModel, name: str, value: Any, pointer: str
) -> dict[str, Any]:
    """Check a default like a value, and return it under the current name."""
    field_name = name.removeprefix(_DEFAULT)
    try:
        values = parse_values(model.browse(), {field_name: value}, pointer)
        return {f"{_DEFAULT}{current}": item for current, item in values.items()}
    except (InvalidFields, InvalidValue) as exc:
        start = len(join(pointer, ""))
        details = [
            entry | {"pointer": f"{pointer}/{_DEFAULT}{entry['pointer'][start:]}"}
            for entry in exc.details or ()
        ]
        message = f"context: {exc.description}"
        raise InvalidParameter(message, details=details) from exc


def _parse_active_model(target: BaseModel, _value: Any, _place: str) -> str:
    return target._name


def _parse_active_id(target: BaseModel, value: Any, place: str) -> int | bool:
    if value in (None, False):
        return False
    return _parse_ids(target, "active_id", [value], [place])[0]


def _parse_active_ids(target: BaseModel, value: Any, place: str) -> list[int]:
    if not isinstance(value, list):
        _refuse(place, "context: active_ids must be a list of ids", WRONG_TYPE)
    places = [join(place, position) for position in range(len(value))]
    return _parse_ids(target, "active_ids", value, places)


def _parse_companies(target: BaseModel, value: Any, place: str) -> list[int]:
    name = "allowed_company_ids"
    if not isinstance(value, list):
        _refuse(place, f"context: {name} must be a list of ids", WRONG_TYPE)
    places = [join(place, position) for position in range(len(value))]
    ids = _parse_ids(target.env["res.company"], name, value, places)
    # Odoo checks companies when they are used, but not under sudo.
    check_companies(target.env, name, ids)
    return ids


def _parse_ids(
    model: BaseModel, name: str, values: list[Any], places: list[str]
) -> list[int]:
    values = replace_references(model, name, values, places)
    ids = []
    for value, place in zip(values, places, strict=True):
        try:
            ids.append(to_id(value))
        except ValueError as exc:
            _refuse(place, f"context: {name}: expected {exc}", WRONG_TYPE)
    return ids


def _parse_language(target: BaseModel, value: Any, place: str) -> str | bool:
    if value in (None, False):
        return False
    _check_type(str, value, place)
    check_installed(target.env, value, place)
    return value


def check_installed(env: Any, code: str, pointer: str) -> None:
    """Refuse a language that is not installed, which Odoo would fall back from.

    :raise LanguageNotInstalled: with the installed languages
    """
    installed = installed_languages(env)
    if code not in installed:
        message = (
            f"context: the language {code[:80]} is not installed; the installed "
            f"languages are {', '.join(installed)}"
        )
        entry = member_detail(pointer, message, NOT_ALLOWED)
        raise LanguageNotInstalled(message, [entry])


def _parse_timezone(_target: BaseModel, value: Any, place: str) -> str | bool:
    if value in (None, False):
        return False
    if not isinstance(value, str) or value not in pytz.all_timezones_set:
        message = "context: tz must be the name of a time zone, Europe/Brussels"
        _refuse(place, message, NOT_ALLOWED)
    return value


def _check_type(kind: type, value: Any, place: str) -> Any:
    if type(value) is not kind:
        name = place.rpartition("/")[2]
        expected = _TYPES.get(kind, kind.__name__)
        _refuse(place, f"context: {name} must be {expected}", WRONG_TYPE)
    return value


def _refuse(pointer: str, message: str, code: str) -> NoReturn:
    raise InvalidParameter(message, details=[member_detail(pointer, message, code)])


_PARSERS: dict[str, Callable] = {
    "active_id": _parse_active_id,
    "active_ids": _parse_active_ids,
    "active_model": _parse_active_model,
    "allowed_company_ids": _parse_companies,
    "lang": _parse_language,
    "tz": _parse_timezone,
}
