# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

from odoo.addons.base_api.auth.administration import is_administrative
from odoo.addons.base_api.auth.restrictions import Restrictions

from .administrative_case import ALL, EVERY_MODEL, AdministrativeCase
from .common import ApiCase, sign_in_with_key

# Verb -> models on which it is administrative.
ADMINISTRATIVE = {
    "read": ["ir.config_parameter", "ir.mail_server", "ir.cron", "ir.actions.server"],
    "create": ["res.users", "res.groups", "ir.rule", "ir.ui.view", "ir.model.access"],
    "update": ["res.users", "res.groups", "ir.rule", "ir.ui.view", "res.company"],
    "delete": ["res.users", "res.groups", "ir.rule", "ir.cron", "res.country"],
    "call": ["res.users", "ir.actions.server", "ir.cron", "change.password.wizard"],
}
ORDINARY = ["res.partner", "res.country", "res.company", "res.currency", "res.users"]


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
