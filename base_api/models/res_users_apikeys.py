# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models, tools
from odoo.exceptions import AccessDenied, AccessError
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT

from ..errors import InactiveUser, InvalidApiKey
from ..primary import credential_rows, fetch_credential
from ..tokens import generate_api_key, hash_token, is_api_key, is_odoo_key

_logger = logging.getLogger(__name__)

# Keys of this scope open no other door: JSON-2 and XML-RPC take keys without scope.
KEY_SCOPE = "base_api"
KEY_INDEX = "res_users_apikeys_base_api_key_uniq"


class ResUsersApikeys(models.Model):
    """Odoo's own API keys, and beside them those made over the API.

    A key made here is a row of the scope ``base_api`` whose ``key`` is the SHA-256 of
    the key in hex. Keys without scope, made in Odoo's dialog, are accepted too.
    """

    _inherit = "res.users.apikeys"

    def init(self):
        result = super().init()
        # A key is found by its hash. Odoo keeps this table outside the ORM (_auto =
        # False), so that models.UniqueIndex is not applied. auth_totp inherits it for
        # another one.
        if self._name == "res.users.apikeys":
            self.env.cr.execute(
                SQL(
                    "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (key) WHERE scope = %s",
                    SQL.identifier(KEY_INDEX),
                    SQL.identifier(self._table),
                    KEY_SCOPE,
                )
            )
        return result

    @api.model
    def _create_for(self, user, name, expiration_date):
        """Create a key of scope ``base_api`` for ``user``.

        :param expiration_date: naive UTC; nothing for a key that does not expire
        :return: the key, which is not to be had again
        :raise InactiveUser: an archived user has no use for a key
        :raise odoo.exceptions.AccessError: Odoo gives keys to internal users only
        :raise odoo.exceptions.ValidationError: the caller's groups do not allow a key
            to live so long (``res.groups.api_key_duration``)
        """
        if not user.active:
            raise InactiveUser()
        if not user._is_internal():
            raise AccessError(self.env._("Only internal users can have API keys"))
        self._check_expiration_date(expiration_date)
        key = generate_api_key()
        self.env.cr.execute(
            SQL(
                """INSERT INTO %s (name, user_id, scope, expiration_date, key, index)
                   VALUES (%s, %s, %s, %s, %s, %s)""",
                SQL.identifier(self._table),
                name,
                user.id,
                KEY_SCOPE,
                expiration_date or None,
                hash_token(key),
                key[:INDEX_SIZE],
            )
        )
        _logger.info(
            "API key generated for %r (#%s) by %r (#%s) from %s",
            user.login,
            user.id,
            self.env.user.login,
            self.env.uid,
            request.httprequest.remote_addr if request else "n/a",
        )
        return key

    @api.model
    def _longest_duration(self):
        """Return for how many days the caller may create a key; nothing: no limit."""
        if self.env.is_system():
            return None
        # As in _check_expiration_date: a day where no group says anything.
        return max(self.env.user.all_group_ids.mapped("api_key_duration")) or 1.0

    @api.model
    def _find_user_id(self, key):
        """Return the id of the user whom ``key`` stands for.

        :raise InvalidApiKey: unknown, revoked or expired
        :raise InactiveUser: the key is good, but its user is archived
        """
        condition = self._key_condition(key)
        row = condition and fetch_credential(
            self.env,
            SQL(
                """SELECT user_id, res_users.active
                     FROM %s apikey JOIN res_users ON res_users.id = user_id
                    WHERE %s AND (expiration_date IS NULL OR expiration_date > %s)""",
                SQL.identifier(self._table),
                condition,
                fields.Datetime.now(),
            ),
        )
        if not row:
            raise InvalidApiKey()
        if not row["active"]:
            raise InactiveUser()
        return row["user_id"]

    def _key_condition(self, key):
        """Return the SQL that only the row of ``key`` can fulfil, or nothing."""
        if is_api_key(key):
            return SQL(
                "apikey.scope = %s AND apikey.key = %s", KEY_SCOPE, hash_token(key)
            )
        if is_odoo_key(key):
            try:
                row_id, key_hash = self._verify_odoo_key(hash_token(key), key)
            except AccessDenied:
                return None
            return SQL(
                "apikey.id = %s AND apikey.key = %s AND apikey.scope IS NULL",
                row_id,
                key_hash,
            )
        return None

    @tools.ormcache("token_hash")
    def _verify_odoo_key(self, token_hash, key):
        """Return the id and the stored hash of a key made in Odoo's dialog.

        Its slow hash is checked once in each worker. That the row is still there, and
        still holds that hash, is for the caller to see on every request.

        :raise AccessDenied: there is none; not cached, it may be made any moment
        """
        query = SQL(
            "SELECT id, key FROM %s WHERE index = %s AND scope IS NULL",
            SQL.identifier(self._table),
            key[:INDEX_SIZE],
        )
        for row in credential_rows(self.env, query):
            if KEY_CRYPT_CONTEXT.verify(key, row["key"]):
                return row["id"], row["key"]
        raise AccessDenied()
