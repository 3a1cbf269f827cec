# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.base_api.errors import InvalidFilter
from odoo.addons.base_api.protocol.parameters import Filters
from odoo.addons.base_api.searching.searches import parse_conditions

from .bounds_case import BoundsCase

PLAIN = ["city", "=", "x"]


def either(*conditions):
    return ["|"] * (len(conditions) - 1) + list(conditions)


class TestSearchBudget(BoundsCase):
    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].with_user(self.employee)
        self.env["res.partner"].create([{"name": f"API {n}"} for n in range(3)])

    def parse(self, domain=(), filters=()):
        return parse_conditions(self.partners, domain, Filters(tuple(filters)))

    def assertTooMuch(self, *args, name="max_conditions"):
        with self.assertRaises(InvalidFilter) as caught:
            self.parse(*args)
        self.assertIn(name, caught.exception.description)

    def cost(self, *args):
        """Return the lowest limit that a search keeps."""
        for most in range(1, 600):
            self.limit(max_conditions=most)
            try:
                self.parse(*args)
            except InvalidFilter:
                continue
            return most

    def test_what_the_docs_promise_goes_on(self):
        """500 conditions, over seven relations, in any form of and and or."""
        self.parse(either(*[PLAIN] * 500))
        path = "parent_id." * 7 + "name"
        self.parse(either(*[[path, "=", "x"]] * 500))
        self.parse(either(*[["name", "ilike", "x"]] * 500))
        self.parse([["child_ids", "any", [PLAIN] * 499]])
        self.parse((), [("city", "x")] * 500)

    def test_domain_and_filters_count_together(self):
        self.parse([PLAIN] * 250, [("city", "x")] * 250)
        self.assertTooMuch([PLAIN] * 250, [("city", "x")] * 251)
        self.assertTooMuch((), [("city", "x")] * 501)
        self.assertTooMuch([["child_ids", "any", [PLAIN] * 250]] * 2)

    def test_patterns_over_relations_are_refused_before_they_run(self):
        patterns = [["parent_id.comment", "ilike", f"%{n}%x"] for n in range(200)]
        self.assertTooMuch(either(*patterns))
        filters = [("parent_id.comment__ilike", f"{n}") for n in range(200)]
        self.assertTooMuch((), filters)

    def test_long_patterns_are_refused_before_they_run(self):
        """PostgreSQL could not cancel them."""
        pattern = "a" * 10_000
        self.assertTooMuch([["comment", "ilike", pattern]])
        self.assertTooMuch([["comment", "=like", f"%{pattern}%"]])
        self.assertTooMuch((), [("comment__ilike", pattern)])

    def test_costs(self):
        for domain, cost in [
            ([], 1),
            ([PLAIN], 1),
            ([PLAIN] * 3, 3),
            ([["name", "ilike", "x"]], 1),
            ([["parent_id.name", "=", "x"]], 1),
            ([["parent_id.name", "ilike", "x"]], 3),
            ([["parent_id.parent_id.name", "=like", "x%"]], 5),
            ([["child_ids", "any", [["name", "ilike", "x"]]]], 4),
            ([["child_ids.parent_id", "any", [["name", "ilike", "x"]]]], 6),
            ([["child_ids", "any", [PLAIN]]], 2),
            ([["display_name", "ilike", "x"]], 3),
            ([["parent_id", "ilike", "x"]], 5),
            ([["parent_id", "not ilike", "x"]], 5),
            ([["parent_id", "=", "x"]], 1),
            ([["id", "child_of", [1, 2, 3]]], 1),
            ([["id", "child_of", "x"]], 4),
            ([["id", "child_of", ["x", "y"]]], 7),
            ([["parent_id", "child_of", ["x"]]], 6),
            ([["name", "ilike", "x" * 100]], 6),
            ([["name", "ilike", "x" * 9000]], 451),
            ([["name", "=", "x" * 100]], 1),
            ([["id", "in", list(range(1, 500))]], 5),
            ([["name", "in", ["x"] * 250]], 3),
        ]:
            with self.subTest(domain=str(domain)[:80]):
                self.assertEqual(self.cost(domain), cost)

    def test_costs_of_filters(self):
        for filters, cost in [
            ([("city", "x")], 1),
            ([("parent_id.city", "x")], 1),
            ([("name__ilike", "x")], 1),
            ([("parent_id.name__ilike", "x")], 3),
            ([("parent_id.parent_id.name__startswith", "x")], 5),
            ([("display_name__like", "x")], 3),
            ([("id__in", ",".join(["7"] * 250))], 3),
            ([("name__endswith", "x" * 40)], 3),
        ]:
            with self.subTest(filters=str(filters)[:80]):
                self.assertEqual(self.cost((), filters), cost)

    def test_lists(self):
        self.limit(max_list_values=5)
        six, five = list(range(1, 7)), list(range(1, 6))
        for condition in (
            ["id", "in", six],
            ["id", "not in", six],
            ["id", "=", six],
            ["parent_id", "in", ["x"] * 6],
            ["name", "in", ["x"] * 6],
            ["id", "child_of", six],
            ["child_ids", "any", [["id", "in", six]]],
        ):
            with self.subTest(condition=condition):
                self.assertTooMuch([condition], name="max_list_values")
        self.parse([["id", "in", five], ["id", "child_of", five]])
        for operator in ("in", "nin", "child_of"):
            with self.subTest(operator=operator):
                filters = [(f"id__{operator}", "1,2,3,4,5,6")]
                self.assertTooMuch((), filters, name="max_list_values")
                self.parse((), [(f"id__{operator}", "1,2,3,4,5")])

    def test_zero_is_no_limit(self):
        self.limit(max_conditions=0, max_list_values=0)
        self.parse([["id", "in", list(range(1, 11_000))]])
        self.parse([PLAIN] * 600, [("city", "x")] * 100)

    def test_over_http(self):
        self.limit(max_conditions=2, max_list_values=2)
        for path in ("search", "count", "aggregate", "export"):
            for query in ("city=x&city=y&city=z", "id__in=1,2,3"):
                with self.subTest(path=path, query=query):
                    path = f"/{path.strip('/').split('/')[0]}/res.partner?{query}"
                    response = self.get(path, self.employee)
                    self.assertApiError(response, 400, "INVALID_FILTER")
        body = {"domain": [PLAIN] * 3}
        response = self.post("/search/res.partner", self.employee, json=body)
        error = self.assertApiError(response, 400, "INVALID_FILTER")
        self.assertIn("at most 2 conditions in all (max_conditions)", error["message"])


class TestGroupWork(BoundsCase):
    def groups(self, groupby, status=200):
        path = f"/aggregate/res.partner?limit=1&groupby={groupby}"
        response = self.get(path, self.employee)
        if status == 200:
            return self.assertSuccess(response)
        error = self.assertApiError(response, status, "INVALID_PARAMETER")
        self.assertIn("(max_group_work)", error["message"])
        return error

    def test_many2many_levels_count_as_three(self):
        self.groups("category_id,parent_id.category_id,city,ref")
        error = self.groups("category_id,parent_id.category_id,city,ref,lang", 400)
        self.assertIn("this is 9", error["message"])
        paths = ["category_id", "parent_id.category_id", "commercial_partner_id"]
        self.groups(",".join([*paths, "parent_id.parent_id.category_id"]), 400)

    def test_eight_levels_go_on(self):
        self.groups("city,ref,lang,type,active,country_id,parent_id,create_date:day")

    def test_limit_is_a_setting(self):
        self.limit(max_group_work=2)
        self.groups("city,ref")
        self.groups("city,ref,lang", 400)
        self.groups("category_id", 400)
        self.limit(max_group_work=0)
        self.groups("category_id,parent_id.category_id,parent_id.parent_id.category_id")
