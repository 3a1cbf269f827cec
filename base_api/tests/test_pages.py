# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from ..searching.keyset import Search, read_position, search_after
from ..searching.order import parse_order
from .pages_case import PagesCase


class TestPages(PagesCase):
    def test_pages_are_stable_while_records_come_and_go(self):
        model = self.env["res.partner"]
        search = Search(model, self.domain, parse_order(model, "name"))
        first = search_after(search, None, [], 3)
        position = read_position(first[-1], search.sorts)
        rest = search_after(search, position, [], 10)
        first.unlink()
        self.assertEqual(search_after(search, position, [], 10), rest)

    def test_cursor_leads_through_all_pages(self):
        seen, cursor = [], {}
        for _page in range(10):
            data = self.assertSuccess(self.page(order="name desc", **cursor))
            seen += [record["id"] for record in data["records"]]
            if "next_cursor" not in data:
                break
            self.assertEqual(len(data["records"]), 2)
            cursor = {"cursor": data["next_cursor"]}
        self.assertEqual(data["total_count"], None)
        data = self.assertSuccess(self.page(order="name desc", limit=1000))
        self.assertEqual(seen, [record["id"] for record in data["records"]])
        self.assertEqual(len(set(seen)), data["total_count"])

    def test_cursor_goes_on_after_a_page_by_offset(self):
        data = self.assertSuccess(self.page(offset=1, limit=1))
        cursor = data["next_cursor"]
        self.assertEqual(
            self.assertSuccess(self.page(cursor=cursor, limit=1))["records"],
            self.assertSuccess(self.page(offset=2, limit=1))["records"],
        )

    def test_count_is_exact_or_none(self):
        data = self.assertSuccess(self.page())
        total, cursor = data["total_count"], {"cursor": data["next_cursor"]}
        for params, expected in (
            ({"count": "none"}, None),
            ({"count": "exact"}, total),
            (cursor, None),
            (cursor | {"count": "exact"}, total),
            ({"limit": 0, "count": "none"}, None),
            ({"limit": 0}, total),
        ):
            data = self.assertSuccess(self.page(**params))
            self.assertEqual(data["total_count"], expected, params)
        for count in ("", "exakt", "EXACT"):
            error = self.assertApiError(
                self.page(count=count), 400, "INVALID_PARAMETER"
            )
            self.assertIn("exact, estimated, none", error["message"])

    def test_page_by_cursor_needs_one_statement(self):
        params = {"fields": "name,color", "count": "none"}
        cursor = self.assertSuccess(self.page(**params))["next_cursor"]
        self.page(**params, cursor=cursor)  # fills the caches
        with self.assertQueryCount(2):  # who is calling, the page
            data = self.assertSuccess(self.page(**params, cursor=cursor))
        self.assertIn("next_cursor", data)

    def test_cursor_of_another_query_is_refused(self):
        cursor = self.assertSuccess(self.page(order="name"))["next_cursor"]
        last = "A" if cursor[-1] != "A" else "B"
        for params in (
            {"cursor": cursor},
            {"cursor": cursor, "order": "name desc"},
            {"cursor": cursor, "order": "name", "is_company": "false"},
            {"cursor": cursor, "order": "name", "path": "/search/res.users"},
            {"cursor": cursor[:-1] + last, "order": "name"},
            {"cursor": cursor[:-1], "order": "name"},
            {"cursor": f"{cursor}A", "order": "name"},
            {"cursor": f"!{cursor}", "order": "name"},
            {"cursor": cursor.swapcase(), "order": "name"},
            {"cursor": "AAAA", "order": "name"},
            {"cursor": "é", "order": "name"},
        ):
            with self.subTest(params=params):
                response = self.page(**params)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn("cursor", error["message"])

    def test_cursor_and_offset_exclude_each_other(self):
        cursor = self.assertSuccess(self.page())["next_cursor"]
        response = self.page(cursor=cursor, offset=1)
        error = self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertIn("offset", error["message"])

    def test_cursor_shows_no_value(self):
        data = self.assertSuccess(self.page(order="name", limit=1))
        cursor = data["next_cursor"]
        self.assertRegex(cursor, r"^[\w-]+$")
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        self.assertNotIn(data["records"][0]["name"].encode(), sealed)
        again = self.assertSuccess(self.page(order="name", limit=1))
        self.assertEqual(again["next_cursor"], cursor)

    def test_cursor_knows_its_query_over_relations(self):
        """What such a filter becomes in Odoo differs from one request to the next."""
        query = {"domain": "[]", "partner_id.name__ilike": "api_", "limit": 1}
        first = self.assertSuccess(self.page("/search/res.users", **query))
        query["cursor"] = first["next_cursor"]
        second = self.assertSuccess(self.page("/search/res.users", **query))
        self.assertEqual(second["count"], 1)
