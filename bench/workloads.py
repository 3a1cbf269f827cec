# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked for, how often, and by how many clients at a time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
    """One kind of work.

    :param name: the method of `Contender` that says how to ask
    :param clients: numbers of clients to try
    :param turns: of each contender, for each number of clients
    :param per_turn: requests in one turn
    :param quick: whether the quick mode has it too
    """

    name: str
    title: str
    clients: tuple = (1,)
    turns: int = 20
    per_turn: int = 20
    quick: bool = False


WORKLOADS = (
    Workload("list_partners", "10 partners by 6 fields", (1, 4, 16), quick=True),
    Workload("list_and_count", "the same, with the total", quick=True),
    Workload("sign_in", "signing in", turns=200, quick=True),
    Workload("read_one", "one record by id", quick=True),
    Workload("create_one", "one create, a partner", per_turn=10, quick=True),
    Workload("create_light", "one create, a tag of partners", per_turn=10, quick=True),
    Workload("watched_list", "what noting a list costs", turns=82, quick=True),
    Workload(
        *("watched_create", "what noting a create costs, a partner"),
        turns=82,
        per_turn=10,
        quick=True,
    ),
    Workload(
        *("watched_create_light", "what noting a create costs, a tag"),
        turns=82,
        per_turn=10,
    ),
    Workload("create_many", "1,000 creates in one call", turns=41, per_turn=1),
    Workload("list_lines", "80 order lines, names of 4 relations", per_turn=10),
    Workload(
        "list_last_page", "the page at row 299,000 of 300,000", per_turn=10, quick=True
    ),
    Workload("write_one", "one write", per_turn=10),
    Workload("mixed", "50 mixed reads and writes", turns=10, per_turn=50),
    Workload("log_in", "login", turns=5, per_turn=2),
)
