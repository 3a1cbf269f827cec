# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.base_api.errors import InvalidFields
from odoo.addons.base_api.reading.projection import MAX_NESTED_PATHS
from odoo.addons.base_api.reading.serializers import parse_fields, serialize

from .bounds_case import BoundsCase


class NestedCase(BoundsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.partners = cls.env["res.partner"].with_user(cls.employee)
        cls.parent = cls.env["res.partner"].create(
            {
                "name": "API Parent",
                "ref": "api-nested",
                "country_id": cls.belgium.id,
                "child_ids": [
                    (0, 0, {"name": f"API Child {number}", "color": number})
                    for number in range(3)
                ],
            }
        )
        cls.children = cls.parent.child_ids.sorted("color")

    def search(self, fields, query="", user=None, **kwargs):
        path = f"/search/res.partner?ref=api-nested&fields={fields}{query}"
        return self.get(path, user or self.employee, **kwargs)

    def row(self, fields, query="", **kwargs):
        [row] = self.assertSuccess(self.search(fields, query, **kwargs))["records"]
        return row

    def hide(self, model, domain):
        """Let employees see only those records of a model."""
        self.env["ir.rule"].create(
            {
                "name": "API test",
                "model_id": self.env["ir.model"]._get_id(model),
                "domain_force": domain,
            }
        )
        self.env.invalidate_all()


class TestNestedReads(NestedCase):
    def test_many2one_is_an_object_with_its_id_first(self):
        row = self.row("name,country_id.code,country_id.currency_id.name")
        self.assertEqual(list(row), ["id", "name", "country_id"])
        euro = self.belgium.currency_id
        expected = {"id": self.belgium.id, "code": "BE"}
        expected["currency_id"] = {"id": euro.id, "name": "EUR"}
        self.assertEqual(row["country_id"], expected)
        self.assertEqual(list(row["country_id"])[0], "id")

    def test_list_is_a_list_of_objects(self):
        row = self.row("child_ids.name,child_ids.parent_id,child_ids.parent_id.ref")
        self.assertEqual(
            sorted(row["child_ids"], key=lambda child: child["id"]),
            [
                {
                    "id": child.id,
                    "name": child.name,
                    "parent_id": {
                        "id": self.parent.id,
                        "display_name": "API Parent",
                        "ref": "api-nested",
                    },
                }
                for child in self.children
            ],
        )

    def test_empty_relations_are_false_and_empty_lists(self):
        row = self.row("parent_id.name,user_ids.login,state_id.id")
        self.assertEqual(row["parent_id"], False)
        self.assertEqual(row["state_id"], False)
        self.assertEqual(row["user_ids"], [])

    def test_ids_alone_can_be_asked_for(self):
        row = self.row("country_id.id,child_ids.id")
        self.assertEqual(row["country_id"], {"id": self.belgium.id})
        self.assertCountEqual(
            row["child_ids"], [{"id": child.id} for child in self.children]
        )

    def test_flat_and_nested_together_give_the_name_too(self):
        name = {"id": self.belgium.id, "display_name": "Belgium"}
        for fields in (
            "country_id,country_id.code",
            "country_id.code,country_id",
            "country_id.display_name,country_id.code",
            "country_id.code,country_id.display_name",
        ):
            with self.subTest(fields=fields):
                country = self.row(fields)["country_id"]
                self.assertEqual(country, name | {"code": "BE"})
                self.assertEqual(list(country)[0], "id")
        self.assertEqual(self.row("country_id.display_name")["country_id"], name)
        children = self.row("child_ids,child_ids.color")["child_ids"]
        self.assertEqual({child["color"] for child in children}, {0, 1, 2})

    def test_names_in_the_answer_are_those_asked_for(self):
        fields = "name,country_id.code,name,child_ids.parent_id.ref"
        expected = ["id", "name", "country_id.code", "child_ids.parent_id.ref"]
        data = self.assertSuccess(self.search(fields))
        self.assertEqual(data["fields"], expected)
        path = f"/search/res.partner/{self.parent.id}?fields={fields}"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertEqual(data["fields_returned"], expected)
        self.assertEqual(
            list(data["record"]), ["id", "name", "country_id", "child_ids"]
        )

    def test_old_names_work_at_every_level(self):
        user = self.env["res.users"].with_user(self.admin).browse(self.employee.id)
        names = parse_fields(
            user.partner_id, "user_ids.groups_id.name,user_ids.groups_id.user_ids.login"
        )
        [row] = serialize(user.partner_id, names)
        [row] = row["user_ids"]
        self.assertEqual(list(row), ["id", "groups_id"])
        self.assertEqual(row["groups_id"][0]["name"], user.group_ids[0].name)

    def test_archived_records_behind_a_many2one_are_read(self):
        self.parent.active = False
        child = self.children[:1].with_user(self.employee)
        [row] = serialize(child, parse_fields(child, "parent_id.name"))
        self.assertEqual(row["parent_id"]["name"], "API Parent")

    def test_names_may_come_as_a_list(self):
        names = parse_fields(self.partners, ["name", "country_id.code", " name "])
        self.assertEqual(
            dict(names), {key: key for key in ("id", "name", "country_id")}
        )
        self.assertEqual(names.paths, ["id", "name", "country_id.code"])
        for wrong in (3, {"name": 1}, ["name", 3], [["name"]], [None], None, True):
            with self.subTest(wrong=wrong), self.assertRaises(InvalidFields):
                parse_fields(self.partners, wrong)
        for nothing in ("", " , ", []):
            self.assertFalse(parse_fields(self.partners, nothing))


class TestNestedMistakes(NestedCase):
    def test_paths_that_lead_nowhere_are_refused(self):
        for fields, expected in [
            ("country_id.cod", "'cod' in res.country (did you mean 'code'?)"),
            ("contry_id.code", "(did you mean 'country_id'?)"),
            ("name.x", "'name' of res.partner is not a relational field"),
            ("country_id.", "Unknown field ''"),
            (".name", "''"),
            ("child_ids..name", "Unknown field ''"),
            ("id.name", "'id' of res.partner is not a relational field"),
            ("parent_id." * 8 + "name", "too many relations"),
            ("parent_id." * 500 + "name", "too many relations"),
        ]:
            with self.subTest(fields=fields):
                response = self.search(fields)
                error = self.assertApiError(response, 400, "INVALID_FIELDS")
                self.assertIn(expected, error["message"])

    def test_references_lead_nowhere(self):
        for model, field in (("ir.attachment", "res_id"), ("ir.ui.menu", "action")):
            response = self.get(f"/search/{model}?fields={field}.name", self.admin)
            self.assertApiError(response, 400, "INVALID_FIELDS")

    def test_lenient_callers_get_what_there_is(self):
        headers = {"Prefer": "handling=lenient"}
        fields = "country_id.cod,contry_id.code,name.x,country_id.code,child_ids.x.y"
        data = self.assertSuccess(self.search(fields, headers=headers))
        self.assertEqual(data["fields"], ["id", "country_id.code"])
        self.assertEqual(list(data["records"][0]), ["id", "country_id"])

    def test_number_of_dotted_names_is_bounded(self):
        names = [f"country_id.x{number}" for number in range(MAX_NESTED_PATHS + 1)]
        response = self.search(",".join(names))
        error = self.assertApiError(response, 400, "INVALID_FIELDS")
        self.assertIn(str(MAX_NESTED_PATHS), error["message"])


class TestNestedLimits(NestedCase):
    def test_a_cut_list_says_how_many_there_are(self):
        row = self.row("child_ids.name,child_ids.child_ids.name", "&nested_limit=2")
        self.assertEqual(len(row["child_ids"]), 2)
        self.assertEqual(row["_truncated"], {"child_ids": 3})
        self.assertNotIn("_truncated", row["child_ids"][0])
        row = self.row("child_ids.parent_id.child_ids.id", "&nested_limit=2")
        inner = row["child_ids"][0]["parent_id"]
        self.assertEqual(inner["_truncated"], {"child_ids": 3})
        self.assertNotIn("_truncated", self.row("child_ids.id", "&nested_limit=3"))

    def test_limit_zero_counts_only(self):
        row = self.row("child_ids.name", "&nested_limit=0")
        self.assertEqual(row["child_ids"], [])
        self.assertEqual(row["_truncated"], {"child_ids": 3})

    def test_limit_is_never_clamped(self):
        for value in ("-1", "1001", "x", "", "1.5"):
            with self.subTest(value=value):
                response = self.search("child_ids.name", f"&nested_limit={value}")
                self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_flat_lists_have_no_limit(self):
        self.assertEqual(len(self.row("child_ids", "&nested_limit=1")["child_ids"]), 3)

    def test_all_objects_of_an_answer_are_counted(self):
        """3 children, 3 times their parent, 3 times the 3 children again."""
        fields = "child_ids.parent_id.child_ids.name"
        self.limit(max_nested_objects=15)
        self.row(fields)
        self.limit(max_nested_objects=14)
        response = self.search(fields)
        error = self.assertTooMuch(response, 400, "ANSWER_TOO_LARGE", "nested_limit")
        self.assertIn("max_nested_objects", error["message"])
        self.row(fields, "&nested_limit=2")
        self.limit(max_nested_objects=0)
        self.row(fields)


class TestNestedStatements(NestedCase):
    FIELDS = (
        "name,child_ids.name,child_ids.country_id.name,child_ids.country_id.code,"
        "child_ids.parent_id.name,child_ids.create_uid.login,child_ids.state_id.name"
    )

    def count_statements(self):
        key_headers = {"api-key": self.new_key(self.employee)}
        url = f"/api/v2/search/res.partner?ref=api-nested&fields={self.FIELDS}"
        self.assertSuccess(self.url_open(url, headers=key_headers))
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertSuccess(self.url_open(url, headers=key_headers))
        return self.env.cr.sql_log_count - before

    def test_more_lines_need_no_more_statements(self):
        few = self.count_statements()
        countries = self.env["res.country"].search([], limit=77)
        self.env["res.partner"].create(
            [
                {"name": f"x{country.id}", "parent_id": self.parent.id,
                 "country_id": country.id}
                for country in countries
            ]
        )  # fmt: skip
        self.assertEqual(len(self.row(self.FIELDS)["child_ids"]), 80)
        self.assertEqual(self.count_statements(), few)
        self.assertLess(few, 20)


class TestNestedRights(NestedCase):
    def test_hidden_record_of_a_many2one_is_its_id(self):
        """A flat read gives its id and name away, a nested one no more than that."""
        self.hide("res.country", f"[('id', '!=', {self.belgium.id})]")
        row = self.row("country_id")
        self.assertEqual(row["country_id"], [self.belgium.id, "Belgium"])
        row = self.row("country_id.code,country_id.currency_id.name")
        self.assertEqual(row["country_id"], {"id": self.belgium.id})
        row = self.row("country_id,country_id.code")
        country = {"id": self.belgium.id, "display_name": "Belgium"}
        self.assertEqual(row["country_id"], country)

    def test_hidden_records_of_a_list_are_left_out(self):
        hidden = self.children[1]
        self.hide("res.partner", f"[('id', '!=', {hidden.id})]")
        for fields in ("child_ids.name", "child_ids.id", "child_ids.color,child_ids"):
            with self.subTest(fields=fields):
                ids = {child["id"] for child in self.row(fields)["child_ids"]}
                self.assertEqual(ids, set((self.children - hidden).ids))

    def test_hidden_records_stay_hidden_when_they_are_cached(self):
        """Odoo fills the same cache for the superuser."""
        hidden = self.children[1]
        self.hide("res.partner", f"[('id', '!=', {hidden.id})]")
        parent = self.parent.with_user(self.employee)
        parent.sudo().child_ids.mapped("name")
        [row] = serialize(parent, parse_fields(parent, "child_ids.name"))
        self.assertNotIn(hidden.id, [child["id"] for child in row["child_ids"]])

    def test_rules_hold_on_deeper_levels(self):
        self.hide("res.currency", "[('name', '=', 'USD')]")
        row = self.row("child_ids.parent_id.country_id.currency_id.symbol")
        country = row["child_ids"][0]["parent_id"]["country_id"]
        self.assertEqual(country["currency_id"], {"id": self.belgium.currency_id.id})

    def test_model_out_of_reach_is_refused(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.country")]
        ).perm_read = False
        self.assertSuccess(self.search("country_id"))
        for fields in ("country_id.code", "country_id.id", "child_ids.country_id.code"):
            with self.subTest(fields=fields):
                self.assertApiError(self.search(fields), 403, "ACCESS_DENIED")

    def test_field_out_of_reach_is_refused(self):
        field = type(self.env["res.country"]).code
        self.patch(field, "groups", "base.group_system")
        for fields in ("country_id.code", "child_ids.country_id.code"):
            with self.subTest(fields=fields):
                self.assertApiError(self.search(fields), 403, "ACCESS_DENIED")
                self.assertSuccess(self.search(fields, user=self.admin))

    def test_key_must_be_for_every_model_on_the_way(self):
        def read(fields, *models):
            models = {model: ["read"] for model in models}
            key = self.new_key(self.employee, models=models)
            path = f"/search/res.partner?ref=api-nested&fields={fields}"
            return self.get(path, headers={"api-key": key})

        fields = "child_ids.country_id.currency_id.name"
        currency, country = "res.currency", "res.country"
        self.assertSuccess(read(fields, "res.partner", country, currency))
        for models in ((country,), (currency,), ()):
            with self.subTest(models=models):
                response = read(fields, "res.partner", *models)
                self.assertApiError(response, 403, "KEY_RESTRICTED")
