# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from odoo import api, fields, models, tools
from odoo.exceptions import AccessDenied, AccessError
from odoo.fields import Domain
from odoo.http import request
from odoo.models import BaseModel

from odoo.addons.base.models.res_users import KEY_CRYPT_CONTEXT, check_identity

from ..auth import key_table
from ..auth.administration import is_administrative
from ..auth.administrators import ACCESS_RIGHTS, is_member, manages_settings
from ..auth.api_key import WARNING_PERIOD, ApiKey, current_key
from ..auth.audited_reads import ALL, NONE, check_sets_audit_reads, inherited
from ..auth.expiry_mail import mail_expiry_warning
from ..auth.key_limits import (
    check_change,
    check_lifetime,
    check_maker,
    check_rate_limits,
    renewed_expiration_date,
)
from ..auth.learning import Learning
from ..auth.metrics import check_gives_metrics, check_rolls_metrics
from ..auth.restrictions import UNRESTRICTED, Restrictions
from ..auth.tokens import generate_api_key, hash_token, is_api_key, is_odoo_key
from ..auth.uses import NOTED
from ..auth.web_session import check_gives_credentials
from ..errors import InvalidParameter
from ..errors.auth import InactiveUser, InvalidApiKey
from ..orm.scope import bound_scope
from ..protocol.client_address import client_address
from ..request_scope import Caller

if TYPE_CHECKING:
    from ..auth.key_options import KeyChange
    from ..auth.key_table import KeyRow


_logger = logging.getLogger(__name__)


class ResUsersApikeys(models.Model):
    """Odoo's API keys, including those of this addon.

    A key of this addon is a row of the scope `base_api` whose `key` is the SHA-256 of
    the key in hex. Keys without scope, from Odoo's dialog, are accepted, too.
    """

    _inherit = "res.users.apikeys"

    restrictions = fields.Json("Restrictions (JSON)", readonly=True)
    strict_types = fields.Boolean(
        readonly=True,
        help="Answers have null for empty values, objects for records and dates with "
        "time in ISO 8601.",
    )
    learn_until = fields.Datetime(
        readonly=True,
        help="Until then the key notes what it is used for. From then on it allows "
        "nothing else.",
    )
    metrics = fields.Boolean(
        readonly=True, help="The key may read the metrics of the server."
    )
    audit_reads = fields.Selection(
        [(ALL, "All"), (NONE, "None")],
        "Audited Reads",
        readonly=True,
        help="Which reads with the key are in the audit trail. Without a choice, the "
        "settings decide.",
    )
    used_operations = fields.Json(readonly=True)
    limits = fields.Json(
        "Rate Limits (JSON)",
        readonly=True,
        help="Limits of this key that replace those in the settings.",
    )
    last_use_date = fields.Datetime(
        "Last Used", readonly=True, help="To the minute: not every request is noted."
    )
    last_use_address = fields.Char("Last Used From", readonly=True)
    expiry_warning_date = fields.Datetime(readonly=True)
    # Stored, so that authentication reads only one short row.
    user_active = fields.Boolean(related="user_id.active", store=True)
    user_company_id = fields.Many2one(related="user_id.company_id", store=True)
    prefix = fields.Char(
        compute="_compute_prefix",
        search="_search_prefix",
        help="The first characters of the key, to tell it by.",
    )
    restrictions_summary = fields.Char(
        "Restrictions", compute="_compute_restrictions_summary"
    )
    is_administrative = fields.Boolean(
        "Administrator",
        compute="_compute_is_administrative",
        help="The key can be used to administer the database: it names an "
        "administrative operation, or it is an unrestricted key of an administrator.",
    )

    def init(self) -> Any:
        result = super().init()
        key_table.add_columns(self.env.cr, self._table)
        # auth_totp inherits this model for another table, which only needs the columns.
        if self._name == "res.users.apikeys":
            key_table.add_index(self.env.cr, self._table)
            key_table.store_users(self.env.cr, self._table)
        return result

    def _base_api_store_user(self, user: BaseModel) -> None:
        """Set the stored fields of new keys, which the ORM does not create."""
        user.flush_recordset(["active", "company_id"])
        key_table.store_users(self.env.cr, self._table, user.id)

    def _compute_prefix(self) -> None:
        prefixes = {}
        if self.ids:
            query = key_table.select_prefixes(self._table, self.ids)
            prefixes = dict(self.env.execute_query(query))
        for key in self:
            key.prefix = prefixes.get(key.id)

    def _search_prefix(self, operator: str, value: Any) -> Any:
        if operator not in ("=", "ilike"):
            return NotImplemented
        query = key_table.select_by_prefix(self._table, value or "")
        return Domain("id", "in", query)

    @api.depends("restrictions", "learn_until", "used_operations")
    def _compute_restrictions_summary(self) -> None:
        for key in self:
            restrictions = key._base_api_restrictions_in_force()
            summary = restrictions.summary(self.env._("read-only"))
            key.restrictions_summary = summary

    @api.depends("restrictions", "learn_until", "used_operations", "user_id.group_ids")
    def _compute_is_administrative(self) -> None:
        for key in self:
            restrictions = key._base_api_restrictions_in_force()
            if restrictions.limits_operations:
                key.is_administrative = any(
                    is_administrative(self.env, operation, model_name)
                    for operation, model_name in restrictions.named_operations()
                    if model_name in self.env
                )
            else:
                key.is_administrative = is_member(key.user_id, ACCESS_RIGHTS)

    def _generate(self, scope: str | None, name: str, expiration_date: Any) -> str:
        # Odoo's own keys, and the devices it trusts, cannot be restricted.
        check_maker(self.env, UNRESTRICTED, expiration_date)
        key = super()._generate(scope, name, expiration_date)
        self._base_api_store_user(self.env.user)
        return key

    @check_identity
    def action_revoke(self) -> None:
        """Remove the keys; unlike `remove`, leave the preferences open."""
        self._remove()

    def action_show_requests(self) -> Any:
        """Open the requests with these keys."""
        return self.env["api.usage"]._action(Domain("key_number", "in", self.ids))

    @check_identity
    def action_roll(self) -> Any:
        """Open the dialog that rolls the key."""
        self.ensure_one()
        self.user_id._check_api_access()
        return {
            "type": "ir.actions.act_window",
            "res_model": "api.key.roll",
            "name": self.env._("Roll API Key"),
            "target": "new",
            "views": [(False, "form")],
            "context": {"default_key_id": self.id},
        }

    @api.model
    def _base_api_show_action(self, key: str) -> dict[str, Any]:
        """Return the dialog that shows a new key once."""
        view = self.env.ref("base_api.res_users_apikeys_show_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.apikeys.show",
            "name": self.env._("API Key Ready"),
            "target": "new",
            "views": [(view.id, "form")],
            "context": {"default_key": key},
        }

    @api.model
    def _base_api_create(
        self,
        user: BaseModel,
        name: str,
        expiration_date: datetime | None,
        restrictions: Restrictions = UNRESTRICTED,
        strict_types: bool = False,
        learn_until: datetime | None = None,
        limits: dict[str, int] | None = None,
        metrics: bool = False,
        audit_reads: str | None = None,
    ) -> str:
        """Create a key of scope `base_api` for `user`.

        :param expiration_date: naive UTC; None for a key that does not expire
        :param strict_types: how its answers represent values, see `strict`
        :param learn_until: naive UTC; None unless it is a learning key
        :param limits: its own rate limits, see `limiting.policies`
        :param metrics: whether it may read the metrics of the server
        :param audit_reads: see `auth.audited_reads`
        :return: the key, which is not stored
        :raise KeyRestricted: the request came with a key that may do less, or expires
            before this one
        :raise Forbidden: only administrators give metrics to keys, and set audit_reads
        :raise InactiveUser: the user is archived
        :raise odoo.exceptions.AccessError: Odoo gives keys to internal users only
        :raise odoo.exceptions.ValidationError: the caller's groups do not allow the
            lifetime (`res.groups.api_key_duration`)
        """
        check_gives_credentials(self.env)
        self._base_api_check_user(user)
        learning = Learning(learn_until) if learn_until else None
        check_maker(self.env, restrictions, expiration_date, learning, limits)
        check_rate_limits(self.env, limits or {})
        if metrics:
            check_gives_metrics(self.env)
        if audit_reads:
            check_sets_audit_reads(self.env)
        self._base_api_check_group_duration(expiration_date)
        check_lifetime(self.env, expiration_date)
        return self._base_api_insert(
            user,
            {
                "name": name,
                "expiration_date": expiration_date or None,
                "restrictions": _to_text(restrictions),
                "strict_types": strict_types,
                "learn_until": learn_until,
                "limits": json.dumps(limits) if limits else None,
                "metrics": metrics,
                "audit_reads": audit_reads or inherited(self.env),
            },
        )

    def _base_api_check_group_duration(self, expiration_date: datetime | None) -> None:
        """Check what the groups of the caller allow, see `res.groups`."""
        if not manages_settings(self.env):
            self._check_expiration_date(expiration_date)

    def _base_api_check_user(self, user: BaseModel) -> None:
        """Refuse users who cannot have keys."""
        if not user.active:
            raise InactiveUser()
        if not user._is_internal():
            raise AccessError(self.env._("Only internal users can have API keys"))

    def _base_api_insert(self, user: BaseModel, values: dict[str, Any]) -> str:
        key = generate_api_key()
        values = values | {"user_id": user.id}
        self.env.cr.execute(key_table.insert_key(self._table, key, values))
        _logger.info(
            "API key generated for %r (#%s) by %r (#%s) from %s",
            user.login,
            user.id,
            self.env.user.login,
            self.env.uid,
            client_address(request) if request else "n/a",
        )
        self._base_api_store_user(user)
        return key

    def _base_api_roll(self, overlap: timedelta) -> str:
        """Create a key like this one, which remains valid for `overlap`.

        The new key has the same lifetime. A key may roll itself, and other keys only if
        they may do no more and expire no later.

        :param datetime.timedelta overlap: zero to remove this key at once
        :return: the new key
        :raise KeyRestricted: the request came with another key that may do less, or
            expires before the new one
        """
        self.ensure_one()
        check_gives_credentials(self.env)
        self._base_api_check_user(self.user_id)
        restrictions = self._base_api_restrictions()
        learning = self._base_api_learning()
        expiration_date = renewed_expiration_date(self)
        maker = current_key(self.env)
        limits = self.limits or {}
        if not maker or maker.id != self.id:
            check_maker(self.env, restrictions, expiration_date, learning, limits)
        elif learning:
            # The uses of this request, rolling among them, are noted after it.
            scope: Any = bound_scope(self.env.cr)
            learning = replace(learning, uses=learning.uses | scope.uses)
        if self.metrics:
            check_rolls_metrics(self.env)
        self._base_api_check_group_duration(expiration_date)
        key = self._base_api_insert(
            self.user_id,
            {
                "name": self.name,
                "expiration_date": expiration_date,
                "restrictions": _to_text(restrictions),
                "strict_types": self.strict_types,
                "learn_until": learning and learning.until,
                "used_operations": learning and learning.to_json(),
                "limits": json.dumps(limits) if limits else None,
                "metrics": self.metrics,
                "audit_reads": self.audit_reads or None,
            },
        )
        now = fields.Datetime.now()
        if overlap:
            self._base_api_expire_at(now + overlap)
        else:
            self._remove()
        return key

    def _base_api_change(self, change: KeyChange) -> None:
        """Change the name, the expiration date and the restrictions of a key.

        It holds from the next request on, in all workers.

        :raise KeyRestricted: the request came with a key that may not create this one
        :raise odoo.exceptions.ValidationError: the lifetime is longer than the groups
            or the settings allow
        """
        self.ensure_one()
        check_gives_credentials(self.env)
        before = self._base_api_restrictions()
        is_restricted = (
            change.learning or change.metrics or change.restrictions != before
        )
        if self.scope != key_table.KEY_SCOPE and is_restricted:
            raise InvalidParameter(
                "This key was created in Odoo's own dialog. It also works with other "
                "APIs, so it cannot be restricted"
            )
        check_change(self, change)
        options = change.restrictions.to_json()
        values = {
            "name": change.name,
            "expiration_date": change.expiration_date,
            "restrictions": change.restrictions != UNRESTRICTED and options,
            "learn_until": change.learning and change.learning.until,
            "limits": change.limits or False,
            "metrics": change.metrics,
            "audit_reads": change.audit_reads,
        }
        if not change.learning:
            values["used_operations"] = False
        if change.expiration_date != (self.expiration_date or None):
            values["expiry_warning_date"] = False
        # sudo: no user may write keys, see the access rights in base.
        self.sudo().write(values)
        _logger.info(
            "API key #%s of %r changed by %r (#%s)",
            self.id,
            self.user_id.login,
            self.env.user.login,
            self.env.uid,
        )

    def _base_api_expire_at(self, moment: datetime) -> None:
        """Set the expiration date to `moment`, unless it is earlier."""
        if not self.expiration_date or self.expiration_date > moment:
            # sudo: no user may write keys, see the access rights in base.
            self.sudo().expiration_date = moment

    @api.model
    def _warn_before_expiry(self) -> None:
        """Mail the owners of keys that expire soon, once for each key.

        Without the module mail nothing is sent; answers carry the date anyway.
        """
        now = fields.Datetime.now()
        # sudo: nobody may write on a key, see the access rights in base.
        keys = self.sudo().search(
            Domain("expiration_date", ">", now)
            & Domain("expiration_date", "<=", now + WARNING_PERIOD)
            & Domain("expiry_warning_date", "=", False)
            & Domain("scope", "in", (False, key_table.KEY_SCOPE))
            & Domain("user_id.active", "=", True)
        )
        if "mail.mail" in self.env:
            for key in keys.filtered("user_id.email"):
                mail_expiry_warning(key)
        keys.expiry_warning_date = now

    def _base_api_restrictions(self) -> Restrictions:
        """Return what was stored; for a learning key, `learning` limits it further."""
        self.ensure_one()
        return Restrictions.from_json(self.restrictions or {})

    def _base_api_learning(self) -> Learning | None:
        """Return what a learning key has learned; None for other keys."""
        self.ensure_one()
        return Learning.from_row(self.learn_until or None, self.used_operations)

    def _base_api_restrictions_in_force(self) -> Restrictions:
        """Return the restrictions that hold now."""
        restrictions = self._base_api_restrictions()
        if learning := self._base_api_learning():
            return learning.in_force(restrictions, fields.Datetime.now())
        return restrictions

    @api.model
    def _base_api_longest_duration(self) -> float | None:
        """Return the longest lifetime in days that the caller may choose, or None."""
        if manages_settings(self.env):
            return None
        # As in _check_expiration_date: one day by default.
        return max(self.env.user.all_group_ids.mapped("api_key_duration")) or 1.0

    @api.model
    def _base_api_find(self, key: str, address: str) -> Caller:
        """Return the `Caller` of an API key, and note its use.

        :param address: where the request comes from
        :raise InvalidApiKey: unknown, revoked or expired
        :raise InactiveUser: the key is valid, but its user is archived
        :raise KeyRestricted: the address is not in the networks of the key
        """
        now = fields.Datetime.now()
        row = self._base_api_read_row(key)
        if not row or row.is_expired(now):
            raise InvalidApiKey()
        use = row.use(self.env.cr.dbname)
        is_due = row.is_due(now) and not NOTED.has(use, now)
        current = row
        if is_due or not row.user_active:
            current = self._base_api_read_user(row)
        if not current.user_active:
            raise InactiveUser()
        signed_key = ApiKey.from_row(current, now)
        signed_key.restrictions.check_address(address)
        if is_due:
            NOTED.add(use, now, address)
            if current == row:
                NOTED.remember(use, now)
        return Caller(current.user_id, current.user_company_id, key=signed_key)

    @api.model
    def _base_api_read_row(self, key: str) -> KeyRow | None:
        if is_api_key(key):
            return key_table.read_own_key(self.env.cr, key)
        if is_odoo_key(key):
            with contextlib.suppress(AccessDenied):
                row_id, key_hash = self._base_api_verify_odoo_key(hash_token(key), key)
                return key_table.read_odoo_key(self.env.cr, row_id, key_hash)
        return None

    @api.model
    def _base_api_read_user(self, row: KeyRow) -> KeyRow:
        """Return a row with what its user has now, once a minute.

        So changes that were made without the ORM are noticed.
        """
        # sudo: no user is authenticated yet.
        user = self.env["res.users"].sudo().browse(row.user_id)
        company_id = user.company_id.id
        return row._replace(user_active=user.active, user_company_id=company_id)

    @tools.ormcache("token_hash")
    def _base_api_verify_odoo_key(self, token_hash: str, key: str) -> tuple[int, str]:
        """Return the id and the stored hash of a key of Odoo's dialog.

        The slow hash is checked once in each worker. The caller checks on every request
        that the row still exists with the same hash.

        :raise AccessDenied: there is none; not cached, as it may be created later
        """
        query = key_table.select_odoo_keys(self._table, key)
        for row_id, key_hash in self.env.execute_query(query):
            if KEY_CRYPT_CONTEXT.verify(key, key_hash):
                return row_id, key_hash
        raise AccessDenied()


def _to_text(restrictions: Restrictions) -> str | None:
    """Return restrictions as JSON text, or None if there are none."""
    return json.dumps(restrictions.to_json()) if restrictions != UNRESTRICTED else None
