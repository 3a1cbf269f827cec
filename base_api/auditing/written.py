# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a write did: its records and fields, from what was sent and answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..aliases import current_name
from ..settings import keeps_sent_values
from ..upserting.outcomes import UNCHANGED
from .trail import clean
from .values import keep_values

if TYPE_CHECKING:
    from ..operations.operation import Operation
    from ..request_scope import RequestScope
    from .entry import Entry

# Parts of a path that name records.
_PATH_IDS = ("record_id", "key_id", "session_id", "ids")
MAX_ID = 2**31 - 1
MAX_NAME = 64


def describe_success(
    env: Environment, entry: Entry, operation: Operation, scope: RequestScope, data: Any
) -> None:
    """Fill a row with the records, the fields and the user of a write.

    :param data: of its answer; None for a file
    """
    data = data if isinstance(data, dict) else {}
    describe_request(env, entry, operation, scope)
    ids = list(_answered_ids(data))
    model_name = data.get("model") or entry.model
    if model_name != entry.model:
        # A message on a record, for example.
        entry.model = model_name
    elif not {"results", "ids"} & data.keys():
        ids = _path_ids(operation, entry.model) + ids
    entry.record_ids = _join(ids)
    entry.field_names = _join(_names(env, entry, operation, scope, data))
    entry.failed = data.get("failed") or 0
    if entry.field_names and keeps_sent_values(env):
        entry.sent_values = keep_values(env, entry.model, scope.sent.records())
    if entry.user_id is None and isinstance(data.get("user"), dict):
        # A login.
        entry.user_id = data["user"]["id"]


def describe_request(
    env: Environment, entry: Entry, operation: Operation, scope: RequestScope
) -> None:
    """Fill a row with what a request names: of a refused write, nothing else is known.

    Texts that the client invented, such as the names of unknown models, are left out.
    """
    name = operation.model_name or ""
    entry.model = name if name in env.registry else ""
    entry.record_ids = _join(_path_ids(operation, entry.model))
    method = operation.path_arguments.get("method_name")
    if method and entry.model and hasattr(env.registry[entry.model], method):
        entry.called_method = clean(method, MAX_NAME)
    entry.field_names = _join(_names(env, entry, operation, scope, {}))


def _answered_ids(data: dict[str, Any]) -> Iterator[Any]:
    if "results" in data:
        for result in data["results"]:
            if result.get("success", True) and result.get("status") != UNCHANGED:
                yield result.get("id")
    elif "ids" in data:
        yield from data["ids"]
    elif "id" in data:
        yield data["id"]


def _path_ids(operation: Operation, model_name: str) -> list[int]:
    names = [*_PATH_IDS, *(["user_id"] if model_name == "res.users" else [])]
    texts = [operation.path_arguments.get(name, "") for name in names]
    return [
        int(part)
        for text in texts
        for part in text.split(",")
        if part.isascii() and part.isdigit() and len(part) < 11 and int(part) <= MAX_ID
    ]


def _names(
    env: Environment,
    entry: Entry,
    operation: Operation,
    scope: RequestScope,
    data: dict[str, Any],
) -> list[str]:
    """Return the names of the fields that were sent, and of declared members."""
    body, is_call = operation.routing["body"], entry.called_method
    if not entry.model or not body or is_call:
        return []
    known = env.registry[entry.model]._fields
    members = body.schema.get("properties", {})
    names = list(data.get("updated_fields") or ())
    for row in scope.sent.records():
        names += row
    current = [current_name(entry.model, name) for name in names]
    return [name for name in current if name in known or name in members]


def _join(values: list[Any]) -> str:
    unique = dict.fromkeys(value for value in values if value not in (None, False))
    return ",".join(map(str, unique))
