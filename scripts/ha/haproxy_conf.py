# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The configuration of HAProxy: one address for the API, two for PostgreSQL."""

import struct

from .layout import NODES, SERVERS, WORKERS
from .replicated import CHECKER

STALE = 3  # seconds that what is read may be behind
IN_RECOVERY = "SELECT pg_is_in_recovery()"
# A standby that lost its primary may lag by any time. The role of the checks sees only
# that there is a receiver, not its status.
IS_FRESH = f"""
    SELECT pg_is_in_recovery()
       AND EXISTS (SELECT FROM pg_stat_wal_receiver
                    WHERE COALESCE(status, 'streaming') = 'streaming')
       AND (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
            OR now() - pg_last_xact_replay_timestamp() < interval '{STALE} s')
"""
# A server that lost its role must lose its connections, too.
OPTIONS = """\
    default-server inter 500ms fastinter 200ms fall 2 rise 1
    default-server on-marked-down shutdown-sessions"""
TEXT = """\
global
    log stdout format raw local0 info
    stats socket unix@haproxy.sock mode 600 level admin
    maxconn 400
    nbthread 1
    hard-stop-after 30s
defaults
    log global
    timeout connect 2s
    timeout client 1h
    timeout server 1h
    timeout check 1s

frontend api
    bind 127.0.0.1:{api}
    mode http
    option httplog
    option http-server-close
    timeout client 60s
    timeout http-request 10s
    timeout http-keep-alive 60s
    # What a client sends is not believed. Odoo uses the others only with the host.
    http-request del-header X-Forwarded-For
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
    http-request set-header X-Forwarded-Proto http
    option forwardfor
    use_backend websocket if {{ path_beg /websocket }}
    default_backend odoo

backend odoo
    mode http
    balance leastconn
    timeout server 150s
    timeout queue 30s
    # A check waits for a worker, as any request does.
    timeout check 5s
    option httpchk
    http-check send meth GET uri /api/v2/health/ready ver HTTP/1.1 hdr Host localhost
    http-check expect status 200
    retries 3
    option redispatch 1
    # Sent again: what never reached Odoo; and what Odoo did not answer, if that does no
    # harm: a POST only with an Idempotency-Key.
    acl is_safe method GET HEAD OPTIONS
    acl has_key req.hdr(Idempotency-Key) -m found
    http-request disable-l7-retry unless is_safe || has_key
    retry-on conn-failure empty-response
    default-server check inter 1s fastinter 500ms fall 3 rise 2
    # A node that refuses connections has the fewest of them, and would get all others.
    default-server observe layer4 error-limit 3 on-error mark-down
    # More than that wait here, for whichever node is free first. Odoo's own queue is
    # short, drops what does not fit, and holds up the health checks.
    default-server maxconn {most}
{nodes}

backend websocket
    mode http
    balance source
    timeout tunnel 1h
{evented}

listen pg_rw
    bind 127.0.0.1:{pg_rw}
    mode tcp
    option tcplog
    retries 5
    option redispatch 1
{is_primary}
{options}
{primaries}

frontend pg_ro
    bind 127.0.0.1:{pg_ro}
    mode tcp
    option tcplog
    # Without a primary, nothing is newer than what a standby has.
    use_backend any_standby if {{ nbsrv(fresh_standby) eq 0 }}
    default_backend fresh_standby

backend fresh_standby
    mode tcp
    retries 5
    option redispatch 1
{is_fresh}
{options}
{standbys}
    # No standby: read from the primary, until there is one.
{backups}

backend any_standby
    mode tcp
    retries 5
    option redispatch 1
{is_standby}
{options}
{all_standbys}
"""


def render(layout):
    """The text of the configuration."""
    servers = {name: f"127.0.0.1:{layout.port(name)}" for name in SERVERS}
    nodes = {name: f"127.0.0.1:{layout.port(name)}" for name in NODES}
    evented = {n: f"127.0.0.1:{layout.port(f'{n}_evented')}" for n in NODES}
    back = "check on-marked-up shutdown-backup-sessions"
    return TEXT.format(
        **{name: layout.port(name) for name in ("api", "pg_rw", "pg_ro")},
        options=OPTIONS,
        most=2 * WORKERS,
        nodes=_lines(nodes),
        evented=_lines(evented, "check"),
        is_primary=_check(IN_RECOVERY, b"f"),
        primaries=_lines(servers, "check"),
        is_fresh=_check(IS_FRESH, b"t"),
        standbys=_lines(servers, back),
        backups=_lines(servers, "track pg_rw/{name} backup", "p_{name}"),
        is_standby=_check(IN_RECOVERY, b"t"),
        all_standbys=_lines(servers, "check"),
    )


def _lines(addresses, words="", label="{name}"):
    return "\n".join(
        f"    server {label} {address} {words}".rstrip().format(name=name)
        for name, address in addresses.items()
    )


def _check(query, answer):
    """Lines that ask PostgreSQL for one boolean, in its protocol.

    The query and the end of the connection are sent at once, so that a wrong answer
    does not take the whole `timeout check`.
    """
    words = f"user\0{CHECKER}\0database\0postgres\0application_name\0haproxy\0\0"
    startup = struct.pack("!i", 196608) + words.encode()
    startup = struct.pack("!i", len(startup) + 4) + startup
    row = b"D" + struct.pack("!ihi", 11, 1, 1) + answer
    query = " ".join(query.split()).encode() + b"\0"
    sent = (startup, b"Q" + struct.pack("!i", len(query) + 4) + query, b"X\0\0\0\4")
    lines = ["option tcp-check", "tcp-check connect"]
    lines += [f"tcp-check send-binary {part.hex()}" for part in sent]
    lines += [f"tcp-check expect binary {row.hex()}"]
    return "\n".join(f"    {line}" for line in lines)
