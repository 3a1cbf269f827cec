# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from odoo import api, fields, models, tools
from odoo.exceptions import AccessDenied, AccessError, ValidationError
from odoo.fields import Domain
from odoo.http import request
from odoo.models import BaseModel

from odoo.addons.base.models.res_users import check_identity

from ..auth.administrators import (
    FOR_FIELDS,
    SETTINGS,
    TRUSTED_GROUPS,
    manages_settings,
)
from ..auth.api_key import current_restrictions, limits_administrator
from ..auth.login_attempt import LoginAttempt
from ..auth.restrictions import how_to_allow
from ..auth.web_session import check_gives_credentials
from ..calling.credential_methods import refusal
from ..errors import KeyAccessError
from ..errors.auth import AuthFailed, InvalidOldPassword, MfaRequired
from ..orm.password_work import do_missing_work
from ..protocol.client_address import client_address
from ..settings import RATE_POLICIES, serves_docs

MAX_PASSWORD_SIZE = 4096  # characters; passlib raises PasswordSizeError above
TEMPORARY_PASSWORD_BYTES = 18  # 24 characters
# Context value while this addon checks a password, which it counts itself. It is an
# object, as RPC callers can send any context of JSON values.
COUNTED_KEY = "base_api_counted"
COUNTED = object()

# Fields that decide who can log in as a user, and their rights.
IDENTITY_FIELDS = frozenset(
    ("active", "company_ids", "group_ids", "login", "password", "totp_secret")
)
# Fields by which a user signs in.
CREDENTIAL_FIELDS = frozenset(("password", "totp_secret"))
# Context key while a user changes their own password with the old one. Callers cannot
# send it, see calling/calls.py.
OWN_PASSWORD = "base_api_own_password"
# Field -> the policy that it limits, see `limiting.policies`.
LIMIT_FIELDS = {f"api_limit_{name}": name for name in RATE_POLICIES}
LIMIT_HELP = (
    "With all keys and sessions together. With 0, the limit in the settings applies."
)


class ResUsers(models.Model):
    _inherit = "res.users"

    # Not api_key_ids, which users may write on their own record.
    api_access_key_ids = fields.One2many(
        "res.users.apikeys", "user_id", "Keys of the User", readonly=True
    )
    api_session_ids = fields.One2many(
        "api.session", string="API Sessions", compute="_compute_api_session_ids"
    )
    # Only administrators may see and change them.
    api_limit_burst = fields.Integer(
        "API Requests in a Second", groups=SETTINGS, help=LIMIT_HELP
    )
    api_limit_per_minute = fields.Integer(
        "API Requests in a Minute", groups=SETTINGS, help=LIMIT_HELP
    )
    api_limit_per_day = fields.Integer(
        "API Requests in a Day", groups=SETTINGS, help=LIMIT_HELP
    )
    api_limit_rows_per_day = fields.Integer(
        "API Records in a Day", groups=SETTINGS, help=LIMIT_HELP
    )
    api_limit_concurrent = fields.Integer(
        "API Requests at the Same Time", groups=SETTINGS, help=LIMIT_HELP
    )
    has_api_access_tab = fields.Boolean(compute="_compute_has_api_access_tab")
    has_api_docs = fields.Boolean(compute="_compute_has_api_docs")
    api_request_count = fields.Integer(
        "API Requests",
        compute="_compute_api_request_count",
        groups="base.group_system",
    )

    @property
    def SELF_READABLE_FIELDS(self) -> list[str]:
        return [
            *super().SELF_READABLE_FIELDS,
            "api_access_key_ids",
            "api_session_ids",
            "has_api_access_tab",
            "has_api_docs",
        ]

    @api.constrains(*LIMIT_FIELDS)
    def _check_api_limits(self) -> None:
        for user in self:
            if any(user[name] < 0 for name in LIMIT_FIELDS):
                raise ValidationError(
                    self.env._(
                        "An API limit must be 0 or more; with 0, the settings apply."
                    )
                )

    @api.model
    @tools.ormcache("user_id")
    def _base_api_rate_limits(self, user_id: int) -> dict[str, int]:
        """Return the own rate limits of a user, see `limiting.policies`."""
        # sudo: these fields are for administrators, and hold for every caller.
        user = self.sudo().browse(user_id)
        return {
            policy: user[name] for name, policy in LIMIT_FIELDS.items() if user[name]
        }

    @api.depends_context("uid")
    def _compute_api_session_ids(self) -> None:
        sessions = self.env["api.session"]
        for user in self:
            visible = user._origin._has_api_access()
            user.api_session_ids = visible and sessions._live_of(user._origin)

    @api.depends_context("uid")
    def _compute_has_api_access_tab(self) -> None:
        for user in self:
            user.has_api_access_tab = user._origin._has_api_access()

    def _compute_has_api_docs(self) -> None:
        self.has_api_docs = serves_docs(self.env)

    def _compute_api_request_count(self) -> None:
        groups = self.env["api.usage"]._read_group(
            Domain("user_id", "in", self.ids), ["user_id"], ["calls:sum"]
        )
        counts = dict(groups)
        for user in self:
            user.api_request_count = counts.get(user._origin, 0)

    def has_group(self, group_ext_id: str) -> bool:
        """Return False for groups of administrators if the key does not name their
        operations.

        So a key for all models can neither run code in templates nor replace public
        files.
        """
        is_hidden = (
            group_ext_id in TRUSTED_GROUPS
            and self.env.context.get(FOR_FIELDS) is not True
            and limits_administrator(self.env)
        )
        return not is_hidden and super().has_group(group_ext_id)

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> BaseModel:
        for vals in vals_list:
            self._base_api_check_key("create", vals)
            self._base_api_check_session(vals)
        return super().create(vals_list)

    def _base_api_check_session(self, vals: dict[str, Any]) -> None:
        """Refuse a credential from a session that came from a web session.

        :raise Forbidden: see `check_gives_credentials`
        """
        is_own_password = self.env.context.get(OWN_PASSWORD)
        if vals.keys() & CREDENTIAL_FIELDS and not is_own_password:
            check_gives_credentials(self.env)

    def _base_api_check_key(self, operation: str, vals: dict[str, Any]) -> None:
        """Refuse changes of logins, passwords and rights in code that runs with
        `sudo()`.

        Without it, access rights decide, see `ir.model.access`.

        :raise KeyAccessError: the key of the request does not name users
        """
        is_own_password = self.env.context.get(OWN_PASSWORD)
        if not self.env.su or is_own_password or not vals.keys() & IDENTITY_FIELDS:
            return
        restrictions = current_restrictions(self.env)
        if not restrictions.allows(operation, "res.users", administrative=True):
            raise KeyAccessError(
                f"This API key does not allow {operation} on res.users, which this "
                "request needs" + how_to_allow(operation, "res.users"),
                refused=((operation, "res.users"),),
            )

    def write(self, vals: dict[str, Any]) -> bool:
        self._base_api_check_key("update", vals)
        self._base_api_check_session(vals)
        is_archived = not vals.get("active", True)
        is_changed = bool(vals.keys() & self._get_session_token_fields())
        if vals.keys() & {"active", "company_id"}:
            # The ORM finds the keys of the user by these fields, whose cache may
            # contain only visible keys.
            self.invalidate_recordset(["api_key_ids", "api_access_key_ids"])
        result = super().write(vals)
        if vals.keys() & LIMIT_FIELDS.keys():
            self.env.registry.clear_cache()
        if is_archived:
            # A user who is activated again has to log in again.
            self.env["api.session"]._end_all(self)
        elif is_changed:
            self.env["api.session"]._count_change(self)
        return result

    @check_identity
    def action_generate_api_key(self) -> Any:
        """Open the dialog for a new API key of this user."""
        self.ensure_one()
        self._check_api_access()
        return {
            "type": "ir.actions.act_window",
            "res_model": "api.key.create",
            "name": self.env._("Generate API Key"),
            "target": "new",
            "views": [(False, "form")],
            "context": {"default_user_id": self.id, "dialog_size": "large"},
        }

    def action_show_api_requests(self) -> Any:
        """Open the requests of these users."""
        return self.env["api.usage"]._action(Domain("user_id", "in", self.ids))

    def action_end_api_sessions(self) -> None:
        """End all API sessions, including those that could be refreshed."""
        self._check_api_access()
        self.env["api.session"]._end_all(self)

    def _has_api_access(self) -> bool:
        """Tell whether the caller may see the keys and sessions of this user.

        These are the user and the group Settings, which sees all keys in Odoo.
        """
        return bool(self) and (self == self.env.user or manages_settings(self.env))

    def _check_api_access(self) -> None:
        """Refuse callers who may not manage the keys and sessions of these users."""
        if not all(user._has_api_access() for user in self):
            raise AccessError(
                self.env._("Only administrators manage the API access of other users.")
            )

    @api.model
    def _base_api_log_in(self, login: str, password: str, code: Any) -> BaseModel:
        """Check a password and, for users with a second factor, its code.

        :return: the user
        :raise AuthFailed: no such user, archived, or wrong password
        :raise MfaRequired: a second factor, and no code
        :raise RateLimited: too many failures
        """
        address = client_address(request) or ""
        try:
            with LoginAttempt(self.env, login, address) as attempt:
                user, has_second_factor = self._base_api_authenticate(login, password)
                error = has_second_factor and user._base_api_check_second_factor(code)
                if error:
                    attempt.fail()
                else:
                    attempt.succeed()
        except AccessDenied as exc:
            raise AuthFailed() from exc
        if error:
            # Odoo counts wrong codes in this transaction.
            error.keep_changes = True
            raise error
        return user

    def _base_api_authenticate(
        self, login: str, password: str
    ) -> tuple[BaseModel, bool]:
        """Check a password with Odoo's own login, which also logs it.

        :return: the user, and whether a second factor is to be checked
        :raise AccessDenied: after the same amount of work for any login
        """
        self._base_api_check_length(password)
        credential = {"type": "password", "login": login, "password": password}
        environ = request.httprequest.environ
        # Without base_location: an API call must not change web.base.url.
        agent = {
            "interactive": True,
            "HTTP_HOST": environ["HTTP_HOST"],
            "REMOTE_ADDR": environ["REMOTE_ADDR"],
        }
        try:
            auth_info = self._base_api_counted().authenticate(credential, agent)
        except AccessDenied:
            do_missing_work(self, login, password)
            raise
        user = self.with_user(auth_info["uid"]).env.user
        return user, auth_info.get("mfa") != "skip" and bool(user._mfa_url())

    def _base_api_check_length(self, password: str) -> None:
        """Treat a password that is too long for hashing as a wrong one."""
        if len(password) > MAX_PASSWORD_SIZE:
            raise AccessDenied()

    @api.model
    @tools.ormcache(cache="stable")  # as _crypt_context
    def _base_api_usual_hash(self) -> str:
        """Return a hash with the current parameters."""
        return self._crypt_context().hash(secrets.token_urlsafe())

    def _base_api_check_second_factor(self, code: Any) -> AuthFailed | None:
        """Check the code of an authenticator app, as the page /web/login/totp does.

        :return: None if it is right, otherwise the error, for the caller to raise
        :raise MfaRequired: no code, or a factor that works in the browser only
        """
        if self._mfa_type() != "totp":
            raise MfaRequired(
                f"This user's second factor ({self._mfa_type()}) works in the browser "
                "only: use an API key"
            )
        if not code:
            raise MfaRequired()
        try:
            credential = {"type": "totp", "token": int("".join(str(code).split()))}
        except ValueError:
            return AuthFailed("totp must be the digits that the authenticator shows")
        try:
            self.with_user(self)._check_credentials(credential, {"interactive": True})
        except AccessDenied as exc:
            return AuthFailed(str(exc))
        return None

    def _base_api_change_own_password(
        self, old_password: str, new_password: str
    ) -> None:
        """Change the caller's password as Odoo does, under the throttle of logins.

        This is not a login: a correct password does not clear failures.

        :raise InvalidOldPassword: the old one is wrong
        :raise RateLimited: too many failures
        """
        login, address = self.env.user.login, client_address(request) or ""
        try:
            with LoginAttempt(self.env, login, address):
                self._base_api_check_length(old_password)
                users = self._base_api_counted().with_context(**{OWN_PASSWORD: True})
                users.change_password(old_password, new_password)
        except AccessDenied as exc:
            raise InvalidOldPassword() from exc

    def _base_api_counted(self) -> BaseModel:
        """Return the users with a context that marks the check as counted."""
        return self.with_context(**{COUNTED_KEY: COUNTED})

    def _base_api_is_counted(self) -> bool:
        return self.env.context.get(COUNTED_KEY) is COUNTED

    @contextmanager
    def _assert_can_auth(self, user: str | None = None) -> Iterator[None]:
        """Use Odoo's own counter for Odoo's own pages only."""
        if self._base_api_is_counted():
            yield
            return
        with super()._assert_can_auth(user=user):
            yield

    def _check_credentials(
        self, credential: dict[str, Any], env: dict[str, Any]
    ) -> dict[str, Any]:
        """Refuse to check a password in a method called over the API, as wrong
        passwords would not be counted.
        """
        scope = getattr(request, "base_api_scope", None) if request else None
        is_signed_in = scope and scope.caller
        if is_signed_in and not self._base_api_is_counted():
            raise refusal("This method")
        return super()._check_credentials(credential, env)

    def _base_api_remember_company(self, company_id: int) -> None:
        """Put the user's current company into the cache, without a statement.

        :param company_id: from the row of the key or session, or None
        """
        if company_id:
            self._fields["company_id"]._insert_cache(self, [company_id])

    @api.model
    def _base_api_temporary_password(self) -> str:
        """Return a random password of 24 characters."""
        return secrets.token_urlsafe(TEMPORARY_PASSWORD_BYTES)
