# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from .properties_case import DEFINITIONS, PropertiesCase


class TestPropertyWrites(PropertiesCase):
    def assertStored(self, sent, stored):
        self.assertSuccess(self.write_properties(sent))
        self.assertEqual(self.stored(), stored)

    def test_values_are_merged(self):
        self.assertStored({"size": 5}, {"size": 5})
        self.assertStored({"code": "x"}, {"size": 5, "code": "x"})
        self.assertStored({}, {"size": 5, "code": "x"})
        self.assertStored({"size": None}, {"size": False, "code": "x"})
        self.assertStored({"weight": None}, {"size": False, "code": "x"})
        self.assertSuccess(self.write_properties(None))
        self.assertIsNone(self.stored())

    def test_values_of_each_type(self):
        admin = self.admin.id
        for name, sent, stored in [
            ("flag", True, True),
            ("flag", False, False),
            ("size", 5.0, 5),
            ("size", 0, 0),
            ("weight", 2, 2.0),
            ("code", 7, "7"),
            ("day", "2026-03-01", "2026-03-01"),
            ("day", "2026-03-01T00:00:00.000Z", "2026-03-01"),
            ("moment", "2026-03-01T12:00:00+02:00", "2026-03-01 10:00:00"),
            ("note_html", "<p>x<script>y</script></p>", "<p>x</p>"),
            ("color", "1", "1"),
            ("labels", ["b", "a", "b"], ["b", "a"]),
            ("labels", [["a", "A", 1]], ["a"]),
            ("country", self.belgium.id, self.belgium.id),
            ("country", [self.belgium.id, "Belgium"], self.belgium.id),
            ("country", {"id": self.belgium.id}, self.belgium.id),
            ("users", [admin], [admin]),
            ("users", [[admin, "Name"]], [admin]),
            ("users", [], False),
            ("code", "", False),
        ]:
            with self.subTest(name=name, sent=sent):
                self.assertSuccess(self.write_properties({name: sent}))
                self.assertEqual(self.stored()[name], stored)

    def test_what_was_read_can_be_sent_back(self):
        values = {
            "size": 5,
            "moment": "2026-03-01 10:00:00",
            "country": self.belgium.id,
            "users": [self.admin.id],
            "labels": ["a"],
        }
        self.assertStored(values, values)
        path = f"/search/res.partner/{self.partner.id}?fields=properties"
        for headers in ({}, {"Prefer": "types=strict"}):
            response = self.get(path, self.employee, headers=headers)
            read = self.assertSuccess(response)["record"]["properties"]
            self.assertEqual(len(read), len(DEFINITIONS))
            self.assertStored(read, values)
        read[1]["value"] = 6
        self.assertStored(read, values | {"size": 6})

    def test_values_that_do_not_fit(self):
        for values, status, pointer, code in [
            ({"sice": 5}, 400, "/properties/sice", "unknown_field"),
            ({"line": 5}, 400, "/properties/line", "not_writable"),
            ({"size": "five"}, 422, "/properties/size", "wrong_type"),
            ({"size": True}, 422, "/properties/size", "wrong_type"),
            ({"flag": 1}, 422, "/properties/flag", "wrong_type"),
            ({"day": "tomorrow"}, 422, "/properties/day", "wrong_type"),
            ({"day": "2026-03-01T12:00:00"}, 422, "/properties/day", "wrong_type"),
            ({"moment": 5}, 422, "/properties/moment", "wrong_type"),
            ({"color": "blue"}, 422, "/properties/color", "not_allowed"),
            ({"color": 1}, 422, "/properties/color", "not_allowed"),
            ({"labels": ["c"]}, 422, "/properties/labels", "not_allowed"),
            ({"labels": "a"}, 422, "/properties/labels", "wrong_type"),
            ({"country": "BE"}, 422, "/properties/country", "wrong_type"),
            ({"country": 99999999}, 422, "/properties/country", "foreign_key"),
            ({"users": [99999999]}, 422, "/properties/users", "foreign_key"),
            ({"users": 5}, 422, "/properties/users", "wrong_type"),
            ([5], 422, "/properties/0", "wrong_type"),
            ([{"value": 5}], 422, "/properties/0", "wrong_type"),
            ([{"name": "size", "value": "x"}], 422, "/properties/0/value", None),
            ("x", 422, "/properties", "wrong_type"),
        ]:
            with self.subTest(values=values):
                error = self.assertApiError(
                    self.write_properties(values),
                    status,
                    {400: "INVALID_FIELDS", 422: "VALIDATION_ERROR"}[status],
                )
                [entry] = error["details"]
                self.assertEqual(entry["pointer"], pointer)
                self.assertIn(code, (entry["code"], None))
        self.assertIsNone(self.stored())

    def test_hint(self):
        error = self.assertApiError(
            self.write_properties({"sice": 5}), 400, "INVALID_FIELDS"
        )
        self.assertIn("did you mean 'size'", error["message"])

    def test_new_records(self):
        response = self.write_properties(
            {"size": 5}, "/create/res.partner", "POST", name="API New"
        )
        partner = self.partner.browse(self.assertSuccess(response, 201)["id"])
        self.assertEqual(self.stored(partner), {"size": 5})
        response = self.write_properties(
            {"sice": 5}, "/create/res.partner", "POST", name="API New"
        )
        self.assertApiError(response, 400, "INVALID_FIELDS")

    def test_lines(self):
        child = self.partner.create({"name": "Child", "parent_id": self.partner.id})
        child.properties = {"code": "x"}
        body = {
            "child_ids": {
                "create": [{"name": "Other", "properties": {"size": 1}}],
                "update": [{"id": child.id, "properties": {"size": 2}}],
            }
        }
        path = f"/update/res.partner/{self.partner.id}"
        self.assertSuccess(self.call("PATCH", path, self.employee, json=body))
        self.assertEqual(self.stored(child), {"code": "x", "size": 2})
        self.assertEqual(self.stored(self.partner.child_ids - child), {"size": 1})

    def test_many_records_keep_their_own(self):
        other = self.partner.copy()
        self.partner.properties = {"code": "x"}
        other.properties = {"code": "y"}
        body = {
            "ids": [self.partner.id, other.id],
            "values": {"properties": {"size": 1}},
        }
        response = self.call("PATCH", "/update/res.partner", self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["updated_fields"], ["properties"])
        self.assertEqual(self.stored(), {"code": "x", "size": 1})
        self.assertEqual(self.stored(other), {"code": "y", "size": 1})

    def test_an_upsert_is_unchanged(self):
        self.partner.ref = "API-P"
        body = {
            "ref": "API-P",
            "properties": {"size": 5.0, "moment": "2026-03-01T10:00Z"},
        }
        path = "/upsert/res.partner?key=ref"
        statuses = [
            self.assertSuccess(self.put(path, self.employee, json=body))["status"]
            for _turn in range(2)
        ]
        self.assertEqual(statuses, ["updated", "unchanged"])

    def test_no_options_are_shown_to_a_key_that_may_not_read(self):
        path = f"/update/res.partner/{self.partner.id}"
        for operations, is_shown in ((["update"], False), (["read", "update"], True)):
            with self.subTest(operations=operations):
                key = self.new_key(self.employee, models={"res.partner": operations})
                body = {"properties": {"color": "blue"}}
                headers = {"api-key": key}
                response = self.call("PATCH", path, json=body, headers=headers)
                error = self.assertApiError(response, 422, "VALIDATION_ERROR")
                self.assertIs("red" in error["message"], is_shown)

    def hide_belgium(self):
        rule = {
            "name": "API",
            "model_id": self.env["ir.model"]._get_id("res.country"),
            "domain_force": f"[('id', '!=', {self.belgium.id})]",
            "groups": [Command.link(self.env.ref("base.group_user").id)],
        }
        self.env["ir.rule"].create(rule)

    def test_hidden_records_that_were_read_can_be_sent_back(self):
        self.partner.properties = {"country": self.belgium.id}
        self.hide_belgium()
        path = f"/search/res.partner/{self.partner.id}?fields=properties"
        read = self.assertSuccess(self.get(path, self.employee))["record"]
        self.assertSuccess(self.write_properties(read["properties"]))
        self.assertEqual(self.stored(), {"country": self.belgium.id})

    def test_hidden_records_are_not_found(self):
        self.hide_belgium()
        messages = []
        for record_id in (self.belgium.id, 99999999):
            response = self.write_properties({"country": record_id})
            error = self.assertApiError(response, 422, "VALIDATION_ERROR")
            messages.append(error["message"].replace(str(record_id), "ID"))
        self.assertEqual(*messages)
