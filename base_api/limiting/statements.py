# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of the counters, and the statements on it.

The algorithm is GCRA, the generic cell rate algorithm (ITU-T I.371): of each limit,
only the time is stored at which it will be fully restored, its "theoretical arrival
time". A limit of N in a window allows N at once, and then one in each N-th part of the
window.

The times are seconds after `EPOCH`, by the clock of the database. The table is
UNLOGGED: PostgreSQL does not write it to its log, and empties it after a crash.
"""

from odoo.tools import SQL

from .policies import WINDOWED

TABLE = "api_rate_limit"
EPOCH = 1767225600  # 2026-01-01, so that the numbers have many decimals
# Sums of fractions are not exact. In seconds: no limit gains a whole request by it.
_TOLERANCE = 1e-6
# Seconds for which reads see a write, on all servers.
WRITES_COUNT_FOR = 5
# Rows are charged after they were read. A debt is never more than one further window.
_MAX_WINDOWS = 2

_NAMES = [policy.name for policy in WINDOWED]
_COLUMNS = ", ".join(_NAMES)
_ARRAYS = ", ".join(f"${number}" for number in range(1, len(_NAMES) + 2))
_TYPES = ", ".join(["text[]", *["float8[]"] * len(_NAMES)])
_NOW = f"extract(epoch FROM clock_timestamp())::float8 - {EPOCH}"


def _each(template: str, separator: str = ", ", counted: bool = False) -> str:
    """Return SQL text for each column, with its name and its window.

    :param counted: only for limits on requests
    """
    return separator.join(
        template.format(name=policy.name, window=policy.window)
        for policy in WINDOWED
        if policy.counts_requests or not counted
    )


# All rows are locked in the same order, so that statements do not deadlock, and the
# clock is read once they are locked. `wanted` holds the seconds that each limit is
# charged, or NULL for a limit that is not set.
_LOCKED = f"""
    WITH found AS MATERIALIZED (
        SELECT subject, position, written, {_COLUMNS} FROM {TABLE}
         WHERE subject = ANY ($1) ORDER BY subject FOR UPDATE),
    clock AS MATERIALIZED (SELECT count(*), {_NOW} AS now FROM found),
    wanted AS (SELECT * FROM unnest({_ARRAYS}) AS wanted (subject, {_COLUMNS})),
"""
_USED = _each("greatest(found.{name}, now) + wanted.{name} AS {name}")
_BEFORE = _each("found.{name} - now AS {name}_before")
_FITS = _each(f"coalesce({{name}} <= now + {{window}} + {_TOLERANCE}, TRUE)", " AND ")

# Use all limits, or none of them. A limit on rows is only checked.
TAKE = f"""
    PREPARE base_api_take ({_TYPES}) AS {_LOCKED}
    used AS MATERIALIZED (
        SELECT subject, now, {_USED}, {_BEFORE},
               CASE WHEN written > now - {WRITES_COUNT_FOR} THEN position ELSE 0 END
               AS position
          FROM found JOIN wanted USING (subject), clock),
    decision AS MATERIALIZED (
        SELECT count(*) = cardinality($1) AND bool_and({_FITS}) AS fits FROM used),
    updated AS (
        UPDATE {TABLE} AS counter
           SET {_each("{name} = coalesce(used.{name}, counter.{name})", counted=True)}
          FROM used, decision
         WHERE counter.subject = used.subject AND decision.fits)
    SELECT subject, fits, position, {_each("{name}_before")} FROM used, decision
"""
# After a write: how far a replica must be for the next reads, see `auth.replica`.
NOTE_WRITE = f"""
    UPDATE {TABLE} SET position = %s, written = {_NOW} WHERE subject = ANY (%s::text[])
"""
_CHARGED = _each(
    "{name} = coalesce(least(greatest(counter.{name}, now) + used.{name}, "
    f"now + {_MAX_WINDOWS} * {{window}}), counter.{{name}})"
)
# Use limits beyond what is left, or, with negative seconds, give something back.
CHARGE = f"""
    PREPARE base_api_charge ({_TYPES}) AS {_LOCKED}
    used AS MATERIALIZED (
        SELECT wanted.*, now FROM found JOIN wanted USING (subject), clock)
    UPDATE {TABLE} AS counter SET {_CHARGED}
      FROM used WHERE counter.subject = used.subject
"""
_SLOT = "hashtextextended($1 || '#' || {slot}, 0)"


def slot_statements(keep_alive: str, idle: str) -> str:
    """Return the statements that lock and unlock one of several slots.

    The locks belong to the connection: they end with it, and with its process.

    :param keep_alive: expression that keeps an idle connection open
    :param idle: expression that lets it end, a condition being `$3`
    """
    return f"""
        PREPARE base_api_lock (text, int[]) AS
        SELECT slot, {keep_alive} FROM unnest($2) AS slot
         WHERE pg_try_advisory_lock({_SLOT.format(slot="slot")}) LIMIT 1;
        PREPARE base_api_unlock (text, int, boolean) AS
        SELECT pg_advisory_unlock({_SLOT.format(slot="$2")}), {idle}
    """


# The position of the last write, and when it was. Tables of earlier versions lack them.
LATER_COLUMNS = {"position": "int8", "written": "float8"}
ADD = f"""INSERT INTO {TABLE} (subject) SELECT unnest(%s::text[])
          ON CONFLICT DO NOTHING"""


def create_table() -> SQL:
    """Return the statement that creates the table, if it is missing."""
    columns = _each("{name} float8 NOT NULL DEFAULT 0")
    return SQL(
        f"""CREATE UNLOGGED TABLE IF NOT EXISTS {TABLE}
                   (subject text PRIMARY KEY, {columns}) WITH (fillfactor = 50)"""
    )


def add_column(name: str) -> SQL:
    """Return the statement that adds one of `LATER_COLUMNS`."""
    declared = f"{name} {LATER_COLUMNS[name]} NOT NULL DEFAULT 0"
    return SQL(f"ALTER TABLE {TABLE} ADD COLUMN {declared}")


def remove_unused() -> SQL:
    """Return the statement that removes the rows of subjects whose limits are whole."""
    latest = f"greatest({_COLUMNS})"
    return SQL(f"DELETE FROM {TABLE} WHERE {latest} < {_NOW}")
