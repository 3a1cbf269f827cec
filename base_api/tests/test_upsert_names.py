# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class TestUpsertByExternalId(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")

    def upsert(self, body, model="res.partner"):
        path = f"/upsert/{model}?key=external_id"
        return self.put(path, self.employee, json=body)

    def refuse(self, body, status, code, **kwargs):
        error = self.assertApiError(self.upsert(body, **kwargs), status, code)
        [entry] = error["details"]
        return entry["pointer"], entry["code"]

    def test_record_gets_its_name(self):
        for name, xml_id in [("up_1", "__import__.up_1"), ("erp.up.2", "erp.up.2")]:
            with self.subTest(name=name):
                body = {"external_id": name, "name": "Azure"}
                data = self.assertSuccess(self.upsert(body), 201)
                self.assertEqual(self.env.ref(xml_id).id, data["id"])
                self.assertEqual(self.env.ref(xml_id).create_uid, self.employee)
                self.assertEqual(
                    data["record"],
                    {"id": data["id"], "name": "Azure", "display_name": "Azure"},
                )
                again = self.assertSuccess(self.upsert(body | {"external_id": xml_id}))
                self.assertEqual(again["status"], "unchanged")
                again = self.assertSuccess(self.upsert(body | {"name": "Blue"}))
                self.assertEqual(
                    (again["id"], again["status"]), (data["id"], "updated")
                )

    def test_record_of_an_addon_can_be_updated(self):
        partner = self.env.ref("base.main_partner")
        body = [{"external_id": "base.main_partner", "color": 7}]
        data = self.assertSuccess(self.upsert(body))
        self.assertEqual(data["results"][0]["id"], partner.id)
        self.assertEqual(partner.color, 7)

    def test_no_new_names_for_addons(self):
        for module in ("base", "base_api"):
            with self.subTest(module=module):
                body = [
                    {"external_id": "x", "name": "x"},
                    {"external_id": f"{module}.up_1", "name": "x"},
                ]
                details = self.refuse(body, 422, "VALIDATION_ERROR")
                self.assertEqual(details, ("/1/external_id", "not_allowed"))

    def test_names_that_are_none(self):
        for name in (None, "", 5, True, ["x"], ".x", "x.", "a b", "a.b\n", " x"):
            with self.subTest(name=name):
                body = {"external_id": name, "name": "x"}
                pointer, _code = self.refuse(body, 422, "VALIDATION_ERROR")
                self.assertEqual(pointer, "/external_id")

    def test_record_out_of_reach_is_left_alone(self):
        """Be it of another model, or one that the caller may not see: one answer."""
        rule = {
            "name": "Hidden",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "domain_force": "[('name', '!=', 'Hidden')]",
        }
        self.env["ir.rule"].create(rule)
        hidden = self.env["res.partner"].create({"name": "Hidden"})
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "up_hidden",
                "model": "res.partner",
                "res_id": hidden.id,
            }
        )
        for name in ("up_hidden", "base.EUR"):
            with self.subTest(name=name):
                body = {"external_id": name, "name": "Mine now"}
                details = self.refuse(body, 409, "EXTERNAL_ID_TAKEN")
                self.assertEqual(details, ("/external_id", "not_allowed"))
        self.assertEqual(self.env.ref("__import__.up_hidden"), hidden)
        self.assertEqual(hidden.name, "Hidden")

    def test_name_of_a_record_that_is_gone_is_free(self):
        data = self.assertSuccess(
            self.upsert({"external_id": "up_1", "name": "x"}), 201
        )
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", [data["id"]])
        again = self.assertSuccess(
            self.upsert({"external_id": "up_1", "name": "x"}), 201
        )
        self.assertEqual(self.env.ref("__import__.up_1").id, again["id"])
