# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The connections that wait for a worker of this server.

The kernel keeps them in the queue of the listening socket, which all workers share. Of
a listening socket, Linux reports its length as `tcpi_unacked` (`tcp_get_info` in
net/ipv4/tcp.c), in less than a microsecond. With threads (`workers = 0`), the queue
fills when all threads are busy.
"""

import socket
import struct
from typing import Any

from odoo.service import server as service
from odoo.tools import config

_UNACKED = struct.Struct("=24xI")  # struct tcp_info


def waiting_per_worker() -> float:
    """Return how many connections wait for each worker; 0 where it is unknown."""
    return _waiting(_listening_socket()) / (config["workers"] or 1)


def _listening_socket() -> Any:
    server = service.server
    return getattr(server, "socket", None) or getattr(
        getattr(server, "httpd", None), "socket", None
    )


def _waiting(listening: Any) -> int:
    if listening is None or not hasattr(socket, "TCP_INFO"):
        return 0
    try:
        info = listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _UNACKED.size)
    except OSError:  # not a TCP socket
        return 0
    return _UNACKED.unpack(info)[0] if len(info) == _UNACKED.size else 0
