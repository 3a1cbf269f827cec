# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


from .wizard_case import KEYS, WizardCase


class TestApiAccessTab(WizardCase):
    NAMES = {
        "has_api_access_tab": {},
        "api_access_key_ids": {"fields": {"prefix": {}, "restrictions_summary": {}}},
        "api_session_ids": {"fields": {"address": {}, "expiration_date": {}}},
    }

    def read_tab(self, user):
        return self.rpc("res.users", "web_read", [user.id], self.NAMES)[0]

    def test_employee_sees_their_own_keys_and_sessions(self):
        record = self.key_of(self.employee)
        self.new_session(self.employee)
        self.log_in(self.employee)
        values = self.read_tab(self.employee)
        self.assertTrue(values["has_api_access_tab"])
        self.assertEqual(
            [row["id"] for row in values["api_access_key_ids"]], record.ids
        )
        self.assertEqual(len(values["api_session_ids"]), 1)

    def test_only_administrators_see_those_of_others(self):
        self.key_of(self.colleague)
        self.new_session(self.colleague)
        for user, count in ((self.employee, 0), (self.manager, 0), (self.admin, 1)):
            with self.subTest(user=user.login):
                self.log_in(user)
                values = self.read_tab(self.colleague)
                self.assertEqual(values["has_api_access_tab"], bool(count))
                self.assertEqual(len(values["api_access_key_ids"]), count)
                self.assertEqual(len(values["api_session_ids"]), count)

    def test_session_that_a_new_password_ended_is_not_shown(self):
        self.new_session(self.employee)
        self.employee.password = "another-password"
        self.log_in(self.admin)
        self.assertEqual(self.read_tab(self.employee)["api_session_ids"], [])

    def test_key_is_revoked_by_its_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                record = self.key_of(self.employee)
                self.log_in(user)
                if allowed:
                    self.rpc(KEYS, "action_revoke", [record.id])
                else:
                    self.assertRefused(
                        "AccessError", KEYS, "action_revoke", [record.id]
                    )
                self.assertNotEqual(bool(record.exists()), allowed)

    def test_session_is_ended_by_its_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                session = self.env["api.session"]._start(self.employee)[0]
                self.log_in(user)
                arguments = ("api.session", "action_end", [session.id])
                if allowed:
                    self.rpc(*arguments)
                else:
                    self.assertRefused("AccessError", *arguments)
                self.assertNotEqual(bool(session.exists()), allowed)

    def test_all_sessions_are_ended_by_the_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                token = self.new_session(self.employee)
                self.log_in(user)
                arguments = (
                    "res.users",
                    "action_end_api_sessions",
                    [self.employee.id],
                )
                if allowed:
                    self.rpc(*arguments)
                else:
                    self.assertRefused("AccessError", *arguments)
                headers = {"session-token": token}
                status = self.get("/auth/me", headers=headers).status_code
                self.assertEqual(status, 401 if allowed else 200)

    def test_keys_are_found_by_their_prefix(self):
        record = self.key_of(self.employee)
        keys = self.env[KEYS].with_user(self.admin)
        self.assertEqual(keys.search([("prefix", "=", record.prefix)]), record)
        self.assertFalse(keys.search([("prefix", "ilike", "oak_none")]))
