# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers of one test's own, beside the one that all tests talk to."""

import contextlib
import os
import signal
import subprocess
import time

import backstage
import requests


def start(database, port, workers=0, more=None, environment=None):
    """Start a server for one database, in a process group of its own.

    :param more: other options, `{name: value}`
    :param environment: other variables of the environment
    """
    options = {"-d": database, "--http-port": port, "--workers": workers}
    options |= {"--http-interface": "127.0.0.1", "--max-cron-threads": 0}
    options |= {"--gevent-port": backstage.free_port()}
    options |= more or {}
    command = backstage.odoo(*(str(word) for pair in options.items() for word in pair))
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    variables = os.environ | (environment or {})
    return subprocess.Popen(command, start_new_session=True, env=variables, **streams)


def address(port):
    return f"http://127.0.0.1:{port}/api/v2"


def wait_for(server, url, headers=None):
    """Wait until a server answers; a 404 is the answer without the addon."""
    deadline = time.monotonic() + 180  # machines are shared
    while time.monotonic() < deadline:
        assert server.poll() is None, "The server ended"
        with contextlib.suppress(requests.ConnectionError, requests.Timeout):
            answer = requests.get(f"{url}/test", headers=headers, timeout=10)
            if answer.status_code in (200, 404):
                return
        time.sleep(0.1)
    raise AssertionError("The server does not answer")


def end(server, how=signal.SIGTERM):
    """End a server and all of its processes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, how)
    server.wait(30)


@contextlib.contextmanager
def serving(database, more=None, headers=None):
    """Serve one database for a while; give the address of its API.

    :param headers: to find out whether it answers
    """
    port = backstage.free_port()
    server = start(database, port, more=more)
    try:
        wait_for(server, address(port), headers)
        yield address(port)
    finally:
        end(server)
