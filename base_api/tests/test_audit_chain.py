# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The seals of the audit trail, its partitions, and what is erased."""

from datetime import date, datetime

from odoo.sql_db import db_connect

from ..auditing import audit_commands
from ..auditing.chain import seal_rows
from ..auditing.erasure import erase_user
from ..auditing.partitions import create_partitions, drop_partitions, partition_months
from ..auditing.verification import verify
from .chain_case import ChainCase


class TestVerification(ChainCase):
    def test_counts(self):
        self.insert(2)
        result = verify(self.cr)
        self.assertGreaterEqual(result.sealed, 5)
        self.assertEqual((result.unprotected, result.fault), (2, ""))
        self.assertIn("Not yet protected: 2", self.run_command("verify"))
        self.assertIn("Sealed 2 rows", self.run_command("seal"))
        self.assertEqual(verify(self.cr).unprotected, 0)

    def test_a_changed_column(self):
        names = "route", "model", "record_ids", "error_code", "address", "sent_values"
        for name in names:
            with self.subTest(name=name), self.cr.savepoint(flush=False) as undone:
                self.change(
                    f"""UPDATE api_audit_entry SET {name} = 'x' WHERE seal_number =
                        (SELECT max(seal_number) - 2 FROM api_audit_entry)"""
                )
                self.assertIn("was changed", self.fault())
                undone.rollback()

    def test_a_removed_row(self):
        for where in ("max(seal_number) - 2", "max(seal_number)", "min(seal_number)"):
            with self.subTest(where=where), self.cr.savepoint(flush=False) as undone:
                self.change(
                    f"""DELETE FROM api_audit_entry WHERE seal_number =
                        (SELECT {where} FROM api_audit_entry)"""
                )
                self.assertIn("missing", self.fault())
                undone.rollback()

    def test_an_added_row(self):
        columns = "create_date, route, seal_hash, personal_salt, personal_hash"
        for number, message in (
            ("seal_number", "two rows"),
            ("seal_number + 3", "changed"),
        ):
            with self.subTest(number=number), self.cr.savepoint(flush=False) as undone:
                self.change(
                    f"""INSERT INTO api_audit_entry ({columns}, seal_number)
                        SELECT {columns}, {number} FROM api_audit_entry
                         WHERE seal_number =
                               (SELECT max(seal_number) - 2 FROM api_audit_entry)"""
                )
                self.assertIn(message, self.fault())
                undone.rollback()

    def test_swapped_rows(self):
        self.change(
            """WITH top AS (SELECT max(seal_number) AS n FROM api_audit_entry)
               UPDATE api_audit_entry SET seal_number = 2 * n - 1 - seal_number
                 FROM top WHERE seal_number >= n - 1"""
        )
        self.assertIn("was changed", self.fault())

    def test_a_fault_is_the_end_of_the_command(self):
        self.change("UPDATE api_audit_entry SET route = 'x' WHERE seal_number = 1")
        with self.assertRaises(audit_commands.AuditTrailChanged):
            self.run_command("verify")


class TestErasure(ChainCase):
    def test_personal_data_goes_and_the_seals_remain(self):
        user = self.env.ref("base.user_admin")
        self.insert(2, user_id=user.id, client="laptop-of-anna", sent_values="[1]")
        seal_rows(self.cr)
        self.insert(1, user_id=user.id, client="laptop-of-anna")
        self.assertIn("3 rows", self.run_command("erase", login=user.login))
        seal_rows(self.cr)
        result = verify(self.cr)
        self.assertEqual((result.fault, result.erased), ("", 2))
        self.change(
            """SELECT count(*), count(client), count(address), count(sent_values)
                 FROM api_audit_entry WHERE user_id = %s""",
            user.id,
        )
        count, *kept = self.cr.fetchone()
        self.assertGreaterEqual(count, 3)
        self.assertEqual(kept, [0, 0, 0])

    def test_what_was_erased_cannot_be_replaced(self):
        self.insert(1, user_id=1)
        seal_rows(self.cr)
        erase_user(self.cr, 1)
        self.change(
            """UPDATE api_audit_entry SET address = 'x'
                WHERE id = (SELECT max(id) FROM api_audit_entry)"""
        )
        self.assertIn("was erased", self.fault())


class TestPartitions(ChainCase):
    def test_the_next_months_are_there(self):
        today = date.today().replace(day=1)
        self.assertEqual(len([m for m in partition_months(self.cr) if m >= today]), 4)

    def test_rows_without_a_partition_move_into_it(self):
        self.insert(3, create_date=datetime(2019, 5, 17))
        seal_rows(self.cr)
        create_partitions(self.cr, date(2019, 5, 30))
        self.change("SELECT count(*) FROM api_audit_entry_2019_05")
        self.assertEqual(self.cr.fetchone(), (3,))
        self.assertEqual(self.fault(), "")

    def test_only_expired_partitions_are_dropped(self):
        create_partitions(self.cr, date(2019, 5, 30))
        for _time in range(2):  # so that the months are mixed in the chain
            self.insert(2, create_date=datetime(2019, 5, 17))
            seal_rows(self.cr)
            self.insert(2, create_date=datetime(2019, 6, 1))
            seal_rows(self.cr)
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 5, 31)), 0)
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 6, 1)), 1)
        result = verify(self.cr)
        self.assertEqual((result.fault, result.removed), ("", 4))
        self.assertEqual(result.removed_before, datetime(2019, 6, 1))
        self.change("DELETE FROM api_audit_entry WHERE create_date < '2020-1-1'")
        self.assertEqual(self.cr.rowcount, 4)
        self.assertIn("missing", self.fault())

    def test_the_setting_says_after_how_long(self):
        create_partitions(self.cr, date(2019, 5, 30))
        parameters = self.env["ir.config_parameter"]
        for days, is_kept in (("0", True), ("100000", True), ("180", False)):
            parameters.set_param("base_api.audit_days", days)
            self.env["api.audit"]._gc_expired_rows()
            with self.subTest(days=days):
                self.assertIs(date(2019, 5, 1) in partition_months(self.cr), is_kept)

    def test_rows_of_past_months_get_a_partition(self):
        self.insert(3, create_date=datetime(2018, 2, 3))
        self.insert(1, create_date=datetime(2018, 4, 5))
        self.env["api.audit"]._gc_expired_rows()
        self.assertEqual(self.fault(), "")
        self.change("SELECT count(*) FROM api_audit_entry_default")
        self.assertEqual(self.cr.fetchone(), (0,))
        self.assertFalse([m for m in partition_months(self.cr) if m.year == 2018])

    def test_rows_that_are_not_sealed_are_not_dropped(self):
        create_partitions(self.cr, date(2019, 5, 30))
        self.insert(2, create_date=datetime(2019, 5, 17))
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 6, 1)), 0)
        seal_rows(self.cr)
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 6, 1)), 1)
        self.assertEqual(self.fault(), "")


class TestLocks(ChainCase):
    """Maintenance does not wait for transactions that use the trail."""

    def test_what_cannot_be_changed_is_left_and_the_rest_is_kept(self):
        create_partitions(self.cr, date(2019, 5, 30))
        self.insert(2, create_date=datetime(2019, 5, 17))
        before = verify(self.cr).head[0]
        with db_connect(self.cr.dbname).cursor() as other:
            other.execute("LOCK TABLE ONLY api_audit_entry IN ACCESS SHARE MODE")
            self.assertEqual(self.env["api.audit"]._gc_expired_rows(), 0)
        result = verify(self.cr)
        self.assertEqual((result.fault, result.unprotected), ("", 0))
        self.assertEqual(result.head[0], before + 2)
        self.assertEqual(self.env["api.audit"]._gc_expired_rows(), 4)
