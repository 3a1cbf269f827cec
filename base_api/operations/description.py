# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answers and errors of a route, derived from its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import (
    AnswerTooLarge,
    ApiError,
    DatabaseUnavailable,
    Forbidden,
    InternalError,
    InvalidContentType,
    InvalidFields,
    InvalidFilter,
    InvalidJson,
    InvalidMultipart,
    InvalidParameter,
    InvalidValue,
    KeyRestricted,
    ModelNotFound,
    NoData,
    NotFound,
    Overloaded,
    PayloadTooLarge,
    RecordNotFound,
    Timeout,
    UnsupportedEncoding,
    UserNotFound,
)
from ..errors.auth import (
    InactiveUser,
    InvalidApiKey,
    InvalidSession,
    MissingApiKey,
    MissingSessionToken,
    RateLimited,
    SessionNotRefreshable,
)
from ..errors.quota import QuotaExceeded
from ..errors.write import (
    AnswerNotKept,
    Conflict,
    DryRunImpossible,
    IdempotencyKeyReused,
    LanguageNotInstalled,
    MaxAffectedExceeded,
    PreconditionFailed,
)
from .schemas import (
    DRY_RUN_MEMBERS,
    ERROR,
    PROBLEM,
    TEXT,
    FileAnswer,
    JsonAnswer,
    Schema,
    obj,
)

if TYPE_CHECKING:
    from ..protocol.bodies import Body


ErrorClasses = set[type[ApiError]]
_EVERYWHERE = {InternalError, InvalidParameter, NotFound, DatabaseUnavailable}
_AUTH = {
    "none": set(),
    "base_api": {
        MissingApiKey,
        InvalidApiKey,
        InvalidSession,
        InactiveUser,
        RateLimited,
    },
    "base_api_optional": {
        MissingApiKey,
        InvalidApiKey,
        InvalidSession,
        InactiveUser,
        RateLimited,
    },
    "base_api_key": {MissingApiKey, InvalidApiKey, InactiveUser, RateLimited},
    "base_api_session": {
        MissingSessionToken,
        InvalidSession,
        RateLimited,
    },
    "base_api_refresh": {
        MissingSessionToken,
        SessionNotRefreshable,
        RateLimited,
    },
}
# Reading can store computed fields, and so conflict.
_SIGNED_IN = {KeyRestricted, Forbidden, AnswerTooLarge, Conflict}
_READING = {Overloaded, Timeout}
_WRITING = {
    InvalidValue,
    LanguageNotInstalled,
    IdempotencyKeyReused,
    AnswerNotKept,
}
_PATH = {
    "model_name": {ModelNotFound, InvalidValue},
    "record_id": {RecordNotFound},
    "user_id": {UserNotFound},
}
_PARAMETERS = {
    "filters": {InvalidFilter, InvalidFields},
    "domain": {InvalidFilter, PayloadTooLarge},
    "fields": {InvalidFields},
    "if_match": {PreconditionFailed, Conflict},
}
_PREFERENCES = {
    "dry-run": {DryRunImpossible},
    "max-affected": {MaxAffectedExceeded},
}


def is_ours(routing: dict[str, Any]) -> bool:
    """Tell whether a route was declared with `api_route`, and is an endpoint."""
    return routing.get("type") == "base_api" and not routing.get("catch_all")


def error_classes(routing: dict[str, Any], path_names: set[str]) -> ErrorClasses:
    """Return the classes of the errors that a route can answer with.

    :param path_names: the names of the variable parts of its path
    """
    classes = _EVERYWHERE | _AUTH[routing["auth"]] | set(routing["errors"])
    if routing["needs_database"]:
        classes |= {QuotaExceeded}
    if routing["auth"] != "none":
        classes |= _SIGNED_IN
        classes |= _READING if routing["readonly"] else _WRITING
    names = [parameter.name for parameter in routing["parameters"]]
    names += ["filters"] if routing["filters"] else []
    for table, keys in (
        (_PATH, path_names),
        (_PARAMETERS, names),
        (_PREFERENCES, routing["preferences"]),
    ):
        classes |= set().union(*(table.get(key, set()) for key in keys))
    if routing["body"]:
        classes |= _body_errors(routing["body"])
    return classes


def _body_errors(body: Body) -> ErrorClasses:
    classes = {
        InvalidContentType,
        InvalidFields,
        InvalidJson,
        PayloadTooLarge,
        UnsupportedEncoding,
    }
    if not body.optional:
        classes.add(NoData)
    if body.multipart:
        classes.add(InvalidMultipart)
    return classes


def success_schemas(routing: dict[str, Any], status: int) -> Iterator[Schema]:
    """Yield the JSON Schemas of the bodies of successful JSON answers.

    :param status: of the answer
    """
    for answer in routing["answers"]:
        if isinstance(answer, JsonAnswer) and answer.status == status:
            data = _with_dry_run(answer.data, routing)
            yield obj({"success": {"const": True}, "data": data, "message": TEXT})


def _with_dry_run(data: Schema, routing: dict[str, Any]) -> Schema:
    if "dry-run" not in routing["preferences"]:
        return data
    return data | {"properties": data["properties"] | DRY_RUN_MEMBERS}


def media_types(routing: dict[str, Any]) -> set[str]:
    """Return the media types of the files that a route answers with."""
    files = [item for item in routing["answers"] if isinstance(item, FileAnswer)]
    return {media_type for item in files for media_type in item.media_types}


def error_schema(codes: set[str]) -> Schema:
    """Return the JSON Schema of an error in the envelope.

    :param codes: that it may have
    """
    error = _with_codes(ERROR, codes)
    return obj({"success": {"const": False}, "error": error})


def problem_schema(codes: set[str]) -> Schema:
    """Return the JSON Schema of a problem document (RFC 9457), see `error_schema`."""
    return _with_codes(PROBLEM, codes)


def _with_codes(schema: Schema, codes: set[str]) -> Schema:
    code = {"type": "string", "enum": sorted(codes)}
    return schema | {"properties": schema["properties"] | {"code": code}}
