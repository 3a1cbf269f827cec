# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ApiCase

CREATE = {"create": True}


class ReferenceCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]
        cls.tags = cls.env["res.partner.category"]
        cls.vip, cls.retail = cls.tags.create([{"name": "VIP"}, {"name": "Retail"}])
        cls.belgium = cls.env.ref("base.be")

    def make(self, values, status=201, user=None, model="res.partner", **kwargs):
        response = self.post(f"/create/{model}", user or self.employee, json=values)
        data = self.assertSuccess(response, status)
        ids = data["ids"] if isinstance(values, list) else [data["id"]]
        return self.env[model].browse(ids)

    def refuse(self, values, status=422, code="VALIDATION_ERROR", model="res.partner"):
        """Return `{pointer: code}` of the details of an error."""
        before = self.tags.search_count([])
        response = self.post(f"/create/{model}", self.employee, json=values)
        error = self.assertApiError(response, status, code)
        self.assertEqual(self.tags.search_count([]), before)
        return {entry["pointer"]: entry["code"] for entry in error["details"]}


@tagged("post_install", "-at_install")
class TestRecordReferences(ReferenceCase):
    def test_external_ids_and_fields_identify_records(self):
        for reference in (
            {"external_id": "base.be"},
            {"code": "BE"},
            {"code": "BE", "name": "Belgium"},
            {"id": self.belgium.id, "display_name": "Belgium"},
        ):
            with self.subTest(reference=reference):
                partner = self.make({"name": "Azure", "country_id": reference})
                self.assertEqual(partner.country_id, self.belgium)

    def test_a_field_of_a_reference_takes_a_reference(self):
        values = {"name": "Azure", "state_id": {"code": "CA", "country_id": {}}}
        self.assertEqual(self.refuse(values), {"/state_id/country_id": "wrong_type"})
        values["state_id"]["country_id"] = {"external_id": "base.us"}
        partner = self.make(values)
        self.assertEqual(partner.state_id, self.env.ref("base.state_us_5"))

    def test_lists_of_references(self):
        self.tags.create({"name": "Old", "active": False})
        for value in (
            [{"name": "VIP"}, {"name": "Old"}],
            [
                {"name": "VIP"},
                self.tags.search([("name", "=", "Old"), ("active", "=", False)]).id,
            ],
            {"add": [{"name": "VIP"}, {"name": "Old"}]},
            {"set": [{"name": "VIP"}, {"name": "Old"}]},
            [[6, 0, [{"name": "VIP"}, {"name": "Old"}]]],
            [[4, {"name": "VIP"}], [4, {"name": "Old"}]],
        ):
            with self.subTest(value=value):
                partner = self.make({"name": "Azure", "category_id": value})
                tags = partner.with_context(active_test=False).category_id
                self.assertEqual(set(tags.mapped("name")), {"VIP", "Old"})

    def test_lines_with_references(self):
        parent = self.make(
            {
                "name": "Azure",
                "child_ids": {
                    "create": [
                        {"name": "Ann", "country_id": {"code": "BE"}},
                        {"name": "Bob", "category_id": [{"name": "Retail"}]},
                    ]
                },
            }
        )
        ann, bob = parent.child_ids.sorted("id")
        self.assertEqual(ann.country_id, self.belgium)
        self.assertEqual(bob.category_id, self.retail)
        body = {
            "child_ids": {
                "update": [
                    {"id": {"name": "Ann", "parent_id": parent.id}, "name": "Eva"}
                ],
                "remove": [{"name": "Bob", "parent_id": {"name": "Azure"}}],
            }
        }
        self.assertSuccess(self.patch_record(parent, body))
        self.assertEqual(parent.child_ids.mapped("name"), ["Eva"])

    def patch_record(self, record, body):
        path = f"/update/{record._name}/{record.id}"
        return self.call("PATCH", path, self.employee, json=body)

    def test_missing_records_are_created_once(self):
        rows = [
            {"name": f"Azure {number}", "category_id": [{"name": "New"} | CREATE]}
            for number in range(3)
        ]
        partners = self.make(rows)
        self.assertEqual(len(partners.category_id), 1)
        self.assertEqual(partners.category_id.name, "New")
        self.assertEqual(partners.category_id.create_uid, self.employee)
        again = self.make(rows[:1])
        self.assertEqual(again.category_id, partners.category_id)

    def test_a_created_record_has_its_external_id_and_values(self):
        reference = {
            "external_id": "shop.c17",
            "name": "Azure",
            "country_id": {"code": "BE"},
            "child_ids": {"create": [{"name": "Ann"}]},
        }
        contact = self.make({"name": "Bob", "parent_id": reference | CREATE})
        parent = contact.parent_id
        self.assertEqual(parent, self.env.ref("shop.c17"))
        self.assertEqual(parent.country_id, self.belgium)
        self.assertEqual(set(parent.child_ids.mapped("name")), {"Ann", "Bob"})
        # It exists now: its values are not written again.
        reference["name"] = "Other"
        other = self.make({"name": "Eva", "parent_id": reference | CREATE})
        self.assertEqual(other.parent_id, parent)
        self.assertEqual(parent.name, "Azure")

    def test_created_records_in_references(self):
        top = {"name": "Top"} | CREATE
        child = self.make(
            {
                "name": "Leaf",
                "parent_id": {"name": "Middle", "parent_id": top} | CREATE,
            },
            model="res.partner.category",
        )
        self.assertEqual(child.parent_id.name, "Middle")
        self.assertEqual(child.parent_id.parent_id.name, "Top")

    def test_wrong_references_are_all_reported(self):
        self.partners.create([{"name": "Twin"}, {"name": "Twin"}])
        found = self.refuse(
            [
                {"name": "1", "country_id": {"code": "??"}},
                {"name": "2", "country_id": {"external_id": "base.main_partner"}},
                {"name": "3", "parent_id": {"name": "Twin"}},
                {"name": "4", "category_id": [{"name": "VIP"}, {"name": "Nope"}]},
                {"name": "5", "country_id": {"external_id": "no dots"}},
                {"name": "6", "country_id": {"external_id": "base.be", "code": "BE"}},
                {"name": "7", "country_id": {"code": "BE", "create": 1}},
                {"name": "8", "country_id": {}},
                {"name": "9", "country_id": {"code": ""}},
                {"name": "10", "country_id": {"code": ["BE"]}},
            ]
        )
        self.assertEqual(
            found,
            {
                "/0/country_id": "not_found",
                "/1/country_id": "not_found",
                "/2/parent_id": "ambiguous",
                "/3/category_id/1": "not_found",
                "/4/country_id/external_id": "wrong_type",
                "/5/country_id": "wrong_type",
                "/6/country_id": "wrong_type",
                "/7/country_id": "wrong_type",
                "/8/country_id/code": "required",
                "/9/country_id/code": "wrong_type",
            },
        )

    def test_fields_that_identify_nothing(self):
        values = {"name": "Azure", "country_id": {"nane": "Belgium"}}
        found = self.refuse(values, 400, "INVALID_FIELDS")
        self.assertEqual(found, {"/country_id": "unknown_field"})
        for reference in ({"image_url": "x"}, {"display_name": "x"}, {"state_ids": 1}):
            with self.subTest(reference=reference):
                found = self.refuse({"name": "Azure", "country_id": reference})
                self.assertEqual(found, {"/country_id": "not_allowed"})

    def test_values_of_a_created_record_are_checked(self):
        reference = {"name": "New", "color": "red"} | CREATE
        found = self.refuse({"name": "Azure", "category_id": [reference]})
        self.assertEqual(found, {"/category_id/0/color": "wrong_type"})
        reference = {"color": 99} | CREATE
        with mute_logger("odoo.sql_db"):
            found = self.refuse({"name": "Azure", "category_id": [reference]})
        self.assertEqual(found, {"/category_id/0/name": "required"})
        reference = {"external_id": "base.new_tag", "name": "New"} | CREATE
        found = self.refuse({"name": "Azure", "category_id": [reference]})
        self.assertEqual(found, {"/category_id/0/external_id": "not_allowed"})

    def test_a_failed_row_keeps_nothing_of_its_references(self):
        rows = [
            {"name": "1", "category_id": [{"name": "New"} | CREATE], "color": "red"},
            {"name": "2", "category_id": [{"name": "New"} | CREATE]},
        ]
        response = self.post(
            "/create/res.partner?atomic=false", self.employee, json=rows
        )
        data = self.assertSuccess(response)
        self.assertEqual([row["success"] for row in data["results"]], [False, True])
        partner = self.partners.browse(data["results"][1]["id"])
        self.assertEqual(partner.category_id.mapped("name"), ["New"])

    def test_hidden_records_are_not_found(self):
        self.env["ir.rule"].create(
            {
                "name": "VIP is hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner.category"),
                "domain_force": f"[('id', '!=', {self.vip.id})]",
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "shop",
                "name": "vip",
                "model": self.vip._name,
                "res_id": self.vip.id,
            }
        )
        for reference in ({"name": "VIP"}, {"external_id": "shop.vip"}):
            with self.subTest(reference=reference):
                found = self.refuse({"name": "Azure", "category_id": [reference]})
                self.assertEqual(found, {"/category_id/0": "not_found"})
        reference = {"external_id": "shop.vip", "name": "Mine"} | CREATE
        found = self.refuse({"name": "Azure", "category_id": [reference]})
        self.assertEqual(found, {"/category_id/0/external_id": "not_allowed"})

    def test_one_statement_finds_the_references_of_a_list(self):
        tags = self.tags.create([{"name": f"Tag {number}"} for number in range(50)])
        rows = [
            {"name": f"{tag.name} partner", "category_id": [{"name": tag.name}]}
            for tag in tags
        ]
        searched = []

        def search_fetch(model, domain, *args, **kwargs):
            searched.append(domain)
            return original(model, domain, *args, **kwargs)

        original = type(self.tags).search_fetch
        self.patch(type(self.tags), "search_fetch", search_fetch)
        partners = self.make(rows)
        self.assertEqual(partners.mapped("category_id"), tags)
        self.assertEqual(len(searched), 1)

    def test_bulk_updates_and_upserts(self):
        one, two = self.partners.create(
            [{"name": "One", "ref": "R1"}, {"name": "Two", "ref": "R2"}]
        )
        body = {"ids": [one.id, two.id], "values": {"country_id": {"code": "BE"}}}
        self.assertSuccess(
            self.call("PATCH", "/update/res.partner", self.employee, json=body)
        )
        self.assertEqual((one + two).country_id, self.belgium)
        body = [
            {
                "ref": "R1",
                "country_id": {"code": "BE"},
                "category_id": [{"name": "VIP"}],
            },
            {"ref": "R3", "name": "Three", "country_id": {"external_id": "base.be"}},
        ]
        for statuses in (["updated", "created"], ["unchanged", "unchanged"]):
            data = self.assertSuccess(
                self.put("/upsert/res.partner?key=ref", self.employee, json=body)
            )
            self.assertEqual([row["status"] for row in data["results"]], statuses)
        self.assertEqual(one.category_id, self.vip)

    def test_a_key_of_an_upsert_may_be_a_reference(self):
        self.env["res.country.state"].create(
            {"name": "Old", "code": "XX", "country_id": self.belgium.id}
        )
        self.admin.group_ids += self.env.ref("base.group_partner_manager")
        body = {"code": "XX", "country_id": {"code": "BE"}, "name": "New"}
        response = self.put(
            "/upsert/res.country.state?key=code,country_id", self.admin, json=body
        )
        data = self.assertSuccess(response)
        self.assertEqual(data["status"], "updated")
        self.assertEqual(data["record"]["name"], "New")

    def test_the_record_of_an_attachment(self):
        partner = self.make({"name": "Azure", "ref": "R1"})
        body = {"name": "a.txt", "datas": "QQ==", "res_model": "res.partner"}
        body["res_id"] = {"ref": "R1"}
        data = self.assertSuccess(
            self.post("/attachments", self.employee, json=body), 201
        )
        attachment = self.env["ir.attachment"].browse(data["id"])
        self.assertEqual(attachment.res_id, partner.id)
        for model in ("res.partnr", 7, None):
            body["res_model"] = model
            response = self.post("/create/ir.attachment", self.employee, json=body)
            self.assertEqual(response.status_code, 422)

    def test_dry_run_creates_nothing(self):
        before = self.tags.search_count([])
        response = self.post(
            "/create/res.partner",
            self.employee,
            headers={"Prefer": "dry-run"},
            json={"name": "Azure", "category_id": [{"name": "New"} | CREATE]},
        )
        self.assertSuccess(response, 201)
        self.assertEqual(self.tags.search_count([]), before)
