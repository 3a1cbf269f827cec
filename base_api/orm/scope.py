# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The API key that signed a request in, bound to the cursor that serves the request.

A context key would be lost by ``with_context({})`` or ``env(context={})``, and a method
of an app may do either. The cursor stays the same under every environment of a request,
whatever its user and context are (odoo/sql_db.py).
"""

from odoo.http import request

_ATTRIBUTE = "_base_api_key"


def bind_key(cr, key):
    """Bind a key to a cursor; nothing for a caller who signed in without a key."""
    setattr(cr, _ATTRIBUTE, key)


def bound_key(cr):
    """Return the key of the request that a cursor serves, or None.

    A cursor that other code opens during a request has the key of that request.
    """
    try:
        return vars(cr)[_ATTRIBUTE]
    except KeyError:
        return getattr(request, "base_api_key", None) if request else None
