# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .key_case import KeyCase
from .properties_case import PropertiesCase

CREATE = {"create": True}


@tagged("post_install", "-at_install")
class TestReferencesOfKeys(KeyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner.category"].create({"name": "VIP"})

    def make(self, models, values):
        return self.call_with({"res.partner": ["create"]} | models, values)

    def call_with(self, models, values):
        return self.use(models, "POST", "/create/res.partner", json=values)

    def test_a_key_needs_read_on_what_it_refers_to(self):
        values = {"name": "Azure", "category_id": [{"name": "VIP"}]}
        tags = "res.partner.category"
        self.assertApiError(self.make({}, values), 403, "KEY_RESTRICTED")
        self.assertSuccess(self.make({tags: ["read"]}, values), 201)
        values["category_id"] = [{"name": "New"} | CREATE]
        response = self.make({tags: ["read"]}, values)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertSuccess(self.make({tags: ["read", "create"]}, values), 201)

    def test_the_echo_of_a_key_without_read_shows_the_id(self):
        values = {"name": "Azure", "country_id": {"code": "BE"}}
        response = self.make({"res.country": ["read"]}, values)
        data = self.assertSuccess(response, 201)
        country = self.env.ref("base.be")
        self.assertEqual(data["record"]["country_id"], [country.id, False])


@tagged("post_install", "-at_install")
class TestReferencesInProperties(PropertiesCase):
    def test_properties_take_references(self):
        user = self.env.ref("base.user_admin")
        reference = {"external_id": "base.user_admin"}
        values = {"country": {"code": "BE"}, "users": [reference]}
        self.assertSuccess(self.write_properties(values))
        stored = {"country": self.belgium.id, "users": user.ids}
        self.assertEqual(self.stored(), stored)
        values = {"country": {"code": "??"}, "users": [reference, {}]}
        error = self.assertApiError(
            self.write_properties(values), 422, "VALIDATION_ERROR"
        )
        self.assertEqual(
            {entry["pointer"]: entry["code"] for entry in error["details"]},
            {
                "/properties/country": "not_found",
                "/properties/users/1": "wrong_type",
            },
        )
        self.assertEqual(self.stored(), stored)
