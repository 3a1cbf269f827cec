# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fills the database of the benchmark; the input of `odoo-bin shell`.

Prints one line of JSON at the end: the keys and ids that the contenders need.
"""

import json

from odoo.fields import Domain

PARTNERS = 300_000
LINES = 80
env = globals()["env"]  # given by the shell

admin = env.ref("base.user_admin")
partners = env["res.partner"].with_context(active_test=False)
# What an earlier run created stays out of this one.
env.cr.execute("DELETE FROM res_partner WHERE name = 'Bench'")
env.cr.execute("DELETE FROM res_partner_category WHERE name->>'en_US' = 'Bench'")
missing = PARTNERS - partners.search_count(Domain.TRUE)
if missing > 0:
    env.cr.execute(
        """INSERT INTO res_partner (name, complete_name, email, phone, city, country_id,
                                    is_company, active, type, lang, create_uid,
                                    create_date, write_uid, write_date,
                                    commercial_partner_id, autopost_bills)
           SELECT 'Partner ' || i, 'Partner ' || i, 'p' || i || '@example.com',
                  '+32 2 ' || i, 'City ' || i %% 1000, %s, i %% 3 = 0, true, 'contact',
                  'en_US', 1, now() at time zone 'UTC', 1, now() at time zone 'UTC',
                  NULL, 'ask'
             FROM generate_series(1, %s) AS i""",
        [env.ref("base.be").id, missing],
    )
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE commercial_partner_id IS NULL"
    )
    env.cr.execute("ANALYZE res_partner")

lines = env["sale.order.line"]
product = env["product.product"].search([("sale_ok", "=", True)], limit=1)
while lines.search_count(Domain.TRUE) < LINES:
    env["sale.order"].create(
        {
            "partner_id": admin.partner_id.id,
            "order_line": [(0, 0, {"product_id": product.id}) for _ in range(10)],
        }
    )

keys = env["res.users.apikeys"].with_user(admin)
keys.search([("user_id", "=", admin.id)])._remove()
facts = {
    "database": env.cr.dbname,
    "user": admin.id,
    "partner": admin.partner_id.id,
    "last_offset": PARTNERS - 1000,
    "own_key": keys._base_api_create(admin, "Bench", None),
    "audited_key": keys._base_api_create(admin, "Bench", None, audit_reads="all"),
    "odoo_key": keys._generate(None, "Bench", None),
    "session_token": env["api.session"]._start(admin)[1],
}
env.cr.commit()  # a script of its own, not a request
print("FACTS", json.dumps(facts))
