# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .properties_case import DEFINITIONS, PropertiesCase


class TestPropertySearches(PropertiesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.values = [
            {
                "flag": True,
                "size": 9,
                "weight": 1.5,
                "code": "Azure",
                "day": "2026-03-01",
                "moment": "2026-03-01 10:00:00",
                "color": "red",
                "labels": ["a", "b"],
                "country": cls.belgium.id,
                "users": [cls.admin.id],
            },
            {
                "flag": False,
                "size": 10,
                "weight": 2,
                "code": "Blue",
                "day": "2026-04-01",
                "labels": ["b"],
            },
            dict.fromkeys(("size", "code", "day", "labels"), False),
            None,
        ]
        cls.partners = cls.partner.create(
            [{"name": f"API {n}", "ref": "API-S"} for n in range(4)]
        )
        for partner, values in zip(cls.partners, cls.values, strict=True):
            partner.properties = values

    def search(self, **params):
        params = {"ref": "API-S", "fields": "name"} | params
        response = self.get("/search/res.partner", self.employee, params=params)
        return [row["name"][-1] for row in self.assertSuccess(response)["records"]]

    def find(self, name, value):
        return "".join(self.search(**{f"properties.{name}": value}))

    def test_filters(self):
        for name, value, found in [
            ("size", "9", "0"),
            ("size__gte", "5", "01"),
            ("size__gt", "9", "1"),
            ("size__lt", "10", "0"),
            ("size__between", "9,10", "01"),
            ("size__ne", "9", "123"),
            ("size__in", "9,10", "01"),
            ("size__nin", "9", "123"),
            ("size__is_set", "true", "01"),
            ("size__is_set", "false", "23"),
            ("weight", "2", "1"),
            ("weight__lt", "1.75", "0"),
            ("flag", "true", "0"),
            ("flag", "false", "123"),
            ("code", "Azure", "0"),
            ("code__ieq", "aZURE", "0"),
            ("code__ieq", "azur_", ""),
            ("code__ilike", "U", "01"),
            ("code__startswith", "Az", "0"),
            ("code__ilike", "als", ""),
            ("day__gte", "2026-03-15", "1"),
            ("day__lte", "2026-03-15", "0"),
            ("moment__gt", "2026-03-01T11:00:00+02:00", "0"),
            ("color", "red", "0"),
            ("color__ne", "red", "123"),
            ("labels", "b", "01"),
            ("labels", "a", "0"),
            ("labels__nin", "a", "123"),
            ("country", str(self.belgium.id), "0"),
            ("users", str(self.admin.id), "0"),
        ]:
            with self.subTest(name=name, value=value):
                self.assertEqual(self.find(name, value), found)

    def test_zero_one_and_false_are_three_values(self):
        one = self.env["res.partner"].browse(1)
        definitions = [*DEFINITIONS]
        definitions.append({"name": "mate", "type": "many2one", "comodel": one._name})
        definitions.append({"name": "mates", "type": "many2many", "comodel": one._name})
        base = self.partner.properties_base_definition_id.sudo()
        base.properties_definition = definitions
        values = (
            {"size": 0, "weight": 0.0, "code": "false", "mate": 1, "mates": [1]},
            {"size": 1, "weight": 1.0, "code": "0", "mate": 2, "mates": [2, 1]},
            {"size": False, "code": "", "mate": False},
            {"size": 5, "code": "x", "mates": [3]},
        )
        for partner, value in zip(self.partners, values, strict=True):
            partner.properties = value
        for name, value, found in [
            ("size", "0", "0"),
            ("size", "1", "1"),
            ("size__in", "0,5", "03"),
            ("size__ne", "0", "123"),
            ("size__nin", "0,1", "23"),
            ("size__is_set", "false", "2"),
            ("size", "false", "2"),
            ("weight", "0", "0"),
            ("code", "false", "0"),
            ("code", "", "2"),
            ("mate", "1", "0"),
            ("mate__ne", "1", "123"),
            ("mates", "1", "01"),
            ("mates__in", "2,3", "13"),
            ("mates__nin", "1,3", "2"),
        ]:
            with self.subTest(name=name, value=value):
                self.assertEqual(self.find(name, value), found)
        for leaf, found in [
            (["properties.size", "=", 0], "0"),
            (["properties.size", ">", 0], "13"),
            (["properties.size", "!=", 1], "023"),
            (["properties.code", "=", "false"], "0"),
        ]:
            with self.subTest(leaf=leaf):
                self.assertEqual(self.find_by_domain(leaf), found)

    def test_booleans_in_domains(self):
        for leaf, found in [
            (["properties.flag", "=", True], "0"),
            (["properties.flag", "=", 1], "0"),
            (["properties.flag", "!=", True], "123"),
            (["properties.flag", "in", [True, False]], "0123"),
        ]:
            with self.subTest(leaf=leaf):
                self.assertEqual(self.find_by_domain(leaf), found)

    def find_by_domain(self, leaf):
        body = {"domain": [["ref", "=", "API-S"], leaf], "fields": "name"}
        response = self.post("/search/res.partner", self.employee, json=body)
        rows = self.assertSuccess(response)["records"]
        return "".join(row["name"][-1] for row in rows)

    def test_filters_over_relations(self):
        child = self.partner.create({"name": "API C", "parent_id": self.partners[0].id})
        params = {"parent_id.properties.size__gte": 9, "fields": "name"}
        response = self.get("/search/res.partner", self.employee, params=params)
        [row] = self.assertSuccess(response)["records"]
        self.assertEqual(row["id"], child.id)

    def test_domains(self):
        for leaf, found in [
            (["properties.size", ">=", 5], "01"),
            (["properties.size", "=", False], "23"),
            (["properties.size", "in", [9, 10]], "01"),
            (["properties.code", "ilike", "zur"], "0"),
            (["properties.code", "not ilike", "zur"], "123"),
            (["properties.labels", "in", ["a"]], "0"),
        ]:
            with self.subTest(leaf=leaf):
                self.assertEqual(self.find_by_domain(leaf), found)

    def test_orders_page_by_page(self):
        for order, expected in [
            ("properties.size", "0123"),
            ("properties.size desc", "2310"),
            ("properties.size desc nulls last,id desc", "1032"),
            ("properties.code desc nulls last", "1023"),
            ("properties.day nulls first", "2301"),
        ]:
            with self.subTest(order=order):
                self.assertEqual("".join(self.search(order=order)), expected)
                found, cursor = "", ""
                for _page in range(4):
                    params = {"order": order, "limit": 1, "cursor": cursor}
                    params |= {"ref": "API-S", "fields": "name"}
                    response = self.get(
                        "/search/res.partner", self.employee, params=params
                    )
                    data = self.assertSuccess(response)
                    found += data["records"][0]["name"][-1]
                    cursor = data.get("next_cursor", "")
                self.assertEqual(found, expected)

    def groups(self, groupby, **headers):
        params = {"ref": "API-S", "groupby": groupby}
        response = self.get(
            "/aggregate/res.partner", self.employee, params=params, headers=headers
        )
        groups = self.assertSuccess(response)["groups"]
        return [(group[groupby], group["count"]) for group in groups]

    def test_groups(self):
        self.assertEqual(self.groups("properties.color"), [("red", 1), (False, 3)])
        self.assertEqual(
            self.groups("properties.labels"),
            [(["a", "A", 1], 1), (["b", "B", 2], 2), (False, 2)],
        )
        self.assertEqual(
            self.groups("properties.country"),
            [([self.belgium.id, "Belgium"], 1), (False, 3)],
        )
        months = self.groups("properties.day:month")
        self.assertEqual(
            [(value and value[0], count) for value, count in months],
            [("2026-03-01", 1), ("2026-04-01", 1), (False, 2)],
        )
        strict = self.groups("properties.color", Prefer="types=strict")
        self.assertEqual(strict, [("red", 1), (None, 3)])

    def test_groups_at_the_end_of_the_calendar(self):
        self.partners[1].properties = {
            "day": "9999-12-31",
            "moment": "9999-12-31 23:30:00",
        }
        for name, start in (("day", "9999-12-01"), ("moment", "9999-12-01 00:00:00")):
            with self.subTest(name=name):
                groups = self.groups(
                    f"properties.{name}:month", **{"X-Timezone": "Asia/Tokyo"}
                )
                self.assertIn(start, [value and value[0] for value, _count in groups])

    def test_what_is_not_possible(self):
        for path, params, code in [
            ("search", {"properties.sice": "5"}, "INVALID_FILTER"),
            ("search", {"properties.size": "x"}, "INVALID_FILTER"),
            ("search", {"properties.size__like": "x"}, "INVALID_FILTER"),
            ("search", {"properties.size__zz": "x"}, "INVALID_FILTER"),
            ("search", {"properties.line": "x"}, "INVALID_FILTER"),
            ("search", {"properties.color": "blue"}, "INVALID_FILTER"),
            ("search", {"properties.a b": "5"}, "INVALID_FILTER"),
            ("search", {"properties.size.x": "5"}, "INVALID_FILTER"),
            ("search", {"order": "properties.labels"}, "INVALID_PARAMETER"),
            ("search", {"order": "properties.sice"}, "INVALID_PARAMETER"),
            ("aggregate", {"groupby": "properties.note_html"}, "INVALID_PARAMETER"),
            ("aggregate", {"groupby": "properties.day"}, "INVALID_PARAMETER"),
            (
                "aggregate",
                {"groupby": "properties.day:month_number"},
                "INVALID_PARAMETER",
            ),
            ("aggregate", {"groupby": "properties.sice"}, "INVALID_FIELDS"),
            (
                "aggregate",
                {"groupby": "parent_id.properties.size"},
                "INVALID_PARAMETER",
            ),
        ]:
            with self.subTest(params=params):
                response = self.get(
                    f"/{path}/res.partner", self.employee, params=params
                )
                self.assertApiError(response, 400, code)
        for leaf in (
            ["properties.size", "ilike", "x"],
            ["properties.size", "child_of", 1],
            ["properties.size", ">", False],
            ["properties.size", "=", "x"],
            ["properties.flag", "=", {}],
            ["properties.code", "=", {"a": 1}],
            ["properties.sice", "=", 1],
            ["properties.line", "=", False],
        ):
            with self.subTest(leaf=leaf):
                response = self.post(
                    "/search/res.partner", self.employee, json={"domain": [leaf]}
                )
                self.assertApiError(response, 400, "INVALID_FILTER")
