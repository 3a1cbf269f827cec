# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import psycopg2
from passlib.exc import PasswordSizeError
from psycopg2.errors import (
    NumericValueOutOfRange,
    ProgramLimitExceeded,
    SerializationFailure,
)
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    ConcurrencyError,
    LockError,
    MissingError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import BaseCase, TransactionCase, mute_logger, tagged

from odoo.addons.base_api.errors import ApiError
from odoo.addons.base_api.errors.auth import Unauthenticated
from odoo.addons.base_api.errors.table import as_api_error


def subclasses(parent):
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


class TestErrorTable(BaseCase):
    def test_each_exception_has_its_status_and_code(self):
        for exception, status, code in [
            (AccessDenied(), 403, "ACCESS_DENIED"),
            (AccessError("no"), 403, "ACCESS_DENIED"),
            # Of the record in the path nothing is raised: this one is in the body.
            (MissingError("gone"), 422, "VALIDATION_ERROR"),
            (PasswordSizeError(4096), 422, "VALIDATION_ERROR"),
            (LockError("busy"), 409, "CONFLICT"),
            (ConcurrencyError("busy"), 409, "CONFLICT"),
            (SerializationFailure(), 409, "CONFLICT"),
            (ValidationError("wrong"), 422, "VALIDATION_ERROR"),
            (UserError("wrong"), 422, "VALIDATION_ERROR"),
            (RedirectWarning("wrong", 1, "There"), 422, "VALIDATION_ERROR"),
            (NumericValueOutOfRange(), 422, "VALIDATION_ERROR"),
            (ProgramLimitExceeded(), 422, "VALIDATION_ERROR"),
            (RequestEntityTooLarge(), 413, "PAYLOAD_TOO_LARGE"),
            (ValueError("a secret"), 500, "INTERNAL_ERROR"),
        ]:
            with self.subTest(type(exception).__name__):
                error = as_api_error(exception)
                self.assertEqual((error.code, error.error_code), (status, code))

    def test_messages_of_odoo_are_kept_and_others_are_not(self):
        kept = as_api_error(UserError("Not like this"))
        self.assertEqual(kept.description, "Not like this")
        hidden = as_api_error(ValueError("SELECT password FROM res_users"))
        self.assertNotIn("SELECT", hidden.description)

    def test_headers_of_werkzeug_are_kept(self):
        error = as_api_error(TooManyRequests(retry_after=7))
        self.assertEqual((error.code, error.error_code), (429, "TOO_MANY_REQUESTS"))
        self.assertEqual(dict(error.headers), {"Retry-After": "7"})

    def test_every_unauthenticated_error_asks_for_a_credential(self):
        for error_class in subclasses(Unauthenticated):
            with self.subTest(error_class.__name__):
                self.assertIn("WWW-Authenticate", dict(error_class().headers))

    def test_every_class_has_a_code_of_its_own(self):
        # UnfitValue is an InvalidValue; failed logins are limited like requests.
        shared = {"VALIDATION_ERROR", "RATE_LIMITED"}
        codes = [cls.error_code for cls in subclasses(ApiError)]
        doubled = {code for code in codes if codes.count(code) > 1}
        self.assertEqual(doubled, shared)


@tagged("post_install", "-at_install")
class TestConstraintErrors(TransactionCase):
    def test_broken_constraint_names_the_field(self):
        """Odoo turns an IntegrityError into a ValidationError and keeps it as cause."""
        missing = "There is no record with the ID 999999"
        for values, field, code, message in [
            ({"login": "admin"}, "login", "unique", "Broken"),
            ({"login": None}, "login", "required", "Broken"),
            ({"company_id": 999999}, "company_id", "foreign_key", missing),
        ]:
            with self.subTest(field=field, values=values):
                cause = self._violation(values)
                error = ValidationError("Broken")
                error.__cause__ = cause
                details = as_api_error(error).details
                self.assertEqual(
                    details, [{"field": field, "message": message, "code": code}]
                )

    def _violation(self, values):
        column, value = next(iter(values.items()))
        query = f"UPDATE res_users SET {column} = %s WHERE id = %s"
        user = self.env.ref("base.public_user")
        with mute_logger("odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    self.env.cr.execute(query, [value, user.id])
                    self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except psycopg2.IntegrityError as exc:
                return exc
        raise AssertionError("nothing was violated")
