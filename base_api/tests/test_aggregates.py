# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.tests import mute_logger

from .common import ApiCase


class TestAggregates(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium, cls.france = cls.env.ref("base.be"), cls.env.ref("base.fr")
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "ref": "AGGREGATE",
                    "country_id": country.id,
                    "color": color,
                }
                for name, country, color in [
                    ("a", cls.belgium, 1),
                    ("b", cls.belgium, 2),
                    ("c", cls.france, 6),
                    ("d", cls.env["res.country"], 0),
                ]
            ]
        )

    def aggregate(self, user=None, headers=None, **params):
        params.setdefault("ref", "AGGREGATE")
        response = self.get(
            "/aggregate/res.partner",
            user or self.employee,
            params=params,
            headers=headers,
        )
        return self.assertSuccess(response)

    def groups(self, **params):
        return self.aggregate(**params)["groups"]

    def assertRefused(self, code, expected, status=400, **params):
        path = "/aggregate/res.partner"
        with mute_logger("odoo.http"):
            response = self.get(path, self.employee, params=params)
        error = self.assertApiError(response, status, code)
        self.assertIn(expected, error["message"])

    def set_moment(self, partner, moment):
        # The ORM writes this one itself.
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (moment, partner.id),
        )

    def test_groups_with_measures(self):
        data = self.aggregate(
            groupby="country_id",
            measures="color:sum,color:avg,color:max,id:count_distinct",
            order="color:sum desc",
        )
        self.assertEqual(
            list(data), ["groups", "count", "model", "groupby", "measures"]
        )
        self.assertEqual(
            data["groups"],
            [
                {
                    "country_id": [self.france.id, "France"],
                    "color:sum": 6,
                    "color:avg": 6,
                    "color:max": 6,
                    "id:count_distinct": 1,
                    "count": 1,
                },
                {
                    "country_id": [self.belgium.id, "Belgium"],
                    "color:sum": 3,
                    "color:avg": 1.5,
                    "color:max": 2,
                    "id:count_distinct": 2,
                    "count": 2,
                },
                {
                    "country_id": False,
                    "color:sum": 0,
                    "color:avg": 0,
                    "color:max": 0,
                    "id:count_distinct": 1,
                    "count": 1,
                },
            ],
        )
        self.assertEqual(data["count"], 3)
        self.assertEqual(data["groupby"], ["country_id"])

    def test_one_total_without_groups(self):
        self.assertEqual(
            self.groups(measures="color:sum,active:bool_and"),
            [{"color:sum": 9, "active:bool_and": True, "count": 4}],
        )
        self.assertEqual(self.groups(), [{"count": 4}])
        nothing = self.groups(measures="color:sum", ref="NOTHING")
        self.assertEqual(nothing, [{"color:sum": False, "count": 0}])

    def test_paths_over_many2one_fields(self):
        groups = self.groups(groupby="country_id.code", order="country_id.code")
        self.assertEqual(
            groups,
            [
                {"country_id.code": "BE", "count": 2},
                {"country_id.code": "FR", "count": 1},
                {"country_id.code": False, "count": 1},
            ],
        )

    def test_filters_and_domain_hold_together(self):
        domain = json.dumps(["|", ["color", "=", 1], ["country_id.code", "=", "FR"]])
        groups = self.groups(groupby="name", domain=domain, color__gt="0")
        self.assertEqual([group["name"] for group in groups], ["a", "c"])

    def test_pages_of_groups(self):
        params = {"groupby": "name", "order": "name desc", "limit": 2}
        first, second = self.groups(**params), self.groups(**params, offset=2)
        self.assertEqual([group["name"] for group in first + second], [*"dcba"])

    def test_strict_types(self):
        headers = {"Prefer": "types=strict", "X-Timezone": "Europe/Brussels"}
        for partner in self.partners:
            self.set_moment(partner, "2026-03-10 12:00:00")
        data = self.aggregate(
            headers=headers,
            groupby="country_id,create_date:month",
            measures="create_date:max",
            limit=1,
        )
        self.assertEqual(
            data["groups"],
            [
                {
                    "country_id": {"id": self.belgium.id, "display_name": "Belgium"},
                    "create_date:month": {
                        "from": "2026-02-28T23:00:00Z",
                        "label": "March 2026",
                    },
                    "create_date:max": "2026-03-10T12:00:00.000000Z",
                    "count": 2,
                }
            ],
        )
        empty = self.aggregate(headers=headers, groupby="country_id", color=0)
        self.assertEqual(empty["groups"], [{"country_id": None, "count": 1}])
        total = self.aggregate(headers=headers, measures="color:sum", ref="NOTHING")
        self.assertEqual(total["groups"], [{"color:sum": None, "count": 0}])

    def test_a_moment_near_midnight_belongs_to_the_day_of_the_caller(self):
        for partner in self.partners:
            self.set_moment(partner, "2026-02-28 23:30:00")
        for zone, month, day in [
            ("UTC", ["2026-02-01 00:00:00", "February 2026"], "28 Feb 2026"),
            ("Europe/Paris", ["2026-02-28 23:00:00", "March 2026"], "01 Mar 2026"),
            (
                "America/New_York",
                ["2026-02-01 05:00:00", "February 2026"],
                "28 Feb 2026",
            ),
        ]:
            with self.subTest(zone=zone):
                data = self.aggregate(
                    headers={"X-Timezone": zone},
                    groupby="create_date:month,create_date:day",
                )
                [group] = data["groups"]
                self.assertEqual(group["create_date:month"], month)
                self.assertEqual(group["create_date:day"][1], day)

    def test_a_date_means_the_day_of_the_caller(self):
        for partner in self.partners:
            self.set_moment(partner, "2026-02-28 23:30:00")
        for zone, day, count in [
            ("UTC", "2026-02-28", 4),
            ("UTC", "2026-03-01", 0),
            ("Europe/Paris", "2026-02-28", 0),
            ("Europe/Paris", "2026-03-01", 4),
        ]:
            with self.subTest(zone=zone, day=day):
                data = self.aggregate(
                    headers={"X-Timezone": zone}, create_date__between=f"{day},{day}"
                )
                self.assertEqual(data["groups"], [{"count": count}])

    def test_what_cannot_be_is_refused(self):
        for code, expected, params in [
            ("INVALID_FIELDS", "did you mean 'country_id'?", {"groupby": "contry_id"}),
            ("INVALID_FIELDS", "Unknown field", {"groupby": "country_id.x"}),
            ("INVALID_FIELDS", "is not a relational field", {"groupby": "name.x"}),
            ("INVALID_FIELDS", "Unknown field", {"measures": "x:sum"}),
            ("INVALID_FIELDS", "Unknown field", {"measures": ":sum"}),
            (
                "INVALID_PARAMETER",
                "expected create_date:month",
                {"groupby": "create_date"},
            ),
            ("INVALID_PARAMETER", "'month'?", {"groupby": "create_date:mnth"}),
            ("INVALID_PARAMETER", "is not a date", {"groupby": "country_id:month"}),
            ("INVALID_PARAMETER", "stored fields", {"groupby": "child_ids"}),
            ("INVALID_PARAMETER", "stored fields", {"groupby": "child_ids.name"}),
            ("INVALID_PARAMETER", "stored fields", {"groupby": "tz_offset"}),
            ("INVALID_PARAMETER", "at most 8", {"groupby": "a,b,c,d,e,f,g,h,i"}),
            ("INVALID_PARAMETER", "field:function", {"measures": "color"}),
            ("INVALID_PARAMETER", "did you mean 'sum'?", {"measures": "color:summ"}),
            ("INVALID_PARAMETER", "field:function", {"measures": "id:array_agg"}),
            ("INVALID_PARAMETER", "sum takes", {"measures": "name:sum"}),
            ("INVALID_PARAMETER", "sum takes", {"measures": "partner_share:sum"}),
            ("INVALID_PARAMETER", "sum takes", {"measures": "parent_id.color:sum"}),
            ("INVALID_PARAMETER", "count takes", {"measures": "image_1920:count"}),
            ("INVALID_PARAMETER", "count takes", {"measures": "tz_offset:count"}),
            ("INVALID_PARAMETER", "expected one of", {"order": "name"}),
            ("INVALID_PARAMETER", "asc or desc", {"order": "count down"}),
            ("INVALID_PARAMETER", "from 1 to", {"limit": "0"}),
            ("INVALID_PARAMETER", "from 1 to", {"limit": "100000"}),
            ("INVALID_FILTER", "did you mean 'groupby'?", {"group_by": "name"}),
            ("INVALID_FILTER", "not JSON", {"domain": "[('id', '=', 1)]"}),
        ]:
            with self.subTest(params=params):
                self.assertRefused(code, expected, **params)

    def test_fields_out_of_reach_are_no_oracle(self):
        self.patch(type(self.env["res.country"]).code, "groups", "base.group_system")
        for params in [
            {"groupby": "country_id.code"},
            {"country_id.code": "BE"},
            {"domain": '[["country_id.code", "=", "BE"]]'},
            {"domain": '[["country_id", "any", [["code", "=", "BE"]]]]'},
        ]:
            with self.subTest(params=params):
                self.assertRefused("ACCESS_DENIED", "code", status=403, **params)
        self.patch(
            self.env["res.partner"]._fields["color"], "groups", "base.group_system"
        )
        self.assertRefused("ACCESS_DENIED", "color", status=403, measures="color:sum")

    def test_hidden_tags_are_no_groups(self):
        tag = self.env["res.partner.category"].create({"name": "Secret tag"})
        self.partners[0].category_id = tag
        self.env["ir.rule"].create(
            {
                "name": "No secrets",
                "model_id": self.env["ir.model"]._get_id("res.partner.category"),
                "domain_force": "[('name', '!=', 'Secret tag')]",
            }
        )
        groups = self.groups(groupby="category_id")
        self.assertEqual(groups, [{"category_id": False, "count": 4}])
        field = self.env["res.partner"]._fields["category_id"]
        self.patch(field, "bypass_search_access", True)
        self.assertRefused("INVALID_PARAMETER", "not possible", groupby="category_id")

    def test_groups_hide_what_the_caller_may_not_see(self):
        self.env["ir.rule"].create(
            {
                "name": "No Belgium",
                "model_id": self.env["ir.model"]._get_id("res.country"),
                "domain_force": "[('code', '!=', 'BE')]",
            }
        )
        groups = self.groups(groupby="country_id.code", order="count desc")
        self.assertEqual(groups[0], {"country_id.code": False, "count": 3})

    def test_names_in_lists_are_of_a_model_that_the_key_must_be_for(self):
        for models, status in (
            ({"res.partner": ["read"]}, 403),
            ({"res.partner": ["read"], "res.partner.category": ["read"]}, 200),
        ):
            key = self.new_key(self.employee, models=models)
            for name in ("category_id", "parent_id.category_id"):
                with self.subTest(name=name, models=models):
                    response = self.get(
                        "/aggregate/res.partner",
                        headers={"api-key": key},
                        params={"groupby": name},
                    )
                    self.assertEqual(response.status_code, status, response.text)
