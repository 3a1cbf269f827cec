# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from .common import ApiCase


class PagesCase(ApiCase):
    """Partners to search, sort and page through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": name, "ref": ref, "color": color, "country_id": country.id}
                for name, ref, color, country in zip(
                    ("Ärger", "b'\"\\", "b", "A", "b", "ä", "%_"),
                    (False, "api 2", False, "api 1", "api 1", "api 3", False),
                    (3, 1, 1, 2, 0, 1, 0),
                    (cls.env.ref("base.be"), cls.env.ref("base.fr")) * 3
                    + (cls.env["res.country"],),
                    strict=True,
                )
            ]
        )
        cls.partners[3].active = False
        # As exact as PostgreSQL has them, which is more than Python does.
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = '2026-01-01 00:00:00.000001'"
            " WHERE id IN %s",
            [tuple(cls.partners[1:3].ids)],
        )
        cls.domain = [("id", "in", cls.partners.ids)]
        cls.key = cls.new_key(cls.employee)

    def page(self, path="/search/res.partner", **params):
        params = {"domain": json.dumps(self.domain), "limit": 2} | params
        return self.url_open(
            f"/api/v2{path}", params=params, headers={"api-key": self.key}
        )
