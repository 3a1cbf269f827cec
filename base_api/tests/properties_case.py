# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase

DEFINITIONS = [
    {"name": "flag", "type": "boolean", "string": "Flag"},
    {"name": "size", "type": "integer", "string": "Size"},
    {"name": "weight", "type": "float", "string": "Weight"},
    {"name": "code", "type": "char", "string": "Code"},
    {"name": "day", "type": "date", "string": "Day"},
    {"name": "moment", "type": "datetime", "string": "Moment"},
    {"name": "note_html", "type": "html", "string": "Note"},
    {
        "name": "color",
        "type": "selection",
        "string": "Color",
        "selection": [["red", "Red"], ["1", "One"]],
    },
    {
        "name": "labels",
        "type": "tags",
        "string": "Labels",
        "tags": [["a", "A", 1], ["b", "B", 2]],
    },
    {
        "name": "country",
        "type": "many2one",
        "string": "Country",
        "comodel": "res.country",
    },
    {
        "name": "users",
        "type": "many2many",
        "string": "Users",
        "comodel": "res.users",
    },
    {"name": "line", "type": "separator", "string": "Line"},
]


class PropertiesCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partner = cls.env["res.partner"].create({"name": "API Properties"})
        cls.belgium = cls.env.ref("base.be")
        cls.partner.properties_base_definition_id.sudo().properties_definition = (
            DEFINITIONS
        )

    def write_properties(self, values, path=None, method="PATCH", **more):
        body = {"properties": values} | more
        path = path or f"/update/res.partner/{self.partner.id}"
        return self.call(method, path, self.employee, json=body)

    def stored(self, partner=None):
        self.env.flush_all()
        query = "SELECT properties FROM res_partner WHERE id = %s"
        self.env.cr.execute(query, [(partner or self.partner).id])
        return self.env.cr.fetchone()[0]
