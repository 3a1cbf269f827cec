# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

from odoo.addons.base_api.auth.administration import is_administrative
from odoo.addons.base_api.auth.restrictions import Restrictions

from .common import PASSWORD, ApiCase, sign_in_with_key

ALL = ["read", "create", "update", "delete", "call"]
EVERY_MODEL = {"*": ALL}
SETTINGS = "base.group_system"
# Verb -> models on which it is administrative.
ADMINISTRATIVE = {
    "read": ["ir.config_parameter", "ir.mail_server", "ir.cron", "ir.actions.server"],
    "create": ["res.users", "res.groups", "ir.rule", "ir.ui.view", "ir.model.access"],
    "update": ["res.users", "res.groups", "ir.rule", "ir.ui.view", "res.company"],
    "delete": ["res.users", "res.groups", "ir.rule", "ir.cron", "res.country"],
    "call": ["res.users", "ir.actions.server", "ir.cron", "change.password.wizard"],
}
ORDINARY = ["res.partner", "res.country", "res.company", "res.currency", "res.users"]


class AdministrativeCase(ApiCase):
    def use(self, key, method, path, **kwargs):
        return self.call(method, path, headers={"api-key": key}, **kwargs)

    def request_of(self, verb, model):
        """Return method, path and body of a request for a verb on a model."""
        record = self.env[model].search([], limit=1, order="id")
        return {
            "read": ("GET", f"/search/{model}", None),
            "create": ("POST", f"/create/{model}", {"name": "x"}),
            "update": ("PATCH", f"/update/{model}/{record.id or 1}", {"name": "x"}),
            "delete": ("DELETE", f"/delete/{model}/{record.id or 1}", None),
            "call": ("POST", f"/call/{model}/run", {"ids": record.ids}),
        }[verb]

    def assertRestricted(self, key, method, path, body=None):
        response = self.use(key, method, path, json=body)
        return self.assertApiError(response, 403, "KEY_RESTRICTED")


class TestAdministrativeOperations(AdministrativeCase):
    def test_any_model_does_not_cover_them(self):
        key = self.new_key(self.admin, models=EVERY_MODEL)
        for verb, models in ADMINISTRATIVE.items():
            for model in models:
                with self.subTest(verb=verb, model=model):
                    error = self.assertRestricted(key, *self.request_of(verb, model))
                    self.assertIn(f"{verb} on {model}", error["message"])
                    self.assertIn(f'"{model}": ["{verb}"]', error["message"])

    def test_read_only_does_not_cover_them(self):
        key = self.new_key(self.admin, read_only=True)
        for model in ADMINISTRATIVE["read"]:
            for path in (
                f"/search/{model}",
                f"/search/{model}/1",
                f"/count/{model}",
                f"/export/{model}",
                f"/aggregate/{model}",
                f"/fields/{model}",
            ):
                with self.subTest(path=path):
                    self.assertRestricted(key, "GET", path)
        self.assertRestricted(key, "POST", "/search/ir.config_parameter", {})
        steps = [{"method": "GET", "path": "/search/ir.config_parameter"}]
        self.assertRestricted(key, "POST", "/batch", {"steps": steps})

    def test_they_are_out_of_reach_over_relations(self):
        key = self.new_key(self.admin, read_only=True)
        for query in (
            "fields=model_access.name",
            "model_access.name=x",
            "order=view_access.name",
            'domain=[["model_access.name","=","x"]]',
        ):
            with self.subTest(query=query):
                self.assertRestricted(key, "GET", f"/search/res.groups?{query}")

    def test_models_of_everyday_use_are_covered(self):
        for restrictions in ({"read_only": True}, {"models": {"*": ["read"]}}):
            key = self.new_key(self.admin, **restrictions)
            for model in ORDINARY:
                with self.subTest(model=model, restrictions=restrictions):
                    self.assertSuccess(self.use(key, "GET", f"/search/{model}"))
            for path in ("/users", "/groups", "/auth/sessions"):
                with self.subTest(path=path, restrictions=restrictions):
                    self.assertSuccess(self.use(key, "GET", path))

    def test_key_that_names_the_model_has_them(self):
        models = {"*": ["read"], "ir.config_parameter": ["read"]}
        for options in ({"models": models}, {"models": models, "read_only": True}):
            with self.subTest(options=options):
                key = self.new_key(self.admin, **options)
                path = "/search/ir.config_parameter?key=database.secret&fields=value"
                data = self.assertSuccess(self.use(key, "GET", path))
                self.assertTrue(data["records"][0]["value"])
                self.assertRestricted(key, "GET", "/search/ir.mail_server")

    def test_key_that_limits_no_operations_has_them(self):
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        for options in ({"networks": ["127.0.0.0/8"]}, {"expiration_date": tomorrow}):
            with self.subTest(options=options):
                key = self.new_key(self.admin, **options)
                response = self.use(key, "GET", "/search/ir.config_parameter")
                self.assertSuccess(response)

    def test_user_without_the_right_is_told_so(self):
        key = self.new_key(self.employee, models=EVERY_MODEL)
        response = self.use(key, "GET", "/search/ir.config_parameter")
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_group_that_implies_settings_is_one_of_administrators(self):
        country = self.env["ir.model"]._get("res.country")
        values = {"name": "x", "model_id": country.id, "perm_create": True}
        group = self.env["res.groups"].create({"name": "Countries"})
        access = self.env["ir.model.access"].create(values | {"group_id": group.id})
        names = self.env["ir.model.access"]
        self.assertNotIn("create", names._base_api_administrative()["res.country"])
        group.implied_ids = self.env.ref("base.group_system")
        self.assertIn("create", names._base_api_administrative()["res.country"])
        group.implied_ids = self.env.ref("base.group_user")
        self.assertNotIn("create", names._base_api_administrative()["res.country"])
        access.active = False
        self.assertIn("create", names._base_api_administrative()["res.country"])

    def test_fields_of_administrators_are_out_of_reach_too(self):
        self.patch(
            self.env["res.partner"]._fields["ref"], "groups", "base.group_system"
        )
        partner = self.env["res.partner"].create({"name": "x", "ref": "secret"})
        path = f"/search/res.partner/{partner.id}"
        key = self.new_key(self.admin, read_only=True)
        data = self.assertSuccess(self.use(key, "GET", path))
        self.assertNotIn("ref", data["record"])
        for query in ("?fields=ref", "?ref=secret", "?order=ref"):
            query = path + query if "fields" in query else f"/search/res.partner{query}"
            response = self.use(key, "GET", query)
            self.assertEqual(response.status_code, 403, response.text)
        key = self.new_key(self.admin, models={"res.partner": ["read"]})
        data = self.assertSuccess(self.use(key, "GET", path))
        self.assertNotIn("ref", data["record"])
        server = self.env["ir.mail_server"].create(
            {"name": "x", "smtp_host": "localhost", "smtp_user": "x", "smtp_pass": "y"}
        )
        path = f"/search/ir.mail_server/{server.id}?fields=smtp_pass"
        key = self.new_key(self.admin, models={"ir.mail_server": ["read"]})
        data = self.assertSuccess(self.use(key, "GET", path))
        self.assertEqual(data["record"]["smtp_pass"], "y")

    def test_refusals_are_noted_for_administrators(self):
        key = self.new_key(self.admin, read_only=True)
        for _ in range(2):
            self.assertRestricted(key, "GET", "/search/ir.config_parameter")
        self.assertRestricted(key, "POST", "/create/res.partner", {"name": "x"})
        noted = self.env["api.key.refusal"].search([])
        self.assertEqual(noted.mapped("model"), ["ir.config_parameter"])
        self.assertEqual((noted.operation, noted.count), ("read", 2))
        self.assertEqual(noted.user_id, self.admin)


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


class TestAdministrativeKeys(AdministrativeCase):
    """How administrators see which keys can administer the database."""

    def is_marked(self, user, **restrictions):
        self.new_key(user, **restrictions)
        path = f"/users/{user.id}/api-keys"
        row = self.assertSuccess(self.get(path, self.admin))["api_keys"]
        [made] = [key for key in row if key["id"] == max(key["id"] for key in row)]
        return made["administrative"]

    def test_keys_are_marked(self):
        parameters = {"ir.config_parameter": ["read"]}
        for user, restrictions, expected in (
            (self.employee, {}, False),
            (self.employee, {"models": EVERY_MODEL}, False),
            (self.employee, {"models": parameters}, True),
            (self.employee, {"models": {"ir.config_parameter": []}}, False),
            (self.employee, {"models": {"res.users": ["read"]}}, False),
            (self.employee, {"models": {"res.users": ["update"]}}, True),
            (
                self.employee,
                {"models": {"res.users": ["update"]}, "read_only": True},
                False,
            ),
        ):
            with self.subTest(restrictions=restrictions):
                self.assertIs(self.is_marked(user, **restrictions), expected)

    def test_unrestricted_key_of_an_administrator_is_marked(self):
        boss = self.new_user("other_boss", "base.group_user,base.group_system")
        self.assertTrue(self.is_marked(boss))
        self.assertFalse(self.is_marked(boss, read_only=True))

    def test_dialog_says_what_a_line_allows(self):
        wizards = self.env["api.key.create"].with_user(self.admin)
        wizard = wizards.new({"user_id": self.admin.id, "name": "x"})
        line = {"allow_read": True, "allow_update": True}
        wizard.model_ids = [(0, 0, line | {"model": "res.partner"})]
        self.assertFalse(wizard.administrative_note)
        wizard.model_ids = [(0, 0, line | {"model": "ir.config_parameter"})]
        self.assertIn("ir.config_parameter", wizard.administrative_note)
        self.assertIn("passwords and secrets", wizard.administrative_note)
        self.assertIn("read, update", wizard.administrative_note)
        wizard.read_only = True
        self.assertNotIn("update", wizard.administrative_note)
        wizard.model_ids = [(0, 0, line | {"model": "res.users"})]
        self.assertNotIn("res.users", wizard.administrative_note)


class TestCoveredKeys(ApiCase):
    """Which keys a restricted key may create."""

    def covers(self, mine, other):
        return Restrictions.from_json(mine).covers(
            Restrictions.from_json(other),
            lambda *operation: is_administrative(self.env, *operation),
        )

    def test_any_model_does_not_cover_a_named_administrative_operation(self):
        parameters = {"ir.config_parameter": ["read"]}
        for mine, other, expected in (
            ({"models": EVERY_MODEL}, {"models": parameters}, False),
            ({"models": EVERY_MODEL}, {"models": {"res.partner": ALL}}, True),
            ({"models": EVERY_MODEL}, {"models": {"*": ["read"]}}, True),
            ({"models": EVERY_MODEL}, {"read_only": True}, True),
            ({"models": EVERY_MODEL}, {}, False),
            ({"read_only": True}, {"models": parameters, "read_only": True}, False),
            ({"read_only": True}, {"models": {"res.partner": ["read"]}}, True),
            ({"read_only": True}, {"models": {"res.partner": ["update"]}}, False),
            ({"read_only": True}, {"models": {"*": ["read"]}}, True),
            ({"models": EVERY_MODEL | parameters}, {"models": parameters}, True),
            ({"models": EVERY_MODEL | {"res.users": []}}, {"read_only": True}, False),
            ({"networks": ["10.0.0.0/8"]}, {"networks": ["10.0.0.0/8"]}, True),
        ):
            with self.subTest(mine=mine, other=other):
                self.assertIs(self.covers(mine, other), expected)


class TestHiddenRights(ApiCase):
    def test_key_is_bound_to_the_cursor(self):
        groups = self.env["res.groups"].with_user(self.admin)
        self.assertTrue(groups.has_access("write"))
        sign_in_with_key(self, models=EVERY_MODEL)
        for env in (groups.env, groups.env(context={})):
            self.assertFalse(env["res.groups"].has_access("write"))
            self.assertTrue(env["res.groups"].has_access("read"))
        self.assertTrue(groups.sudo().has_access("write"))
