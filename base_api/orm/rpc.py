# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The calls that Odoo serves over XML-RPC and JSON-RPC."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from odoo.service import model as service

XML_RPC = "xmlrpc"
JSON_RPC = "jsonrpc"


def observe_rpc(observer: Callable[[str, int, str, Any, Any], None]) -> None:
    """Call a function before each call of a model.

    `execute_cr` is called once the password was checked, and does not get it.

    :param observer: gets the database, the user, the protocol, the model and the
        method; the last two as they were sent
    """
    execute = service.execute_cr

    @wraps(execute)
    def execute_cr(cr: Any, uid: int, obj: Any, method: Any, args: Any, kw: Any) -> Any:
        if protocol := _current_protocol():
            observer(cr.dbname, uid, protocol, obj, method)
        return execute(cr, uid, obj, method, args, kw)

    service.execute_cr = execute_cr


def _current_protocol() -> str:
    """Return the protocol of the request of this thread; "" for other calls.

    Odoo hides the request meanwhile (`odoo.http.borrow_request`).
    """
    path = urlsplit(getattr(threading.current_thread(), "url", "")).path
    protocol = path.split("/")[1:2]
    return protocol[0] if protocol and protocol[0] in (XML_RPC, JSON_RPC) else ""
