# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that are read a field at a time are those of `BaseModel.read`."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ..reading.columns import read_columns
from ..reading.serializers import readable_fields

RECORDS = 5  # of each model


@tagged("post_install", "-at_install")
class TestColumns(TransactionCase):
    def check_same(self, records, names):
        rows = records.read(names)
        self.env.invalidate_all()
        records.fetch(names)
        expected = {name: [row[name] for row in rows] for name in names}
        self.assertEqual(read_columns(records, names), expected, records)

    def test_stored_fields_of_every_model(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        env = self.env(user=self.env.ref("base.user_admin"), context={"lang": "fr_FR"})
        seen = 0
        for model in map(env.get, sorted(env)):
            if model._abstract or model._table_query or not model.has_access("read"):
                continue
            names = [
                name for name, field in readable_fields(model).items() if field.store
            ]
            records = model.with_context(active_test=False).search([], limit=RECORDS)
            self.check_same(records.with_env(env), ["id", *names])
            seen += len(records)
        self.assertGreater(seen, 100)

    def test_computed_after_a_write(self):
        partner = self.env["res.partner"].create({"name": "A", "is_company": True})
        child = partner.create({"name": "B", "parent_id": partner.id})
        partner.name = "C"
        columns = read_columns(child, ["complete_name", "commercial_partner_id"])
        self.assertEqual(columns["complete_name"], ["C, B"])
        self.assertEqual(columns["commercial_partner_id"], [(partner.id, "C")])

    def test_missing_records_are_left_out(self):
        partner, gone = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        gone.unlink()
        columns = read_columns(partner + gone, ["id", "name"])
        self.assertEqual(columns, {"id": [partner.id], "name": ["A"]})

    def test_fields_of_groups(self):
        field = self.env["res.partner"]._fields["name"]
        self.patch(field, "groups", "base.group_system")
        partner = self.env["res.partner"].create({"name": "A"})
        demo = self.env["res.users"].create({"name": "D", "login": "columns"})
        with self.assertRaises(AccessError):
            read_columns(partner.with_user(demo), ["name"])
