# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The scope of a request, bound to the cursor that serves it.

Methods of apps can drop a context key with `with_context({})` or `env(context={})`. The
cursor is the same in all environments of a request, whatever their user and context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from odoo.http import request
from odoo.sql_db import BaseCursor

if TYPE_CHECKING:
    from ..request_scope import RequestScope


_ATTRIBUTE = "_base_api_scope"


def bind_scope(cr: BaseCursor, scope: RequestScope | None) -> None:
    """Bind a `RequestScope` to a cursor, or None to remove it."""
    setattr(cr, _ATTRIBUTE, scope)


def bound_scope(cr: BaseCursor) -> RequestScope | None:
    """Return the `RequestScope` of a cursor, or None.

    A cursor that other code opens during an HTTP request has the scope of that request.
    """
    try:
        return vars(cr)[_ATTRIBUTE]
    except KeyError:
        return getattr(request, "base_api_scope", None) if request else None
