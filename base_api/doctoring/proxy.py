# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether clients and this node talk through a proxy that can be trusted."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from odoo.tools import config

from ..settings import proxy_networks
from .finding import Check, Finding
from .situation import Situation

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")
LOCAL_NAMES = ("localhost", "::1")
# Values of http_interface with which Odoo listens on all addresses.
EVERYWHERE = ("", "0.0.0.0", "::", None)  # noqa: S104 (compared, not listened on)


def check_proxy_mode(situation: Situation) -> Finding:
    check = Check("proxy_mode")
    request = situation.request
    sent = [name for name in FORWARDED if request and name in request.headers]
    if not config["proxy_mode"]:
        if not sent:
            return check.ok("proxy_mode is off, and no proxy has been seen.")
        return check.error(
            f"This request has {', '.join(sent)}, but proxy_mode is off: all clients "
            "have the address of the proxy.",
            "Set proxy_mode = True if a proxy overwrites these headers",
        )
    if request and "X-Forwarded-Host" not in sent:
        return check.warning(
            "proxy_mode is on, but this request has no X-Forwarded-Host. Odoo then "
            "ignores X-Forwarded-For and X-Forwarded-Proto.",
            "Let the proxy set X-Forwarded-Host, -For and -Proto, and ask through it",
        )
    return check.ok("proxy_mode is on.")


def check_direct_access(situation: Situation) -> Finding:
    check = Check("direct_access")
    if not config["proxy_mode"]:
        return check.ok("proxy_mode is off: addresses of clients cannot be forged.")
    networks = proxy_networks(situation.env)
    if networks is not None:
        return _judge_networks(check, networks)
    if config["http_interface"] in EVERYWHERE:
        return check.warning(
            "This node listens on all addresses with proxy_mode on. A client that "
            "reaches it without the proxy can claim any address.",
            "Set http_interface to an address that only the proxy reaches, or "
            "base_api.proxy_networks to the networks of the proxies",
        )
    return check.ok("This node listens on one address.")


def _judge_networks(check: Check, networks: tuple[Any, ...]) -> Finding:
    if not networks:
        return check.error(
            "Nothing in base_api.proxy_networks is a network: all clients have the "
            "address of the proxy.",
            "Write the networks of the proxies, such as 10.0.0.0/8",
        )
    if any(network.prefixlen == 0 for network in networks):
        return check.warning(
            "base_api.proxy_networks contains all addresses: any client that reaches "
            "this node can claim any address.",
            "Write the networks of the proxies only",
        )
    return check.ok("Only proxies in base_api.proxy_networks are believed.")


def check_tls(situation: Situation) -> Finding:
    check = Check("tls")
    request = situation.request
    if request and request.scheme != "https" and not is_local(request.address):
        return check.error(
            "This request came over plain HTTP, as far as Odoo knows: credentials can "
            "be read on the way.",
            "Use HTTPS at the proxy, which sets X-Forwarded-Proto and -Host, with "
            "proxy_mode = True",
        )
    base = urlsplit(situation.parameter("web.base.url"))
    if base.scheme != "https" and not is_local(base.hostname or ""):
        return check.warning(
            "The system parameter web.base.url does not begin with https://.",
            "Set web.base.url to the address that clients use, and web.base.url.freeze "
            "to True",
        )
    return check.ok("Nothing has been seen that is sent unencrypted.")


def is_local(host: str) -> bool:
    """Tell whether a name or an address is that of this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOCAL_NAMES
