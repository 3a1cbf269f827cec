# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import tagged

from .common import ApiCase

KEY = "base_api_requests_total"


@tagged("post_install", "-at_install")
class TestMetrics(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scraper = cls.new_user("scraper", "base.group_user")

    def scrape(self, key):
        self.env.flush_all()
        return self.url_open("/api/v2/metrics", headers={"api-key": key})

    def new_metrics_key(self, **options):
        body = {"metrics": True, **options}
        path = f"/users/{self.scraper.id}/api-key"
        return self.assertSuccess(self.post(path, self.admin, json=body))["api_key"]

    def test_who_may_read_them(self):
        answer = self.scrape(self.new_metrics_key(models={"*": []}))
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(
            answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8"
        )
        self.assertEqual(self.get("/metrics", self.admin).status_code, 200)
        self.assertApiError(self.get("/metrics", self.employee), 403, "ACCESS_DENIED")
        self.assertApiError(self.get("/metrics"), 401, "MISSING_API_KEY")
        restricted = self.new_key(self.admin, read_only=True)
        self.assertApiError(self.scrape(restricted), 403, "ACCESS_DENIED")

    def test_a_key_for_metrics_can_do_nothing_else(self):
        key = self.new_metrics_key(models={"*": []}, read_only=True)
        for path in ("/search/res.partner", "/users", "/models", "/count/res.users"):
            answer = self.url_open(f"/api/v2{path}", headers={"api-key": key})
            if path == "/models":
                self.assertEqual(self.assertSuccess(answer)["count"], 0)
            else:
                self.assertApiError(answer, 403, "KEY_RESTRICTED")

    def test_only_administrators_give_metrics(self):
        path = f"/users/{self.employee.id}/api-key"
        body = {"metrics": True}
        answer = self.post(path, self.employee, json=body)
        self.assertApiError(answer, 403, "ACCESS_DENIED")
        headers = {"api-key": self.new_key(self.employee)}
        made = self.assertSuccess(self.call("POST", path, headers=headers, json={}))
        change = f"/users/{self.employee.id}/api-keys/{made['id']}"
        answer = self.call("PATCH", change, headers=headers, json=body)
        self.assertApiError(answer, 403, "ACCESS_DENIED")
        answer = self.call("PATCH", change, self.admin, json=body)
        self.assertIs(self.assertSuccess(answer)["api_key"]["metrics"], True)
        self.assertEqual(self.scrape(made["api_key"]).status_code, 200)
        answer = self.call("PATCH", change, headers=headers, json={"metrics": False})
        self.assertIs(self.assertSuccess(answer)["api_key"]["metrics"], False)
        self.assertApiError(self.scrape(made["api_key"]), 403, "ACCESS_DENIED")

    def test_a_restricted_key_without_metrics_gives_none(self):
        models = {"res.users.apikeys": ["create", "update"], "res.users": ["read"]}
        headers = {"api-key": self.new_key(self.admin, models=models)}
        path = f"/users/{self.admin.id}/api-key"
        body = {"metrics": True, "models": {"res.users": ["read"]}}
        answer = self.call("POST", path, headers=headers, json=body)
        self.assertApiError(answer, 403, "KEY_RESTRICTED")

    def test_a_restricted_key_without_metrics_rolls_no_key_with_them(self):
        models = {"res.users.apikeys": ["create"]}
        path = f"/users/{self.admin.id}/api-key"
        body = {"metrics": True, "models": models}
        made = self.assertSuccess(self.post(path, self.admin, json=body))
        roll = f"/users/{self.admin.id}/api-keys/{made['id']}/roll"
        headers = {"api-key": self.new_key(self.admin, models=models)}
        answer = self.call("POST", roll, headers=headers)
        self.assertApiError(answer, 403, "KEY_RESTRICTED")
        answer = self.call("POST", roll, headers={"api-key": made["api_key"]})
        rolled = self.assertSuccess(answer)["api_key"]
        self.assertEqual(self.scrape(rolled).status_code, 200)

    def test_wrong_values_are_refused(self):
        path = f"/users/{self.admin.id}/api-key"
        answer = self.post(path, self.admin, json={"metrics": "yes"})
        self.assertApiError(answer, 400, "INVALID_PARAMETER")

    def test_requests_are_counted(self):
        key = self.new_metrics_key(models={"*": []})

        def number(route, status):
            start = f'{KEY}{{route="{route}",method="GET",status="{status}",'
            found = re.search(rf"{re.escape(start)}.*\}} (\d+)", self.scrape(key).text)
            return int(found[1]) if found else 0

        for route, path, status in (
            ("/search/{model_name}", "/search/res.partner", 200),
            ("/search/{model_name}", "/search/res.partner?limit=x", 400),
            ("/search/{model_name}/{record_id}", "/search/res.partner/0", 404),
            ("other", "/nowhere", 404),
        ):
            with self.subTest(path=path):
                before = number(route, status)
                self.assertEqual(self.get(path, self.admin).status_code, status)
                self.assertEqual(number(route, status), before + 1)
        before = number("/search/{model_name}", 401)
        headers = {"api-key": "nonsense"}
        self.get("/search/res.partner", headers=headers)
        self.assertEqual(number("/search/{model_name}", 401), before + 1)
