# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wait for asynchronous connections of psycopg2, and not for longer than wanted.

The timeouts of PostgreSQL itself do not help where it does not answer at all.
"""

import select
import time
from typing import Any

from psycopg2.extensions import POLL_OK, POLL_READ


def wait_for(connection: Any, deadline: float) -> bool:
    """Wait until a connection is made, or its statement has ended.

    What has arrived is read, however late this process gets to it.

    :param deadline: by `time.monotonic`
    :return: False if there was no answer in time
    """
    while (state := connection.poll()) != POLL_OK:
        poller = select.poll()
        event = select.POLLIN if state == POLL_READ else select.POLLOUT
        poller.register(connection.fileno(), event)
        remaining = max(0.0, deadline - time.monotonic())
        if not poller.poll(1000 * remaining):
            return False
    return True
