# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the proxies of deploy/ send again when a node ends without an answer."""

import collections
import contextlib
import http.server
import re
import signal
import subprocess
import threading
import time

import backstage
import pytest
from test_deploy import (  # noqa: F401
    certificate,
    haproxy_environment,
    haproxy_words,
    nginx_words,
    program,
)

KEY = ("-H", "Idempotency-Key: order-1")
# Each is sent so often, so that both nodes get some.
TIMES = 6


class Node(http.server.BaseHTTPRequestHandler):
    """A node that answers; or reads a request, and ends the connection."""

    breaks = False

    def handle_request(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "/health/" not in self.path:
            self.server.seen[self.command] += 1
            if self.breaks:
                self.close_connection = True
                return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = handle_request

    def log_message(self, *_words):
        pass


class BrokenNode(Node):
    breaks = True


@contextlib.contextmanager
def node(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.seen = collections.Counter()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def haproxy(folder, pem, ports, port):
    environment = haproxy_environment()
    words = haproxy_words(folder, pem, environment)
    text = (folder / "haproxy.cfg").read_text()
    for number, node_port in enumerate(ports, 1):
        text = text.replace(f'"${{NODE_{number}}}:8069"', f"127.0.0.1:{node_port}")
        text = text.replace(f'"${{NODE_{number}}}:8072"', "127.0.0.1:9")
        text = text.replace(f'"${{PG_{number}}}:5432"', "127.0.0.1:9")
    for name in ("5440", "5441"):
        spare = backstage.free_port()
        text = text.replace(f'"${{PG_BIND}}:{name}"', f"127.0.0.1:{spare}")
    text = text.replace("bind :80\n", f"bind 127.0.0.1:{backstage.free_port()}\n")
    text = text.replace("bind :443 ", f"bind 127.0.0.1:{port} ")
    text = text.replace("/run/haproxy/", f"{folder}/")
    (folder / "haproxy.cfg").write_text(text)
    return [words[0], "-db", *words[2:]], environment


def nginx(folder, _pem, ports, port):
    words = nginx_words(folder)
    text = (folder / "nginx.conf").read_text()
    for number, node_port in enumerate(ports, 1):
        text = text.replace(f"10.0.0.1{number}:8069", f"127.0.0.1:{node_port}")
    text = text.replace("max_fails=1 fail_timeout=2s", "max_fails=0")
    text = re.sub(r"^user .*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{backstage.free_port()};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ")
    (folder / "nginx.conf").write_text(f"daemon off;\n{text}")
    return words, None


@pytest.fixture(params=[haproxy, nginx], ids=["haproxy", "nginx"])
def send(request, tmp_path, certificate):  # noqa: F811
    """Send a request several times; return the statuses, and how often nodes saw it."""
    port = backstage.free_port()
    with node(BrokenNode) as broken, node(Node) as good:
        ports = [server.server_port for server in (broken, good)]
        words, environment = request.param(tmp_path, certificate, ports, port)
        log = (tmp_path / "proxy.log").open("w")
        streams = {"stdout": log, "stderr": log, "env": environment}
        proxy = subprocess.Popen([str(word) for word in words], **streams)

        def curl(method, *more, query=""):
            url = f"https://127.0.0.1:{port}/api/v2/test{query}"
            words = ["curl", "-sk", "-o", "/dev/null", "-w", "%{http_code} "]
            words += ["-X", method, "-d", "x=1", *more, url]
            done = subprocess.run(words, capture_output=True, text=True, timeout=60)
            return done.stdout.split()

        def send(method, *more, times=TIMES, query=""):
            broken.seen.clear(), good.seen.clear()
            statuses = collections.Counter()
            for _time in range(times):
                statuses.update(curl(method, *more, query=query))
            return statuses, broken.seen[method], good.seen[method]

        try:
            deadline = time.monotonic() + 60
            while curl("GET") != ["200"] and time.monotonic() < deadline:
                time.sleep(0.1)
            yield send
        finally:
            proxy.send_signal(signal.SIGTERM)
            proxy.wait(30)
            log.close()


@pytest.mark.parametrize("host", ["Host:", "Host;"])  # curl sends none, or an empty one
def test_a_host_is_required(send, host):
    """Without it, Odoo would take the address of the proxy for the client's."""
    statuses, broken, good = send("POST", "-H", host, "--http1.0")
    assert statuses == {"400": TIMES}
    assert not broken + good


@pytest.mark.parametrize("send", [nginx], ids=["nginx"], indirect=True)
def test_nginx_limits_requests(send):
    statuses, _broken, _good = send("GET", times=1, query="?[1-400]")
    assert statuses["429"]
    assert statuses["200"]


@pytest.mark.parametrize("request_", [("GET",), ("POST", *KEY), ("DELETE", *KEY)])
def test_sent_again(send, request_):
    statuses, broken, good = send(*request_)
    assert statuses == {"200": TIMES}
    assert broken
    assert good == TIMES


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_not_sent_again(send, method):
    """It may have been carried out: the client has to decide."""
    statuses, broken, good = send(method)
    assert broken
    assert statuses == {"200": good, "502": broken}
    assert broken + good == TIMES
