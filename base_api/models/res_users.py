# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import datetime

from odoo import api, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..errors import AuthFailed, InvalidOldPassword, MfaRequired, RateLimited

MAX_PASSWORD_SIZE = 4096  # characters; passlib raises PasswordSizeError above
TEMPORARY_PASSWORD_BYTES = 18  # 24 characters


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            # A user who is activated again logs in again.
            self.env["api.session"]._end_all(self)
        return result

    @api.model
    def _base_api_log_in(self, login, password):
        """Check a password with Odoo's own login, its log and its cool-down.

        :return: the user, and whether a second factor is still to be checked
        :raise AuthFailed: no such user, archived, or wrong password
        :raise RateLimited: too many failures from this address
        """
        credential = {"type": "password", "login": login, "password": password}
        environ = request.httprequest.environ
        # Without base_location: an API call says nothing about the address that people
        # use, and must not become web.base.url.
        agent = {
            "interactive": True,
            "HTTP_HOST": environ["HTTP_HOST"],
            "REMOTE_ADDR": environ["REMOTE_ADDR"],
        }
        users = self.with_context(base_api_login=True)
        try:
            users._base_api_check_length(login, password)
            auth_info = users.authenticate(credential, agent)
        except AccessDenied as exc:
            raise AuthFailed() from exc
        user = self.with_user(auth_info["uid"]).env.user
        return user, auth_info.get("mfa") != "skip" and bool(user._mfa_url())

    def _base_api_check_length(self, login, password):
        """Count a password that is too long to be hashed as one that is wrong."""
        if len(password) > MAX_PASSWORD_SIZE:
            with self._assert_can_auth(user=login):
                raise AccessDenied()

    def _base_api_check_second_factor(self, code):
        """Check the code of an authenticator app, as the page /web/login/totp does.

        :return: nothing when it is right, otherwise the error. It is for the caller to
            return, not to raise: Odoo counts failed codes in the database.
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
            with self._assert_can_auth(user=self.id):
                self.with_user(self)._check_credentials(
                    credential, {"interactive": True}
                )
        except AccessDenied as exc:
            return AuthFailed(str(exc))
        return None

    def _on_login_cooldown(self, failures, previous):
        cooling = super()._on_login_cooldown(failures, previous)
        if cooling and self.env.context.get("base_api_login"):
            # sudo: nobody is signed in yet.
            parameters = self.env["ir.config_parameter"].sudo()
            duration = int(parameters.get_param("base.login_cooldown_duration", 60))
            elapsed = (datetime.now() - previous).total_seconds()
            raise RateLimited(
                "Too many failed logins from this address, wait a bit",
                retry_after=max(1, round(duration - elapsed)),
            )
        return cooling

    def _base_api_change_own_password(self, old_password, new_password):
        """Change the caller's password as Odoo does, under its cool-down for logins.

        :raise InvalidOldPassword: the old one is wrong
        """
        users = self.with_context(base_api_login=True)
        try:
            users._base_api_check_length(self.env.user.login, old_password)
            with users._assert_can_auth(user=self.env.user.login):
                users.change_password(old_password, new_password)
        except AccessDenied as exc:
            raise InvalidOldPassword() from exc

    @api.model
    def _base_api_temporary_password(self):
        """Return a random password of 24 characters."""
        return secrets.token_urlsafe(TEMPORARY_PASSWORD_BYTES)
