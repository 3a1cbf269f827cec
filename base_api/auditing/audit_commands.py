# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands of `odoo-bin apikey audit`, see `cli/apikey.py`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..errors import UserNotFound
from .chain import seal_rows
from .erasure import erase_user
from .removals import ERASURE
from .verification import verify

if TYPE_CHECKING:
    from .removals import Removal
    from .verification import Verification


class AuditTrailChanged(Exception):
    """Rows of the audit trail were changed, removed or added."""


def run(env: Environment, options: Any, output: Any) -> None:
    """Run one command, and write its output.

    :raise AuditTrailChanged: verification found a fault
    :raise UserNotFound: nobody has the login
    """
    text = COMMANDS[options.audit_command](env, options)
    output.write(f"{text}\n")
    output.flush()


def _seal(env: Environment, options: Any) -> str:
    count = 0
    while sealed := seal_rows(env.cr):
        count += sealed
    if options.json:
        return json.dumps({"sealed": count})
    return f"Sealed {count} rows"


def _verify(env: Environment, options: Any) -> str:
    result = verify(env.cr)
    if result.fault:
        raise AuditTrailChanged(f"The audit trail was changed: {result.fault}")
    if options.json:
        return json.dumps(asdict(result), default=str)
    return _report(result)


def _report(result: Verification) -> str:
    number, head = result.head
    lines = [
        f"Sealed rows: {result.sealed}, none of them changed",
        f"Not yet protected: {result.unprotected}",
    ]
    if result.erased:
        lines.append(f"Without personal data: {result.erased}")
    if result.removed:
        before = f"from before {result.removed_before:%Y-%m-%d}"
        lines.append(f"Removed because of their age: {result.removed}, {before}")
    lines += map(_describe, result.removals)
    return "\n".join([*lines, f"Last seal: {number} {head}"])


def _describe(removal: Removal) -> str:
    date = f"{removal.create_date:%Y-%m-%d %H:%M:%S}"
    if removal.reason == ERASURE:
        rows = f"the personal data of user {removal.user_id} in {removal.row_count}"
        return f"{date}: erased {rows} rows"
    numbers = f"{removal.first_number} to {removal.last_number}"
    return f"{date}: removed the rows with the seals {numbers}"


def _erase(env: Environment, options: Any) -> str:
    user_id = options.user or _find_user(env, options.login)
    count = erase_user(env.cr, user_id)
    if count is None:
        raise ConcurrencyError("Rows are being sealed")
    if options.json:
        return json.dumps({"erased": count, "user_id": user_id})
    return f"Erased the personal data of {count} rows"


def _find_user(env: Environment, login: str) -> int:
    users = env["res.users"].with_context(active_test=False)
    user = users.search(Domain("login", "=", login))
    if not user:
        raise UserNotFound(f"No user has the login '{login}'")
    return user.id


COMMANDS = {"seal": _seal, "verify": _verify, "erase": _erase}
