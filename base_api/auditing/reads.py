# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows about the reads of chosen keys, and about a sample of the others.

The option `audit_reads` of a key decides, or else the setting of this name.

They are written in batches outside of requests, like counts of requests: a process that
is killed loses those of the last 10 seconds.
"""

from __future__ import annotations

import random
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from ..auth.audited_reads import ALL
from ..observing.count_store import STORE, CountTable, Row
from ..settings import bound
from .entry import NAMES
from .table import FACTS, PERSONAL, TABLE_NAME
from .trail import open_trail
from .written import describe_request

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..auth.api_key import ApiKey
    from ..observing.exchange import Exchange
    from ..operations.operation import Operation
    from ..request_scope import RequestScope
    from .entry import Entry

_TYPES = {name: column_type.code for name, column_type in (FACTS | PERSONAL).items()}
_TYPES["create_date"] = "timestamp"
READS = CountTable(
    "audited reads",
    f"""INSERT INTO {TABLE_NAME} ({", ".join(NAMES)})
        SELECT * FROM UNNEST({", ".join(f"%s::{_TYPES[name]}[]" for name in NAMES)})""",
)


def note_read(
    env: Environment | None, scope: RequestScope, exchange: Exchange, response: Any
) -> None:
    """Note a read, or those of a batch, when its answer has been sent.

    Each is noted if it is one of the sample.
    """
    operation, trail = exchange.operation, scope.trail
    if env is None or not (operation and trail and trail.is_on and scope.caller):
        return
    if operation.routing["has_steps"]:
        # A batch that failed has not answered what its steps read.
        entries = [] if exchange.error_code else trail.reads
    elif operation.routing["readonly"] and is_noted(env, scope.key):
        entries = [_describe(env, operation, scope, response.status_code)]
        entries[0].error_code = exchange.error_code
    else:
        return
    for entry in entries:
        row = Row(env.cr.dbname, READS, tuple(entry.values()))
        response.call_on_close(partial(STORE.add, row, []))


def keep_step(
    env: Environment, operation: Operation, scope: RequestScope, status: int
) -> None:
    """Keep a row about a step that reads until `note_read`, if it is to be noted."""
    trail = open_trail(env, scope)
    if trail.is_on and scope.caller and is_noted(env, scope.key):
        trail.reads.append(_describe(env, operation, scope, status))


def _describe(
    env: Environment, operation: Operation, scope: RequestScope, status: int
) -> Entry:
    entry = scope.trail.new_entry(operation, scope)
    describe_request(env, entry, operation, scope)
    entry.create_date = datetime.now(timezone.utc).replace(tzinfo=None)
    entry.status = status
    return entry


def is_noted(env: Environment, key: ApiKey | None) -> bool:
    """Tell whether a read is noted: by its key, or else by chance."""
    if key and key.audit_reads:
        return key.audit_reads == ALL
    percent = bound(env, "audit_reads")
    return bool(percent) and random.random() * 100 < percent
