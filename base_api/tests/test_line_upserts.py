# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ApiCase
from .key_case import KeyCase

BY_NAME = ("external_id",)


class LineUpsertCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partners = cls.env["res.partner"]
        cls.tags = cls.env["res.partner.category"]
        cls.parent = cls.partners.create(
            {
                "name": "Parent",
                "ref": "P1",
                "child_ids": [
                    Command.create({"name": "One", "ref": "1"}),
                    Command.create({"name": "Two", "ref": "2"}),
                ],
            }
        )
        cls.one, cls.two = cls.parent.child_ids.sorted("id")

    def lines(self, *records, match=("ref",), field="child_ids", **more):
        return {field: {"upsert": {"match": match, "records": [*records]} | more}}

    def update(self, values, record=None, **kwargs):
        path = f"/update/res.partner/{(record or self.parent).id}"
        return self.call("PATCH", path, self.employee, json=values, **kwargs)

    def refuse(self, values, status=422, code="VALIDATION_ERROR"):
        """Return `{pointer: code}` of the details of an error."""
        error = self.assertApiError(self.update(values), status, code)
        return {entry["pointer"]: entry["code"] for entry in error["details"]}

    def writes(self):
        """Return a list that gets the ids and values of all writes on partners."""
        written = []

        def write(records, values):
            written.append((records.ids, values))
            return original(records, values)

        original = type(self.partners).write
        self.patch(type(self.partners), "write", write)
        return written


@tagged("post_install", "-at_install")
class TestLineUpserts(LineUpsertCase):
    def test_lines_are_updated_and_created(self):
        values = self.lines({"ref": "1", "name": "Uno"}, {"ref": "3", "name": "Tre"})
        self.assertSuccess(self.update(values))
        names = {child.ref: child.name for child in self.parent.child_ids}
        self.assertEqual(names, {"1": "Uno", "2": "Two", "3": "Tre"})
        self.assertEqual(self.one.name, "Uno")

    def test_what_is_there_is_not_written(self):
        values = self.lines({"ref": "1", "name": "One"}, {"ref": "2", "name": "Dos"})
        written = self.writes()
        self.assertSuccess(self.update(values))
        self.assertIn((self.two.ids, {"name": "Dos"}), written)
        self.assertNotIn(self.one.id, [key for ids, _values in written for key in ids])

    def test_other_lines_are_deleted_on_request(self):
        self.assertSuccess(self.update(self.lines({"ref": "1"}, delete_others=True)))
        self.assertEqual(self.parent.child_ids, self.one)
        self.assertFalse(self.two.exists())

    def test_an_upsert_of_a_tree_is_unchanged_the_second_time(self):
        body = {"ref": "P2", "name": "New"}
        body |= self.lines(
            {"ref": "1", "name": "One", "category_id": [{"name": "VIP"}]},
            {"ref": "2", "name": "Two"}
            | self.lines({"ref": "2.1", "name": "Deep", "country_id": {"code": "BE"}}),
            delete_others=True,
        )
        self.tags.create({"name": "VIP"})
        for status, code in (("created", 201), ("unchanged", 200)):
            response = self.put("/upsert/res.partner?key=ref", self.employee, json=body)
            self.assertEqual(self.assertSuccess(response, code)["status"], status)
        parent = self.partners.search([("ref", "=", "P2")])
        deep = parent.child_ids.child_ids
        self.assertEqual((deep.ref, deep.country_id.code), ("2.1", "BE"))
        body["child_ids"]["upsert"]["records"].pop()
        response = self.put("/upsert/res.partner?key=ref", self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["status"], "updated")
        self.assertEqual(parent.child_ids.ref, "1")

    def test_a_new_record_gets_new_lines(self):
        body = {"name": "New"} | self.lines({"ref": "1", "name": "Mine"})
        response = self.post("/create/res.partner", self.employee, json=body)
        parent = self.partners.browse(self.assertSuccess(response, 201)["id"])
        self.assertEqual(parent.child_ids.name, "Mine")
        self.assertEqual(self.one.parent_id, self.parent)

    def test_tags_are_shared(self):
        vip, old = self.tags.create([{"name": "VIP"}, {"name": "Old"}])
        self.parent.category_id = old
        tags = {"match": ["name"], "field": "category_id"}
        values = self.lines({"name": "VIP", "color": 5}, {"name": "New"}, **tags)
        self.assertSuccess(self.update(values))
        self.assertEqual(vip.color, 5)
        self.assertEqual(
            set(self.parent.category_id.mapped("name")), {"VIP", "New", "Old"}
        )
        written = self.writes()
        self.assertSuccess(self.update(values))
        self.assertFalse([ids for ids, _values in written if vip.id in ids])
        values = self.lines({"name": "VIP"}, delete_others=True, **tags)
        self.assertSuccess(self.update(values))
        self.assertEqual(self.parent.category_id, vip)
        self.assertTrue(old.exists())

    def test_several_records_match_their_own_lines(self):
        other = self.partners.create({"name": "Other"})
        values = self.lines({"ref": "1", "name": "Same"})
        body = {"ids": [self.parent.id, other.id], "values": values}
        response = self.call("PATCH", "/update/res.partner", self.employee, json=body)
        self.assertSuccess(response)
        self.assertEqual(self.one.name, "Same")
        self.assertEqual(other.child_ids.name, "Same")

    def test_combined_with_create_and_add(self):
        stranger = self.partners.create({"name": "Stranger"})
        values = self.lines({"ref": "1", "name": "Uno"}, delete_others=True)
        values["child_ids"] |= {"create": [{"name": "New"}], "add": [stranger.id]}
        self.assertSuccess(self.update(values))
        names = set(self.parent.child_ids.mapped("name"))
        self.assertEqual(names, {"Uno", "New", "Stranger"})

    def test_lines_have_external_ids(self):
        body = {"name": "New"} | self.lines(
            {"external_id": "shop.l1", "name": "One"},
            {"external_id": "shop.l2", "name": "Two"}
            | self.lines({"external_id": "shop.l21", "name": "Deep"}, match=BY_NAME),
            match=BY_NAME,
        )
        body["child_ids"]["create"] = [{"name": "Without"}]
        path = "/upsert/res.partner?key=external_id"
        body["external_id"] = "shop.p"
        response = self.put(path, self.employee, json=body)
        self.assertSuccess(response, 201)
        names = {
            "shop.l1": "One",
            "shop.l2": "Two",
            "shop.l21": "Deep",
            "shop.p": "New",
        }
        for external_id, name in names.items():
            self.assertEqual(self.env.ref(external_id).name, name)
        del body["child_ids"]["create"]
        response = self.put(path, self.employee, json=body)
        self.assertEqual(self.assertSuccess(response)["status"], "unchanged")
        # A known line, a new one below it, and a new one beside it.
        parent, one = self.env.ref("shop.p"), self.env.ref("shop.l1")
        values = self.lines(
            {"external_id": "shop.l1", "name": "Uno"}
            | self.lines({"external_id": "shop.l11", "name": "Below"}, match=BY_NAME),
            {"external_id": "shop.l3", "name": "Three"},
            match=BY_NAME,
            delete_others=True,
        )
        self.assertSuccess(self.update(values, parent))
        self.assertEqual(one.name, "Uno")
        self.assertEqual(self.env.ref("shop.l11").parent_id, one)
        self.assertEqual(parent.child_ids, one + self.env.ref("shop.l3"))

    def test_external_ids_of_tags(self):
        tags = {"match": BY_NAME, "field": "category_id"}
        values = self.lines({"external_id": "shop.vip", "name": "VIP"}, **tags)
        self.assertSuccess(self.update(values))
        vip = self.env.ref("shop.vip")
        self.assertEqual(self.parent.category_id, vip)
        self.assertSuccess(self.update(values, self.one))
        self.assertEqual(self.one.category_id, vip)

    def test_wrong_external_ids(self):
        self.env["ir.model.data"].create(
            {
                "module": "shop",
                "name": "other",
                "model": "res.partner",
                "res_id": self.partners.create({"name": "Other"}).id,
            }
        )
        place = "/child_ids/upsert/records/0/external_id"
        for external_id, code in (
            ("shop.other", "not_allowed"),
            ("base.be", "not_allowed"),
            ("base.new", "not_allowed"),
            ("a b", "wrong_type"),
            ("", "required"),
        ):
            with self.subTest(external_id=external_id):
                line = {"external_id": external_id, "name": "Line"}
                found = self.refuse(self.lines(line, match=BY_NAME))
                self.assertEqual(found, {place: code})

    def test_wrong_upserts(self):
        place = "/child_ids/upsert"
        for upsert, found in (
            ([], {place: "wrong_type"}),
            ({}, {f"{place}/match": "wrong_type", f"{place}/records": "wrong_type"}),
            ({"match": "ref", "records": []}, {f"{place}/match": "wrong_type"}),
            ({"match": [], "records": []}, {f"{place}/match": "wrong_type"}),
            (
                {"match": ["ref"], "records": [7], "delete_other": True},
                {
                    f"{place}/records/0": "wrong_type",
                    f"{place}/delete_other": "not_allowed",
                },
            ),
            (
                {"match": ["ref"], "records": [], "delete_others": 1},
                {f"{place}/delete_others": "wrong_type"},
            ),
            (
                {"match": ["display_name"], "records": []},
                {f"{place}/match": "not_allowed"},
            ),
            (
                {"match": ["ref"], "records": [{"ref": "7"}, {"name": "X"}]},
                {f"{place}/records/1/ref": "required"},
            ),
            (
                {"match": ["ref"], "records": [{"ref": "7"}, {"ref": "7"}]},
                {f"{place}/records/1": "duplicate"},
            ),
            (
                {"match": ["ref"], "records": [{"ref": "7", "color": "red"}]},
                {f"{place}/records/0/color": "wrong_type"},
            ),
        ):
            with self.subTest(upsert=upsert):
                self.assertEqual(self.refuse({"child_ids": {"upsert": upsert}}), found)
        upsert = {"match": ["reff"], "records": []}
        found = self.refuse({"child_ids": {"upsert": upsert}}, 400, "INVALID_FIELDS")
        self.assertEqual(found, {f"{place}/match": "unknown_field"})

    def test_intents_that_would_undo_each_other(self):
        for other in ("set", "update", "remove", "delete"):
            values = self.lines({"ref": "1"})
            values["child_ids"][other] = []
            with self.subTest(other=other):
                self.assertIn("not_allowed", self.refuse(values).values())

    def test_several_lines_with_the_same_values(self):
        self.two.ref = "1"
        found = self.refuse(self.lines({"ref": "1"}), 409, "AMBIGUOUS_KEY")
        self.assertEqual(found, {"/child_ids/upsert/records/0/ref": "ambiguous"})
        self.assertSuccess(self.update(self.lines({"ref": "3", "name": "Three"})))

    def test_errors_of_the_database_point_into_the_lines(self):
        with mute_logger("odoo.sql_db"):
            found = self.refuse(self.lines({"ref": "7", "type": "contact"}))
        self.assertEqual(found, {"/child_ids/upsert/records/0/type": "check"})
        values = self.lines({"ref": "7", "type": "delivery", "name": ""})
        self.assertSuccess(self.update(values))


@tagged("post_install", "-at_install")
class TestLineUpsertsOfKeys(KeyCase):
    def test_a_key_needs_the_operations_on_the_lines(self):
        parent = self.env["res.partner"].create({"name": "Parent"})
        models = {"res.partner": ["update"]}
        path = f"/update/res.partner/{parent.id}"
        body = {"bank_ids": {"create": [{"acc_number": "1"}], "add": [1]}}
        response = self.use(models, "PATCH", path, json=body)
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        messages = [entry["message"] for entry in error["details"]]
        self.assertIn("create on res.partner.bank", messages[0])
        self.assertIn("update on res.partner.bank", messages[1])
        bank = {"acc_number": "BE71096123456769"}
        upsert = {"match": ["acc_number"], "records": [bank], "delete_others": True}
        other = {"acc_number": "X"}
        for operations, body, status in (
            (["read"], upsert, 403),
            (["read", "create"], upsert, 200),
            (["read"], upsert, 200),  # nothing is written
            (["read", "create"], upsert | {"records": [other]}, 403),
            (["read", "create", "delete"], upsert | {"records": [other]}, 200),
        ):
            models = {"res.partner": ["read", "update"], "res.partner.bank": operations}
            with self.subTest(operations=operations):
                response = self.use(
                    models,
                    "PATCH",
                    f"/update/res.partner/{parent.id}",
                    json={"bank_ids": {"upsert": body}},
                )
                self.assertEqual(response.status_code, status, response.text)
