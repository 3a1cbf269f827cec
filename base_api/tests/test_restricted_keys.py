# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from .common import ApiCase


class TestRestrictedKeys(ApiCase):
    """Every route, with a key that is for it and with one that is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "API Partner"})

    def use(self, key, method, path, **kwargs):
        return self.call(method, path, headers={"api-key": key}, **kwargs)

    def routes(self):
        """Yield verb, model, method, path and body of a request to every route."""
        partner, user = self.partner.id, self.employee.id
        keys = "res.users.apikeys"
        yield "read", "res.partner", "GET", "/search/res.partner", None
        yield "read", "res.partner", "GET", f"/search/res.partner/{partner}", None
        yield "read", "res.partner", "GET", "/aggregate/res.partner", None
        yield "read", "res.partner", "GET", "/fields/res.partner", None
        yield "read", "res.partner", "GET", "/partners", None
        yield "create", "res.partner", "POST", "/create/res.partner", {"name": "x"}
        path = f"/update/res.partner/{partner}"
        yield "update", "res.partner", "PUT", path, {"name": "x"}
        yield "update", "res.partner", "PATCH", path, {"name": "x"}
        body = {"name": "x", "datas": "YQ=="}
        yield "create", "ir.attachment", "POST", "/attachments", body
        body = {"ids": [partner], "values": {"name": "x"}}
        yield "update", "res.partner", "PATCH", "/update/res.partner", body
        path = f"/delete/res.partner?ids={self.partner.copy().id}"
        yield "delete", "res.partner", "DELETE", path, None
        yield "read", "res.users", "GET", "/users", None
        yield "read", "res.users", "GET", f"/users/{user}", None
        yield "update", "res.users", "PUT", f"/users/{user}", {"name": "x"}
        body = {"new_password": "another-password"}
        yield "update", "res.users", "PUT", f"/users/{user}/password", body
        yield "update", "res.users", "POST", f"/users/{user}/reset-password", None
        body = {"name": "Jane", "login": "api_jane"}
        yield "create", "res.users", "POST", "/create/res.users", body
        yield "read", "res.groups", "GET", "/groups", None
        yield "read", keys, "GET", f"/users/{user}/api-keys", None
        # A key for creating keys creates none that may do more.
        body = {"models": {keys: ["create"]}}
        yield "create", keys, "POST", f"/users/{user}/api-key", body
        self.new_key(self.employee)
        key = self.employee.sudo().api_key_ids[:1].id
        yield "create", keys, "POST", f"/users/{user}/api-keys/{key}/roll", None
        self.new_key(self.employee)
        key = self.employee.sudo().api_key_ids[:1].id
        yield "delete", keys, "DELETE", f"/users/{user}/api-keys/{key}", None
        yield "read", "api.session", "GET", "/auth/sessions", None
        session = self.env["api.session"]._start(self.employee)[0].id
        yield "delete", "api.session", "DELETE", f"/auth/sessions/{session}", None
        yield "delete", "api.session", "DELETE", "/auth/sessions", None
        yield "delete", "res.partner", "DELETE", f"/delete/res.partner/{partner}", None

    def test_every_route_asks_what_the_key_is_for(self):
        for verb, model, method, path, body in self.routes():
            with self.subTest(method=method, path=path):
                others = [v for v in ("read", "create", "update") if v != verb]
                for models in ({model: others}, {"res.country": [verb]}):
                    key = self.new_key(self.admin, models=models)
                    response = self.use(key, method, path, json=body)
                    error = self.assertApiError(response, 403, "KEY_RESTRICTED")
                    self.assertIn(f"{verb} on {model}", error["message"])
                key = self.new_key(self.admin, models={model: [verb]})
                response = self.use(key, method, path, json=body)
                self.assertLess(response.status_code, 300, response.text)

    def test_read_only_key_changes_nothing_on_any_route(self):
        key = self.new_key(self.admin, read_only=True)
        for verb, _model, method, path, body in self.routes():
            with self.subTest(method=method, path=path):
                response = self.use(key, method, path, json=body)
                if verb == "read":
                    self.assertSuccess(response)
                else:
                    self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_routes_about_the_caller_need_no_model(self):
        key = self.new_key(self.admin, models={"res.country": ["read"]}, read_only=True)
        for path in ("/auth/test", "/auth/me", "/user/info", "/models"):
            with self.subTest(path=path):
                self.assertSuccess(self.use(key, "GET", path))

    def test_products_are_a_model_too(self):
        key = self.new_key(self.admin, models={"res.partner": ["read"]})
        response = self.use(key, "GET", "/products")
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_file_is_of_the_model_that_the_key_must_be_for(self):
        path = f"/binary/res.partner/{self.partner.id}/avatar_128"
        key = self.new_key(self.admin, models={"ir.attachment": ["read"]})
        self.assertApiError(self.use(key, "GET", path), 403, "KEY_RESTRICTED")
        key = self.new_key(self.admin, models={"res.partner": ["read"]}, read_only=True)
        self.assertEqual(self.use(key, "GET", path).status_code, 200)

    def test_attaching_a_file_changes_the_record(self):
        body = {"name": "x", "datas": "YQ==", "res_model": "res.partner"}
        body["res_id"] = self.partner.id
        key = self.new_key(self.admin, models={"ir.attachment": ["create"]})
        for path in ("/attachments", "/create/ir.attachment"):
            response = self.use(key, "POST", path, json=body)
            error = self.assertApiError(response, 403, "KEY_RESTRICTED")
            self.assertIn("update on res.partner", error["message"])
        models = {"ir.attachment": ["create"], "res.partner": ["update"]}
        key = self.new_key(self.admin, models=models)
        self.assertSuccess(self.use(key, "POST", "/attachments", json=body), 201)

    def test_moving_a_file_changes_the_record_too(self):
        body = {"name": "x", "datas": "YQ==", "res_model": "res.partner"}
        attached = self.env["ir.attachment"].create(body | {"res_id": self.partner.id})
        key = self.new_key(self.admin, models={"ir.attachment": ["create", "update"]})
        path = f"/update/ir.attachment/{attached.id}"
        self.assertSuccess(self.use(key, "PUT", path, json={"name": "y"}))
        for body, model in (
            ({"res_id": self.partner.copy().id}, "res.partner"),
            ({"res_model": "res.country"}, "res.country"),
            ({"res_model": False}, "res.partner"),
        ):
            with self.subTest(body=body):
                response = self.use(key, "PUT", path, json=body)
                error = self.assertApiError(response, 403, "KEY_RESTRICTED")
                self.assertIn(f"update on {model}", error["message"])

    def test_lines_are_what_the_key_must_be_for(self):
        key = self.new_key(self.admin, models={"res.partner.category": ["create"]})
        child = {"name": "x", "child_ids": [[0, 0, {"name": "y"}]]}
        response = self.use(key, "POST", "/create/res.partner.category", json=child)
        self.assertSuccess(response, 201)
        lines = {"name": "x", "partner_ids": [[0, 0, {"name": "y"}]]}
        response = self.use(key, "POST", "/create/res.partner.category", json=lines)
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertIn("create on res.partner", error["message"])
        self.partner.category_id = self.env["res.partner.category"].create(
            {"name": "z"}
        )
        key = self.new_key(self.admin, models={"res.company": ["update"]})
        path = f"/update/res.company/{self.env.company.id}"
        for lines in ([[5]], [[6, 0, []]], [], None, [[3, 1]]):
            with self.subTest(lines=lines):
                response = self.use(key, "PUT", path, json={"child_ids": lines})
                self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_network_of_the_key_is_checked(self):
        key = self.new_key(self.admin, networks=["10.0.0.0/8"])
        response = self.use(key, "GET", "/auth/me")
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertIn("127.0.0.1", error["message"])
        self.assertNotIn("10.0.0.0", error["message"])
        key = self.new_key(self.admin, networks=["127.0.0.0/8"])
        self.assertSuccess(self.use(key, "GET", "/auth/me"))

    def test_forged_address_opens_nothing(self):
        """Odoo's own remote address counts, so proxy_mode decides."""
        key = self.new_key(self.admin, networks=["10.0.0.0/8"])
        headers = {
            "api-key": key,
            "X-Forwarded-For": "10.1.2.3",
            "X-Real-IP": "10.1.2.3",
        }
        response = self.get("/auth/me", headers=headers)
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_key_does_no_more_than_its_user(self):
        everything = {"*": ["read", "create", "update", "delete", "call"]}
        key = self.new_key(self.employee, models=everything)
        for method, path, body in [
            ("GET", "/search/ir.config_parameter", None),
            ("POST", "/create/res.users", {"name": "x", "login": "x"}),
            ("PUT", f"/users/{self.admin.id}", {"name": "x"}),
            ("GET", f"/users/{self.admin.id}/api-keys", None),
            ("GET", f"/auth/sessions?user_id={self.admin.id}", None),
            ("GET", "/groups", None),
        ]:
            with self.subTest(path=path):
                response = self.use(key, method, path, json=body)
                self.assertApiError(response, 403, "ACCESS_DENIED")
