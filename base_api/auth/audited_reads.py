# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The option `audit_reads` of a key: whether its reads are in the audit trail.

A key without the option is treated as the setting `audit_reads` says.
"""

from __future__ import annotations

from odoo.api import Environment

from ..errors import Forbidden, KeyRestricted
from .administrators import manages_settings
from .api_key import current_key

ALL, NONE = "all", "none"  # as they are stored
_FLAGS = {ALL: True, NONE: False}


def from_flag(flag: bool | None) -> str | None:
    """Return what is stored for a sent value."""
    return next((stored for stored, sent in _FLAGS.items() if sent is flag), None)


def to_flag(stored: str) -> bool | None:
    """Return the value for clients; None where the setting decides."""
    return _FLAGS.get(stored)


def check_sets_audit_reads(env: Environment) -> None:
    """Refuse to set the option, except for administrators.

    :raise Forbidden: the caller is not in the group Settings
    :raise KeyRestricted: the request came with a restricted key
    """
    if not manages_settings(env):
        raise Forbidden("Setting audit_reads of a key needs the group Settings")
    key = current_key(env)
    if key and key.restrictions.limits_operations:
        raise KeyRestricted(
            "A restricted API key cannot set audit_reads: log in, or use a key without "
            "read_only and models"
        )


def inherited(env: Environment) -> str | None:
    """Return the option of a new key for which none was sent.

    Unless an administrator chooses otherwise, the reads of keys that a key with audited
    reads creates are audited, too.
    """
    maker = current_key(env)
    return ALL if maker and maker.audit_reads == ALL else None
