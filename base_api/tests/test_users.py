# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import mute_logger

from .common import PASSWORD, ApiCase


class UsersCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user(
            "colleague", "base.group_user", email="c@example.com"
        )

    def path(self, user, action=""):
        return f"/users/{user.id}{action}"

    def can_log_in(self, user, password):
        body = {"username": user.login, "password": password}
        return self.post("/auth/login", json=body).status_code == 200


class TestReadUsers(UsersCase):
    def test_me_tells_groups_and_permissions(self):
        user = self.assertSuccess(self.get("/auth/me", self.employee))["user"]
        self.assertEqual(
            list(user),
            "id name login email active company_id groups permissions".split(),
        )
        self.assertEqual(user["company_id"][0], self.employee.company_id.id)
        self.assertIn(
            self.env.ref("base.group_user").id, [g["id"] for g in user["groups"]]
        )
        self.assertEqual(
            user["permissions"],
            {"is_admin": False, "is_user": True, "can_manage_users": False},
        )
        boss = self.assertSuccess(self.get("/auth/me", self.admin))["user"]
        self.assertTrue(all(boss["permissions"].values()))

    def test_user_info_tells_the_database(self):
        data = self.assertSuccess(self.get("/user/info", self.employee))
        self.assertEqual(list(data), ["user", "api_version", "database"])
        self.assertEqual(data["database"], self.env.cr.dbname)

    def test_list_for_an_employee(self):
        data = self.assertSuccess(self.get("/users?search=api_coll", self.employee))
        self.assertEqual(
            list(data), ["users", "count", "total_count", "limit", "offset"]
        )
        [user] = data["users"]
        self.assertEqual(list(user), "id name login email active create_date".split())
        self.assertRegex(user["create_date"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\Z")

    def test_list_for_an_administrator(self):
        [user] = self.assertSuccess(self.get("/users?search=api_coll", self.admin))[
            "users"
        ]
        self.assertEqual(list(user)[-3:], ["groups", "company_id", "login_date"])
        self.assertEqual(user["company_id"], self.colleague.company_id.name)

    def test_list_finds_by_name_login_and_email(self):
        for text in ("API_COLL", "c@example.com", self.colleague.name):
            with self.subTest(text=text):
                response = self.get("/users", self.admin, params={"search": text})
                ids = [user["id"] for user in self.assertSuccess(response)["users"]]
                self.assertIn(self.colleague.id, ids)

    def test_list_shows_archived_users_when_asked(self):
        self.colleague.active = False
        path = "/users?search=api_colleague"
        self.assertEqual(self.assertSuccess(self.get(path, self.admin))["count"], 0)
        path += "&active_only=false"
        self.assertEqual(self.assertSuccess(self.get(path, self.admin))["count"], 1)

    def test_list_pages(self):
        data = self.assertSuccess(self.get("/users?limit=1&offset=1", self.admin))
        self.assertEqual((data["count"], data["limit"], data["offset"]), (1, 1, 1))
        self.assertGreaterEqual(data["total_count"], 3)
        data = self.assertSuccess(self.get("/users?limit=0", self.admin))
        self.assertEqual(data["users"], [])

    def test_how_much_is_shown_depends_on_who_looks(self):
        others = "id name email active create_date".split()
        own = others + "login phone lang tz signature company_id".split()
        full = own + "groups company_ids login_date".split()
        for viewer, user, keys in [
            (self.employee, self.colleague, others),
            (self.employee, self.employee, own),
            (self.admin, self.employee, full),
        ]:
            with self.subTest(viewer=viewer.login, user=user.login):
                data = self.assertSuccess(self.get(self.path(user), viewer))
                self.assertEqual(list(data["user"]), keys)

    def test_portal_user_sees_themself_and_nobody_else(self):
        portal = self.new_user("portal", "base.group_portal")
        headers = {"session-token": self.new_session(portal)}
        data = self.assertSuccess(self.get(self.path(portal), headers=headers))
        self.assertEqual(data["user"]["login"], "api_portal")
        response = self.get(self.path(self.employee), headers=headers)
        self.assertApiError(response, 404, "USER_NOT_FOUND")

    def test_unknown_user_is_not_found(self):
        for user_id in ("999999", "x", "-1", "0", "9" * 30):
            with self.subTest(user_id=user_id):
                response = self.get(f"/users/{user_id}", self.admin)
                self.assertApiError(response, 404, "USER_NOT_FOUND")

    def test_groups_are_for_administrators(self):
        self.assertApiError(self.get("/groups", self.employee), 403, "ACCESS_DENIED")
        data = self.assertSuccess(self.get("/groups", self.admin))
        groups = [group for row in data["groups_by_category"].values() for group in row]
        self.assertEqual(len(groups), data["total_groups"])
        self.assertEqual(
            list(groups[0]), "id name full_name xml_id comment users_count".split()
        )
        self.assertIn("base.group_system", [group["xml_id"] for group in groups])


class TestUpdateUsers(UsersCase):
    def update(self, caller, user, **body):
        return self.put(self.path(user), caller, json=body)

    def test_user_changes_themself(self):
        response = self.update(
            self.employee, self.employee, name="New", tz="Asia/Tokyo"
        )
        data = self.assertSuccess(response)
        self.assertEqual(data["updated_fields"], ["name", "tz"])
        self.assertEqual(data["user"]["name"], "New")
        self.assertEqual(self.employee.tz, "Asia/Tokyo")

    def test_user_does_not_change_others(self):
        response = self.update(self.employee, self.colleague, name="New")
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_some_fields_are_for_administrators(self):
        groups = self.employee.group_ids
        for body in (
            {"login": "x"},
            {"active": False},
            {"groups_id": [[4, self.env.ref("base.group_system").id]]},
            {"group_names": ["base.group_system"]},
            {"name": "New", "company_id": 1},
        ):
            with self.subTest(body=body):
                response = self.update(self.employee, self.employee, **body)
                self.assertApiError(response, 403, "ADMIN_FIELD_ACCESS_DENIED")
        self.env.invalidate_all()
        self.assertEqual(self.employee.group_ids, groups)

    def test_administrator_changes_everything(self):
        body = {"login": "api_renamed", "active": False}
        data = self.assertSuccess(self.update(self.admin, self.employee, **body))
        self.assertEqual(
            (data["user"]["login"], data["user"]["active"]), tuple(body.values())
        )

    def test_groups_are_set_under_the_old_and_the_new_name(self):
        group = self.env.ref("base.group_partner_manager")
        for name in ("groups_id", "group_ids"):
            with self.subTest(name=name):
                self.employee.group_ids -= group
                body = {name: [[4, group.id, 0]]}
                self.assertSuccess(self.update(self.admin, self.employee, **body))
                self.employee.invalidate_recordset()
                self.assertIn(group, self.employee.group_ids)

    def test_groups_are_set_by_full_name_or_xml_id(self):
        manager = self.env.ref("base.group_partner_manager")
        names = ["base.group_user", manager.full_name]
        self.assertSuccess(self.update(self.admin, self.employee, group_names=names))
        self.employee.invalidate_recordset()
        self.assertEqual(
            self.employee.group_ids, manager | self.env.ref("base.group_user")
        )

    def test_unknown_and_ambiguous_group_names_are_refused(self):
        self.env["res.groups"].create([{"name": "Twins"}, {"name": "Twins"}])
        for names, expected in [
            (["Nobody"], "Unknown group"),
            (["base.nothing"], "Unknown group"),
            (["base.main_company"], "Unknown group"),
            (["Twins"], "Ambiguous group"),
            ("base.group_user", "must be a list"),
            ([1], "must be a list"),
        ]:
            with self.subTest(names=names):
                response = self.update(self.admin, self.employee, group_names=names)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn(expected, error["message"])

    def test_fields_that_cannot_be_changed_here_are_refused(self):
        response = self.update(self.admin, self.employee, password="x")
        self.assertApiError(response, 400, "NO_VALID_FIELDS")
        response = self.update(self.admin, self.employee, name="New", emial="x")
        error = self.assertApiError(response, 400, "INVALID_FIELDS")
        self.assertIn("did you mean 'email'?", error["message"])

    def test_groups_are_sent_in_one_way(self):
        body = {"group_names": ["base.group_user"], "group_ids": [1]}
        response = self.update(self.admin, self.employee, **body)
        self.assertApiError(response, 400, "INVALID_FIELDS")

    def test_values_are_checked(self):
        response = self.update(self.admin, self.employee, lang="xx_XX")
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["field"], "lang")


class TestPasswords(UsersCase):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.addons.base.models.res_users"))

    def change(self, caller, user, **body):
        return self.put(self.path(user, "/password"), caller, json=body)

    def test_user_changes_their_password_with_the_old_one(self):
        body = {"old_password": PASSWORD, "new_password": "another-password"}
        data = self.assertSuccess(self.change(self.employee, self.employee, **body))
        self.assertEqual(list(data), ["user_id", "message"])
        self.assertTrue(self.can_log_in(self.employee, "another-password"))
        self.assertFalse(self.can_log_in(self.employee, PASSWORD))

    def test_old_password_is_asked_for_and_checked(self):
        body = {"new_password": "another-password"}
        response = self.change(self.employee, self.employee, **body)
        self.assertApiError(response, 400, "MISSING_OLD_PASSWORD")
        response = self.change(self.employee, self.employee, old_password="x", **body)
        self.assertApiError(response, 401, "INVALID_OLD_PASSWORD")
        self.assertTrue(self.can_log_in(self.employee, PASSWORD))

    def test_old_password_is_text_for_everybody(self):
        body = {"new_password": "another-password"}
        for user in (self.employee, self.admin):
            for old in (5, True, ["x"], {"x": 1}):
                with self.subTest(user=user.login, old=old):
                    response = self.change(user, user, old_password=old, **body)
                    self.assertApiError(response, 400, "MISSING_OLD_PASSWORD")
            self.assertTrue(self.can_log_in(user, PASSWORD))

    def test_guessing_the_old_password_is_cooled_down(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", 1)
        body = {"old_password": "x", "new_password": "another-password"}
        response = self.change(self.employee, self.employee, **body)
        self.assertApiError(response, 401, "INVALID_OLD_PASSWORD")
        response = self.change(self.employee, self.employee, **body)
        self.assertApiError(response, 429, "RATE_LIMITED")

    def test_guessing_the_old_password_is_counted_as_logins_are(self):
        body = {"old_password": "x", "new_password": "another-password"}
        for _guess in range(10):
            response = self.change(self.employee, self.employee, **body)
            self.assertApiError(response, 401, "INVALID_OLD_PASSWORD")
        body["old_password"] = PASSWORD
        response = self.change(self.employee, self.employee, **body)
        self.assertApiError(response, 429, "RATE_LIMITED")
        self.assertIn(int(response.headers["Retry-After"]), range(1, 61))
        self.assertEqual(dict(getattr(self.registry, "_login_failures", {})), {})

    def test_the_old_password_clears_no_failures(self):
        self.env["ir.config_parameter"].set_param("base_api.throttle_pair", 2)
        body = {"new_password": PASSWORD}
        for old in ("x", PASSWORD, "y"):
            self.change(self.employee, self.employee, old_password=old, **body)
        response = self.change(
            self.employee, self.employee, old_password=PASSWORD, **body
        )
        self.assertApiError(response, 429, "RATE_LIMITED")

    def test_new_password_is_asked_for(self):
        for body in ({"old_password": "x"}, {"new_password": " "}, {"new_password": 1}):
            with self.subTest(body=body):
                response = self.change(self.admin, self.employee, **body)
                self.assertApiError(response, 400, "MISSING_PASSWORD")

    def test_new_password_can_be_too_long(self):
        body = {"new_password": "x" * 5000}
        response = self.change(self.admin, self.employee, **body)
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_administrator_needs_no_old_password(self):
        body = {"new_password": "another-password"}
        self.assertSuccess(self.change(self.admin, self.employee, **body))
        self.assertTrue(self.can_log_in(self.employee, "another-password"))

    def test_reset_gives_a_temporary_password(self):
        response = self.post(self.path(self.employee, "/reset-password"), self.admin)
        data = self.assertSuccess(response)
        self.assertEqual(list(data), ["user_id", "temporary_password", "message"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertTrue(self.can_log_in(self.employee, data["temporary_password"]))

    def test_reset_is_for_administrators(self):
        for user in (self.employee, self.colleague):
            response = self.post(self.path(user, "/reset-password"), self.employee)
            self.assertApiError(response, 403, "ACCESS_DENIED")


class TestCreateUsers(UsersCase):
    def create_user(self, caller=None, **body):
        body = {"name": "Jane", "login": "api_jane"} | body
        return self.post("/create/res.users", caller or self.admin, json=body)

    def test_groups_that_were_sent_are_applied(self):
        groups = self.env.ref("base.group_user") + self.env.ref(
            "base.group_partner_manager"
        )
        body = {"groups_id": [[6, 0, groups.ids]]}
        data = self.assertSuccess(self.create_user(**body), 201)
        self.assertEqual(list(data), ["id", "record", "model"])
        self.assertEqual(sorted(data["record"]["groups_id"]), sorted(groups.ids))
        user = self.env["res.users"].browse(data["id"])
        self.assertEqual(user.group_ids, groups)

    def test_credentials_are_generated_when_asked_for(self):
        response = self.create_user(auto_generate_credentials=True)
        credentials = self.assertSuccess(response, 201)["credentials"]
        self.assertEqual(list(credentials), ["temporary_password", "api_key", "note"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        user = self.env["res.users"].search([("login", "=", "api_jane")])
        self.assertTrue(self.can_log_in(user, credentials["temporary_password"]))
        me = self.get("/auth/me", headers={"api-key": credentials["api_key"]})
        self.assertEqual(self.assertSuccess(me)["user"]["id"], user.id)

    def test_user_without_a_key_is_not_created_either(self):
        portal = self.env.ref("base.group_portal")
        response = self.create_user(
            auto_generate_credentials=True, group_ids=[[6, 0, portal.ids]]
        )
        self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertFalse(self.env["res.users"].search([("login", "=", "api_jane")]))

    def test_flag_must_be_a_boolean(self):
        response = self.create_user(auto_generate_credentials="yes")
        self.assertApiError(response, 400, "INVALID_FIELDS")

    def test_many_users_are_created_at_once_or_none(self):
        body = [{"name": "A", "login": "api_a"}, {"name": "B", "login": "api_b"}]
        response = self.post("/create/res.users", self.admin, json=body)
        data = self.assertSuccess(response, 201)
        self.assertEqual(list(data), ["ids", "records", "model"])
        body = [{"name": "C", "login": "api_c"}, {"name": "A", "login": "api_a"}]
        with mute_logger("odoo.sql_db"):
            response = self.post("/create/res.users", self.admin, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["field"], "login")
        self.assertFalse(self.env["res.users"].search([("login", "=", "api_c")]))

    def test_employee_creates_no_users(self):
        response = self.create_user(self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")
