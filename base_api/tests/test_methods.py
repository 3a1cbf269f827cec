# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from inspect import getattr_static

from odoo.tests import tagged

from .key_case import KeyCase


@tagged("post_install", "-at_install")
class TestMethods(KeyCase):
    def methods(self, response):
        rows = self.assertSuccess(response)["methods"]
        return {row["name"]: row for row in rows}

    def test_methods_of_the_model_are_listed(self):
        found = self.methods(self.get("/methods/res.partner", self.admin))
        self.assertEqual(
            found["address_get"]["parameters"],
            [{"name": "adr_pref", "required": False, "default": None}],
        )
        self.assertIn("contacts/addresses", found["address_get"]["doc"])
        self.assertNotIn("write", found)
        self.assertFalse([name for name in found if name.startswith("_")])

    def test_generic_methods_are_listed_on_request(self):
        found = self.methods(self.get("/methods/res.country?generic=true", self.admin))
        self.assertEqual(
            found["write"]["parameters"], [{"name": "vals", "required": True}]
        )
        self.assertNotIn("browse", found)  # private, although it is not called so

    def test_every_listed_method_is_accepted_and_no_other(self):
        cls = type(self.env["res.partner"])
        found = self.methods(self.get("/methods/res.partner?generic=true", self.admin))
        for name in dir(cls):
            # A method of a class has no records, which Odoo calls it with.
            is_of_class = isinstance(getattr_static(cls, name), classmethod)
            if name.startswith("__") or is_of_class or not callable(getattr(cls, name)):
                continue
            with self.subTest(name=name):
                # An argument that no method has: none is run.
                response = self.post(
                    f"/call/res.partner/{name}",
                    self.admin,
                    json={"kwargs": {"base_api_no_argument": 1}},
                    headers={"Prefer": "dry-run"},
                )
                refused = response.json()["error"]["code"] if not response.ok else ""
                is_listed = refused not in ("METHOD_NOT_FOUND", "ACCESS_DENIED")
                self.assertEqual(name in found, is_listed, response.text)

    def test_a_key_sees_what_it_may_call(self):
        response = self.use({"res.partner": ["read"]}, "GET", "/methods/res.partner")
        self.assertRestricted(response, "call")
        path = "/methods/res.partner?generic=true"
        found = self.methods(self.use({"res.partner": ["call"]}, "GET", path))
        self.assertIn("address_get", found)
        self.assertNotIn("write", found)

    def test_unknown_models(self):
        response = self.get("/methods/res.nope", self.admin)
        self.assertApiError(response, 404, "MODEL_NOT_FOUND")
