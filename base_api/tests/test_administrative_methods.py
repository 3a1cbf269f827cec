# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .administrative_case import EVERY_MODEL, SETTINGS, AdministrativeCase
from .common import PASSWORD


class TestMethodsUnderRestrictedKeys(AdministrativeCase):
    """What a method does that a restricted key may call."""

    def call_with(self, key, method):
        """Let `/call/res.partner/address_get` run a function instead."""
        self.patch(type(self.env["res.partner"]), "address_get", method)
        partner = self.env["res.partner"].search([], limit=1)
        body = {"ids": partner.ids}
        return self.use(key, "POST", "/call/res.partner/address_get", json=body)

    def test_key_made_by_a_method_is_restricted_whatever_the_context_is(self):
        admin = self.admin

        def make_key(records, **_kwargs):
            keys = records.sudo().env(context={})["res.users.apikeys"]
            return keys.with_user(admin)._base_api_create(admin, "Escaped", None)

        key = self.new_key(self.admin, models=EVERY_MODEL)
        response = self.call_with(key, make_key)
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_odoos_own_keys_are_made_by_no_restricted_key(self):
        def make_key(records, **_kwargs):
            return records.sudo().env["res.users.apikeys"]._generate(None, "x", None)

        key = self.new_key(self.admin, models=EVERY_MODEL)
        response = self.call_with(key, make_key)
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_cursor_of_a_method_has_the_key_too(self):
        admin = self.admin

        def make_key(records, **_kwargs):
            with records.env.registry.cursor() as cr:
                keys = records.with_env(records.env(cr=cr)).env["res.users.apikeys"]
                return keys.sudo()._base_api_create(admin, "Escaped", None)

        key = self.new_key(self.admin, models=EVERY_MODEL)
        response = self.call_with(key, make_key)
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_rights_of_administrators_are_not_there(self):
        group = self.env.ref("base.group_system")

        def join(records, **_kwargs):
            records.env["res.groups"].browse(group.id).write({"comment": "x"})

        def read_secret(records, **_kwargs):
            parameters = records.env["ir.config_parameter"]
            return parameters.search([]).mapped("value")

        key = self.new_key(self.admin, models=EVERY_MODEL)
        for method in (join, read_secret):
            with self.subTest(method=method.__name__):
                response = self.call_with(key, method)
                self.assertApiError(response, 403, "KEY_RESTRICTED")
        models = EVERY_MODEL | {"res.groups": ["update"]}
        key = self.new_key(self.admin, models=models)
        self.assertSuccess(self.call_with(key, join))

    def test_code_that_asks_for_an_administrator_is_told_no(self):
        def ask(records, **_kwargs):
            env = records.env(context={})
            return [env.is_admin(), env.is_system(), env.user.has_group(SETTINGS)]

        for models, expected in (
            (EVERY_MODEL, [False] * 3),
            (EVERY_MODEL | {"res.country": ["read"]}, [False] * 3),
            (EVERY_MODEL | {"ir.config_parameter": ["read"]}, [False] * 3),
            (EVERY_MODEL | {"res.country": ["delete"]}, [False] * 3),
            (EVERY_MODEL | {"ir.cron": ["update"]}, [True] * 3),
            (None, [True] * 3),
        ):
            with self.subTest(models=models):
                key = self.new_key(self.admin, models=models)
                data = self.assertSuccess(self.call_with(key, ask))
                self.assertEqual(data["result"], expected)
        key = self.new_key(self.admin, read_only=True)
        data = self.assertSuccess(self.use(key, "GET", "/auth/me"))
        self.assertTrue(data["user"]["permissions"]["is_admin"])

    def test_users_are_not_changed_with_sudo_either(self):
        user = self.employee

        def promote(records, **_kwargs):
            group = records.env.ref("base.group_system")
            records.sudo().env["res.users"].browse(user.id).group_ids += group

        key = self.new_key(self.admin, models=EVERY_MODEL)
        response = self.call_with(key, promote)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        models = EVERY_MODEL | {"res.users": ["update"]}
        key = self.new_key(self.admin, models=models)
        self.assertSuccess(self.call_with(key, promote))

    def test_own_password_is_changed_with_the_old_one(self):
        key = self.new_key(self.employee, models=EVERY_MODEL)
        body = {"new_password": "another-password", "old_password": PASSWORD}
        path = f"/users/{self.employee.id}/password"
        self.assertSuccess(self.use(key, "PUT", path, json=body))

    def test_wizards_on_users_are_administrative(self):
        key = self.new_key(self.admin, models=EVERY_MODEL)
        user = {"user_id": self.employee.id, "user_login": "x", "new_passwd": "x" * 12}
        body = {"user_ids": [[0, 0, user]]}
        self.assertRestricted(key, "POST", "/create/change.password.wizard", body)

    def test_server_action_is_administrative(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Escape",
                "model_id": self.env.ref("base.model_res_users").id,
                "state": "code",
                "code": "action = 1",
            }
        )
        models = EVERY_MODEL | {"res.users": ["read"]}
        key = self.new_key(self.admin, models=models)
        body = {"ids": action.ids}
        self.assertRestricted(key, "POST", "/call/ir.actions.server/run", body)
