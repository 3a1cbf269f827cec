# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo.addons.base_api.orm.scope import bind_scope
from odoo.addons.base_api.protocol.preferences import Preferences
from odoo.addons.base_api.reading.serializers import parse_fields, serialize
from odoo.addons.base_api.request_scope import RequestScope

from .common import ApiCase

STRICT = {"Prefer": "types=strict"}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
LOGGED = MOMENT.replace("Z", r"\.\d{6}Z")


class StrictCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.partner = cls.env["res.partner"].create(
            {"name": "API Strict", "country_id": cls.belgium.id}
        )
        cls.path = f"/search/res.partner/{cls.partner.id}"

    def record(self, fields, path=None, user=None, **headers):
        headers = headers or STRICT
        path = f"{path or self.path}?fields={fields}"
        response = self.get(path, user or self.employee, headers=headers)
        return self.assertSuccess(response)["record"]


class TestStrictTypes(StrictCase):
    def test_empty_values_are_null(self):
        for name in ("email", "comment", "parent_id", "image_128", "vat", "barcode"):
            with self.subTest(name=name):
                self.assertEqual(self.record(name)[name], None)
                self.assertEqual(self.record(name, Prefer="types=odoo")[name], False)

    def test_what_is_not_empty_stays(self):
        expected = {
            "is_company": False,
            "color": 0,
            "partner_latitude": 0.0,
            "child_ids": [],
            "category_id": [],
        }
        row = self.record(",".join(expected))
        self.assertEqual(row, {"id": self.partner.id} | expected)
        self.assertIs(row["is_company"], False)

    def test_many2one_is_an_object(self):
        expected = {"id": self.belgium.id, "display_name": "Belgium"}
        self.assertEqual(self.record("country_id")["country_id"], expected)

    def test_moments_are_iso_8601_with_z_and_dates_stay(self):
        self.assertRegex(self.record("create_date")["create_date"], f"^{LOGGED}$")
        rates = self.env["res.currency.rate"]
        rate = rates.create(
            {
                "name": "2001-02-03",
                "rate": 2.0,
                "currency_id": self.belgium.currency_id.id,
            }
        )
        path = f"/search/res.currency.rate/{rate.id}"
        row = self.record("name,write_date", path, self.admin)
        self.assertEqual(row["name"], "2001-02-03")
        self.assertRegex(row["write_date"], f"^{LOGGED}$")

    def test_references_and_ids_of_any_model(self):
        menu = self.env["ir.ui.menu"].create({"name": "API"})
        attachment = self.env["ir.attachment"].create({"name": "API"})
        scope = RequestScope(preferences=Preferences(strict_types=True))
        bind_scope(self.env.cr, scope)
        self.addCleanup(bind_scope, self.env.cr, None)
        for record, name in ((menu, "action"), (attachment, "res_id")):
            [row] = serialize(record, parse_fields(record, name))
            self.assertEqual(row[name], None)
        attachment.write({"res_model": "res.partner", "res_id": self.partner.id})
        row = serialize(attachment, parse_fields(attachment, "res_id"))[0]
        self.assertEqual(row["res_id"], self.partner.id)

    def test_nested_records_are_strict_too(self):
        self.partner.create({"name": "x", "parent_id": self.partner.id})
        row = self.record(
            "parent_id.name,country_id.currency_id,country_id.state_ids.country_id,"
            "child_ids.email,child_ids.create_date,child_ids.parent_id"
        )
        self.assertEqual(row["parent_id"], None)
        euro = self.belgium.currency_id
        expected = {"id": euro.id, "display_name": "EUR"}
        self.assertEqual(row["country_id"]["currency_id"], expected)
        [child] = row["child_ids"]
        self.assertEqual(child["email"], None)
        self.assertRegex(child["create_date"], f"^{LOGGED}$")
        parent = {"id": self.partner.id, "display_name": "API Strict"}
        self.assertEqual(child["parent_id"], parent)

    def test_record_without_fields_has_no_value_of_two_types(self):
        row = self.assertSuccess(self.get(self.path, self.admin, headers=STRICT))
        fields = self.partner._fields
        wrong = [
            name
            for name, value in row["record"].items()
            if value is False and fields[name].type != "boolean"
        ]
        self.assertFalse(wrong)

    def test_answer_says_which_representation_it_has(self):
        response = self.get(self.path, self.employee, headers=STRICT)
        self.assertEqual(response.headers["Preference-Applied"], "types=strict")

    def test_list_is_strict(self):
        path = f"/search/res.partner?fields=email&id={self.partner.id}"
        data = self.assertSuccess(self.get(path, self.employee, headers=STRICT))
        self.assertEqual(data["records"], [{"id": self.partner.id, "email": None}])

    def test_catalog_is_strict(self):
        path = "/partners?customers_only=false&limit=1000"
        data = self.assertSuccess(self.get(path, self.employee, headers=STRICT))
        by_id = {row["id"]: row for row in data["partners"]}
        row = by_id[self.partner.id]
        self.assertEqual((row["country"], row["email"]), ("Belgium", None))
        self.assertIn(None, {row["country"] for row in by_id.values()})

    def test_what_became_of_written_records_is_strict(self):
        body = {"name": "y", "email": None, "country_id": self.belgium.id}
        response = self.post(
            "/create/res.partner", self.admin, json=body, headers=STRICT
        )
        row = self.assertSuccess(response, 201)["record"]
        country = {"id": self.belgium.id, "display_name": "Belgium"}
        self.assertEqual((row["email"], row["country_id"]), (None, country))
        path = f"/update/res.partner/{row['id']}"
        body = {"country_id": None, "is_company": False, "parent_id": None}
        response = self.put(path, self.admin, json=body, headers=STRICT)
        row = self.assertSuccess(response)["record"]
        self.assertEqual({name: row[name] for name in body}, body)

    def test_what_was_read_can_be_written_back(self):
        fields = "name,email,country_id,parent_id,category_id,color,is_company,lang"
        row = self.record(fields)
        response = self.put(
            self.path.replace("search", "update"),
            self.admin,
            json={name: value for name, value in row.items() if name != "id"},
            headers=STRICT,
        )
        self.assertSuccess(response)
        self.assertEqual(self.record(fields), row)

    def test_moments_can_be_written_back(self):
        values = {"nextcall": "2031-02-03T04:05:06Z"}
        cron = self.env["ir.cron"].search([], limit=1)
        path = f"/update/ir.cron/{cron.id}"
        response = self.put(path, self.admin, json=values, headers=STRICT)
        self.assertEqual(
            self.assertSuccess(response)["record"]["nextcall"], values["nextcall"]
        )
        self.assertEqual(cron.nextcall, datetime(2031, 2, 3, 4, 5, 6))

    def test_object_with_more_than_a_name_is_refused(self):
        path = self.path.replace("search", "update")
        for value in (
            {"id": self.belgium.id, "code": "XX"},
            {"display_name": "Belgium"},
            {"id": None},
            {"id": "be"},
            {"id": {"id": self.belgium.id}},
            {"id": [self.belgium.id, "Belgium"]},
            {},
        ):
            with self.subTest(value=value):
                response = self.put(path, self.admin, json={"country_id": value})
                self.assertApiError(response, 422, "VALIDATION_ERROR")


class TestStrictKeys(StrictCase):
    def new_strict_key(self, **options):
        path = f"/users/{self.admin.id}/api-key"
        options = {"strict_types": True} | options
        response = self.post(path, self.admin, json=options)
        return self.assertSuccess(response)["api_key"]

    def email(self, key, **headers):
        response = self.get(
            f"{self.path}?fields=email", headers={"api-key": key} | headers
        )
        return self.assertSuccess(response)["record"]["email"]

    def keys(self):
        response = self.get(f"/users/{self.admin.id}/api-keys", self.admin)
        return self.assertSuccess(response)["api_keys"]

    def test_key_decides_and_a_request_may_decide_otherwise(self):
        key = self.new_strict_key()
        self.assertEqual(self.email(key), None)
        self.assertEqual(self.email(key, Prefer="types=odoo"), False)
        self.assertEqual(self.email(self.new_strict_key(strict_types=False)), False)
        self.assertEqual(self.email(self.new_strict_key(strict_types=None)), False)

    def test_key_needs_no_statement_more(self):
        counts = []
        for key in (self.new_strict_key(strict_types=False), self.new_strict_key()):
            self.email(key)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.email(key)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_keys_are_listed_with_it(self):
        self.new_strict_key(name="Strict")
        types = {row["name"]: row["strict_types"] for row in self.keys()}
        self.assertIs(types["Strict"], True)
        self.assertIs(types["Test"], False)

    def test_rolled_key_stays_strict(self):
        self.new_strict_key(name="Strict")
        [key_id] = [row["id"] for row in self.keys() if row["name"] == "Strict"]
        path = f"/users/{self.admin.id}/api-keys/{key_id}/roll"
        data = self.assertSuccess(self.post(path, self.admin))
        self.assertEqual(self.email(data["api_key"]), None)

    def test_only_true_and_false_are_taken(self):
        for value in ("true", 1, [], {}, "strict"):
            with self.subTest(value=value):
                path = f"/users/{self.admin.id}/api-key"
                response = self.post(path, self.admin, json={"strict_types": value})
                self.assertApiError(response, 400, "INVALID_PARAMETER")
