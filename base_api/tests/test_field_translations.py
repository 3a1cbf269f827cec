# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translated fields in several languages, in one request."""

from .common import ApiCase

MODEL = "res.partner.category"
STRICT = {"Prefer": "types=strict"}


def texts(**translations):
    return {"translations": translations}


class TranslationCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fr_FR", "nl_NL"):
            cls.env["res.lang"]._activate_lang(code)
        cls.boss = cls.new_user(
            "translator", "base.group_user,base.group_system,base.group_partner_manager"
        )

    def send(self, method, path, body, **kwargs):
        kwargs.setdefault("user", self.boss)
        return self.call(method, path, json=body, **kwargs)

    def new_record(self, values, model=MODEL, **kwargs):
        response = self.send("POST", f"/create/{model}", values, **kwargs)
        data = self.assertSuccess(response, 201)
        self.env.invalidate_all()
        return self.env[model].browse(data["id"])

    def update(self, record, values, **kwargs):
        path = f"/update/{record._name}/{record.id}"
        data = self.assertSuccess(self.send("PATCH", path, values, **kwargs))
        self.env.invalidate_all()
        return data

    def assertRefused(self, values, pointer, method="POST", path=None, code=None):
        response = self.send(method, path or f"/create/{MODEL}", values)
        error = self.assertApiError(response, 422, code or "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["pointer"], pointer)
        return error

    def stored(self, record, name="name"):
        """Return what the database holds: only languages that have a text."""
        self.env.flush_all()
        query = f'SELECT "{name}" FROM "{record._table}" WHERE id = %s'
        self.env.cr.execute(query, (record.id,))
        return self.env.cr.fetchone()[0]


class TestWrittenTranslations(TranslationCase):
    def test_create(self):
        tag = self.new_record({"name": texts(en_US="Red", fr_FR="Rouge"), "color": 3})
        self.assertEqual(self.stored(tag), {"en_US": "Red", "fr_FR": "Rouge"})
        self.assertEqual(tag.with_context(lang="nl_NL").name, "Red")
        self.assertEqual(tag.color, 3)

    def test_create_like_the_orm(self):
        """With `create` in one language and `update_field_translations`."""
        for sent in (
            {"en_US": "A", "fr_FR": "B"},
            {"fr_FR": "B"},
            {"fr_FR": "B", "nl_NL": None},
            {"en_US": "A", "nl_NL": ""},
        ):
            by_orm = self.env[MODEL].create({"name": next(iter(sent.values()))})
            by_orm.update_field_translations("name", dict(sent))
            with self.subTest(sent=sent):
                tag = self.new_record({"name": texts(**sent)})
                self.assertEqual(self.stored(tag), self.stored(by_orm))

    def test_create_in_another_language(self):
        """What was not sent is not translated."""
        headers = {"Accept-Language": "fr"}
        tag = self.new_record(
            {"name": texts(en_US="Red", nl_NL="Rood")}, headers=headers
        )
        self.assertEqual(self.stored(tag), {"en_US": "Red", "nl_NL": "Rood"})
        tag = self.new_record({"name": texts(nl_NL="Rood")}, headers=headers)
        self.assertEqual(self.stored(tag), {"en_US": "Rood", "nl_NL": "Rood"})

    def test_update_changes_only_what_was_sent(self):
        tag = self.new_record({"name": texts(en_US="Red", fr_FR="Rouge", nl_NL="Rood")})
        self.update(tag, {"name": texts(fr_FR="Vermeil")})
        expected = {"en_US": "Red", "fr_FR": "Vermeil", "nl_NL": "Rood"}
        self.assertEqual(self.stored(tag), expected)
        headers = {"Accept-Language": "fr"}
        data = self.update(tag, {"name": texts(en_US="RED")}, headers=headers)
        self.assertEqual(self.stored(tag), expected | {"en_US": "RED"})
        self.assertEqual(data["record"]["name"], "Vermeil")
        self.assertEqual(data["updated_fields"], ["name"])

    def test_null_removes_a_translation(self):
        tag = self.new_record({"name": texts(en_US="Red", fr_FR="Rouge", nl_NL="Rood")})
        self.update(tag, {"name": texts(fr_FR=None, nl_NL=False)})
        self.assertEqual(self.stored(tag), {"en_US": "Red"})
        self.update(tag, {"name": texts(fr_FR=None)})
        self.assertEqual(self.stored(tag), {"en_US": "Red"})

    def test_other_values_stay_as_they_are(self):
        tag = self.new_record({"name": "Red"})
        self.update(tag, {"name": "RED"}, headers={"Accept-Language": "fr"})
        self.assertEqual(self.stored(tag), {"en_US": "Red", "fr_FR": "RED"})

    def test_lists(self):
        rows = [{"name": texts(en_US=f"N{n}", fr_FR=f"F{n}")} for n in range(3)]
        response = self.send("POST", f"/create/{MODEL}", rows)
        ids = self.assertSuccess(response, 201)["ids"]
        tags = self.env[MODEL].browse(ids)
        self.assertEqual(
            [self.stored(tag)["fr_FR"] for tag in tags], ["F0", "F1", "F2"]
        )
        body = [
            {"id": tag.id, "name": texts(fr_FR=f"G{n}")} for n, tag in enumerate(tags)
        ]
        self.assertSuccess(self.send("PATCH", f"/update/{MODEL}", body))
        body = {"ids": ids, "values": {"name": texts(nl_NL="H")}}
        self.assertSuccess(self.send("PATCH", f"/update/{MODEL}", body))
        expected = {"en_US": "N2", "fr_FR": "G2", "nl_NL": "H"}
        self.assertEqual(self.stored(tags[2]), expected)
        body = [{"id": ids[0], "name": texts(xx_XX="a")}, {"id": ids[1], "color": 4}]
        path = f"/update/{MODEL}?atomic=false"
        data = self.assertSuccess(self.send("PATCH", path, body))
        codes = [row.get("error", {}).get("code") for row in data["results"]]
        self.assertEqual(codes, ["LANGUAGE_NOT_INSTALLED", None])

    def test_lines(self):
        lines = {
            "create": [
                {"name": texts(en_US="A", fr_FR="a")},
                {"name": "A"},
                {
                    "name": texts(en_US="A", fr_FR="b"),
                    "child_ids": {"create": [{"name": texts(en_US="C", fr_FR="c")}]},
                },
            ]
        }
        tag = self.new_record({"name": texts(en_US="P", fr_FR="p"), "child_ids": lines})
        children = tag.child_ids.sorted("id")
        self.assertEqual(
            [self.stored(child) for child in children],
            [
                {"en_US": "A", "fr_FR": "a"},
                {"en_US": "A"},
                {"en_US": "A", "fr_FR": "b"},
            ],
        )
        grandchild = children.child_ids
        self.assertEqual(self.stored(grandchild), {"en_US": "C", "fr_FR": "c"})
        first, _second, third = children
        lines = {
            "create": [{"name": texts(nl_NL="n")}],
            "update": [
                {"id": first.id, "name": texts(fr_FR="A-")},
                {
                    "id": third.id,
                    "child_ids": [
                        [1, grandchild.id, {"name": texts(fr_FR=None)}],
                        [0, 0, {"name": texts(fr_FR="new")}],
                    ],
                },
            ],
        }
        self.update(tag, {"child_ids": lines})
        self.assertEqual(self.stored(first), {"en_US": "A", "fr_FR": "A-"})
        self.assertEqual(self.stored(grandchild), {"en_US": "C"})
        new = third.child_ids - grandchild
        self.assertEqual(self.stored(new), {"en_US": "new", "fr_FR": "new"})
        [new] = tag.child_ids - children
        self.assertEqual(self.stored(new), {"en_US": "n", "nl_NL": "n"})

    def test_lines_beside_others(self):
        """New lines are told apart from those that only come into the field."""
        other = self.env[MODEL].create({"name": "Other"})
        new = {"name": texts(en_US="A", fr_FR="a")}
        tag = self.new_record(
            {"name": "P", "child_ids": {"add": [other.id], "create": [new]}}
        )
        [line] = tag.child_ids - other
        self.assertEqual(self.stored(line), {"en_US": "A", "fr_FR": "a"})
        lines = {"set": other.ids, "create": [{"name": texts(en_US="B", fr_FR="b")}]}
        self.update(tag, {"child_ids": lines})
        [line] = tag.child_ids - other
        self.assertEqual(self.stored(line), {"en_US": "B", "fr_FR": "b"})
        self.assertEqual(self.stored(other), {"en_US": "Other"})
        partner = self.new_record(
            {"name": "Q", "category_id": {"create": [new], "add": [tag.id]}},
            "res.partner",
        )
        [line] = partner.category_id - tag
        self.assertEqual(self.stored(line), {"en_US": "A", "fr_FR": "a"})

    def test_upserts(self):
        row = {"color": 9, "name": texts(en_US="Up", fr_FR="Haut")}
        path = f"/upsert/{MODEL}?key=external_id"
        body = {"external_id": "tr.tag"} | row
        for status in ("created", "unchanged"):
            code = 201 if status == "created" else 200
            data = self.assertSuccess(self.send("PUT", path, body), code)
            self.assertEqual(data["status"], status)
        tag = self.env[MODEL].browse(data["id"])
        for sent, status in [
            (texts(fr_FR="Haut"), "unchanged"),
            (texts(fr_FR="En haut"), "updated"),
            (texts(nl_NL=None), "unchanged"),
            (texts(nl_NL="Op"), "updated"),
            (texts(nl_NL=None), "updated"),
            (texts(nl_NL=None), "unchanged"),
            (texts(en_US="Up"), "unchanged"),
        ]:
            with self.subTest(sent=sent, status=status):
                response = self.send("PUT", path, body | {"name": sent})
                self.assertEqual(self.assertSuccess(response)["status"], status)
        self.env.invalidate_all()
        self.assertEqual(self.stored(tag), {"en_US": "Up", "fr_FR": "En haut"})

    def test_upserts_by_a_translated_name(self):
        path = f"/upsert/{MODEL}?key=name"
        body = [{"name": texts(en_US="Upsert n", fr_FR="f")}]
        for status in ("created", "unchanged"):
            data = self.assertSuccess(self.send("PUT", path, body))
            self.assertEqual(data["results"][0]["status"], status)

    def test_refused(self):
        for name, pointer, code in [
            (texts(en_US=5), "/name/translations/en_US", None),
            (texts(fr_FR=["x"]), "/name/translations/fr_FR", None),
            (texts(en_US=None), "/name/translations/en_US", None),
            (texts(fr_FR=None), "/name/translations", None),
            (texts(), "/name/translations", None),
            ({"translations": "x"}, "/name/translations", None),
            ({}, "/name/translations", None),
            ({"translation": {"en_US": "x"}}, "/name/translation", None),
            (texts(en_US="a") | {"terms": True}, "/name/terms", None),
            (texts(en_US="a") | {"terms": 1}, "/name/terms", None),
            (texts(de_DE="a"), "/name/translations/de_DE", "LANGUAGE_NOT_INSTALLED"),
            (texts(fr="a"), "/name/translations/fr", "LANGUAGE_NOT_INSTALLED"),
        ]:
            with self.subTest(name=name):
                self.assertRefused({"name": name}, pointer, code=code)
        body = {"name": "a", "email": texts(en_US="b")}
        self.assertRefused(body, "/email", path="/create/res.partner")
        tag = self.env[MODEL].create({"name": "Stays"})
        path = f"/update/{MODEL}/{tag.id}"
        body = {"child_ids": {"create": [{"name": texts(xx="a")}]}}
        pointer = "/child_ids/create/0/name/translations/xx"
        code = "LANGUAGE_NOT_INSTALLED"
        self.assertRefused(body, pointer, "PATCH", path, code)
        self.assertFalse(tag.child_ids)

    def test_languages_that_are_named_need_no_header(self):
        tag = self.new_record({"name": texts(en_US="Red")})
        headers = {"Accept-Language": "de-DE"}
        self.update(tag, {"name": texts(fr_FR="Rouge")}, headers=headers)
        self.assertEqual(self.stored(tag), {"en_US": "Red", "fr_FR": "Rouge"})

    def test_etags(self):
        tag = self.new_record({"name": texts(en_US="Red")})
        path = f"/search/{MODEL}/{tag.id}"
        etag = self.get(path, self.boss).headers["ETag"]
        data = {"name": texts(fr_FR="Rouge")}
        self.update(tag, data, headers={"If-Match": etag})
        response = self.send(
            "PATCH", f"/update/{MODEL}/{tag.id}", data, headers={"If-Match": etag}
        )
        self.assertApiError(response, 412, "PRECONDITION_FAILED")
        etag = self.get(path, self.boss).headers["ETag"]
        headers = {"If-None-Match": etag}
        self.assertEqual(self.get(path, self.boss, headers=headers).status_code, 304)
        response = self.get(f"{path}?translations=all", self.boss, headers=headers)
        self.assertEqual(response.status_code, 200)

    def test_rights(self):
        tag = self.new_record({"name": texts(en_US="Red")})
        path, body = f"/update/{MODEL}/{tag.id}", {"name": texts(fr_FR="Rouge")}
        response = self.send("PATCH", path, body, user=self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        key = self.new_key(self.boss, models={MODEL: ["update"]})
        response = self.send("PATCH", path, body, user=None, headers={"api-key": key})
        record = self.assertSuccess(response)["record"]
        self.assertEqual(record, {"id": tag.id} | body)
        self.env.invalidate_all()
        self.assertEqual(self.stored(tag), {"en_US": "Red", "fr_FR": "Rouge"})
        key = self.new_key(self.boss, models={MODEL: ["read"]})
        response = self.send("PATCH", path, body, user=None, headers={"api-key": key})
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_dry_run_and_batch(self):
        tag = self.new_record({"name": texts(en_US="Red")})
        path, body = f"/update/{MODEL}/{tag.id}", {"name": texts(fr_FR="Rouge")}
        data = self.assertSuccess(
            self.send("PATCH", path, body, headers={"Prefer": "dry-run"})
        )
        self.env.invalidate_all()
        self.assertEqual(self.stored(tag), {"en_US": "Red"})
        [change] = data["changes"]
        self.assertEqual(change["before"]["name"], texts(en_US="Red"))
        expected = texts(en_US="Red", fr_FR="Rouge")
        self.assertEqual(change["after"]["name"], expected)
        steps = [{"method": "PATCH", "path": path, "body": body}]
        self.assertSuccess(self.send("POST", "/batch", {"steps": steps}))
        self.env.invalidate_all()
        self.assertEqual(self.stored(tag), {"en_US": "Red", "fr_FR": "Rouge"})
