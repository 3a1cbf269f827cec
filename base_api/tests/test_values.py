# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from odoo.addons.base_api.errors import ApiError, InvalidFields, InvalidValue
from odoo.addons.base_api.errors.details import MAX_DETAILS
from odoo.addons.base_api.errors.hints import MAX_HINTS
from odoo.addons.base_api.writing.values import parse_values


@tagged("post_install", "-at_install")
class TestValues(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]

    def test_values_of_the_right_type_go_through(self):
        values = {
            "name": "Azure",
            "is_company": True,
            "color": 3,
            "partner_latitude": "1.5",
            "user_id": 2,
            "parent_id": None,
            "country_id": [21, "Belgium"],
            "type": "invoice",
            "image_1920": "aGVs\nbG8=",
        }
        self.assertEqual(
            parse_values(self.partners, values),
            values
            | {
                "partner_latitude": 1.5,
                "parent_id": False,
                "country_id": 21,
                "image_1920": "aGVsbG8=",
            },
        )

    def test_dates_are_taken_as_iso_8601(self):
        values = {"expiration_date": "2026-01-02T03:04:05+02:00"}
        self.assertEqual(
            parse_values(self.env["api.session"], values),
            {"expiration_date": datetime(2026, 1, 2, 1, 4, 5)},
        )

    def test_values_that_odoo_would_misread_are_refused(self):
        for name, value in [
            ("is_company", "false"),
            ("is_company", 1),
            ("name", {"en_US": "x"}),
            ("name", True),
            ("color", 2**31),
            ("color", 1.5),
            ("color", True),
            ("partner_latitude", "1e999"),
            ("partner_latitude", 10**400),
            ("partner_latitude", 1e308),
            ("user_id", "2"),
            ("user_id", 0),
            ("user_id", {"id": 2, "name": "x"}),
            ("type", "nonsense"),
            ("type", ["invoice"]),
            ("image_1920", "no base64!"),
            ("category_id", 3),
            ("category_id", ["3"]),
            ("category_id", [[9, 0, 0]]),
            ("category_id", [[6, 0, "all"]]),
            ("category_id", [[4, -1]]),
            ("child_ids", [[0, 0, "x"]]),
            ("child_ids", [[0, 0, {}, 0]]),
            ("child_ids", [[]]),
            ("child_ids", [None]),
            ("properties", "text"),
            ("properties", ["text"]),
        ]:
            with self.subTest(name=name, value=str(value)[:40]):
                with self.assertRaises(InvalidValue) as caught:
                    parse_values(self.partners, {name: value})
                self.assertEqual(caught.exception.details[0]["field"], name)

    def test_commands_are_checked_at_every_depth(self):
        with self.assertRaises(InvalidValue) as caught:
            parse_values(
                self.partners,
                {"child_ids": [[0, 0, {"child_ids": [[0, 0, {"color": "red"}]]}]]},
            )
        self.assertEqual(
            caught.exception.details[0]["pointer"],
            "/child_ids/0/2/child_ids/0/2/color",
        )

    def test_lines_in_lines_have_a_limit(self):
        def nest(levels):
            lines = [[0, 0, nest(levels - 1)]] if levels else []
            return {"name": "x", "child_ids": lines}

        parse_values(self.partners, nest(9))
        with self.assertRaisesRegex(InvalidValue, "at most 10 levels"):
            parse_values(self.partners, nest(12))

    def test_two_names_of_one_field_are_refused(self):
        with self.assertRaisesRegex(InvalidFields, "was sent twice"):
            parse_values(self.env["res.users"], {"groups_id": [1], "group_ids": [2]})

    def test_all_wrong_values_are_told_at_once(self):
        with self.assertRaises(InvalidValue) as caught:
            parse_values(self.partners, {"color": "red", "is_company": "yes"}, "/3")
        pointers = [detail["pointer"] for detail in caught.exception.details]
        self.assertEqual(pointers, ["/3/color", "/3/is_company"])

    def test_commands_and_plain_ids_are_taken(self):
        for commands, parsed in [
            ([1, 2], [Command.set([1, 2])]),
            ([[6, 0, [1]]], [Command.set([1])]),
            ([[6, False, [1]]], [Command.set([1])]),
            ([[4, 1]], [(Command.LINK, 1, 0)]),
            ([[3, 1, 0]], [(Command.UNLINK, 1, 0)]),
            ([[5]], [Command.clear()]),
            ([], [Command.set([])]),
            (None, [Command.clear()]),
        ]:
            with self.subTest(commands=commands):
                self.assertEqual(
                    parse_values(self.partners, {"category_id": commands}),
                    {"category_id": parsed},
                )

    def test_unknown_field_comes_with_the_nearest_name(self):
        with self.assertRaisesRegex(InvalidFields, "did you mean 'email'"):
            parse_values(self.partners, {"emial": "x"})
        with self.assertRaisesRegex(InvalidFields, "'nam' in res.partner"):
            parse_values(self.partners, {"child_ids": [[0, 0, {"nam": "x"}]]})

    def test_fields_that_odoo_would_skip_are_refused(self):
        for name in ("id", "create_uid", "write_date", "tz_offset"):
            with self.subTest(name=name), self.assertRaises(InvalidFields):
                parse_values(self.partners, {name: 1})

    def test_old_names_still_work(self):
        self.assertEqual(
            parse_values(self.env["res.users"], {"groups_id": [[6, 0, [1, 9]]]}),
            {"group_ids": [Command.set([1, 9])]},
        )

    def test_what_is_wrong_is_looked_at_only_as_far_as_it_is_told(self):
        unknown = {f"name{number}": [] for number in range(1000)}
        lines = [{name: 1} for name in unknown]
        for values, most in (
            (unknown, MAX_HINTS),
            ({"child_ids": {"create": lines}}, MAX_HINTS),
            ({"child_ids": unknown}, MAX_DETAILS),
        ):
            with (
                self.subTest(field=next(iter(values))),
                self.assertRaises(ApiError) as caught,
                patch("odoo.addons.base_api.errors.hints.get_close_matches") as compare,
            ):
                compare.side_effect = lambda name, known, n: [*known][:n]
                parse_values(self.partners, values)
            self.assertEqual(len(caught.exception.details), MAX_DETAILS)
            compared = [call for call in compare.call_args_list if call.args[1]]
            self.assertEqual(len(compared), most)
