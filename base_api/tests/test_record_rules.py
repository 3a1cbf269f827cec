# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command, Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api.protocol.parameters import Filters
from odoo.addons.base_api.searching.domains import parse_domain
from odoo.addons.base_api.searching.filters import parse_filters


@tagged("post_install", "-at_install")
class TestRecordRules(TransactionCase):
    """What a caller may not see cannot be found out by searching for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "api_rules", groups="base.group_user")
        cls.partners = cls.env["res.partner"].with_user(cls.employee)
        cls.tag = cls.env["res.partner.category"].create({"name": "Secret tag"})
        cls.parent = cls.env["res.partner"].create(
            {
                "name": "Seen",
                "child_ids": [Command.create({"name": "Hidden", "ref": "SECRET"})],
                "category_id": [Command.link(cls.tag.id)],
            }
        )
        cls.hidden = cls.parent.child_ids
        cls.other = cls.env["res.partner"].create(
            {"name": "Seen too", "parent_id": cls.hidden.id}
        )
        cls.env["ir.rule"].create(
            [
                {
                    "name": "Hidden partners",
                    "model_id": cls.env["ir.model"]._get_id("res.partner"),
                    "domain_force": "[('ref', '!=', 'SECRET')]",
                },
                {
                    "name": "Hidden tags",
                    "model_id": cls.env["ir.model"]._get_id("res.partner.category"),
                    "domain_force": "[('name', '!=', 'Secret tag')]",
                },
            ]
        )

    def assertNoOracle(self):
        """Check that no search finds a record by what is hidden behind a relation."""
        hidden, tag = self.hidden, self.tag
        for name, text in [
            ("child_ids.ref", "SECRET"),
            ("child_ids.name__startswith", "Hid"),
            ("child_ids", str(hidden.id)),
            ("child_ids__is_set", "true"),
            ("child_ids__child_of", str(hidden.id)),
            ("category_id", str(tag.id)),
            ("category_id.name__ilike", "secret"),
            ("category_id__is_set", "true"),
            ("parent_id.ref", "SECRET"),
            ("parent_id.parent_id.name", "Seen"),
        ]:
            with self.subTest(name=name):
                domain = parse_filters(self.partners, Filters(((name, text),)))
                self.assertFound(domain, self.parent.browse())
        for value in [
            [["child_ids", "any", [["ref", "=", "SECRET"]]]],
            [["child_ids", "any", []]],
            [["child_ids", "=", "Hidden"]],
            [["child_ids", "ilike", "hid"]],
            [["child_ids", "in", hidden.ids]],
            [["child_ids", "!=", False]],
            [["category_id", "ilike", "secret"]],
            [["category_id", "in", tag.ids]],
            [["parent_id", "ilike", "hid"]],
            [["parent_id", "any", [["ref", "=", "SECRET"]]]],
            [["parent_id", "child_of", hidden.ids]],
            [["id", "child_of", hidden.ids]],
        ]:
            with self.subTest(value=value):
                domain = parse_domain(self.partners, value)
                self.assertFound(domain, self.parent.browse())

    def assertFound(self, domain, records):
        domain &= Domain("id", "in", (self.parent | self.other).ids)
        self.assertEqual(self.partners.search(domain), records)

    def test_rules_hold_behind_relations(self):
        self.assertNoOracle()

    def test_rules_hold_where_odoo_leaves_them_out(self):
        for name in ("child_ids", "category_id", "parent_id"):
            self.patch(self.partners._fields[name], "bypass_search_access", True)
        self.assertNoOracle()

    def test_negations_tell_nothing_either(self):
        everybody = self.parent | self.other
        for name in ("child_ids", "category_id"):
            self.patch(self.partners._fields[name], "bypass_search_access", True)
        for value in [
            [["child_ids", "not any", [["ref", "=", "SECRET"]]]],
            [["child_ids", "not in", self.hidden.ids]],
            [["child_ids", "=", False]],
            [["category_id", "not ilike", "secret"]],
        ]:
            with self.subTest(value=value):
                self.assertFound(parse_domain(self.partners, value), everybody)

    def test_rules_hold_behind_inherited_and_related_fields(self):
        """A user has the fields of its partner, over a link that leaves out rules."""
        self.env.ref("base.user_admin").partner_id.write(
            {"child_ids": [Command.create({"name": "Hidden", "ref": "SECRET"})]}
        )
        users = self.env["res.users"].with_user(self.employee)
        for bypass in (False, True):
            self.patch(
                self.partners._fields["child_ids"], "bypass_search_access", bypass
            )
            for name in ("child_ids.ref", "partner_id.child_ids.ref"):
                with self.subTest(name=name, bypass=bypass):
                    domain = parse_filters(users, Filters(((name, "SECRET"),)))
                    self.assertFalse(users.search(domain))
