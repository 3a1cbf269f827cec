# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands of `odoo-bin apikey` in a database, see `cli/apikey.py`."""

import json
from typing import Any

from odoo.api import Environment
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auditing.audit_commands import AuditTrailChanged
from ..auth.owners import find_keys, get_key
from ..errors import InvalidFields, InvalidParameter, RecordNotFound, UserNotFound
from ..orm.credentials import remove_keys
from . import key_table
from .key_options import parse_key_options, parse_overlap
from .profiles import describe_key

KEYS = "res.users.apikeys"
EXIT_CODES = {
    InvalidFields: 2,
    InvalidParameter: 2,
    UserNotFound: 5,
    RecordNotFound: 6,
    AccessError: 7,  # Odoo gives keys to internal users only
    AuditTrailChanged: 8,
}
FAILURES = tuple(EXIT_CODES)
AUDIT_READS = {"yes": True, "no": False}
COLUMNS = {
    "id": "ID",
    "name": "Name",
    "prefix": "Starts with",
    "created_at": "Created",
    "expires_at": "Expires",
    "last_used_at": "Last used",
    "last_used_from": "From",
    "types": "Types",
    "restrictions": "Restrictions",
}


def run(env: Environment, options: Any, output: Any) -> None:
    """Run one command, and write its output.

    The output is written before the transaction is committed: if it cannot be written,
    no key is created, and a key to be rolled remains valid.
    """
    user = _get_user(env, options.login)
    text = COMMANDS[options.command](user, options)
    env.flush_all()
    output.write(f"{text}\n")
    output.flush()


def exit_code(failure: Any) -> Any:
    """Return the exit code of an exception, see `FAILURES`."""
    return next(code for kind, code in EXIT_CODES.items() if isinstance(failure, kind))


def message(failure: Any) -> Any:
    """Return the message of an exception in one line."""
    return getattr(failure, "description", None) or str(failure)


def _generate(user: BaseModel, options: Any) -> Any:
    body = {
        "name": options.name,
        "expires_in_days": options.expires_in_days,
        "preset": options.preset,
        "read_only": options.read_only,
        "models": _models(options.model),
        "networks": options.network,
        "external_id_prefix": options.external_id_prefix,
        "strict_types": options.strict_types,
        "learn_until": options.learn_until,
        "limits": dict(options.limit or ()) or None,
        "metrics": options.metrics,
        "audit_reads": AUDIT_READS.get(options.audit_reads),
    }
    key = user.env[KEYS]._base_api_create(user, **parse_key_options(user.env, body))
    return _render_secret(user, key, options)


def _list(user: BaseModel, options: Any) -> Any:
    keys = find_keys(user)
    if not options.json:
        return _table([_describe_row(key) for key in keys])
    rows = [describe_key(key) for key in keys]
    return _to_json({"user_id": user.id, "api_keys": rows, "count": len(rows)})


def _roll(user: BaseModel, options: Any) -> Any:
    overlap = parse_overlap({"overlap_days": options.overlap_days})
    key = get_key(user, options.key)._base_api_roll(overlap)
    return _render_secret(user, key, options)


def _revoke(user: BaseModel, options: Any) -> Any:
    key = get_key(user, options.key)
    data = {"user_id": user.id, "id": key.id}
    remove_keys(key)
    return _to_json(data) if options.json else f"API key {data['id']} revoked"


COMMANDS = {"generate": _generate, "list": _list, "roll": _roll, "revoke": _revoke}


def _get_user(env: Environment, login: str) -> Any:
    user = env["res.users"].search(Domain("login", "=", login))
    if not user:
        raise UserNotFound(f"There is no active user with the login '{login}'")
    return user


def _models(pairs: Any) -> Any:
    models = dict(pairs or ())
    if len(models) != len(pairs or ()):
        raise InvalidParameter("Name each model once: list all its operations together")
    return models or None


def _render_secret(user: BaseModel, secret: Any, options: Any) -> Any:
    if not options.json:
        return secret
    keys = user.env[KEYS]
    row: Any = key_table.read_own_key(user.env.cr, secret)
    key = keys.browse(row.id)
    return _to_json({"user_id": user.id, "api_key": secret} | describe_key(key))


def _to_json(data: Any) -> Any:
    return json.dumps(data, indent=2)


def _describe_row(key: Any) -> Any:
    return describe_key(key) | {
        "types": "strict" if key.strict_types else "odoo",
        "restrictions": key.restrictions_summary,
    }


def _table(rows: Any) -> Any:
    lines = [[*COLUMNS.values()]]
    lines += [[_printable(row[name]) for name in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _printable(value: Any) -> Any:
    """Return a cell without control characters, which could command the terminal."""
    text = str(value or "-")
    return "".join(char if char.isprintable() else "?" for char in text)
