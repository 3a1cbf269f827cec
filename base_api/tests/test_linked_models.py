# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .key_case import KeyCase

DEFINITION = {"name": "size", "type": "char", "string": "Size"}


class TestLinkedModels(KeyCase):
    """Values of one record that change a record of another model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "API Partner"})
        cls.bank = cls.env["res.bank"].create({"name": "API Bank", "bic": "OLD"})
        values = {"acc_number": "BE1", "bank_id": cls.bank.id}
        cls.account = cls.env["res.partner.bank"].create(
            values | {"partner_id": cls.partner.id}
        )
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")

    @property
    def definition(self):
        record = self.partner.properties_base_definition_id
        record.invalidate_recordset()
        return record.properties_definition

    def update(self, record, values, models, user=None):
        path = f"/update/{record._name}/{record.id}"
        response = self.use(models, "PATCH", path, user, json=values)
        self.env.invalidate_all()
        return response

    def test_definition_of_properties(self):
        """Whatever the request and the depth: lines have properties too."""
        base, partners = "properties.base.definition", "res.partner"
        for flag in ("definition_changed", "definition_deleted"):
            new = {"properties": [DEFINITION | {"value": "XL", flag: True}]}
            one, verbs = self.partner.id, ["create", "update"]
            for method, path, body in (
                ("PATCH", f"/update/res.partner/{one}", new),
                ("PATCH", "/update/res.partner", {"ids": [one], "values": new}),
                ("PATCH", "/update/res.partner", [new | {"id": one}]),
                ("POST", "/create/res.partner", new | {"name": "x"}),
                ("PUT", "/upsert/res.partner?key=name", new | {"name": "API Partner"}),
                (
                    "PATCH",
                    f"/update/res.partner/{one}",
                    {"child_ids": {"create": [new | {"name": "x"}]}},
                ),
            ):
                with self.subTest(flag=flag, path=path, body=body):
                    for user in (self.admin, self.employee):
                        response = self.use(
                            {partners: verbs}, method, path, user, json=body
                        )
                        self.assertRestricted(response, f"update on {base}")
                    self.assertFalse(self.definition)
        response = self.update(
            self.partner,
            {"properties": [DEFINITION | {"value": "XL", "definition_changed": True}]},
            {partners: ["update"], base: ["update"]},
        )
        self.assertSuccess(response)
        self.assertEqual([row["name"] for row in self.definition], ["size"])

    def test_definition_needs_the_right_of_the_caller(self):
        """Also without a restriction: the ORM writes it with the caller's rights."""
        new = {"properties": [DEFINITION | {"definition_changed": True}]}
        for path in (f"/update/res.partner/{self.partner.id}", "/create/res.partner"):
            method = "POST" if path.startswith("/create") else "PATCH"
            body = new | {"name": "x"}
            response = self.call(method, path, self.employee, json=body)
            self.assertApiError(response, 403, "ACCESS_DENIED")
            self.assertFalse(self.definition)

    def test_values_of_properties_are_those_of_the_record(self):
        record = self.partner.properties_base_definition_id
        record.properties_definition = [DEFINITION]
        for value in ([DEFINITION | {"value": "XL"}], {"size": "L"}, [], False):
            with self.subTest(value=value):
                response = self.update(
                    self.partner, {"properties": value}, {"res.partner": ["update"]}
                )
                self.assertSuccess(response)
                self.assertEqual(len(self.definition), 1)

    def test_related_field_of_another_record(self):
        accounts, banks = "res.partner.bank", "res.bank"
        response = self.update(
            self.account, {"bank_bic": "NEW"}, {accounts: ["update"]}
        )
        self.assertRestricted(response, "update on res.bank")
        self.assertEqual(self.bank.bic, "OLD")
        response = self.use(
            {accounts: ["create"]},
            "POST",
            "/create/res.partner.bank",
            json={
                "acc_number": "BE2",
                "partner_id": self.partner.id,
                "bank_id": self.bank.id,
                "bank_name": "Mine",
            },
        )
        self.assertRestricted(response, "update on res.bank")
        lines = {"update": [{"id": self.account.id, "bank_bic": "NEW"}]}
        response = self.update(
            self.partner,
            {"bank_ids": lines},
            {"res.partner": ["update"], accounts: ["update"]},
        )
        self.assertRestricted(response, "update on res.bank")
        response = self.update(
            self.account,
            {"bank_bic": "NEW"},
            {accounts: ["update"], banks: ["update"]},
        )
        self.assertSuccess(response)
        self.assertEqual(self.bank.bic, "NEW")

    def test_parts_of_a_record_need_no_verb(self):
        """The partner of a user or a company is part of it."""
        company = self.env.company
        for record, values in (
            (self.employee, {"name": "New Name", "email": "new@example.com"}),
            (company, {"name": "New Company", "phone": "1", "website": "x.example"}),
            (company, {"partner_id": company.partner_id.id}),
        ):
            with self.subTest(record=record):
                response = self.update(record, values, {record._name: ["update"]})
                self.assertSuccess(response)

    def test_record_that_becomes_a_part_of_another(self):
        """Its values can be written through that one from then on."""
        body = {"login": "api_taker", "email": "mine@example.com"}
        body |= {"name": "Taker", "partner_id": self.partner.id}
        response = self.use(
            {"res.users": ["create"]}, "POST", "/create/res.users", json=body
        )
        self.assertRestricted(response, "update on res.partner")
        values = {"partner_id": self.partner.id}
        for record in (self.env.company, self.employee):
            response = self.update(record, values, {record._name: ["update"]})
            self.assertRestricted(response, "update on res.partner")
        self.assertFalse(self.partner.email)
        models = {"res.users": ["create"], "res.partner": ["update"]}
        response = self.use(models, "POST", "/create/res.users", json=body)
        self.assertSuccess(response, 201)

    def test_list_of_lines_takes_them_from_other_records(self):
        """Odoo moves them, which is a write on the lines."""
        country, states = self.env["res.country"], self.env["res.country.state"]
        mine, other = country.create(
            [{"name": "Mine", "code": "XM"}, {"name": "Other", "code": "XO"}]
        )
        state = states.create({"name": "s", "code": "s", "country_id": mine.id})
        taken = states.create({"name": "t", "code": "t", "country_id": other.id})
        models = {"res.country": ["update"], "res.country.state": ["delete"]}
        for lines in ([taken.id], [[6, 0, [state.id, taken.id]]], {"set": [taken.id]}):
            with self.subTest(lines=lines):
                response = self.update(mine, {"state_ids": lines}, models)
                self.assertRestricted(response, "update on res.country.state")
                self.assertEqual(taken.country_id, other)
        self.assertSuccess(self.update(mine, {"state_ids": [state.id]}, models))
        models["res.country.state"] += ["update"]
        lines = {"state_ids": [state.id, taken.id]}
        self.assertSuccess(self.update(mine, lines, models))
        self.assertEqual(taken.country_id, mine)

    def test_unrestricted_keys_write_what_their_users_may(self):
        response = self.call(
            "PATCH",
            f"/update/res.partner.bank/{self.account.id}",
            self.admin,
            json={"bank_bic": "NEW"},
        )
        self.assertSuccess(response)
