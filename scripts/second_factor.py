# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user with an authenticator app, for the tests of clients."""

import contextlib
import secrets

import postgres
import testbed

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # in Base32
USER_GROUP = 1  # "Role / User"


def make_user(admin, options):
    """Make one that has not logged in yet; return it as variables for the tests.

    :param admin: an `api.Client` of an administrator
    :param options: Odoo's, to reach the database: the API sets up no app for others
    """
    login = f"totp_{secrets.token_hex(6)}"
    values = {"name": login, "login": login, "password": login}
    values["group_ids"] = [[6, 0, [USER_GROUP]]]
    user_id = admin.call("POST", "/create/res.users", values)["id"]
    with contextlib.closing(postgres.connect(options, testbed.name("test"))) as link:
        link.cursor().execute(
            "UPDATE res_users SET totp_secret = %s WHERE id = %s", (SECRET, user_id)
        )
    return {"BASE_API_TOTP_LOGIN": login, "BASE_API_TOTP_SECRET": SECRET}
