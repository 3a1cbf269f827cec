# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`translations=all`: translated fields as they can be written."""

from .test_field_translations import MODEL, STRICT, TranslationCase, texts


class TestReadTranslations(TranslationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env[MODEL].create({"name": "Red"})
        cls.tag.update_field_translations("name", {"fr_FR": "Rouge"})
        cls.child = cls.env[MODEL].create({"name": "Pink", "parent_id": cls.tag.id})
        cls.all = {"en_US": "Red", "fr_FR": "Rouge", "nl_NL": False}

    def find(self, query, record=None, **kwargs):
        path = f"/search/{MODEL}/{(record or self.tag).id}?{query}"
        return self.assertSuccess(self.get(path, self.boss, **kwargs))["record"]

    def test_one_record(self):
        for query in ("translations=all", "translations=all&fields=name,color"):
            record = self.find(query)
            self.assertEqual(record["name"], texts(**self.all))
            self.assertEqual(record["color"], self.tag.color)
        record = self.find("translations=fr_FR&fields=name")
        self.assertEqual(record["name"], texts(fr_FR="Rouge"))
        record = self.find("translations=all&fields=name", headers=STRICT)
        self.assertEqual(record["name"], texts(**self.all | {"nl_NL": None}))
        self.assertEqual(self.find("fields=name")["name"], "Red")

    def test_lists(self):
        path = f"/search/{MODEL}"
        params = {"id": self.tag.id, "translations": "en_US,fr_FR"}
        found = self.assertSuccess(self.get(path, self.boss, params=params))
        expected = texts(en_US="Red", fr_FR="Rouge")
        self.assertEqual(found["records"][0]["name"], expected)
        self.assertEqual(found["records"][0]["display_name"], "Red")
        body = {"domain": [["id", "=", self.tag.id]], "translations": "en_US,fr_FR"}
        again = self.assertSuccess(self.send("POST", path, body))
        self.assertEqual(again["records"], found["records"])
        path = f"/export/{MODEL}"
        response = self.get(path, self.boss, params=params | {"fields": "name"})
        self.assertEqual(response.json(), {"id": self.tag.id, "name": expected})

    def test_nested_records(self):
        record = self.find(
            "translations=en_US,fr_FR&fields=name,child_ids.name,child_ids.parent_id.name"
        )
        expected = texts(en_US="Red", fr_FR="Rouge")
        [child] = record["child_ids"]
        self.assertEqual(record["name"], expected)
        self.assertEqual(child["name"], texts(en_US="Pink", fr_FR=False))
        self.assertEqual(child["parent_id"], {"id": self.tag.id, "name": expected})

    def test_what_was_read_can_be_written(self):
        for headers in ({}, STRICT):
            record = self.find("translations=all&fields=name", headers=headers)
            path = f"/upsert/{MODEL}?key=external_id"
            external_id = {"external_id": "tr.read"}
            values = {"module": "tr", "name": "read", "model": MODEL}
            data = self.env["ir.model.data"]
            if not data.search([("name", "=", "read"), ("module", "=", "tr")]):
                data.create(values | {"res_id": self.tag.id})
            response = self.send("PUT", path, external_id | {"name": record["name"]})
            self.assertEqual(self.assertSuccess(response)["status"], "unchanged")
            self.update(self.tag, {"name": record["name"]})
            expected = {"en_US": "Red", "fr_FR": "Rouge"}
            self.assertEqual(self.stored(self.tag), expected)

    def test_inherited_and_empty_fields(self):
        company = self.env.company
        path = f"/search/res.company/{company.id}?translations=all"
        record = self.assertSuccess(self.get(path, self.boss))["record"]
        self.assertEqual(record["name"], company.name)  # not translated
        names = {
            name: field
            for name, field in company._fields.items()
            if getattr(field, "translate", False) and field.store
        }
        for name in names:
            if not company[name] and name in record:
                self.assertIs(record[name], False)

    def test_refused(self):
        for value in ("de_DE", "fr", "all,fr_FR", "en_US,xx"):
            for path in (f"/search/{MODEL}", f"/export/{MODEL}"):
                response = self.get(f"{path}?translations={value}", self.boss)
                self.assertApiError(response, 422, "LANGUAGE_NOT_INSTALLED")

    def test_hidden_records(self):
        self.env["ir.rule"].create(
            {
                "name": "tr",
                "model_id": self.env.ref("base.model_res_partner_category").id,
                "domain_force": f"[('id', '!=', {self.tag.id})]",
            }
        )
        query = "translations=all&fields=parent_id.name,parent_id.display_name"
        record = self.find(query, self.child)
        self.assertEqual(
            record["parent_id"], {"id": self.tag.id, "display_name": "Red"}
        )
