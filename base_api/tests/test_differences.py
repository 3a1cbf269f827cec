# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

from odoo.addons.base_api.upserting.unchanged import changed_values
from odoo.addons.base_api.writing.values import parse_values

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestDifferences(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = cls.env["res.partner.category"].create(
            [{"name": "a"}, {"name": "b"}]
        )
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Azure",
                "country_id": cls.env.ref("base.be").id,
                "partner_latitude": 1.5,
                "comment": "<p>Good</p>",
                "category_id": cls.tags[0].ids,
                "image_1920": PIXEL,
                "child_ids": [(0, 0, {"name": "Line"})],
            }
        )

    def differs(self, values):
        values = parse_values(self.partner, values)
        return list(changed_values(self.partner, values)) == list(values)

    def test_what_is_the_same_in_another_form(self):
        belgium = self.env.ref("base.be").id
        first, second = self.tags.ids
        for values in [
            {"name": "Azure", "ref": None, "active": True, "color": 0},
            {"country_id": [belgium, "Belgium"], "user_id": False},
            {"partner_latitude": "1.50000000001"},
            {"comment": "<p>Good</p>", "image_1920": PIXEL, "lang": "en_US"},
            {"category_id": [first]},
            {"category_id": [[6, 0, [first]]]},
            {"category_id": {"set": [first]}},
            {"category_id": {"add": [first]}},
            {"category_id": [[3, second]]},
            {"child_ids": [[4, self.partner.child_ids.id]]},
        ]:
            with self.subTest(values=values):
                parsed = parse_values(self.partner, values)
                self.assertEqual(changed_values(self.partner, parsed), {})

    def test_what_differs(self):
        first, second = self.tags.ids
        line = self.partner.child_ids.id
        for values in [
            {"name": "azure", "ref": "x", "active": False, "color": 1},
            {"country_id": False, "user_id": 2, "type": "invoice"},
            {"partner_latitude": 1.51, "comment": "<p>Bad</p>", "image_1920": None},
            {"category_id": []},
            {"category_id": None},
            {"category_id": [first, second]},
            {"category_id": {"add": [second]}},
            {"category_id": {"remove": [first]}},
            {"category_id": {"create": [{"name": "c"}]}},
            {"child_ids": {"update": [{"id": line, "name": "Line"}]}},
            {"child_ids": [[2, line]]},
        ]:
            with self.subTest(values=values):
                self.assertTrue(self.differs(values))

    def test_what_cannot_be_read_counts_as_different(self):
        self.patch(self.partner._fields["ref"], "groups", "base.group_no_one")
        employee = self.env.ref("base.public_user")
        partner = self.partner.with_user(employee)
        self.assertEqual(changed_values(partner, {"ref": False}), {"ref": False})
