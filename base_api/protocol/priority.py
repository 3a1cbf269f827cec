# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The header `Priority` (RFC 9218)."""

import re
from collections.abc import Mapping

LOW_URGENCY = 6  # of 0 to 7; 7 is for background work (section 4.1)

# A member of a dictionary, the last one of a name counts (RFC 9651, section 3.2).
_URGENCY = re.compile(r"(?:^|,)\s*u=([0-7])\s*(?=[,;]|$)")


def is_low_priority(headers: Mapping[str, str]) -> bool:
    """Tell whether a request may be refused before others are.

    A header that is malformed is ignored, as the RFC requires.
    """
    urgencies = _URGENCY.findall(headers.get("Priority", ""))
    return bool(urgencies) and int(urgencies[-1]) >= LOW_URGENCY
