# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The address of the client that sent a request."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from ..settings import proxy_networks

# Where werkzeug's ProxyFix keeps what it replaces (Odoo's option `proxy_mode`).
_BEHIND_PROXY = "werkzeug.proxy_fix.orig"


def client_address(request: Any) -> str | None:
    """Return the address of the client of a request of Odoo.

    With Odoo's `proxy_mode`, that is the last one in `X-Forwarded-For`, if a proxy that
    is known sent the request. By default, all are.
    """
    httprequest = request.httprequest
    peer = httprequest.environ.get(_BEHIND_PROXY, {}).get("REMOTE_ADDR")
    if peer is None or request.env is None or _is_proxy(request.env, peer):
        return httprequest.remote_addr
    return peer


def _is_proxy(env: Any, peer: str) -> bool:
    networks = proxy_networks(env)
    if networks is None:
        return True
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in networks)
