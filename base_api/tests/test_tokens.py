# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase

from odoo.addons.base_api.auth import tokens


class TestTokens(BaseCase):
    def test_session_token_is_48_letters_and_digits(self):
        self.assertRegex(tokens.generate_session_token(), r"\A[A-Za-z0-9]{48}\Z")

    def test_api_key_is_48_characters_with_a_fixed_prefix(self):
        self.assertRegex(tokens.generate_api_key(), r"\Aoak_[A-Za-z0-9]{44}\Z")

    def test_no_two_are_alike(self):
        made = {tokens.generate_api_key() for _ in range(1000)}
        self.assertEqual(len(made), 1000)

    def test_a_changed_character_breaks_the_checksum_of_a_key(self):
        key = tokens.generate_api_key()
        other = key[:20] + ("a" if key[20] != "a" else "b") + key[21:]
        self.assertTrue(tokens.is_api_key(key))
        self.assertFalse(tokens.is_api_key(other))
        self.assertFalse(tokens.is_api_key(key[:-1]))
        self.assertFalse(tokens.is_api_key("é" * 48))

    def test_forms_are_told_apart(self):
        key, token = tokens.generate_api_key(), tokens.generate_session_token()
        self.assertFalse(tokens.is_session_token(key))
        self.assertFalse(tokens.is_api_key(token))
        self.assertTrue(tokens.is_odoo_key("0123456789" * 4))
        self.assertFalse(tokens.is_odoo_key(key))

    def test_hash_is_sha256_in_hex(self):
        self.assertEqual(
            tokens.hash_token("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        )
