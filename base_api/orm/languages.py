# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors that Odoo cannot translate, because their language is not installed."""

from typing import Any

import psycopg2

from odoo.api import Environment
from odoo.exceptions import UserError

from ..errors.tracebacks import raising_module


def untranslated_violation(exc: Any) -> psycopg2.IntegrityError | None:
    """Return the error of PostgreSQL that Odoo failed to translate, or None.

    Odoo takes the language of a new session from `Accept-Language`, installed or not
    (`Request.default_lang`), and fails with it when it translates the message of a
    broken constraint (`odoo.service.model.retrying`).

    :param exc: what Odoo raised
    """
    cause = exc.__context__
    if type(exc) is not UserError or not isinstance(cause, psycopg2.IntegrityError):
        return None
    return cause if raising_module(exc) == Environment.__module__ else None
