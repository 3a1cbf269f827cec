# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether this node and PostgreSQL agree on the time."""

from __future__ import annotations

import time

from .finding import Check, Finding
from .situation import Situation

# Seconds. Second factors are valid for 30 s, and `Learn until` and expiry of keys are
# compared with the clock of the node.
NOTICEABLE, HARMFUL = 2, 30
_NOW = "SELECT extract(epoch FROM clock_timestamp())::float"


def check_clock(situation: Situation) -> Finding:
    check = Check("clock")
    before = time.time()
    (theirs,) = situation.query(_NOW)
    after = time.time()
    # Between the two, however long the way was.
    distance = max(before - theirs, theirs - after, 0)
    facts = f"The clocks of this node and of PostgreSQL differ by {distance:.1f} s."
    remedy = "Synchronise the clocks of all machines with NTP (chrony, timesyncd)"
    if distance > HARMFUL:
        return check.error(facts, remedy)
    if distance > NOTICEABLE:
        return check.warning(facts, remedy)
    return check.ok("The clocks of this node and of PostgreSQL agree.")
