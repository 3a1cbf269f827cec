# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make checking a wrong password take the same time for all logins."""

import re
from typing import Any

from odoo.models import BaseModel

_ROUNDS = re.compile(r"(\$pbkdf2-sha\d+\$)(\d+)(\$)")


def do_missing_work(users: BaseModel, login: str, password: str) -> None:
    """Do the remaining work of checking a wrong password against a current hash.

    Odoo's check is shorter for unknown logins, for users without a password (OAuth,
    LDAP), and for old hashes, which have fewer rounds until their next use.

    :param users: the model `res.users`
    """
    # sudo: no user is authenticated yet. The search is that of `_login`.
    user = users.sudo().search(
        users._get_login_domain(login), order=users._get_login_order(), limit=1
    )
    for _statement in range(1 if user else 2):  # Odoo's check of a user ran one too
        users.env.cr.execute(
            "SELECT password FROM res_users WHERE id = %s", [user.id or 0]
        )
    [stored] = users.env.cr.fetchone() or [None]
    context = users._crypt_context()
    missing = missing_work(context, stored or "", users._base_api_usual_hash())
    if missing:
        context.verify(password, missing)


def missing_work(context: Any, stored: str, usual: str) -> str | None:
    """Return a hash whose check takes the missing work of another check.

    :param context: the passlib context of passwords
    :param stored: the hash that was checked, empty where there is none
    :param usual: a hash with the current parameters
    :return: None where nothing is missing
    """
    rounds, done = _rounds(usual), _rounds(stored)
    if rounds is None:
        # The scheme of another addon: either all of the work or none.
        same = context.identify(stored) == context.identify(usual)
        return None if same else usual
    missing = rounds - (done or 0)
    return _ROUNDS.sub(rf"\g<1>{missing}\g<3>", usual) if missing > 0 else None


def _rounds(password_hash: str) -> int | None:
    match = _ROUNDS.match(password_hash)
    return match and int(match[2])
