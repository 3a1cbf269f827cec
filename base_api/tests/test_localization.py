# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .common import ApiCase


class TestLocalization(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        country = cls.env.ref("base.be")
        country.with_context(lang="fr_FR").name = "Belgique"
        country.with_context(lang="en_US").name = "Belgium"
        cls.path = f"/search/res.country/{country.id}?fields=name"

    def read_name(self, language, user=None):
        headers = {"Accept-Language": language}
        response = self.get(self.path, user or self.employee, headers=headers)
        name = self.assertSuccess(response)["record"]["name"]
        return name, response.headers["Content-Language"]

    def test_the_language_asked_for_is_answered(self):
        self.assertEqual(self.read_name("fr-FR"), ("Belgique", "fr-FR"))
        self.assertEqual(self.read_name("fr"), ("Belgique", "fr-FR"))
        self.assertEqual(self.read_name("de, fr-BE;q=0.8"), ("Belgique", "fr-FR"))
        self.assertEqual(self.read_name("en;q=0.5, fr"), ("Belgique", "fr-FR"))

    def test_a_language_that_is_not_installed_leaves_that_of_the_user(self):
        self.assertEqual(self.read_name("de"), ("Belgium", "en-US"))
        self.employee.lang = "fr_FR"
        for language in ("de", "*", "not a language"):
            with self.subTest(language=language):
                self.assertEqual(self.read_name(language), ("Belgique", "fr-FR"))

    def test_without_the_header_nothing_is_said_of_the_language(self):
        self.assertNotIn("Content-Language", self.get(self.path, self.employee).headers)

    def test_companies_are_those_of_the_user(self):
        own = self.employee.company_id
        other, foreign = self.env["res.company"].create(
            [{"name": "API Two"}, {"name": "API Three"}]
        )
        self.employee.company_ids = [Command.link(other.id)]
        path = f"/search/res.company?id={other.id}&fields=name"

        def get(text):
            return self.get(path, self.employee, headers={"X-Company-Id": text})

        self.assertEqual(self.assertSuccess(get(str(own.id)))["count"], 0)
        self.assertEqual(self.assertSuccess(get(f"{own.id}, {other.id}"))["count"], 1)
        self.assertApiError(get(str(foreign.id)), 403, "ACCESS_DENIED")
        for text in ("x", "1,", "0"):
            with self.subTest(text=text):
                self.assertApiError(get(text), 400, "INVALID_PARAMETER")

    def test_the_first_company_is_the_current_one(self):
        other = self.env["res.company"].create({"name": "API Two"})
        self.admin.company_ids = [Command.link(other.id)]
        headers = {"X-Company-Id": f"{other.id},{self.admin.company_id.id}"}
        values = {"name": "Where am I", "login": "api_where"}
        response = self.post(
            "/create/res.users", self.admin, headers=headers, json=values
        )
        data = self.assertSuccess(response, 201)
        user = self.env["res.users"].browse(data["id"])
        self.assertEqual(user.company_id, other)

    def test_time_zones_have_names(self):
        def get(text):
            return self.get(self.path, self.employee, headers={"X-Timezone": text})

        self.assertSuccess(get("Europe/Brussels"))
        self.assertApiError(get("Mars/Olympus"), 400, "INVALID_PARAMETER")
