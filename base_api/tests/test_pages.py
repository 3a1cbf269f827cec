# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json

from ..keyset import Search, read_position, search_after
from ..order import MAX_PARTS, parse_order
from .common import ApiCase


class TestPages(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": name, "ref": ref, "color": color, "country_id": country.id}
                for name, ref, color, country in zip(
                    ("Ärger", "b'\"\\", "b", "A", "b", "ä", "%_"),
                    (False, "api 2", False, "api 1", "api 1", "api 3", False),
                    (3, 1, 1, 2, 0, 1, 0),
                    (cls.env.ref("base.be"), cls.env.ref("base.fr")) * 3
                    + (cls.env["res.country"],),
                    strict=True,
                )
            ]
        )
        cls.partners[3].active = False
        # As exact as PostgreSQL has them, which is more than Python does.
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-01-01 00:00:00.000001'"
            " WHERE id IN %s",
            [tuple(cls.partners[1:3].ids)],
        )
        cls.domain = [("id", "in", cls.partners.ids)]
        cls.key = cls.new_key(cls.employee)

    def page(self, path="/search/res.partner", **params):
        params = {"domain": json.dumps(self.domain), "limit": 2} | params
        return self.url_open(
            f"/api/v2{path}", params=params, headers={"api-key": self.key}
        )

    def walk(self, order, model=None, domain=None):
        """Return the ids of all pages, one after the other."""
        model = self.env["res.partner"] if model is None else model
        search = Search(model, domain or self.domain, parse_order(model, order))
        ids, position = [], None
        while found := search_after(search, position, ["display_name"], 2):
            ids += found.ids
            position = read_position(found[-1], search.sorts)
        return ids

    def assertSortsAsOdoo(self, order):
        with self.subTest(order=order):
            expected = self.env["res.partner"].search(self.domain, order=f"{order}, id")
            self.assertEqual(self.walk(order), expected.ids)

    def test_pages_follow_any_order_as_odoo_has_it(self):
        for order in (
            "id desc",
            "name",
            "name desc",
            "ref",
            "ref desc",
            "ref nulls first",
            "ref desc nulls last, name",
            "color, ref desc",
            "is_company, color desc",
            "create_date desc",
            "partner_latitude",
            "country_id",
            "country_id desc",
            "country_id desc nulls last",
            "country_id nulls first, ref",
            "country_id.id",
            "parent_id, user_id desc, name DESC",
        ):
            self.assertSortsAsOdoo(order)

    def test_pages_follow_translated_names(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        germany = self.env.ref("base.de")
        germany.with_context(lang="fr_FR").name = "Allemagne"
        domain = [("code", "in", ["AT", "BE", "DE"])]
        for lang, expected in (("en_US", "AT BE DE"), ("fr_FR", "DE AT BE")):
            countries = self.env["res.country"].with_context(lang=lang)
            ids = self.walk("name", countries, domain)
            self.assertEqual(" ".join(countries.browse(ids).mapped("code")), expected)

    def test_paths_sort_over_relations(self):
        codes = [
            partner.country_id.code or "~"
            for partner in self.env["res.partner"].browse(
                self.walk("country_id.code desc nulls last, name")
            )
        ]
        self.assertEqual(codes, ["FR", "FR", "BE", "BE", "BE", "~"])

    def test_paths_do_not_sort_by_what_a_rule_hides(self):
        """Otherwise the place of a record would tell of a value behind it."""
        parents = self.env["res.partner"].create(
            [{"name": f"Parent {ref}", "ref": ref} for ref in ("x", "y", "z")]
        )
        for partner, parent in zip(self.partners, parents, strict=False):
            partner.parent_id = parent
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": [("ref", "!=", "x")],
            }
        )
        domain = [("id", "in", self.partners[:3].ids)]
        for order, expected in (
            ("parent_id.ref", [1, 2, 0]),
            ("parent_id.ref desc", [0, 2, 1]),
        ):
            model = self.env["res.partner"].with_user(self.employee)
            search = Search(model, domain, parse_order(model, order))
            found = search_after(search, None, [], 3)
            self.assertEqual(found.ids, [self.partners[n].id for n in expected])

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
            self.assertIn("exact, none", error["message"])

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

    def test_order_that_is_none_is_refused(self):
        for order, expected in (
            ("nmae", "did you mean 'name'"),
            ("name up", "expected a field"),
            ("name,", "expected a field"),
            ("name nulls", "expected a field"),
            ("name; drop table res_partner", "expected a field"),
            ("name:lower", "expected a field"),
            ("display_name", "cannot be sorted by"),
            ("category_id", "cannot be sorted by"),
            ("category_id.name", "leads to many records"),
            ("name.id", "leads to no record"),
            ("category_id.id", "leads to many records"),
            ("parent_id." * 9 + "name", "too many relations"),
            (",".join(["color"] * (MAX_PARTS + 1)), f"more than {MAX_PARTS}"),
        ):
            with self.subTest(order=order):
                response = self.page(order=order)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn("order", error["message"])
                self.assertIn(expected, error["message"])

    def test_order_gives_nothing_away(self):
        """Neither a field that the caller may not read, nor one behind a relation."""
        self.patch(self.partners._fields["color"], "groups", "base.group_system")
        for order in ("color", "name,color desc", "parent_id.color", "user_id.color"):
            self.assertApiError(self.page(order=order), 403, "ACCESS_DENIED")
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.country")]
        ).unlink()
        for order in ("country_id", "country_id.code"):
            self.assertApiError(self.page(order=order), 403, "ACCESS_DENIED")
        self.assertSuccess(self.page(order="country_id.id", fields="name"))

    def test_order_holds_to_the_models_of_the_key(self):
        restrictions = {"models": {"res.partner": ["read"]}}
        body = {"name": "Partners", **restrictions}
        key = self.assertSuccess(
            self.post(f"/users/{self.employee.id}/api-key", self.employee, json=body)
        )["api_key"]
        self.key = key
        self.assertSuccess(self.page(order="parent_id"))
        for order in ("country_id", "country_id.code", "parent_id.user_id"):
            self.assertApiError(self.page(order=order), 403, "KEY_RESTRICTED")
        self.assertSuccess(self.page(order="country_id.id"))

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
            ({"count": ["none"]}, "INVALID_PARAMETER", "exact, none"),
            ({"count": True}, "INVALID_PARAMETER", "exact, none"),
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
