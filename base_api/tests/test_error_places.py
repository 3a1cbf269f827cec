# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, mute_logger, tagged

from odoo.addons.base_api.errors.sent_body import SentBody

from .common import ApiCase
from .test_differences import PIXEL


@tagged("post_install", "-at_install")
class TestSentBody(TransactionCase):
    def pointers(self, body, model="res.partner", is_new=True):
        sent = SentBody(self.env.registry, model, body, is_new)
        return {item.pointer: item.is_new for item in sent.objects()}

    def test_objects_of_every_shape_are_found(self):
        lines = {"create": [{}], "update": [{"id": 1}]}
        for body, pointers in [
            ({}, {"": True}),
            ([{}, {"id": 5}], {"/0": True, "/1": False}),
            (
                {"ids": [1], "values": {"child_ids": [[0, 0, {}]]}},
                {"/values": False, "/values/child_ids/0/2": True},
            ),
            (
                {"child_ids": lines},
                {"": True, "/child_ids/create/0": True, "/child_ids/update/0": False},
            ),
            (
                {"child_ids": [[1, 3, {"child_ids": lines}]]},
                {
                    "": True,
                    "/child_ids/0/2": False,
                    "/child_ids/0/2/child_ids/create/0": True,
                    "/child_ids/0/2/child_ids/update/0": False,
                },
            ),
        ]:
            with self.subTest(body=body):
                self.assertEqual(self.pointers(body), pointers)

    def test_any_other_body_has_none(self):
        for body in (None, [1, None, []], "text"):
            with self.subTest(body=body):
                self.assertEqual(self.pointers(body), {})
        for lines in (5, "x", {"create": 5}, {"create": [5]}, [[0, 0, 5]], [[]], [{}]):
            with self.subTest(lines=lines):
                self.assertEqual(self.pointers({"child_ids": lines}), {"": True})
        self.assertEqual(self.pointers({}, None), {})
        self.assertEqual(self.pointers({}, "no.model"), {})

    def test_column_of_a_parent_model_is_found(self):
        sent = SentBody(self.env.registry, "res.users", [{"name": "x"}], True)
        [(item, names)] = sent.find("res_partner", {"name": "x"})
        self.assertEqual((item.pointer, names), ("/0", ["name"]))
        self.assertFalse(sent.find("res_partner", {"name": "y"}))
        self.assertFalse(sent.find("res_users", {"name": "x"}))

    def test_old_name_of_a_field_is_told(self):
        sent = SentBody(self.env.registry, "res.users", {"groups_id": [5]}, True)
        [(_item, names)] = sent.find("res_groups_users_rel", {"gid": "5"})
        self.assertEqual(names, ["groups_id"])


class TestErrorPlaces(ApiCase):
    def refuse(self, model, body, path=None, status=422, method="POST"):
        """Return `[(pointer, code)]` of the details of an error."""
        with mute_logger("odoo.sql_db"):
            response = self.call(
                method, path or f"/create/{model}", self.admin, json=body
            )
        code = {400: "INVALID_FIELDS", 422: "VALIDATION_ERROR"}[status]
        error = self.assertApiError(response, status, code)
        for entry in error["details"]:
            self.assertTrue(entry["message"])
        return [
            (entry.get("pointer", entry["field"]), entry["code"])
            for entry in error["details"]
        ]

    def test_required(self):
        body = [{"name": "ZZA", "symbol": "z"}, {"symbol": "z"}, {"name": "ZZB"}]
        self.assertEqual(
            self.refuse("res.currency", body),
            [("/1/name", "required"), ("/2/symbol", "required")],
        )
        body = {"name": "Nowhere", "code": "XQ", "state_ids": {"create": [{"code": 1}]}}
        self.assertEqual(
            self.refuse("res.country", body), [("/state_ids/create/0/name", "required")]
        )

    def test_emptied_although_required(self):
        path = f"/update/res.country/{self.env.ref('base.be').id}"
        details = self.refuse("res.country", {"name": None}, path, method="PUT")
        self.assertEqual(details, [("/name", "required")])

    def test_unique_in_a_list(self):
        body = [
            {"name": "ZZA", "symbol": "z"},
            {"name": "EUR", "symbol": "z"},
            {"name": "ZZC", "symbol": "z"},
        ]
        self.assertEqual(self.refuse("res.currency", body), [("/1/name", "unique")])

    def test_unique_over_two_fields(self):
        country = self.env.ref("base.us").id
        body = [
            {"name": "x", "code": "ZZ", "country_id": country},
            {"name": "x", "code": "CA", "country_id": [country, "United States"]},
        ]
        self.assertEqual(
            self.refuse("res.country.state", body),
            [("/1/country_id", "unique"), ("/1/code", "unique")],
        )

    def test_unique_twice_in_a_body(self):
        body = [{"name": "ZZA", "symbol": "z"}, {"name": "ZZA", "symbol": "z"}]
        self.assertEqual(
            self.refuse("res.currency", body),
            [("/1/name", "unique")],
        )

    def test_record_that_does_not_exist(self):
        for body, pointer in [
            (
                [{"name": "x"}, {"name": "y", "country_id": 999999}],
                "/1/country_id",
            ),
            ({"name": "x", "parent_id": [999999, "x"]}, "/parent_id"),
            ({"name": "x", "category_id": {"add": [999999]}}, "/category_id"),
            (
                {"name": "x", "child_ids": [[0, 0, {"name": "y", "state_id": 999999}]]},
                "/child_ids/0/2/state_id",
            ),
        ]:
            with self.subTest(body=body):
                details = self.refuse("res.partner", body)
                self.assertEqual(details, [(pointer, "foreign_key")])

    def test_record_that_others_refer_to(self):
        country = self.env["res.country"].create({"name": "Nowhere", "code": "XQ"})
        self.env["res.partner"].create({"name": "x", "country_id": country.id})
        with mute_logger("odoo.sql_db"):
            response = self.call(
                "DELETE", f"/delete/res.country/{country.id}", self.admin
            )
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        [entry] = error["details"]
        self.assertEqual(entry["model"], "res.partner")
        self.assertEqual(entry["field"], "country_id")
        self.assertEqual(entry["code"], "foreign_key")
        self.assertNotIn("pointer", entry)

    def test_check_of_the_database(self):
        body = {"name": "ZZA", "symbol": "z", "rounding": -1}
        self.assertEqual(self.refuse("res.currency", body), [("/rounding", "check")])

    def test_constraint_of_an_addon(self):
        partner = self.env["res.partner"].create({"name": "x"})
        path = f"/update/res.partner/{partner.id}"
        body = {"name": "y", "parent_id": partner.id}
        self.assertEqual(
            self.refuse("res.partner", body, path, method="PUT"),
            [("/parent_id", "constraint")],
        )

    def test_constraint_that_any_of_several_may_break(self):
        """Nothing says which record it was, but that one fails alone, too."""

        message = "Not x"

        def refuse_x(records):
            if "x" in records.mapped("name"):
                raise ValidationError(message)

        refuse_x._constrains = ("name", "active")
        model = "res.partner.industry"
        self.patch(type(self.env[model]), "_constraint_methods", [refuse_x])
        self.assertEqual(self.refuse(model, {"name": "x"}), [("/name", "constraint")])
        body = [{"name": "x"}, {"name": "y"}]
        self.assertEqual(self.refuse(model, body), [("/0/name", "constraint")])
        self.assertEqual(
            self.refuse(model, [{"name": "x", "active": True}, {"full_name": "y"}]),
            [("/0/name", "constraint"), ("/0/active", "constraint")],
        )

    def test_names_that_need_escaping(self):
        body = [{"name": "x", "a/b~c": 1, "create_uid": 2, "color": "red"}]
        self.assertEqual(
            self.refuse("res.partner", body, status=400),
            [
                ("/0/a~1b~0c", "unknown_field"),
                ("/0/create_uid", "not_writable"),
                ("/0/color", "wrong_type"),
            ],
        )

    def test_value_of_a_selection(self):
        self.assertEqual(
            self.refuse("res.partner", {"name": "x", "type": "y"}),
            [("/type", "not_allowed")],
        )

    def test_images_that_are_none(self):
        body = [
            {"name": "x", "image_1920": PIXEL},
            {"name": "y", "image_1920": "bm90IGFuIGltYWdl"},
        ]
        found = self.refuse("res.partner", body)
        self.assertEqual(found, [("/1/image_1920", "wrong_type")])
        body = {"name": "x", "child_ids": {"create": [body[1]]}}
        found = self.refuse("res.partner", body)
        self.assertEqual(found, [("/child_ids/create/0/image_1920", "wrong_type")])

    @mute_logger("odoo.sql_db")
    def test_texts_that_no_index_takes(self):
        # Random: what is repeated is compressed.
        text = "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _number in range(9000))
        for length in (1500, 9000):
            body = {"name": "x", "ref": text[:length], "comment": text}
            found = self.refuse("res.partner", body)
            self.assertEqual(found, [("/ref", "wrong_type")])

    def test_value_in_a_form_that_nobody_can_read(self):
        for item in ({"name": "a"}, {"name": "a", "type": "x"}, {"name": ["a"]}):
            value = [item | {"definition_changed": True}]
            with self.subTest(value=value):
                body = {"name": "x", "properties": value}
                response = self.post("/create/res.partner", self.admin, json=body)
                error = self.assertApiError(response, 422, "VALIDATION_ERROR")
                [entry] = error["details"]
                self.assertEqual(entry["pointer"], "/properties")
                self.assertIn("invalid value", entry["message"])
