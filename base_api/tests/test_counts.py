# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`count=estimated`: exact up to a bound, then the estimate of PostgreSQL."""

from unittest.mock import patch

from odoo.addons.base_api.searching import counts

from .common import ApiCase

COUNTRIES = "/search/res.country?count=estimated"


class TestCounts(ApiCase):
    def total(self, path, user=None, **kwargs):
        data = self.assertSuccess(self.get(path, user or self.employee, **kwargs))
        return data["total_count"], data.get("total_count_exact")

    def test_small_numbers_are_exact(self):
        total = self.env["res.country"].search_count([])
        for more in ("", "&limit=0", "&limit=1000", "&offset=10000", "&order=name"):
            with self.subTest(more=more):
                self.assertEqual(self.total(COUNTRIES + more), (total, True))
        none = f"{COUNTRIES}&name=none"
        self.assertEqual(self.total(none), (0, True))

    def test_more_is_estimated(self):
        self.env.cr.execute("ANALYZE res_country")
        total = self.env["res.country"].search_count([])
        with patch.object(counts, "MAX_COUNTED", 20):
            self.assertEqual(self.total(COUNTRIES), (total, False))
            self.assertEqual(self.total(f"{COUNTRIES}&limit=1000"), (total, True))
            found = self.total(f"{COUNTRIES}&id__lt=20")
            self.assertEqual(found[1], True)
            # The estimate is not below what was counted.
            impossible = "&name__ilike=a&code__nin=XX,YY&currency_id.name__ilike=%25"
            total, is_exact = self.total(COUNTRIES + impossible)
            self.assertGreaterEqual(total, 21)
            self.assertIs(is_exact, False)

    def test_the_default_is_exact(self):
        total = self.env["res.country"].search_count([])
        with patch.object(counts, "MAX_COUNTED", 20):
            for query in ("", "?count=exact"):
                path = f"/search/res.country{query}"
                self.assertEqual(self.total(path), (total, None))
            path = "/search/res.country?count=none"
            self.assertEqual(self.total(path), (None, None))

    def test_in_a_body_and_with_a_cursor(self):
        body = {"count": "estimated", "limit": 5}
        response = self.post("/search/res.country", self.employee, json=body)
        data = self.assertSuccess(response)
        self.assertIs(data["total_count_exact"], True)
        body["cursor"] = data["next_cursor"]
        response = self.post("/search/res.country", self.employee, json=body)
        again = self.assertSuccess(response)
        self.assertEqual(again["total_count"], data["total_count"])
        self.assertIs(again["total_count_exact"], True)

    def test_with_a_ranking(self):
        path = f"{COUNTRIES}&display_name__search=united&limit=1"
        total, is_exact = self.total(path)
        expected = self.env["res.country"].name_search("united")
        self.assertEqual((total, is_exact), (len(expected), True))

    def test_record_rules_are_in_the_estimate(self):
        """The plan is that of the caller's query, not of the whole table."""
        self.env["res.partner"].create([{"name": f"est {n}"} for n in range(60)])
        self.env["ir.rule"].create(
            {
                "name": "est",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('name', 'like', 'est 1')]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner")
        with patch.object(counts, "MAX_COUNTED", 5):
            total, is_exact = self.total("/search/res.partner?count=estimated&limit=1")
        self.assertIs(is_exact, False)
        self.assertLess(total, 40)

    def test_refused(self):
        for value in ("maybe", "", "Estimated"):
            response = self.get(f"/search/res.country?count={value}", self.employee)
            self.assertApiError(response, 400, "INVALID_PARAMETER")
        key = self.new_key(self.employee, models={"res.partner": ["read"]})
        response = self.get(COUNTRIES, headers={"api-key": key})
        self.assertApiError(response, 403, "KEY_RESTRICTED")
