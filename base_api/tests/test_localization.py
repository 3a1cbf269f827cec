# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tools import mute_logger

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

    def write_values(self, language, body, method="PATCH", path=None):
        path = path or self.path.partition("?")[0].replace("search", "update")
        headers = {"Accept-Language": language}
        return self.call(method, path, self.admin, json=body, headers=headers)

    def assertNotInstalled(self, response, pointer):
        error = self.assertApiError(response, 422, "LANGUAGE_NOT_INSTALLED")
        [detail] = error["details"]
        self.assertEqual(detail["pointer"], pointer)
        self.assertIn("en-US or fr-FR", error["message"])

    def test_no_value_is_overwritten_in_a_language_that_was_not_asked_for(self):
        country = self.env.ref("base.be")
        name = {"name": "Belgien"}
        bulk = {"ids": [country.id], "values": name}
        for method, path, body, pointer in [
            ("PATCH", None, name, "/name"),
            ("PATCH", "/update/res.country", bulk, "/values/name"),
            ("PATCH", "/update/res.country", [{"id": country.id} | name], "/0/name"),
            ("PUT", "/upsert/res.country?key=code", {"code": "BE"} | name, "/name"),
        ]:
            for language in ("de-DE", "de, xx;q=0.5", "de-DE, fr;q=0"):
                with self.subTest(path=path, language=language):
                    response = self.write_values(language, body, method, path)
                    self.assertNotInstalled(response, pointer)
        self.assertEqual(country.name, "Belgium")

    def test_a_fallback_in_the_header_allows_the_write(self):
        country = self.env.ref("base.be")
        for language, code in (
            ("de, en;q=0.5", "en_US"),
            ("de, *", "en_US"),
            ("fr_BE", "fr_FR"),
        ):
            with self.subTest(language=language):
                self.assertSuccess(self.write_values(language, {"name": language}))
                self.assertEqual(country.with_context(lang=code).name, language)

    def test_what_overwrites_nothing_needs_no_language(self):
        self.assertSuccess(self.write_values("de", {"name": "Belgium"}))
        self.assertSuccess(self.write_values("de", {"phone_code": 32}))
        body = {"name": "Atlantis", "code": "XT"}
        response = self.write_values("de", body, "POST", "/create/res.country")
        self.assertSuccess(response, 201)
        self.assertEqual(response.headers["Content-Language"], "en-US")

    def test_errors_of_the_database_are_told_in_any_language(self):
        for language in ("de-DE", "fr", "en"):
            with self.subTest(language=language), mute_logger("odoo.sql_db"):
                body = {"name": "Atlantis", "code": "BE"}
                response = self.write_values(
                    language, body, "POST", "/create/res.country"
                )
                error = self.assertApiError(response, 422, "VALIDATION_ERROR")
                [detail] = error["details"]
                self.assertEqual((detail["field"], detail["code"]), ("code", "unique"))

    def test_a_setting_allows_writes_in_the_language_of_the_user(self):
        self.env["ir.config_parameter"].set_param("base_api.language_fallback", "True")
        self.assertSuccess(self.write_values("de", {"name": "Belgien"}))
        self.assertEqual(self.env.ref("base.be").name, "Belgien")

    def test_a_context_needs_a_language_that_is_installed(self):
        body = {"kwargs": {"context": {"lang": "de_DE"}}, "ids": [1], "args": [{}]}
        path = "/call/res.partner/write"
        response = self.post(path, self.admin, json=body)
        error = self.assertApiError(response, 422, "LANGUAGE_NOT_INSTALLED")
        self.assertEqual(error["details"][0]["pointer"], "/kwargs/context/lang")

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
