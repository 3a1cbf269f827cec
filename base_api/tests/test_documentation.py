# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import tagged

from ..documentation import FOLDER, pages
from ..errors import ApiError
from .common import ApiCase

LINK = re.compile(r"\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')


@tagged("post_install", "-at_install")
class TestDocumentation(ApiCase):
    def fetch(self, path):
        response = self.get(path)
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response

    def test_every_page_can_be_read(self):
        self.assertGreater(len(pages()), 15)
        # No two of the same name.
        self.assertEqual(len(pages()), len(list(FOLDER.rglob("*.md"))))
        for name in pages():
            response = self.fetch(f"/docs/{name}")
            media_type = response.headers["Content-Type"]
            self.assertEqual(media_type, "text/markdown; charset=utf-8")
            self.assertTrue(response.text.startswith("# "), name)

    def test_links_lead_to_pages(self):
        found = 0
        for name in pages():
            for link in LINK.findall(self.fetch(f"/docs/{name}").text):
                target = link.partition("#")[0]
                if target and "://" not in target:
                    self.assertIn(target, pages(), f"{name}: {link}")
                    found += 1
        self.assertGreater(found, 30)

    def test_the_index_names_every_page(self):
        text = self.fetch("/llms.txt").text
        links = set(LINK.findall(text)) - {"openapi.json"}
        self.assertEqual(links, {f"docs/{name}" for name in pages()})
        self.assertIn("](docs/keys.md): Sessions; ", text)

    def test_problems_link_to_their_code(self):
        problem = self.get("/nope", headers={"Accept": "application/problem+json"})
        path, _, anchor = problem.json()["documentation"].partition("#")
        text = self.fetch(path.removeprefix("/api/v2")).text
        anchors = set(ANCHOR.findall(text))
        self.assertIn(anchor, anchors)
        codes = {cls.error_code for cls in self.error_classes(ApiError)}
        codes -= {ApiError.error_code}
        self.assertLessEqual({code.lower() for code in codes}, anchors)

    def error_classes(self, cls):
        for child in cls.__subclasses__():
            yield child
            yield from self.error_classes(child)

    def test_it_is_not_sent_twice(self):
        response = self.fetch("/docs/errors.md")
        headers = {"If-None-Match": response.headers["ETag"]}
        response = self.get("/docs/errors.md", headers=headers)
        self.assertEqual(response.status_code, 304)

    def test_pages_that_do_not_exist(self):
        response = self.get("/docs/eror.md")
        error = self.assertApiError(response, 404, "NOT_FOUND")
        self.assertIn("errors.md", error["message"])
        for path in ("/docs/..%2f..%2f__init__.py", "/docs/%2e%2e.md", "/docs/a%2f.md"):
            self.assertApiError(self.get(path), 404, "NOT_FOUND")

    def test_a_setting_switches_it_off(self):
        self.env["ir.config_parameter"].set_param("base_api.docs", "False")
        for path in ("/llms.txt", "/docs/errors.md"):
            self.assertApiError(self.get(path), 404, "NOT_FOUND")
