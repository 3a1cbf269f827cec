# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.addons.base_api.calling.credential_methods import check_credential_method
from odoo.addons.base_api.errors import Forbidden

from .common import PASSWORD
from .login_case import LoginCase

NEW_PASSWORD = "another-password-4-tests"


class TestCredentialMethods(LoginCase):
    """Nobody checks a password by calling a method: calls are not throttled."""

    def credential(self, password=PASSWORD):
        return {"type": "password", "login": "api_employee", "password": password}

    def invoke(self, model, method, user=None, **body):
        path = f"/call/{model}/{method}"
        return self.post(path, user or self.employee, json=body)

    def assertRefused(self, response):
        error = self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertIn("PUT /users/{id}/password", error["message"])

    def test_change_password(self):
        for user in (self.employee, self.admin):
            for old in (PASSWORD, "wrong"):
                args = [old, NEW_PASSWORD]
                response = self.invoke("res.users", "change_password", user, args=args)
                self.assertRefused(response)
        self.assertSuccess(self.log_in())

    def test_authenticate(self):
        for password in (PASSWORD, "wrong"):
            args = [self.credential(password), {"interactive": True}]
            self.assertRefused(self.invoke("res.users", "authenticate", args=args))
        self.assertEqual(dict(self.registry._login_failures), {})

    def test_identity_check(self):
        ask = {"ids": self.employee.ids}
        response = self.invoke("res.users", "api_key_wizard", **ask)
        check = self.assertSuccess(response)["result"]
        self.assertEqual(check["res_model"], "res.users.identitycheck")
        for password in (PASSWORD, "wrong"):
            body = {
                "ids": [check["res_id"]],
                "kwargs": {"context": {"password": password}},
            }
            response = self.invoke("res.users.identitycheck", "run_check", **body)
            self.assertRefused(response)

    def test_in_a_batch(self):
        path = "/call/res.users/change_password"
        body = {"args": [PASSWORD, NEW_PASSWORD]}
        steps = [{"method": "POST", "path": path, "body": body}]
        self.assertRefused(self.post("/batch", self.employee, json={"steps": steps}))

    def test_with_a_session(self):
        path = "/call/res.users/change_password"
        headers = {"session-token": self.new_session(self.employee)}
        body = {"args": [PASSWORD, NEW_PASSWORD]}
        self.assertRefused(self.post(path, headers=headers, json=body))

    def test_method_of_another_addon_that_checks_a_password(self):
        def sign(users, password):
            check = {"login": users.env.user.login, "password": password}
            users.env.user._check_credentials(
                check | {"type": "password"}, {"interactive": True}
            )

        users = self.registry["res.users"]
        with patch.object(users, "sign", sign, create=True):
            for password in (PASSWORD, "wrong"):
                self.assertRefused(self.invoke("res.users", "sign", args=[password]))

    def test_model_that_inherits_them(self):
        """By classes, as the name of the model is another one."""
        users = type(self.env["res.users"])
        other = type("other.users", (users,), {"_name": "other", "_register": False})
        model = other(self.env, (), ())
        with self.assertRaises(Forbidden):
            check_credential_method(model, "authenticate")
        check_credential_method(model, "context_get")
        check_credential_method(self.env["change.password.own"], "change_password")

    def test_own_password_can_be_changed(self):
        path = f"/users/{self.employee.id}/password"
        body = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
        self.assertSuccess(self.put(path, self.employee, json=body))
        self.assertSuccess(self.log_in(password=NEW_PASSWORD))
