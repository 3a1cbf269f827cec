# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HAProxy in the background, and what it says about its servers."""

import csv
import os
import socket
import time

import clients
import console
import paths
import process

from . import haproxy_conf

SOCKET = "haproxy.sock"


class Proxy:
    """The HAProxy of a site."""

    def __init__(self, layout):
        self.layout = layout
        self.folder = layout.folder
        self.conf = self.folder / "haproxy.cfg"
        self.log = self.folder / "haproxy.log"
        self.pid_file = self.folder / "haproxy.pid"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.layout.port('api')}"

    def start(self):
        if self.is_running():
            return
        paths.write(self.conf, haproxy_conf.render(self.layout))
        program = clients.haproxy()
        words = ["-c", "-f", self.conf]
        log = self.folder / "haproxy-check.log"
        title = "Checking the configuration of HAProxy"
        process.run([program, *words], title, log, cwd=self.folder)

        def before():
            os.setsid()
            self.pid_file.write_text(f"{os.getpid()}\n")

        with open(self.log, "wb") as output:
            command = [program, "-db", "-f", self.conf]
            options = {"preexec_fn": before, "cwd": self.folder}
            process.start(command, stdout=output, **options)
        self._wait()

    def stop(self):
        process.stop(process.read_pid(self.pid_file), self._belongs)
        self.pid_file.unlink(missing_ok=True)

    def is_running(self):
        return self._belongs(process.read_pid(self.pid_file))

    def _belongs(self, pid):
        ours = str(self.conf) in process.arguments(pid)
        return ours and process.works_in(pid, self.folder)

    def _wait(self):
        """Wait until it listens and has asked each server for its role.

        Before that, HAProxy takes all servers for healthy.
        """
        deadline = time.monotonic() + 30
        while not self._knows_the_primary():
            if time.monotonic() > deadline:
                raise console.Problem(process.failure("Starting HAProxy", self.log))
            time.sleep(0.1)

    def _knows_the_primary(self):
        try:
            states = [self.state("pg_rw", name) for name in ("s1", "s2")]
        except OSError:
            return False
        return [state.startswith("UP") for state in states].count(True) == 1

    def state(self, backend, name):
        """The state of a server, such as `UP` or `DOWN 1/2`."""
        return self.servers()[backend, name]["status"]

    def is_up(self, backend, name):
        return self.state(backend, name).startswith("UP")

    def sessions(self, backend, name):
        """How many requests a server is working on."""
        return int(self.servers()[backend, name]["scur"])

    def servers(self):
        """What HAProxy knows: a dict for each (backend, server)."""
        lines = self.ask("show stat").removeprefix("# ").splitlines()
        rows = csv.DictReader(line for line in lines if line)
        return {(row["pxname"], row["svname"]): row for row in rows}

    def wait_for(self, backend, name, up, seconds=60):
        """Wait until a server is, or is not, in use."""
        deadline = time.monotonic() + seconds
        while self.is_up(backend, name) != up:
            if time.monotonic() > deadline:
                state = self.state(backend, name)
                raise console.Problem(f"HAProxy: {backend}/{name} is {state}.")
            time.sleep(0.1)

    def ask(self, command):
        """Send a command to HAProxy's socket; return the answer."""
        # By the folder's descriptor: its path may be too long for a socket.
        folder = os.open(self.folder, os.O_PATH)
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(10)
                line.connect(f"/proc/self/fd/{folder}/{SOCKET}")
                line.sendall(f"{command}\n".encode())
                return b"".join(iter(lambda: line.recv(65536), b"")).decode()
        finally:
            os.close(folder)
