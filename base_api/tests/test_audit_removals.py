# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sealed records of what was removed from the audit trail."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime

from ..auditing.chain import SEALED, row_hash, seal_rows
from ..auditing.erasure import erase_user
from ..auditing.partitions import create_partitions, drop_partitions
from ..auditing.removals import (
    Removal,
    create_removals,
    read_removals,
    seal_removals,
)
from ..auditing.verification import verify
from .chain_case import ChainCase


class TestRecordsOfRemovals(ChainCase):
    """What is removed leaves a sealed record, and nothing else may be missing."""

    def setUp(self):
        super().setUp()
        create_partitions(self.cr, date(2019, 5, 30))
        self.user = self.env.ref("base.user_admin")
        self.insert(3, create_date=datetime(2019, 5, 17))
        self.insert(2, user_id=self.user.id)
        seal_rows(self.cr)

    def remove(self):
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 6, 1)), 1)

    def test_they_are_part_of_the_chain(self):
        before = verify(self.cr).head
        self.remove()
        erase_user(self.cr, self.user.id)
        self.insert(1)
        seal_rows(self.cr)
        result = verify(self.cr)
        self.assertEqual((result.fault, result.removed), ("", 3))
        self.assertEqual(result.head[0], before[0] + 3)
        self.assertEqual([r.reason for r in result.removals], ["retention", "erasure"])
        report = self.run_command("verify")
        self.assertRegex(report, r": removed the rows with the seals \d+ to \d+\n")
        self.assertIn(f"personal data of user {self.user.id} in 2 rows", report)
        found = json.loads(self.run_command("verify", json=True))["removals"]
        self.assertEqual([removal["row_count"] for removal in found], [3, 2])

    def remove_adjacent(self):
        """Remove two months that follow each other in the chain, and one before."""
        create_partitions(self.cr, date(2019, 7, 30))
        self.insert(2, create_date=datetime(2019, 5, 18))
        self.insert(2, create_date=datetime(2019, 7, 18))
        self.insert(1)
        seal_rows(self.cr)
        self.assertEqual(drop_partitions(self.cr, datetime(2019, 8, 1)), 3)

    def empty_chain(self):
        self.change(
            """DELETE FROM api_audit_entry;
               DELETE FROM api_audit_removal;
               UPDATE api_audit_chain SET head_number = 0, head_hash = first_hash"""
        )

    def test_any_link_can_be_before_a_removed_range(self):
        self.empty_chain()
        self.insert(1, create_date=datetime(2019, 5, 17))  # the first hash is before it
        self.insert(1, user_id=self.user.id)
        self.insert(1, create_date=datetime(2019, 5, 17))  # a row
        seal_rows(self.cr)
        erase_user(self.cr, self.user.id)
        self.remove_adjacent()  # a record, and a range
        result = verify(self.cr)
        ranges = [r.first_number for r in result.removals if r.reason == "retention"]
        self.assertEqual((result.fault, ranges), ("", [1, 3, 5, 7]))

    def test_what_is_before_a_removed_range_is_tied_to_the_last_seal(self):
        self.remove()
        head = verify(self.cr).head
        self.change("SELECT min(first_number) - 1 FROM api_audit_removal")
        [number] = self.cr.fetchone()
        self.change(
            "UPDATE api_audit_entry SET route = '/x' WHERE seal_number = %s", number
        )
        self.reseal_row(number)
        result = verify(self.cr)
        self.assertEqual(result.head, head)
        self.assertIn("before the removed seal", result.fault)

    def reseal_row(self, number):
        """Calculate the seal of a changed row anew, as somebody who knows the code."""
        names = ", ".join((*SEALED, "personal_hash"))
        self.change(
            f"SELECT {names} FROM api_audit_entry WHERE seal_number = %s", number
        )
        row = self.cr.dictfetchone()
        head = self.seal_of(number - 1)
        seal = row_hash(head, number, row, row["personal_hash"])
        self.change(
            "UPDATE api_audit_entry SET seal_hash = %s WHERE seal_number = %s",
            *(seal, number),
        )

    def seal_of(self, number):
        query = "SELECT seal_hash FROM api_audit_entry WHERE seal_number = %s"
        self.change(query, number)
        return self.cr.fetchone()[0]

    def test_a_record_does_not_hide_newer_rows(self):
        """An old record is rewritten: it claims the removal of rows after it."""
        erase_user(self.cr, self.user.id)
        record = read_removals(self.cr)[-1]
        self.insert(2, create_date=datetime(2019, 5, 18))
        self.insert(4)
        seal_rows(self.cr)
        self.remove()
        head = verify(self.cr).head
        first, last = record.seal_number + 4, record.seal_number + 5
        hashes = (self.seal_of(first - 1), self.seal_of(last))
        self.overwrite(
            record.seal_number,
            Removal("retention", record.removal.create_date, 2, first, last, *hashes),
        )
        self.change(
            "DELETE FROM api_audit_entry WHERE seal_number IN (%s, %s)", first, last
        )
        result = verify(self.cr)
        self.assertEqual(result.head, head)
        self.assertIn("names seals that were not there", result.fault)

    def test_the_number_of_rows_fits(self):
        for count in (2, 4):
            forged = Removal("retention", datetime(2020, 1, 1), count, 1, 3, "x", "y")
            with self.subTest(count), self.cr.savepoint(flush=False) as undone:
                seal_removals(self.cr, [forged])
                self.assertIn("another number of rows", self.fault())
                undone.rollback()

    def overwrite(self, number, removal):
        """Replace a record, and calculate its seal anew."""
        values = {"seal_hash": removal.seal(self.seal_of(number - 1), number)}
        for name, value in (values | asdict(removal)).items():
            self.change(
                f"UPDATE api_audit_removal SET {name} = %s WHERE seal_number = %s",
                *(value, number),
            )

    def test_a_rewritten_record_before_a_removed_range(self):
        """It says that another user was erased, and its own seal fits."""
        erase_user(self.cr, self.user.id)
        record = read_removals(self.cr)[-1]
        self.insert(2, create_date=datetime(2019, 5, 18))
        seal_rows(self.cr)
        self.remove()
        self.assertEqual(self.fault(), "")
        self.overwrite(record.seal_number, replace(record.removal, row_count=1))
        self.assertIn("before the removed seal", self.fault())

    def test_a_changed_record(self):
        self.remove()
        erase_user(self.cr, self.user.id)
        for change in (
            "row_count = row_count + 1",
            "create_date = create_date - interval '1 day'",
            "before_date = '2019-07-01'",
            "user_id = 1",
            "previous_hash = 'x'",
            "reason = 'other'",
            "seal_hash = 'x'",
            "seal_number = seal_number + 10",
        ):
            with self.subTest(change), self.cr.savepoint(flush=False) as undone:
                self.change(f"UPDATE api_audit_removal SET {change}")
                self.assertTrue(self.fault())
                undone.rollback()
        self.assertEqual(self.fault(), "")

    def test_a_removed_record(self):
        self.remove()
        self.change("DELETE FROM api_audit_removal")
        self.assertIn("missing", self.fault())

    def test_a_record_outside_of_the_chain_hides_no_gap(self):
        """The rows of a month are deleted, and are said to be too old."""
        self.change(
            """DELETE FROM api_audit_entry WHERE create_date < '2019-06-01'
               RETURNING seal_number, seal_hash"""
        )
        rows = sorted(self.cr.fetchall())
        first = rows[0][0]
        for number in (first, 10**9):
            with self.subTest(number=number), self.cr.savepoint(flush=False) as undone:
                self.change(
                    """INSERT INTO api_audit_removal
                              (seal_number, seal_hash, reason, create_date, row_count,
                               first_number, last_number, last_hash, before_date,
                               previous_hash)
                       SELECT %s, 'x', 'retention', '2020-01-01', %s, %s, %s, %s,
                              '2019-06-01', seal_hash
                         FROM api_audit_entry WHERE seal_number = %s""",
                    *(number, len(rows), first, *rows[-1], first - 1),
                )
                self.assertIn("the record of a removal", self.fault())
                undone.rollback()

    def test_an_appended_record_changes_the_last_seal(self):
        """Of this, the last seal kept elsewhere and the report are the only signs."""
        before = verify(self.cr).head
        self.change("SELECT max(seal_number) FROM api_audit_entry")
        self.assertEqual(self.cr.fetchone()[0], before[0])
        self.remove()
        result = verify(self.cr)
        self.assertEqual(result.removals[-1].last_number, before[0] - 2)
        self.assertEqual(result.head[0], before[0] + 1)

    def test_erased_data_without_a_record(self):
        self.change(
            """UPDATE api_audit_entry SET personal_salt = NULL, address = NULL
                WHERE user_id = %s""",
            self.user.id,
        )
        self.assertIn("no record says so", self.fault())
        seal_removals(self.cr, [Removal("erasure", datetime(2020, 1, 1), 2, user_id=1)])
        self.assertIn("no record says so", self.fault())

    def test_a_record_covers_no_later_rows(self):
        erase_user(self.cr, self.user.id)
        self.insert(1, user_id=self.user.id)
        seal_rows(self.cr)
        self.assertEqual(self.fault(), "")
        self.change("UPDATE api_audit_entry SET personal_salt = NULL, address = NULL")
        self.assertIn("no record says so", self.fault())

    def test_records_of_earlier_versions_are_sealed_by_the_upgrade(self):
        self.remove_adjacent()
        erase_user(self.cr, self.user.id)
        # As version 19.0.1.9.0 left it: a table without seals.
        self.change(
            """CREATE TABLE api_audit_removed AS
               SELECT first_number, last_number, last_hash, before_date
                 FROM api_audit_removal WHERE reason = 'retention';
               UPDATE api_audit_chain SET (head_number, head_hash) = (
                   SELECT seal_number, seal_hash FROM api_audit_entry
                    WHERE seal_number IS NOT NULL ORDER BY seal_number DESC LIMIT 1);
               DROP TABLE api_audit_removal"""
        )
        for _time in range(2):
            create_removals(self.cr)
            result = verify(self.cr)
            self.assertEqual((result.fault, result.removed, result.erased), ("", 7, 2))
        # Servers with that version go on using it.
        self.change("SELECT count(*) FROM api_audit_removed")
        self.assertEqual(self.cr.fetchone(), (3,))
