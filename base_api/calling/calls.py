# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls of public methods of models."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg2

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.service.model import get_public_method

from ..auth.api_key import current_restrictions
from ..auth.restrictions import UNRESTRICTED
from ..casting import to_id
from ..errors import (
    Forbidden,
    InvalidFields,
    InvalidParameter,
    InvalidValue,
    KeyRestricted,
    MethodNotFound,
    PayloadTooLarge,
)
from ..errors.details import WRONG_TYPE, join, member_detail
from ..errors.hints import hint
from ..errors.mistakes import PYTHON_ERRORS, SentValue, find_mistakes
from ..orm.access import asks_identity
from ..protocol.bodies import MAX_RECORDS
from ..protocol.localization import check_companies
from ..referencing.ids import replace_in_list
from ..writing.context import check_installed, parse_context
from ..writing.html_bounds import check_html, find_html
from .credential_methods import IDENTITY_CHECK, check_credential_method

MEMBERS = ("ids", "args", "kwargs", "context")
# Prefix of the context keys of this addon, which callers may not send.
OWN_CONTEXT = "base_api_"
# Methods of mail.thread that take a model or the values of a new record.
MAIL_GATEWAY = ("message_new", "message_process", "message_route", "message_update")
_POSITIONAL = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
)


@dataclass(frozen=True)
class Call:
    """The arguments of a call.

    :param ids: of the records; empty for a method of the model
    :param context: values to add to the context
    :param context_pointer: where they are in the body
    """

    ids: list
    args: list
    kwargs: dict
    context: dict
    context_pointer: str

    def run(self, name: str, method: Callable, records: BaseModel) -> Any:
        """Call a method, and return its result.

        :raise InvalidValue: arguments that the method does not take, ids for a method
            of the model, or not the one id of a method of one record
        """
        if getattr(method, "_api_model", False) and self.ids:
            raise InvalidValue(f"{name} is not a method of records: omit ids")
        records = records.with_env(self._env(records.env))
        try:
            bound = inspect.signature(method).bind(records, *self.args, **self.kwargs)
        except TypeError as exc:
            raise InvalidValue(f"{name}: {exc}") from exc
        try:
            return method(records, *self.args, **self.kwargs)
        except (*PYTHON_ERRORS, psycopg2.ProgrammingError) as exc:
            if (
                str(exc) == f"Expected singleton: {records}"
            ):  # the message of ensure_one()
                message = f"{name} is called on one record: send its id in ids"
                raise InvalidValue(message) from exc
            details = find_mistakes(exc, self._sent(bound))
            if not details and not self._is_to_blame(exc, name, records):
                raise
            reason = f": {exc}"[:200] if isinstance(exc, ValueError) else ""
            message = f"{name} does not take these arguments{reason}"
            raise InvalidValue(message, details or None) from exc

    def _sent(self, bound: Any) -> Iterator[SentValue]:
        """Yield the `SentValue` of each argument.

        :param bound: the `inspect.BoundArguments`, the records first
        """
        parameters = bound.signature.parameters.values()
        names = [item.name for item in parameters if item.kind in _POSITIONAL][1:]
        for place, value in enumerate(self.args):
            # The last name is *args if there are more.
            name = names[min(place, len(names) - 1)]
            yield SentValue(name, join("/args", place), value)
        for name, value in self.kwargs.items():
            yield SentValue(name, join("/kwargs", name), value)
        for name, value in self.context.items():
            yield SentValue(name, join(self.context_pointer, name), value)

    def _is_to_blame(self, exc: Any, name: str, records: BaseModel) -> bool:
        """Tell whether an error inside a method is about its arguments.

        A `ValueError` is. The ORM trusts its callers and fails with any exception on
        wrong arguments; other exceptions in the method of an app are faults of the app.
        """
        is_about_them = isinstance(exc, ValueError) or is_generic(records, name)
        return is_about_them and bool(self.args or self.kwargs)

    def _env(self, env: Environment) -> Environment:
        # Methods pass their context on to actions: give them what other callers do.
        context = {
            name: value
            for name, value in env.context.items()
            if not name.startswith(OWN_CONTEXT)
        }
        return env(context=context | self.context)


def parse_call(model: BaseModel, body: dict[str, Any]) -> Call:
    """Return the `Call` in a body, an object with some of `MEMBERS`.

    :raise InvalidFields: another member
    :raise InvalidParameter: a member of the wrong type
    :raise Forbidden: a company in the context that is not among the user's
    :raise InvalidValue: HTML that Odoo's sanitizer would take too long for
    """
    for name in body:
        if name not in MEMBERS:
            raise InvalidFields(f"Unknown member '{name[:80]}'{hint(name, MEMBERS)}")
    kwargs = dict(_member(body, "kwargs", dict))
    env = model.env
    _check_html(env, {name: body.get(name) for name in ("args", "kwargs")})
    return Call(
        _parse_ids(
            "ids", replace_in_list(model, "ids", _member(body, "ids", list)), "/ids"
        ),
        _member(body, "args", list),
        kwargs,
        *_parse_contexts(model, body, kwargs),
    )


def get_method(model: BaseModel, name: str) -> Callable:
    """Return a method by its name, if Odoo allows remote calls of it.

    :raise MethodNotFound: there is none
    :raise KeyRestricted: the API key may call methods, but not this one
    :raise Forbidden: it checks a password, or nothing can be called on the model
    :raise odoo.exceptions.AccessError: a private one
    """
    try:
        method = get_public_method(model, name)
    except AttributeError as exc:
        cls = type(model)
        known = [other for other in dir(cls) if callable(getattr(cls, other, None))]
        public = [other for other in known if not other.startswith("_")]
        raise MethodNotFound(
            f"Method '{name[:80]}' not found in {model._name}{hint(name[:80], public)}"
        ) from exc
    _check_key(model, name, method)
    check_credential_method(model, name)
    if getattr(model, "_base_api_read_only", False):
        raise Forbidden(f"{model._name} can only be read")
    return method


def is_generic(model: BaseModel, name: str) -> bool:
    """Tell whether every model has a method of this name."""
    return hasattr(type(model.env["base"]), name)


def asks_password(model: BaseModel, method: Callable) -> bool:
    """Tell whether a method asks for the password, or runs after it was confirmed.

    Its result may be a secret, such as a new key of Odoo's own dialog.
    """
    return asks_identity(method) or model._name == IDENTITY_CHECK


def _check_key(model: BaseModel, name: str, method: Callable) -> None:
    """Refuse methods that would bypass the restrictions of a key.

    The methods of every model (`write`, `read_group`, `load`) reach other models, and
    do what the key needs other operations for. With the password of the user confirmed,
    new keys could be made.
    """
    restrictions = current_restrictions(model.env)
    if restrictions == UNRESTRICTED:
        return
    if restrictions.models and is_generic(model, name):
        raise KeyRestricted(
            f"This API key is restricted to models, and {name} is a method of every "
            "model: use the endpoints for records"
        )
    if restrictions.limits_operations and name in MAIL_GATEWAY:
        raise KeyRestricted(
            f"A restricted API key cannot call {name}, which creates records of any "
            "model from an email"
        )
    if asks_password(model, method):
        raise KeyRestricted(
            f"A restricted API key cannot call {name}, which asks for the password"
        )


def _member(body: dict[str, Any], name: str, kind: type) -> Any:
    value = body.get(name)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        expected = "a list" if kind is list else "an object"
        raise _refusal(f"{name} must be {expected}", f"/{name}")
    return value


def _parse_ids(name: str, values: Any, pointer: str) -> list[int]:
    try:
        if not isinstance(values, list):
            raise ValueError
        ids = list(dict.fromkeys(map(to_id, values)))
    except ValueError as exc:
        example = '{"external_id": "shop.order_1"}'
        message = f"{name} must be a list of ids or of references such as {example}"
        raise _refusal(message, pointer) from exc
    if len(ids) > MAX_RECORDS:
        raise PayloadTooLarge(f"At most {MAX_RECORDS} records in one request")
    return ids


def _parse_contexts(
    model: BaseModel, body: dict[str, Any], kwargs: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """Return the context of a call and its pointer, from either of its two places.

    In `kwargs` it is as in Odoo's own RPC. There, callers without restrictions may send
    what they like.
    """
    own = kwargs.pop("context", None)
    if own is None:
        sent = body.get("context")
        return {} if sent is None else parse_context(model, sent), "/context"
    pointer = "/kwargs/context"
    if body.get("context") is not None:
        raise _refusal("context: send it once, not in kwargs, too", pointer)
    if current_restrictions(model.env) != UNRESTRICTED:
        return parse_context(model, own, pointer), pointer
    return _parse_free_context(model.env, own, pointer), pointer


def _parse_free_context(env: Environment, context: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(context, dict):
        raise _refusal("context must be an object", pointer)
    for name in context:
        if name.startswith(OWN_CONTEXT):
            raise _refusal(f"context: '{name}' is not allowed", join(pointer, name))
    for name in ("lang", "tz"):
        if not isinstance(context.get(name) or "", str):
            raise _refusal(f"context: {name} must be a string", join(pointer, name))
    if language := context.get("lang"):
        check_installed(env, language, join(pointer, "lang"))
    if companies := context.get("allowed_company_ids"):
        # Odoo checks companies when they are used, but not under sudo.
        name = "allowed_company_ids"
        check_companies(env, name, _parse_ids(name, companies, join(pointer, name)))
    return context


def _check_html(env: Environment, values: dict[str, Any]) -> None:
    for pointer, text in find_html(values):
        try:
            check_html(env, text)
        except ValueError as exc:
            message = f"{pointer[1:]}: expected {exc}"
            details = [member_detail(pointer, message, WRONG_TYPE)]
            raise InvalidValue(message, details=details) from exc


def _refusal(message: str, pointer: str) -> InvalidParameter:
    details = [member_detail(pointer, message, WRONG_TYPE)]
    return InvalidParameter(message, details=details)
