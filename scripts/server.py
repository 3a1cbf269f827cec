# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo in the background: started, found again and stopped by its process id."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request

import console
import odoo_source
import paths
import process
import settings

FIRST_PORT = 8069


class Server:
    """One running Odoo with its configuration, log and process id file."""

    def __init__(self, folder):
        self.conf = folder / "odoo.conf"
        self.log = folder / "odoo.log"
        self.pid_file = folder / "odoo.pid"

    @property
    def port(self):
        return int(settings.read(self.conf).get("http_port", 0))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def is_running(self):
        return self._belongs(process.read_pid(self.pid_file))

    def stop(self):
        if self.is_running():
            with console.Step("Stopping Odoo"):
                self.stop_silently()

    def stop_silently(self):
        process.stop(process.read_pid(self.pid_file), self._belongs)
        self.pid_file.unlink(missing_ok=True)

    def start(self, options, prepare=os.setsid):
        """Start it with these options, unless it runs with exactly them.

        The new process calls `prepare` and writes its own id before it becomes Odoo.
        """
        if not self._runs_with(options):
            self.stop()
            self._start(options, prepare)
        self._wait()

    def _runs_with(self, options):
        same = self.conf.exists() and self.conf.read_text() == settings.render(options)
        return same and self.is_running()

    def _start(self, options, prepare):
        settings.write(self.conf, options)

        def before():
            prepare()
            self.pid_file.write_text(f"{os.getpid()}\n")

        with open(self.log, "wb") as log:
            command = odoo_source.command(self.conf)
            process.start(command, stdout=log, preexec_fn=before, cwd=paths.STATE)

    def _wait(self, seconds=180):
        if self.is_running() and answers(f"{self.url}/web/health"):
            return
        with console.Step("Starting Odoo") as step:
            while not answers(f"{self.url}/web/health"):
                if not self.is_running() or step.seconds() > seconds:
                    raise console.Problem(process.failure("Starting Odoo", self.log))
                step.tick()
                time.sleep(0.2)

    def _belongs(self, pid):
        """Whether this is Odoo with our configuration, even if the checkout moved."""
        end = f"/{self.conf.relative_to(paths.ROOT)}"
        words = process.arguments(pid)
        ours = any(word.endswith(end) for word in words)
        return ours and process.works_in(pid, paths.STATE)


def die_with_parent():
    """For servers that must not outlive the command that started them."""
    os.setsid()
    process.die_with_parent(signal.SIGTERM)


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def free_port(first=FIRST_PORT):
    """The first port from here on that nobody listens on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise console.Problem(f"No port is free from {first} to {first + 200}.")
