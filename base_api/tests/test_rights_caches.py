# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api.orm.scope import bind_scope

from .common import sign_in_with_key


@tagged("post_install", "-at_install")
class TestRightsCaches(TransactionCase):
    """A restricted key leaves nothing in caches that its user meets elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(cls.env, "api_boss", groups="base.group_system")
        cls.env = cls.env(user=user)

    def setUp(self):
        super().setUp()
        self.env.registry.clear_all_caches()

    def menus(self):
        menus = self.env["ir.ui.menu"]
        return menus._visible_menu_ids(), set(menus.load_menus(False))

    def test_menus_of_a_key_are_its_own(self):
        everything = self.menus()
        self.env.registry.clear_all_caches()
        sign_in_with_key(self, models={"res.partner": ["read"]})
        of_key = self.menus()
        self.assertNotEqual(of_key, everything)
        bind_scope(self.env.cr, None)
        self.assertEqual(self.menus(), everything)
        sign_in_with_key(self, models={"res.partner": ["read"]})
        self.assertEqual(self.menus(), of_key)
