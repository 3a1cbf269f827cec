# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from odoo.addons.base_api.errors import InvalidFields, InvalidValue, KeyRestricted
from odoo.addons.base_api.writing.values import parse_values

from .common import sign_in_with_key


@tagged("post_install", "-at_install")
class TestLines(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]
        cls.parent = cls.partners.create(
            {
                "name": "Parent",
                "child_ids": [
                    Command.create({"name": "One"}),
                    Command.create({"name": "Two"}),
                    Command.create({"name": "Three"}),
                ],
            }
        )
        cls.one, cls.two, cls.three = cls.parent.child_ids.sorted("id")
        cls.stranger = cls.partners.create({"name": "Of nobody"})

    def parse(self, lines, records=None, name="child_ids"):
        records = self.parent if records is None else records
        return parse_values(records, {name: lines}).get(name)

    def refuse(self, lines, records=None, name="child_ids"):
        """Return `{pointer: code}` of what is wrong with some lines."""
        with self.assertRaises(InvalidValue) as caught:
            self.parse(lines, records, name)
        details = caught.exception.details
        self.assertEqual({entry["field"] for entry in details}, {name})
        return {entry["pointer"]: entry["code"] for entry in details}

    def test_intents_become_commands_in_one_order(self):
        lines = {
            "add": [self.stranger.id],
            "create": [{"name": "New"}],
            "update": [{"id": self.one.id, "name": "Uno", "user_id": [2, "x"]}],
            "remove": [self.two.id],
            "delete": [self.three.id],
        }
        self.assertEqual(
            self.parse(lines),
            [
                Command.delete(self.three.id),
                Command.unlink(self.two.id),
                Command.update(self.one.id, {"name": "Uno", "user_id": 2}),
                Command.create({"name": "New"}),
                Command.link(self.stranger.id),
            ],
        )

    def test_intents_of_new_records(self):
        lines = {"create": [{"name": "New"}], "set": [1, 2]}
        self.assertEqual(
            self.parse(lines, self.partners),
            [Command.set([1, 2]), Command.create({"name": "New"})],
        )
        self.assertEqual(self.parse({}, self.partners), [])

    def test_intents_at_any_depth(self):
        line = {"id": self.one.id, "child_ids": {"create": [{"color": "red"}]}}
        with self.assertRaises(InvalidValue) as caught:
            self.parse({"update": [line]})
        [entry] = caught.exception.details
        self.assertEqual(
            entry["pointer"], "/child_ids/update/0/child_ids/create/0/color"
        )
        self.assertEqual((entry["field"], entry["code"]), ("color", "wrong_type"))

    def test_wrong_shapes_are_told_with_their_place(self):
        one = self.one.id
        for lines, place, code in [
            ("text", "", "wrong_type"),
            (3, "", "wrong_type"),
            ({"create": {}}, "/create", "wrong_type"),
            ({"create": None}, "/create", "wrong_type"),
            ({"create": ["x"]}, "/create/0", "wrong_type"),
            ({"update": [one]}, "/update/0", "wrong_type"),
            ({"update": [{"name": "x"}]}, "/update/0/id", "required"),
            ({"update": [{"id": "x"}]}, "/update/0/id", "wrong_type"),
            ({"update": [{"id": True}]}, "/update/0/id", "wrong_type"),
            ({"delete": [one, None]}, "/delete/1", "wrong_type"),
            ({"add": [[one]]}, "/add/0", "wrong_type"),
            ({"set": 3}, "/set", "wrong_type"),
            ({"set": [2**31]}, "/set/0", "wrong_type"),
            ({"updaet": []}, "/updaet", "not_allowed"),
            ({"set": [], "add": [1]}, "/add", "not_allowed"),
            ({"set": [], "delete": [one]}, "/delete", "not_allowed"),
            ({"a/b~": []}, "/a~1b~0", "not_allowed"),
            ([1, 0], "/1", "wrong_type"),
            ([[6, 0, [1, "x"]]], "/0/2/1", "wrong_type"),
            ([[4, "x"]], "/0/1", "wrong_type"),
            ([[1, -1, {}]], "/0/1", "wrong_type"),
            ([[0, 0, []]], "/0/2", "wrong_type"),
            ([[4, 1], {}], "/1", "wrong_type"),
        ]:
            with self.subTest(lines=lines):
                self.assertEqual(self.refuse(lines), {f"/child_ids{place}": code})

    def test_details_have_an_end(self):
        with self.assertRaises(InvalidValue) as caught:
            self.parse({"add": ["x"] * 5000, "delete": 5})
        self.assertEqual(len(caught.exception.details), 100)

    def test_misspelt_intent_comes_with_the_right_one(self):
        with self.assertRaisesRegex(InvalidValue, "did you mean 'update'"):
            self.parse({"updaet": []})

    def test_unknown_field_of_a_line(self):
        with self.assertRaises(InvalidFields) as caught:
            self.parse({"create": [{"nam": "x"}, {"color": "x"}, {"id": 3}]})
        self.assertEqual(
            {entry["pointer"]: entry["code"] for entry in caught.exception.details},
            {
                "/child_ids/create/0/nam": "unknown_field",
                "/child_ids/create/1/color": "wrong_type",
                "/child_ids/create/2/id": "not_writable",
            },
        )

    def test_lines_of_other_records_are_left_alone(self):
        stranger = self.stranger.id
        for lines, place in [
            ({"update": [{"id": stranger, "name": "x"}]}, "/update/0/id"),
            ({"delete": [self.one.id, stranger]}, "/delete/1"),
            ({"remove": [2**31 - 1]}, "/remove/0"),
        ]:
            with self.subTest(lines=lines):
                expected = {f"/child_ids{place}": "not_allowed"}
                self.assertEqual(self.refuse(lines), expected)
        lines = {"delete": [self.one.id]}
        place = "/child_ids/delete/0"
        self.assertEqual(self.refuse(lines, self.partners), {place: "not_allowed"})

    def test_lines_of_lines_are_left_alone_too(self):
        line = {"id": self.one.id, "child_ids": {"delete": [self.two.id]}}
        self.assertEqual(
            self.refuse({"update": [line]}),
            {"/child_ids/update/0/child_ids/delete/0": "not_allowed"},
        )

    def test_one_line_cannot_be_updated_and_deleted(self):
        lines = {"update": [{"id": self.one.id}], "delete": [self.one.id]}
        self.assertEqual(self.refuse(lines), {"/child_ids": "not_allowed"})

    def test_intents_of_many2many(self):
        tags = self.env["res.partner.category"].create([{"name": "a"}, {"name": "b"}])
        self.parent.category_id = tags[0]
        lines = {"remove": tags[0].ids, "add": tags[1].ids}
        commands = self.parse(lines, name="category_id")
        self.parent.write({"category_id": commands})
        self.assertEqual(self.parent.category_id, tags[1])
        self.assertEqual(
            self.refuse(lines, name="category_id"),
            {"/category_id/remove/0": "not_allowed"},
        )

    def test_restricted_key_needs_the_verb_on_the_lines(self):
        models = {"res.partner": ["update"], "res.country.state": ["update"]}
        sign_in_with_key(self, models=models)
        country = self.env["res.country"].create({"name": "Nowhere", "code": "XQ"})
        state = {"name": "x", "code": "x"}
        country.write({"state_ids": [Command.create(state)]})
        ids = country.state_ids.ids
        self.parse({"update": [{"id": ids[0]}]}, country, "state_ids")
        self.parse({"add": ids}, country, "state_ids")
        for lines in (
            {"create": [state]},
            {"delete": ids},
            {"remove": ids},
            {"set": []},
        ):
            with self.subTest(lines=lines), self.assertRaises(KeyRestricted):
                self.parse(lines, country, "state_ids")
