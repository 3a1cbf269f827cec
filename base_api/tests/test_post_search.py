# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from .pages_case import PagesCase


class TestPostSearch(PagesCase):
    def post_search(self, body=None, model="res.partner", **kwargs):
        headers = {"api-key": self.key}
        if body is not None:
            kwargs["json"] = body
        return self.url_open(
            f"/api/v2/search/{model}", method="POST", headers=headers, **kwargs
        )

    def test_post_finds_what_get_finds(self):
        body = {
            "domain": self.domain,
            "fields": ["name", "ref"],
            "order": "ref desc, name",
            "limit": 2,
        }
        first = self.assertSuccess(self.post_search(body))
        self.assertEqual(first["fields"], ["id", "name", "ref"])
        self.assertEqual(first["total_count"], 6)
        body |= {"cursor": first["next_cursor"], "fields": "name,ref"}
        second = self.assertSuccess(self.post_search(body))
        self.assertEqual(second["total_count"], None)
        body |= {"cursor": None, "offset": 2, "count": "exact"}
        by_offset = self.assertSuccess(self.post_search(body))
        self.assertEqual(by_offset["records"], second["records"])
        params = {"domain": json.dumps(self.domain), "order": "ref desc, name"}
        params |= {"limit": 2, "cursor": first["next_cursor"], "fields": "name,ref"}
        answer = self.url_open(
            "/api/v2/search/res.partner", params=params, headers={"api-key": self.key}
        )
        self.assertEqual(self.assertSuccess(answer), second)

    def test_post_without_a_body_lists_everything(self):
        for response in (self.post_search(), self.post_search({})):
            data = self.assertSuccess(response)
            self.assertEqual(data["fields"], ["id", "name", "display_name"])
            self.assertEqual(data["count"], 10)

    def test_post_refuses_what_it_does_not_know(self):
        for body, code, expected in (
            ({"ordre": "id"}, "INVALID_PARAMETER", "did you mean 'order'?"),
            ({"limit": 1001}, "INVALID_PARAMETER", "limit=1001"),
            ({"limit": 1.5}, "INVALID_PARAMETER", "limit=1.5"),
            ({"limit": True}, "INVALID_PARAMETER", "limit=True"),
            ({"limit": [1]}, "INVALID_PARAMETER", "limit=[1]"),
            ({"offset": -1}, "INVALID_PARAMETER", "offset=-1"),
            ({"order": ["id"]}, "INVALID_PARAMETER", "expected text"),
            ({"cursor": 7}, "INVALID_PARAMETER", "expected text"),
            ({"count": ["none"]}, "INVALID_PARAMETER", "exact, estimated, none"),
            ({"count": True}, "INVALID_PARAMETER", "exact, estimated, none"),
            ({"fields": {"name": 1}}, "INVALID_FIELDS", "fields"),
            ({"fields": [1]}, "INVALID_FIELDS", "fields"),
            ({"domain": [["nmae", "=", 1]]}, "INVALID_FILTER", "nmae"),
            ({"domain": {"name": "x"}}, "INVALID_FILTER", "domain"),
            ([{"limit": 1}], "INVALID_JSON", "object"),
        ):
            with self.subTest(body=body):
                error = self.assertApiError(self.post_search(body), 400, code)
                self.assertIn(expected, error["message"])
        response = self.post_search(model="res.partnr")
        self.assertApiError(response, 404, "MODEL_NOT_FOUND")

    def test_post_is_reading(self):
        """A key that is for reading only may search like this too."""
        body = {"name": "Reader", "read_only": True}
        path = f"/users/{self.employee.id}/api-key"
        answer = self.assertSuccess(self.post(path, self.employee, json=body))
        self.key = answer["api_key"]
        self.assertSuccess(self.post_search({"limit": 1}))

    def test_searches_and_counts_are_possible_in_a_batch(self):
        steps = [
            {
                "method": "POST",
                "path": "/search/res.partner",
                "body": {"domain": self.domain, "order": "name", "limit": 1},
            },
            {"method": "GET", "path": "/count/res.partner?ref=api%201"},
        ]
        answer = self.post("/batch", self.employee, json={"steps": steps})
        search, count = self.assertSuccess(answer)["results"]
        self.assertEqual(search["data"]["total_count"], 6)
        self.assertIn("next_cursor", search["data"])
        self.assertEqual(count["data"]["count"], 1)
        steps = [{"method": "GET", "path": "/export/res.partner"}]
        answer = self.post("/batch", self.employee, json={"steps": steps})
        self.assertApiError(answer, 400, "INVALID_STEP")

    def test_count_counts_what_search_finds(self):
        domain = json.dumps([["id", "in", self.partners.ids]])
        for params, expected in (
            ({"domain": domain}, 6),
            ({"domain": domain, "ref": "api 1"}, 1),
            ({"domain": domain, "active": "false"}, 1),
            ({"domain": domain, "ref": "none"}, 0),
        ):
            data = self.assertSuccess(
                self.url_open(
                    "/api/v2/count/res.partner",
                    params=params,
                    headers={"api-key": self.key},
                )
            )
            self.assertEqual(data, {"count": expected, "model": "res.partner"})
        for query, code in (
            ("limit=1", "INVALID_FILTER"),
            ("nmae=1", "INVALID_FILTER"),
        ):
            response = self.get(f"/count/res.partner?{query}", self.employee)
            self.assertApiError(response, 400, code)
