# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase

from odoo.addons.base_api.auth.restrictions import UNRESTRICTED, Restrictions
from odoo.addons.base_api.errors import KeyRestricted


def restrict(**options):
    return Restrictions.from_json(options)


class TestRestrictions(BaseCase):
    def assertAllowed(self, restrictions, verb, model_name):
        restrictions.check_operation(verb, model_name)

    def assertRefused(self, restrictions, verb, model_name):
        with self.assertRaises(KeyRestricted):
            restrictions.check_operation(verb, model_name)

    def test_nothing_is_restricted_unless_it_is_said(self):
        self.assertEqual(restrict(), UNRESTRICTED)
        self.assertAllowed(UNRESTRICTED, "delete", "res.partner")
        UNRESTRICTED.check_address("192.0.2.1")

    def test_read_only_key_reads(self):
        key = restrict(read_only=True)
        self.assertAllowed(key, "read", "res.partner")
        self.assertAllowed(key, "read", None)
        for verb in ("create", "update", "delete", "call"):
            with self.subTest(verb=verb):
                self.assertRefused(key, verb, "res.partner")
                self.assertRefused(key, verb, None)

    def test_verbs_are_those_of_the_model_or_of_any_model(self):
        key = restrict(models={"res.partner": ["read", "create"], "*": ["read"]})
        self.assertAllowed(key, "create", "res.partner")
        self.assertRefused(key, "update", "res.partner")
        self.assertAllowed(key, "read", "sale.order")
        self.assertRefused(key, "create", "sale.order")

    def test_model_that_is_listed_counts_instead_of_any_model(self):
        key = restrict(models={"res.users": [], "*": ["read"]})
        self.assertRefused(key, "read", "res.users")

    def test_models_that_are_not_listed_are_refused(self):
        key = restrict(models={"res.partner": ["read"]})
        self.assertRefused(key, "read", "sale.order")
        self.assertAllowed(key, "read", None)

    def test_read_only_goes_before_models(self):
        key = restrict(read_only=True, models={"*": ["read", "create"]})
        self.assertRefused(key, "create", "res.partner")

    def test_addresses_are_in_one_of_the_networks(self):
        key = restrict(networks=["10.0.0.0/8", "2001:db8::/32"])
        key.check_address("10.1.2.3")
        key.check_address("2001:db8::1")
        for address in ("192.0.2.1", "2001:db9::1", "::ffff:192.0.2.1"):
            with self.subTest(address=address), self.assertRaises(KeyRestricted):
                key.check_address(address)

    def test_what_is_written_is_read_again(self):
        options = {
            "read_only": True,
            "models": {"res.partner": ["read"]},
            "networks": ["10.0.0.0/8"],
        }
        self.assertEqual(restrict(**options).to_json(), options)
        self.assertEqual(restrict(**UNRESTRICTED.to_json()), UNRESTRICTED)

    def test_nonsense_is_refused(self):
        for options in (
            {"read_only": "yes"},
            {"models": []},
            {"models": {}},
            {"models": {"res.partner": "read"}},
            {"models": {"res.partner": ["write"]}},
            {"models": {"res.partner": [["read"]]}},
            {"networks": []},
            {"networks": "10.0.0.0/8"},
            {"networks": [10]},
            {"networks": ["10.0.0.1/8"]},
            {"networks": ["example.com"]},
        ):
            with self.subTest(options=options), self.assertRaises(ValueError):
                restrict(**options)

    def test_key_covers_what_can_do_no_more(self):
        read_only = restrict(read_only=True)
        partners = restrict(models={"res.partner": ["read", "create"]})
        office = restrict(networks=["10.0.0.0/8"])
        for mine, other, covered in [
            (UNRESTRICTED, UNRESTRICTED, True),
            (UNRESTRICTED, read_only, True),
            (read_only, UNRESTRICTED, False),
            (partners, UNRESTRICTED, False),
            (partners, restrict(models={"res.partner": ["read"]}), True),
            (partners, restrict(models={"*": ["read"]}), False),
            (partners, restrict(models={"res.partner": ["read", "delete"]}), False),
            (partners, restrict(models={"sale.order": []}), True),
            (restrict(models={"*": ["read"]}), partners, False),
            (office, restrict(networks=["10.1.0.0/16"]), True),
            (office, restrict(networks=["10.1.0.0/16", "192.0.2.0/24"]), False),
            (office, restrict(networks=["::/0"]), False),
            (office, UNRESTRICTED, False),
        ]:
            with self.subTest(mine=mine.summary(), other=other.summary()):
                self.assertIs(mine.covers(other), covered)
