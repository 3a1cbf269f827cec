# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import re

from odoo.addons.base_api import docs_page

from .common import PREFIX, ApiCase

ASSETS = f"/docs/assets/{docs_page.version()}"
LANGUAGES = ("en", "fr", "es")
MAX_SCRIPT_BYTES = 60 * 1024  # without comments and margins
COMMENT = re.compile(r"^\s*//.*\n|/\*\*(?:.|\n)*?\*/|^ +", re.M)
# Ways to make markup or code of text.
DANGEROUS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    r"|DOMParser|createContextualFragment|srcdoc|javascript:"
)


def scripts():
    """Return the scripts of the page by name."""
    return {
        name: asset.content.decode()
        for name, asset in docs_page.assets().items()
        if name.endswith(".js")
    }


def texts(language):
    return json.loads(docs_page.assets()[f"texts_{language}.json"].content)


class TestDocsPage(ApiCase):
    def switch(self, value):
        self.env["ir.config_parameter"].set_param("base_api.docs", value)

    def test_page_needs_no_credential(self):
        response = self.get("/docs")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "text/html; charset=utf-8")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertNotIn(self.env.cr.dbname, response.text)

    def test_page_allows_only_what_is_its_own(self):
        policy = self.get("/docs").headers["Content-Security-Policy"].split("; ")
        for directive in (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ):
            self.assertIn(directive, policy)
        self.assertNotIn("unsafe", " ".join(policy))

    def test_page_has_nothing_inline(self):
        html = self.get("/docs").text
        self.assertNotRegex(html, r"<style|style=|\son\w+=|<script(?![^>]*\bsrc=)")
        for address in re.findall(r'(?:src|href)="([^"]+)"', html):
            self.assertTrue(address.startswith(f"{PREFIX}{ASSETS}/"), address)

    def test_page_names_all_scripts(self):
        html = self.get("/docs").text
        for name in scripts():
            self.assertIn(f'"{PREFIX}{ASSETS}/{name}"', html)

    def test_assets_can_be_kept_for_ever(self):
        for name, asset in docs_page.assets().items():
            response = self.get(f"{ASSETS}/{name}")
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.content, asset.content)
            self.assertEqual(response.headers["Content-Type"], asset.media_type)
            self.assertIn("immutable", response.headers["Cache-Control"])
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_assets_of_another_version_are_not_kept(self):
        response = self.get("/docs/assets/0123456789abcdef/main.js")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_other_files_are_not_found(self):
        for name in ("index.html", "..%2F..%2F__manifest__.py", "unknown.js", "%00"):
            with self.subTest(name=name):
                response = self.get(f"{ASSETS}/{name}")
                self.assertApiError(response, 404, "NOT_FOUND")

    def test_a_setting_switches_the_page_off(self):
        self.switch("False")
        for path in ("/docs", f"{ASSETS}/main.js"):
            self.assertApiError(self.get(path), 404, "NOT_FOUND")
        self.switch(False)
        self.assertEqual(self.get("/docs").status_code, 200)

    def test_the_setting_is_stored_both_ways(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for value, stored in ((False, "False"), (True, False)):
            settings = self.env["res.config.settings"].with_user(self.admin)
            settings.create({"base_api_docs": value}).execute()
            self.assertEqual(parameters.get_param("base_api.docs"), stored)
            self.assertIs(settings.create({}).base_api_docs, value)

    def test_links_depend_on_the_setting(self):
        user = self.employee.with_user(self.employee)
        self.assertTrue(user.has_api_docs)
        self.switch("False")
        user.invalidate_recordset(["has_api_docs"])
        self.assertFalse(user.has_api_docs)

    def test_scripts_are_small(self):
        code = [COMMENT.sub("", script) for script in scripts().values()]
        self.assertLessEqual(sum(map(len, code)), MAX_SCRIPT_BYTES)

    def test_scripts_make_no_markup_of_text(self):
        for name, script in scripts().items():
            with self.subTest(name=name):
                self.assertIsNone(DANGEROUS.search(script))

    def test_scripts_load_only_what_is_their_own(self):
        for name, script in scripts().items():
            for target in re.findall(r'^import .*?from "(.+?)";$', script, re.M):
                self.assertIn(target.removeprefix("./"), scripts(), name)
            addresses = re.findall(r"https?://\S+", COMMENT.sub("", script))
            self.assertFalse(addresses, name)

    def test_texts_are_complete_in_each_language(self):
        english = texts("en")
        for language in LANGUAGES:
            translated = texts(language)
            self.assertEqual(list(translated), list(english), language)
            for key, text in translated.items():
                names = re.findall(r"\{\w+\}", text)
                expected = re.findall(r"\{\w+\}", english[key])
                self.assertEqual(sorted(names), sorted(expected), (language, key))
                self.assertTrue(text.strip(), (language, key))

    def test_texts_are_those_that_scripts_use(self):
        script = "".join(scripts().values())
        used = set(re.findall(r'\bt\(\s*"(\w+)"', script))
        prefixes = set(re.findall(r"\bt\(`(\w+)\$\{", script))
        keys = set(texts("en"))
        self.assertLessEqual(used, keys)
        unused = {key for key in keys - used if not key.startswith(tuple(prefixes))}
        self.assertFalse(unused)
