# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from .key_case import KeyCase

STRICT = {"Prefer": "types=strict"}
WRITE_ONLY = {"res.partner": ["create", "update", "delete"]}
EVERYTHING = ["read", "create", "update", "delete", "call"]
# Each may not read partners.
SHAPES = (
    WRITE_ONLY,
    {"*": EVERYTHING, **WRITE_ONLY},
    {"*": ["create", "update", "delete", "call"]},
    {"*": ["create", "update"], "res.country": ["read"]},
)


class TestKeyEchoes(KeyCase):
    """Answers to writes with a key that may not read what it writes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.env["res.partner"].create({"name": "Hidden Parent"})
        cls.tag = cls.env["res.partner.category"].create({"name": "Hidden Tag"})
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Hidden Name",
                "ref": "KEY-1",
                "parent_id": cls.parent.id,
                "category_id": [(4, cls.tag.id)],
            }
        )

    def send(self, method, path, body, models=None, status=200, **kwargs):
        """Send a write; check that nothing that is stored is in the answer."""
        response = self.use(models or WRITE_ONLY, method, path, json=body, **kwargs)
        data = self.assertSuccess(response, status)
        self.assertNotIn("Hidden", response.text)
        return data

    def test_record_is_what_was_sent(self):
        one = self.partner.id
        sent = {"city": "Ghent", "parent_id": self.parent.id, "color": 3}
        shown = {"city": "Ghent", "parent_id": [self.parent.id, False], "color": 3}
        update, upsert = "/update/res.partner", "/upsert/res.partner?key=ref"
        bulk = {"ids": [one], "values": sent}
        key = {"ref": "KEY-1"}
        for method, path, body, found in (
            ("PATCH", f"{update}/{one}", sent, lambda data: data["record"]),
            ("PUT", f"{update}/{one}", sent, lambda data: data["record"]),
            ("PATCH", update, bulk, lambda data: data["records"][0]),
            ("PATCH", update, [{"id": one} | sent], lambda data: data["records"][0]),
            (
                "PATCH",
                f"{update}?atomic=false",
                bulk,
                lambda data: data["results"][0]["record"],
            ),
        ):
            for models in SHAPES:
                with self.subTest(method=method, path=path, models=models):
                    record = found(self.send(method, path, body, models))
                    self.assertEqual(record, {"id": one} | shown)
        for models in SHAPES:
            with self.subTest(models=models):
                data = self.send("PUT", upsert, key | sent, models)
                self.assertEqual(data["record"], {"id": one} | key | shown)
                [result] = self.send("PUT", upsert, [key | sent], models)["results"]
                self.assertEqual(result["record"], {"id": one} | key | shown)

    def test_new_record_is_what_was_sent(self):
        create = "/create/res.partner"
        sent = {"name": "New", "parent_id": self.parent.id}
        shown = {"name": "New", "parent_id": [self.parent.id, False]}
        for models in SHAPES:
            with self.subTest(models=models):
                data = self.send("POST", create, sent, models, 201)
                self.assertEqual(data["record"], {"id": data["id"]} | shown)
        data = self.send("POST", create, [sent], status=201)
        self.assertEqual(data["records"], [{"id": data["ids"][0]} | shown])
        [result] = self.send("POST", f"{create}?atomic=false", [sent])["results"]
        self.assertEqual(result["record"], {"id": result["id"]} | shown)
        steps = [{"method": "POST", "path": create, "body": sent}]
        [result] = self.send("POST", "/batch", {"steps": steps})["results"]
        self.assertEqual(result["data"]["record"], {"id": result["data"]["id"]} | shown)

    def test_values_are_represented_as_when_they_are_read(self):
        models = {"res.currency.rate": ["create"]}
        body = {"name": "2031-05-06", "rate": "2.50", "currency_id": [1, "Euro"]}
        path = "/create/res.currency.rate"
        data = self.send("POST", path, body, models, 201)
        self.assertEqual(
            data["record"],
            {"id": data["id"], "name": "2031-05-06", "rate": 2.5}
            | {"currency_id": [1, False]},
        )
        body |= {"name": "2031-05-07"}
        data = self.send("POST", path, body, models, 201, headers=STRICT)
        self.assertEqual(data["record"]["currency_id"], {"id": 1, "display_name": None})
        body = {"parent_id": None, "city": None, "active": True}
        path = f"/update/res.partner/{self.partner.id}"
        record = self.send("PATCH", path, body)["record"]
        self.assertEqual(
            record,
            {"id": record["id"], "parent_id": False, "city": False, "active": True},
        )
        record = self.send("PATCH", path, body, headers=STRICT)["record"]
        self.assertEqual((record["parent_id"], record["active"]), (None, True))

    def test_what_is_stored_as_something_else_is_left_out(self):
        """Ids of lines, files, and definitions of properties would be read."""
        definition = self.partner.properties_base_definition_id
        definition.properties_definition = [
            {"name": "a", "type": "char", "default": "Hidden Default"}
        ]
        body = {
            "child_ids": [[0, 0, {"name": "Line"}]],
            "category_id": {"add": [self.tag.id]},
            "image_1920": False,
            "properties": [{"name": "a", "type": "char"}],
        }
        path = f"/update/res.partner/{self.partner.id}"
        data = self.send("PATCH", path, body)
        self.assertEqual(data["record"], {"id": self.partner.id})
        self.assertEqual(data["updated_fields"], list(body))

    def test_dry_run_shows_no_values(self):
        path = f"/update/res.partner/{self.partner.id}"
        headers = {"Prefer": "dry-run"}
        data = self.send("PATCH", path, {"city": "Ghent"}, headers=headers)
        self.assertEqual(data["record"], {"id": self.partner.id, "city": "Ghent"})
        self.assertEqual(data["changes"], [])
        path = f"/delete/res.partner/{self.partner.id}"
        [change] = self.send("DELETE", path, None, headers=headers)["changes"]
        self.assertEqual((change["before"], change["after"]), ({}, None))

    def test_upsert_does_not_tell_whether_a_value_is_stored(self):
        models = {"res.partner": ["update"]}
        path = "/upsert/res.partner?key=ref"
        for name in ("Hidden Name", "Other Name"):
            body = {"ref": "KEY-1", "name": name}
            response = self.use(models, "PUT", path, json=body)
            data = self.assertSuccess(response)
            self.assertEqual(data["status"], "updated")
        headers = {"Prefer": "max-affected=0"}
        body = {"ref": "KEY-1", "name": "Other Name"}
        response = self.use(models, "PUT", path, json=body, headers=headers)
        self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")
        models = {"res.partner": ["update", "read"]}
        data = self.assertSuccess(self.use(models, "PUT", path, json=body))
        self.assertEqual(data["status"], "unchanged")

    def test_upsert_does_not_tell_the_ids_of_several_records(self):
        twin = self.partner.copy({"ref": "KEY-1"})
        path = "/upsert/res.partner?key=ref"
        for verbs, told in ((["update"], False), (["update", "read"], True)):
            response = self.use(
                {"res.partner": verbs}, "PUT", path, json={"ref": "KEY-1"}
            )
            error = self.assertApiError(response, 409, "AMBIGUOUS_KEY")
            self.assertEqual(str(twin.id) in response.text, told, error)

    def test_removing_does_not_tell_what_is_in_a_list(self):
        other = self.env["res.partner.category"].create({"name": "Other"})
        path = f"/update/res.partner/{self.partner.id}"
        headers = {"Prefer": "dry-run"}
        for tag in (self.tag, other):
            body = {"category_id": {"remove": [tag.id]}}
            data = self.send("PATCH", path, body, headers=headers)
            self.assertEqual(data["record"], {"id": self.partner.id})
        models = {"res.partner": ["update", "read"]}
        response = self.use(models, "PATCH", path, json=body)
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_users(self):
        user = self.new_user("hidden", "base.group_user", name="Hidden User")
        company = self.env.company
        self.env["res.company"].browse(company.id).name = "Hidden Company"
        models = {"res.users": ["update"]}
        body = {"phone": "1", "company_id": company.id, "company_ids": [company.id]}
        data = self.send("PUT", f"/users/{user.id}", body, models)
        self.assertEqual(
            data["user"],
            {"id": user.id, "phone": "1", "company_id": [company.id, False]},
        )
        body = {"group_names": ["base.group_user"]}
        data = self.send("PUT", f"/users/{user.id}", body, models)
        self.assertEqual(data["user"], {"id": user.id})
        body = {"name": "New", "login": "api_new", "password": "a-secret-4-tests"}
        models = {"res.users": ["create"]}
        for sent in (body, [body | {"login": "api_newer"}]):
            data = self.send("POST", "/create/res.users", sent, models, 201)
            record = data.get("record") or data["records"][0]
            self.assertEqual(set(record), {"id", "name", "login"})

    def test_name_of_the_owner_of_a_key(self):
        user = self.new_user("hidden", "base.group_user", name="Hidden User")
        keys = "res.users.apikeys"
        models = {keys: ["create", "delete"]}
        body = {"models": {keys: ["create"]}}
        path = f"/users/{user.id}/api-key"
        data = self.send("POST", path, body, models)
        self.assertIs(data["user_name"], False)
        response = self.use(models, "DELETE", f"{path}s/999999999")
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertNotIn(user.login, response.text)
        models["res.users"] = ["read"]
        response = self.use(models, "POST", path, json=body)
        self.assertEqual(self.assertSuccess(response)["user_name"], "Hidden User")

    def test_attachments(self):
        models = {"ir.attachment": ["create"], "res.partner": ["update"]}
        body = {"name": "a.txt", "datas": base64.b64encode(b"text").decode()}
        owner = {"res_model": "res.partner", "res_id": self.partner.id}
        sent = body | owner | {"description": "x"}
        for answered in (sent, [sent]):
            data = self.send("POST", "/attachments", answered, models, 201)
            row = data.get("record") or data["records"][0]
            self.assertEqual(row, {"id": row["id"], "name": "a.txt"} | owner)
        files = {"file": ("b.txt", b"text", "text/plain")}
        response = self.use(models, "POST", "/attachments", files=files)
        row = self.assertSuccess(response, 201)["record"]
        self.assertEqual(set(row), {"id", "name", "mimetype"})
        models["ir.attachment"] += ["read"]
        response = self.use(models, "POST", "/attachments", json=body)
        row = self.assertSuccess(response, 201)["record"]
        self.assertEqual(row["file_size"], 4)

    def test_key_that_may_read_sees_all(self):
        """Of other models too, what a field of this one shows: the names."""
        models = {"res.partner": ["read", "create", "update"]}
        body = {"name": "New", "parent_id": self.parent.id}
        response = self.use(models, "POST", "/create/res.partner", json=body)
        record = self.assertSuccess(response, 201)["record"]
        self.assertEqual(record["display_name"], "Hidden Parent, New")
        self.assertEqual(record["parent_id"], [self.parent.id, "Hidden Parent"])
        self.partner.country_id = self.env.ref("base.be")
        path = f"/update/res.partner/{self.partner.id}"
        country = self.partner.country_id
        response = self.use(models, "PATCH", path, json={"country_id": country.id})
        record = self.assertSuccess(response)["record"]
        self.assertEqual(record["country_id"], [country.id, country.name])
