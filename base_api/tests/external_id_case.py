# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class ExternalIdCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]
        cls.azure, cls.hidden = cls.partners.create(
            [{"name": "Azure", "country_id": cls.env.ref("base.be").id}, {"name": "H"}]
        )
        cls.name(cls.azure, "shop.c1")
        cls.name(cls.hidden, "shop.hidden")
        cls.env["ir.rule"].create(
            {
                "name": "One partner is hidden",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {cls.hidden.id})]",
            }
        )

    @classmethod
    def name(cls, record, external_id):
        module, _, name = external_id.partition(".")
        cls.env["ir.model.data"].create(
            {"module": module, "name": name, "model": record._name, "res_id": record.id}
        )
