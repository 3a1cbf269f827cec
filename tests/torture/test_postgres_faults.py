# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL that is stopped, killed, full or read-only under a writing client."""

import contextlib
import shutil
import subprocess
import time

import faults
import pytest

OUTAGE = 3  # seconds
KILLING = 10  # seconds
DISK = 32  # MB
TABLES = ("res_partner", "api_idempotency")


def stop_fast(postgres):
    postgres.stop("fast")


def stop_immediately(postgres):
    postgres.stop("immediate")


def kill(postgres):
    postgres.kill()


@pytest.mark.parametrize("stop", [stop_fast, stop_immediately, kill])
def test_stopped_and_started(installation, state, stop):
    """Writes are a 503, or have no answer, until PostgreSQL is back.

    Repeated with their keys, all are carried out once.
    """
    title = f"PostgreSQL for {OUTAGE} s: {stop.__name__.replace('_', ' ')}"
    state(title, *faults.stop_postgres(installation, stop, OUTAGE))


def test_connections_killed(installation, state):
    """Writes whose connection is killed are a 503; the next has a new connection."""
    result = faults.kill_connections(installation, KILLING)
    state(f"connections killed for {KILLING} s", *result)


def test_read_only(installation, own_postgres, state):
    """On a standby, reads and writes are a 503 until it is promoted."""
    ledger = installation.ledger()
    with ledger.writing():
        ledger.wait_for(20)
        own_postgres.stop()
        own_postgres.start_standby()
        time.sleep(OUTAGE)
        own_postgres.promote()
        back = time.monotonic()
        ledger.wait_for(20)
    comparison = faults.finish(installation, ledger)
    assert comparison.statuses[503]
    state("read-only (a standby)", comparison, ledger.recovery(back))


def test_full_disk(installation, disk, state):
    """Writes that need more of the disk are a 503, reads are answered."""
    ledger = installation.ledger()
    with ledger.writing():
        ledger.wait_for(20)
        disk.fill()
        ledger.wait_for_statuses(503, 20)
        ledger.new_client().get("/search/res.partner", limit=1)
        disk.empty()
        emptied = time.monotonic()
        ledger.wait_for(20)
    comparison = faults.finish(installation, ledger)
    state("full disk", comparison, ledger.recovery(emptied))


class Disk:
    """A small file system of its own, with a tablespace."""

    def __init__(self, folder):
        self.folder = folder
        self.ballast = folder / "ballast"

    def fill(self):
        with (
            contextlib.suppress(OSError),
            open(self.ballast, "wb", buffering=0) as file,
        ):
            while True:
                file.write(bytes(8192))

    def empty(self):
        self.ballast.unlink()


@pytest.fixture
def disk(installation, own_postgres):
    """The tables that are written to, on a disk that can be filled."""
    folder = own_postgres.home / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", folder]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"This machine does not let us mount: {done.stderr.strip()}")
    try:
        own_postgres.add_tablespace("disk", folder / "tables")
        move(installation, "disk")
        yield Disk(folder)
        move(installation, "pg_default")
        own_postgres.query_all("DROP TABLESPACE disk")
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        shutil.rmtree(folder)


def move(installation, tablespace):
    for table in TABLES:
        statement = f"ALTER TABLE {table} SET TABLESPACE {tablespace}"
        installation.postgres.query_all(statement, database=installation.database)
