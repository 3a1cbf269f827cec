# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records whose `color` is counted up by server actions, for conflicts between writes.

Each call reads the number and writes the next one: if two calls read the same, one of
them has to be repeated, or a count is lost.
"""

from ledger import Entry
from server_actions import RUN, new_action

COUNT = """
partner = env["res.partner"].browse({id})
partner.write({{"color": partner.color + 1}})
partner.flush_recordset()
"""
WAIT = "time.sleep({})"  # so that the other call gets its own lock, too


class Counters:
    """Partners, and the calls that count them up."""

    def __init__(self, client, count=1):
        self.client = client
        self.ids = [client.create("res.partner", name="x") for _ in range(count)]

    def action(self, numbers, pause=0):
        """Return the id of an action that counts some of them up, in this order."""
        parts = [COUNT.format(id=self.ids[number]) for number in numbers]
        code = f"\n{WAIT.format(pause)}\n".join(parts)
        [action] = new_action(self.client, code)["ids"]
        return action

    def values(self):
        read = self.client.read
        return [read("res.partner", n, "color")["color"] for n in self.ids]


def call(*actions, atomic=True):
    """Return the write that runs some actions."""
    path = RUN if atomic else f"{RUN}?atomic=false"
    return Entry(("POST", path, {"ids": list(actions)}))
