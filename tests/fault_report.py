# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the clients saw of the faults, as the rows of a table."""

import pytest

ROWS = []
MORE = []  # other tables
HEAD = ("Fault", "Seconds", "Requests", "Acknowledged", "Repeated", "Statuses")
HEAD += ("Lost", "Doubled", "Recovery")


@pytest.fixture(scope="session")
def state():
    """Note and print what a client saw of a fault, and check it.

    Called with the name of the fault, the `Comparison`, and the seconds until the first
    acknowledged write after the fault had ended, if it had an end.
    """
    return add_row


def add_row(fault, comparison, recovery=None):
    statuses = comparison.statuses.items()
    row = (
        fault,
        f"{comparison.seconds:.0f}",
        str(comparison.requests),
        str(comparison.acknowledged),
        str(comparison.repeated),
        ", ".join(f"{status}: {count}" for status, count in statuses),
        str(len(comparison.lost)),
        str(len(comparison.doubled)),
        "" if recovery is None else f"{recovery:.1f} s",
    )
    ROWS.append(row)
    print(line(row))
    comparison.check()


def add_table(rows):
    """Note and print a table of another kind; its first row is its head."""
    MORE.append(rows)
    print(*table(rows), sep="\n")


def tables():
    """The lines of all tables."""
    for rows in (*([[HEAD, *ROWS]] if ROWS else []), *MORE):
        yield from ["", *table(rows)]


def table(rows):
    """A table as Markdown."""
    head, *rest = rows
    return [line(head), line(["---"] * len(head)), *map(line, rest)]


def line(cells):
    return f"| {' | '.join(map(str, cells))} |"
