# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The address of the client that sent a request."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from odoo.tools import config

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
    if request.env is None:
        return httprequest.remote_addr
    if peer is None:
        return _unreplaced_address(request.env, httprequest)
    return httprequest.remote_addr if _is_proxy(request.env, peer) else peer


def _unreplaced_address(env: Any, httprequest: Any) -> str | None:
    """Return the address of a client whose proxy sent no `X-Forwarded-Host`.

    Odoo then ignores `X-Forwarded-For`, too, and the client would have the address of
    the proxy. Of a peer that is not known to be a proxy, it is the address itself.
    """
    peer = httprequest.remote_addr or ""
    sent = httprequest.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    is_behind = bool(sent) and config["proxy_mode"] and proxy_networks(env) is not None
    return sent if is_behind and _is_proxy(env, peer) else httprequest.remote_addr


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
