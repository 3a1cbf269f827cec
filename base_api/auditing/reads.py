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
from .written import describe_request

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..auth.api_key import ApiKey
    from ..observing.exchange import Exchange
    from ..request_scope import RequestScope

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
    """Note a read, if it is one of the sample, when its answer has been sent."""
    operation, trail = exchange.operation, scope.trail
    if env is None or not (operation and trail and trail.is_on and scope.caller):
        return
    if not operation.routing["readonly"] or not is_noted(env, scope.key):
        return
    entry = trail.new_entry(operation, scope)
    describe_request(env, entry, operation, scope)
    entry.create_date = datetime.now(timezone.utc).replace(tzinfo=None)
    entry.status, entry.error_code = response.status_code, exchange.error_code
    row = Row(env.cr.dbname, READS, tuple(entry.values()))
    response.call_on_close(partial(STORE.add, row, []))


def is_noted(env: Environment, key: ApiKey | None) -> bool:
    """Tell whether a read is noted: by its key, or else by chance."""
    if key and key.audit_reads:
        return key.audit_reads == ALL
    percent = bound(env, "audit_reads")
    return bool(percent) and random.random() * 100 < percent
