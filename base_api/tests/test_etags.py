# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.http import parse_etags

from odoo.tests import BaseCase

from odoo.addons.base_api.protocol.etags import is_met, to_condition

from .common import ApiCase


class TestConditions(BaseCase):
    def test_condition_is_met_by_any_answer_of_the_version(self):
        for text, met in [
            ('"v1-abc"', True),
            ('"v1"', True),
            ("v1-abc", True),
            (' "v0-abc" , "v1-other"', True),
            ('W/"v1-abc"', True),  # what nginx makes of it when it compresses
            ("*", True),
            ('"v0-abc"', False),
            ('"v1abc"', False),
            ('W/"abc"', False),
            ('""', False),
            ('"*"', False),
        ]:
            with self.subTest(text=text):
                self.assertIs(is_met(to_condition(text), "v1"), met)

    def test_without_versions_only_any_state_is_met(self):
        self.assertTrue(is_met(to_condition("*"), ""))
        for text in ('""', '"-abc"', 'W/"abc"'):
            self.assertFalse(is_met(to_condition(text), ""))

    def test_what_is_no_etag_is_refused(self):
        for value in ("", " ", ",", '"', '"a" "b"', None, 5, True, ["*"], {}):
            with self.subTest(value=value), self.assertRaises(ValueError):
                to_condition(value)


class TestEtags(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.reader = cls.new_user("etag_reader", "base.group_user")
        cls.partner = cls.env["res.partner"].create({"name": "Tagged"})
        cls.path = f"/search/res.partner/{cls.partner.id}"

    def tag(self, path=None, user=None, **headers):
        response = self.get(path or self.path, user or self.employee, headers=headers)
        self.assertSuccess(response)
        return response.headers["ETag"]

    def send(self, verb, if_match, body=None, user=None, path=None):
        paths = {"DELETE": "delete"}
        path = path or f"/{paths.get(verb, 'update')}/res.partner/{self.partner.id}"
        headers = {"If-Match": if_match} if if_match is not None else {}
        body = body if verb == "DELETE" else body or {"color": 5}
        user = user or self.employee
        return self.call(verb, path, user, json=body, headers=headers)

    def test_lists_have_a_weak_tag_of_what_they_hold(self):
        path = f"/search/res.partner?name={self.partner.name}"
        tag = self.tag(path)
        self.assertTrue(tag.startswith('W/"'), tag)
        self.assertEqual(self.tag(path), tag)
        self.assertNotEqual(self.tag(f"{path}&fields=color"), tag)
        self.partner.name = "Other"
        self.assertNotEqual(self.tag(path), tag)

    def test_a_tag_that_is_still_right_is_not_sent_again(self):
        countries = "/search/res.country?limit=3"
        for path in (countries, self.path, "/fields/res.partner", "/models"):
            with self.subTest(path=path):
                tag = self.tag(path)
                weak = tag if tag.startswith("W/") else f"W/{tag}"
                for sent in (tag, weak, f'"x", {tag}', "*"):
                    for verb in ("GET", "HEAD"):
                        response = self.call(
                            verb, path, self.employee, headers={"If-None-Match": sent}
                        )
                        self.assertEqual(response.status_code, 304)
                        self.assertEqual(response.content, b"")
                        self.assertEqual(response.headers["ETag"], tag)
                        self.assertNotIn("Content-Type", response.headers)
                        self.assertEqual(
                            response.headers["Cache-Control"], "private, no-cache"
                        )
                        self.assertIn("api-key", response.headers["Vary"])
                for sent in ('"x"', "", ",", '"'):
                    response = self.get(
                        path, self.employee, headers={"If-None-Match": sent}
                    )
                    self.assertSuccess(response)

    def test_errors_secrets_and_writes_are_not_conditional(self):
        headers = {"If-None-Match": "*"}
        response = self.get("/search/nope", self.employee, headers=headers)
        self.assertApiError(response, 404, "MODEL_NOT_FOUND")
        self.assertNotIn("ETag", response.headers)
        response = self.post(
            f"/users/{self.employee.id}/api-key", self.employee, headers=headers
        )
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("ETag", response.headers)
        response = self.post(
            "/create/res.partner", self.employee, headers=headers, json={"name": "x"}
        )
        self.assertSuccess(response, 201)

    def test_head_has_the_headers_of_get(self):
        for path in (self.path, "/search/res.partner"):
            head = self.call("HEAD", path, self.employee)
            self.assertEqual(head.content, b"")
            self.assertEqual(head.headers["ETag"], self.tag(path))

    def test_versions_are_of_the_record_and_digests_of_the_answer(self):
        tag = self.tag()
        self.assertFalse(tag.startswith("W/"))
        other = self.tag(f"{self.path}?fields=name")
        self.assertNotEqual(other, tag)
        self.assertEqual(version(other), version(tag))
        self.env["res.lang"]._activate_lang("fr_FR")
        category = self.env["res.partner.category"].create({"name": "Metal"})
        category.with_context(lang="fr_FR").name = "Métal"
        path = f"/search/res.partner.category/{category.id}"
        french = self.tag(path, **{"Accept-Language": "fr"})
        self.assertNotEqual(french, self.tag(path))
        self.assertEqual(version(french), version(self.tag(path)))

    def test_version_changes_with_every_write(self):
        tags = {version(self.tag())}
        for value in (1, 2, 2):
            response = self.send("PATCH", None, {"color": value})
            self.assertSuccess(response)
            tags.add(version(response.headers["ETag"]))
            self.assertEqual(version(response.headers["ETag"]), version(self.tag()))
        self.assertEqual(len(tags), 4)

    def test_version_counts_inherited_parents(self):
        path = f"/search/res.users/{self.reader.id}?fields=login"
        tag = self.tag(path, self.admin)
        # Inherited by the user: a column of another table.
        path_of_parent = f"/update/res.partner/{self.reader.partner_id.id}"
        self.assertSuccess(
            self.send("PATCH", None, {"city": "Ghent"}, self.admin, path_of_parent)
        )
        self.assertNotEqual(version(self.tag(path, self.admin)), version(tag))

    def test_created_record_has_the_tag_of_its_version(self):
        response = self.post("/create/res.partner", self.employee, json={"name": "New"})
        record_id = self.assertSuccess(response, 201)["id"]
        tag = self.tag(f"/search/res.partner/{record_id}")
        self.assertEqual(version(response.headers["ETag"]), version(tag))

    def test_write_is_refused_when_the_record_was_changed(self):
        old = self.tag()
        response = self.send("PUT", old, {"color": 4})
        self.assertSuccess(response)
        for verb in ("PUT", "PATCH", "DELETE"):
            response = self.send(verb, old, user=self.admin)
            self.assertApiError(response, 412, "PRECONDITION_FAILED")
        self.partner.invalidate_recordset()
        self.assertEqual(self.partner.color, 4)
        # The tag of an update, and of any choice of fields, is as good.
        response = self.send("PATCH", response.headers.get("ETag", self.tag()))
        self.assertSuccess(response)
        tag = response.headers["ETag"]
        self.assertSuccess(self.send("PATCH", f'"x-y", {tag}'))
        self.assertSuccess(self.send("PATCH", self.tag(f"{self.path}?fields=name")))
        self.assertSuccess(self.send("PATCH", "*"))
        self.assertSuccess(self.send("DELETE", self.tag(), user=self.admin))
        response = self.send("PATCH", "*")
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_if_match_that_is_no_etag_is_refused(self):
        for value in ("", ",", '"a" "b"'):
            response = self.send("PATCH", value)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_if_match_tells_nothing_to_who_may_not_write(self):
        tag = self.tag()
        for if_match in (tag, '"x"', "*"):
            for verb in ("PATCH", "DELETE"):
                with self.subTest(verb=verb, if_match=if_match):
                    response = self.send(verb, if_match, user=self.reader)
                    self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_model_without_versions(self):
        self.new_key(self.employee)
        key = self.employee.api_key_ids[:1]
        path = f"/search/res.users.apikeys/{key.id}"
        self.assertTrue(self.tag(path).startswith('W/"'))

    def test_items_of_a_list_have_conditions_of_their_own(self):
        other = self.env["res.partner"].create({"name": "Other"})
        tag = self.tag()
        items = [
            {"id": self.partner.id, "color": 8, "if_match": tag},
            {"id": other.id, "color": 8, "if_match": tag},
        ]
        response = self.send("PATCH", None, items, path="/update/res.partner")
        error = self.assertApiError(response, 412, "PRECONDITION_FAILED")
        self.assertEqual([row["pointer"] for row in error["details"]], ["/1/id"])
        self.partner.invalidate_recordset()
        self.assertEqual(self.partner.color, 0)
        response = self.send(
            "PATCH", None, items, path="/update/res.partner?atomic=false"
        )
        data = self.assertSuccess(response)
        self.assertEqual([row["status"] for row in data["results"]], [200, 412])
        items = [{"id": self.partner.id, "if_match": tag}, {"id": other.id}]
        response = self.send(
            "DELETE", None, items, self.admin, "/delete/res.partner?atomic=false"
        )
        data = self.assertSuccess(response)
        self.assertEqual([row["status"] for row in data["results"]], [412, 200])

    def test_if_match_is_for_one_record(self):
        body = {"ids": self.partner.ids, "values": {"color": 8}}
        response = self.send("PATCH", "*", body, path="/update/res.partner")
        self.assertApiError(response, 400, "INVALID_PARAMETER")
        path = f"/delete/res.partner?ids={self.partner.id}"
        response = self.send("DELETE", "*", path=path)
        self.assertApiError(response, 400, "INVALID_PARAMETER")


def version(tag):
    [tag] = parse_etags(tag).as_set()
    return tag.partition("-")[0]
