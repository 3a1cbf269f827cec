# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The short forms of some faults of `make torture`, under a client that repeats.

Nothing that was acknowledged is lost, nothing is done twice, and Odoo recovers without
a restart.
"""

import faults
from own_postgres import OwnPostgres


def test_postgres_is_stopped_and_started(installation, state):
    """Writes are a 503, or have no answer, until it is back."""
    result = faults.stop_postgres(installation, OwnPostgres.stop, 1)
    state("PostgreSQL stopped", *result)


def test_connections_are_killed(installation, state):
    """Writes whose connection is killed are a 503; the next has a new connection."""
    state("connections killed", *faults.kill_connections(installation, 2))


def test_workers_are_killed_in_writes(installation, state):
    """What they were doing has no answer and is not stored; repeated, it is."""
    state("workers killed", *faults.kill_workers(installation, 1))


def test_clients_disconnect(installation, state):
    """Whoever does not wait for the answer finds the write carried out once."""
    state("clients that disconnect", *faults.leave_early(installation, 12))


def test_deadlock(installation, state):
    """PostgreSQL ends one of two writes, and Odoo repeats it."""
    state("deadlock", *faults.deadlock(installation, clients=2, calls=4))
