# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .administrative_case import EVERY_MODEL, AdministrativeCase


class TestOwnUser(AdministrativeCase):
    """What a key for every model may do with its own user."""

    def setUp(self):
        super().setUp()
        self.key = self.new_key(self.admin, models=EVERY_MODEL)
        self.path = f"/users/{self.admin.id}"

    def test_own_profile_can_be_changed(self):
        response = self.use(self.key, "PUT", self.path, json={"name": "Boss"})
        self.assertSuccess(response)

    def test_what_would_make_another_of_the_user_cannot(self):
        for method, path, body in (
            ("PUT", self.path, {"email": "x@example.com"}),
            ("PUT", self.path, {"login": "x"}),
            ("PUT", self.path, {"name": "x", "group_ids": [1]}),
            ("PUT", f"{self.path}/password", {"new_password": "another-password"}),
            ("PATCH", f"/update/res.users/{self.admin.id}", {"name": "x"}),
            ("PUT", f"/users/{self.employee.id}", {"name": "x"}),
        ):
            with self.subTest(path=path, body=body):
                self.assertRestricted(self.key, method, path, body)

    def test_address_for_password_resets_is_not_an_ordinary_field(self):
        body = {"email": "x@example.com"}
        portal = self.new_user("customer", "base.group_portal")
        for user, status in ((self.admin, 403), (self.employee, 403), (portal, 200)):
            with self.subTest(user=user.login):
                path = f"/update/res.partner/{user.partner_id.id}"
                response = self.use(self.key, "PATCH", path, json=body)
                self.assertEqual(response.status_code, status, response.text)
        models = EVERY_MODEL | {"res.users": ["update"]}
        key = self.new_key(self.admin, models=models)
        path = f"/update/res.partner/{self.employee.partner_id.id}"
        self.assertSuccess(self.use(key, "PATCH", path, json=body))

    def test_own_keys_and_sessions_can_be_managed(self):
        body = {"models": {"res.partner": ["read"]}}
        response = self.use(self.key, "POST", f"{self.path}/api-key", json=body)
        self.assertSuccess(response)
        key = self.admin.sudo().api_key_ids.sorted("id")[-1]
        self.assertSuccess(
            self.use(self.key, "DELETE", f"{self.path}/api-keys/{key.id}")
        )
        session = self.env["api.session"]._start(self.admin)[0]
        self.assertSuccess(self.use(self.key, "DELETE", f"/auth/sessions/{session.id}"))
        self.assertSuccess(self.use(self.key, "DELETE", "/auth/sessions"))

    def test_those_of_others_cannot(self):
        self.new_key(self.employee)
        key = self.employee.sudo().api_key_ids[:1]
        session = self.env["api.session"]._start(self.employee)[0]
        path = f"/users/{self.employee.id}"
        for method, url in (
            ("POST", f"{path}/api-key"),
            ("POST", f"{path}/api-keys/{key.id}/roll"),
            ("DELETE", f"{path}/api-keys/{key.id}"),
            ("DELETE", f"/auth/sessions/{session.id}"),
        ):
            with self.subTest(url=url):
                self.assertRestricted(self.key, method, url)
